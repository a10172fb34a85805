import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Engine } from '../../n8n/engine.cts';

const EXTRA = { header: [{ name: ' X-Firewall-Pass ', value: 'let me in' }, { name: '', value: 'left out' }] };

describe('A1: extra headers', () => {
	let engine: Engine;
	let server: Server;
	let calls: Array<{ path: string; headers: IncomingHttpHeaders }>;
	let url: string;

	beforeAll(async () => {
		engine = await Engine.load();
		server = createServer(({ url: path = '', headers }, response) => {
			calls.push({ path, headers });
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ meta: { size: 0 }, rows: [], result: { order: null }, time: {} }));
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => server.close());
	beforeEach(() => (calls = []));

	async function run(type: string, parameters: INodeParameters, credentials: Record<string, IDataObject>): Promise<void> {
		await engine.runNode({ type, parameters, credentials: credentials as never, items: [{}] });
		expect(calls.length).toBeGreaterThan(0);
		for (const { headers } of calls) {
			expect(headers).toMatchObject({ 'x-firewall-pass': 'let me in' });
			expect(Object.values(headers)).not.toContain('left out');
		}
	}

	const order = { operation: 'get', order: '1', siteKey: 'shop' };

	it.each(['keepAlive', 'n8n'])('go along with every call to MoySklad (%s), at the base address of the credential', async (httpClient) => {
		const credential = { authentication: 'token', token: 't', httpClient, baseUrl: `${url}/behind/a/proxy/`, extraHeaders: EXTRA };
		await run('moySkladEntity', { resource: 'counterparty', operation: 'getAll' }, { moySkladApi: credential });
		expect(calls[0]).toMatchObject({ path: expect.stringMatching(/^\/behind\/a\/proxy\/entity\/counterparty/), headers: { authorization: 'Bearer t' } });
	});

	it('go along with every call of a Bitrix webhook', async () => {
		await run('bitrixOrderExport', order, { bitrixWebhookApi: { secretAddress: `${url}/rest/1/s/`, extraHeaders: EXTRA } });
		expect(calls[0]?.path).toMatch(/^\/rest\/1\/s\//);
	});

	it('go along with every call of a Bitrix application', async () => {
		const oauthTokenData = { access_token: 'a', refresh_token: 'r', client_endpoint: `${url}/rest/` };
		const credential = { portal: url, grantType: 'authorizationCode', authentication: 'body', clientId: 'c', clientSecret: 's', accessTokenUrl: `${url}/oauth/token/`, oauthTokenData, extraHeaders: EXTRA };
		await run('bitrixOrderExport', { ...order, authentication: 'oAuth2' }, { bitrixOAuth2Api: credential });
		expect(calls[0]).toMatchObject({ path: expect.stringMatching(/^\/rest\//), headers: { authorization: 'Bearer a' } });
	});
});
