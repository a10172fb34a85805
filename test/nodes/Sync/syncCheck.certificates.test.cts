import { runInThisContext } from 'node:vm';
import { Engine } from '../../n8n/engine.cts';
import { makeChain, type CertificateFault } from '../../simulators/kernel/certificate.cts';
import { makeBench, startSimulator, type Platform } from '../../simulators/kernel/simulator.cts';

/** Where `fetch` finds what opens its connections. */
const DISPATCHER = Symbol.for('undici.globalDispatcher.1');
type Dispatcher = new (options: object) => { close(): Promise<void> };

/** A web server in front of n8n, which knows no page. */
const front: Platform = {
	name: 'front',
	route: ({ path }) => path,
	answer: async () => ({ status: 404, headers: {}, body: '' }),
	refusal: () => ({ status: 500, headers: {}, body: '' }),
};

/** Lets `fetch` trust an authority while `act` runs. */
async function trusting<T>(ca: string, act: () => Promise<T>): Promise<T> {
	const outside = runInThisContext('globalThis') as Record<symbol, { constructor: unknown }>;
	// Node makes its own with the first call.
	await fetch('http://127.0.0.1:9/').catch(() => undefined);
	const present = outside[DISPATCHER];
	const dispatcher = new (present?.constructor as Dispatcher)({ connect: { ca } });
	outside[DISPATCHER] = dispatcher;
	try {
		return await act();
	} finally {
		if (present) outside[DISPATCHER] = present;
		await dispatcher.close();
	}
}

describe('R216: Sync Check looks at the certificate of n8n', () => {
	let engine: Engine;
	beforeAll(async () => (engine = await Engine.load()));

	async function found(fault?: CertificateFault): Promise<unknown[]> {
		const { authority, ...certificate } = makeChain(fault);
		const server = await startSimulator(front, makeBench(1), 0, certificate);
		try {
			return await trusting(authority, async () => {
				const run = await engine.runNode({ type: 'syncCheck', baseUrl: server.url, parameters: { operation: 'runAll', parts: [] }, credentials: {}, items: [{}] });
				if (run.error) throw run.error;
				return run.json(0).map(({ area, severity, code }) => [area, severity, code]);
			});
		} finally {
			await server.close();
		}
	}

	it('and finds nothing where the chain is whole', async () => expect(await found()).toEqual([]));

	it.each<[CertificateFault, string]>([
		['expired', 'CHECK_CERTIFICATE_EXPIRED'],
		['noIntermediate', 'CHECK_CERTIFICATE_CHAIN'],
		['otherName', 'CHECK_CERTIFICATE_NAME'],
		['selfSigned', 'CHECK_CERTIFICATE_SELF_SIGNED'],
	])('and finds one that is %s: %s', async (fault, code) => expect(await found(fault)).toEqual([['address', 'error', code]]));
});
