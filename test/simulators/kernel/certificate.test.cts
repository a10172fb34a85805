import { X509Certificate } from 'node:crypto';
import { get } from 'node:https';
import { makeCertificate } from './certificate.cts';
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
