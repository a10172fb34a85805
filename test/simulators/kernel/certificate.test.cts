import { X509Certificate } from 'node:crypto';
import { get } from 'node:https';
import { makeCertificate, makeChain, type CertificateFault } from './certificate.cts';
import { makeBench, startSimulator, type Platform } from './simulator.cts';

const platform: Platform = {
	name: 'greeter',
	route: (call) => call.path,
	answer: async (call) => ({ status: 200, headers: {}, body: `hello ${call.address}` }),
	refusal: () => ({ status: 500, headers: {}, body: '' }),
};

it('a client that trusts the certificate, and only such a client, talks to the simulator over HTTPS', async () => {
	const certificate = makeCertificate();
	expect(new X509Certificate(certificate.certificate).checkIP('127.0.0.1')).toBe('127.0.0.1');
	const running = await startSimulator(platform, makeBench(1), 0, certificate);
	const ask = async (options: { ca?: string }): Promise<string> =>
		await new Promise((resolve, reject) => {
			get(running.url, options, (answer) => answer.on('data', (data: Buffer) => resolve(data.toString()))).on(
				'error',
				reject,
			);
		});
	try {
		await expect(ask({ ca: certificate.certificate })).resolves.toBe('hello 127.0.0.1');
		await expect(ask({})).rejects.toThrow(/self.signed/i);
	} finally {
		await running.close();
	}
});

it.each<[CertificateFault | undefined, string | undefined]>([
	[undefined, undefined],
	['expired', 'CERT_HAS_EXPIRED'],
	['noIntermediate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
	['otherName', 'ERR_TLS_CERT_ALTNAME_INVALID'],
	['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
])('a client that trusts the authority refuses a chain that is %s with %s', async (fault, code) => {
	const { authority, ...certificate } = makeChain(fault);
	const running = await startSimulator(platform, makeBench(1), 0, certificate);
	try {
		const told = await new Promise<string | undefined>((resolve) => {
			get(running.url, { ca: authority, agent: false }, (answer) => answer.resume().on('end', () => resolve(undefined))).on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
		});
		expect(told).toBe(code);
	} finally {
		await running.close();
	}
});
