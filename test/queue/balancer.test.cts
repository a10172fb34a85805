import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Balancer } from './balancer.cts';

interface Backend {
	url: string;
	server: Server;
	bodies: string[];
}

describe('The balancer', () => {
	const backends: Backend[] = [];
	let balancer: Balancer;

	const backend = async (name: string, answer?: (server: Server) => void): Promise<Backend> => {
		const bodies: string[] = [];
		const server = createServer((call, response) => {
			if (answer) return answer(server);
			let body = '';
			call.on('data', (chunk: Buffer) => (body += chunk.toString())).on('end', () => {
				bodies.push(body);
				response.writeHead(200, { 'x-from': name }).end(`${name} ${call.url}`);
			});
		});
		await once(server.listen(0, '127.0.0.1'), 'listening');
		const made = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, bodies };
		backends.push(made);
		return made;
	};
	const end = async ({ server }: Backend): Promise<void> => {
		server.closeAllConnections();
		await once(server.close(), 'close');
	};
	const post = async (path: string): Promise<Response> => await fetch(`${balancer.url}${path}`, { method: 'POST', body: '{"events":[]}' });

	beforeEach(async () => {
		balancer = await Balancer.start();
	});
	afterEach(async () => {
		await balancer.close();
		for (const one of backends.splice(0)) if (one.server.listening) await end(one);
	});

	it('sends production calls to the webhook processes in turn, with their bodies, and the rest to main', async () => {
		const [main, one, other] = [await backend('main'), await backend('one'), await backend('other')];
		balancer.main = main.url;
		balancer.webhooks = [one.url, other.url];
		const from = await Promise.all(['/webhook/a?x=1', '/webhook/a', '/form/a', '/webhook/b'].map(async (path) => (await post(path)).headers.get('x-from')));
		expect(from.sort()).toEqual(['one', 'one', 'other', 'other']);
		expect((await post('/webhook-test/a')).headers.get('x-from')).toBe('main');
		expect([...one.bodies, ...other.bodies]).toEqual(Array(4).fill('{"events":[]}'));
		expect(balancer.calls.answered).toEqual({ [one.url]: 2, [other.url]: 2, [main.url]: 1 });
	});

	it('passes over a process that does not listen, and says 503 when none does', async () => {
		const [one, other] = [await backend('one'), await backend('other')];
		balancer.webhooks = [one.url, other.url];
		await end(one);
		expect(await Promise.all([post('/webhook/a'), post('/webhook/a')].map(async (call) => (await call).status))).toEqual([200, 200]);
		await end(other);
		expect((await post('/webhook/a')).status).toBe(503);
		expect(balancer.calls.unanswered).toBe(1);
	});

	it('does not repeat a call that a dying process had taken: that is for MoySklad to do', async () => {
		const dying = await backend('dying', (server) => server.closeAllConnections());
		const other = await backend('other');
		balancer.webhooks = [other.url, dying.url];
		expect((await post('/webhook/a')).status).toBe(502);
		expect(other.bodies).toEqual([]);
	});

	it('loses answers that it shall lose, after the call was carried out', async () => {
		const one = await backend('one');
		balancer.webhooks = [one.url];
		balancer.losesAnswerTo = (url) => url.includes('lost');
		await expect(post('/webhook/a?requestId=lost')).rejects.toThrow();
		expect((await post('/webhook/a?requestId=kept')).status).toBe(200);
		expect(one.bodies).toHaveLength(2);
		expect(balancer.calls.lost).toBe(1);
	});
});
