import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bitrix1cExchangeApi } from '../../../credentials/Bitrix1cExchangeApi.credentials';
import { n8nSend } from '../../../nodes/shared/n8nSend';
import type { HttpRequest } from '../../../transport';
import { PROBE, ProbeEngine } from '../../n8n/probe.cts';

describe('Sending with n8n’s means', () => {
	let engine: ProbeEngine;
	let server: Server;
	beforeAll(async () => {
		engine = await ProbeEngine.with(new Bitrix1cExchangeApi());
		server = createServer((request, response) => {
			const parts: Buffer[] = [];
			request.on('data', (part: Buffer) => parts.push(part)).on('end', () => response.end(Buffer.concat(parts)));
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	});
	afterAll(() => server.close());

	/** What a server got that sends everything back. */
	async function echoed(more: Partial<HttpRequest>): Promise<unknown> {
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		engine.does(async (context) => {
			const request: HttpRequest = { method: 'POST', url, headers: { 'content-type': 'application/octet-stream' }, timeoutMilliseconds: 5000, authorize: true, ...more };
			const { status, body } = await n8nSend(context, 'bitrix1cExchangeApi')(request);
			return [[{ json: { status, bytes: [...body] } }]];
		});
		const run = await engine.runNode({ type: PROBE, credentials: { bitrix1cExchangeApi: { siteAddress: url, login: 'a', password: 'b' } } });
		return run.json()[0];
	}

	it.each([undefined, 1000])('a part of a buffer goes as that part, and comes back whole (limit of the answer: %s)', async (maxBytes) => {
		const all = Uint8Array.from({ length: 100 }, (_, index) => index);
		expect(await echoed({ body: all.subarray(10, 15), maxBytes })).toEqual({ status: 200, bytes: [10, 11, 12, 13, 14] });
	});

	it.each<[string, object, string | undefined]>([
		['n8n 2.41', { failure: { cause: 'credential-invalid' } }, 'BITRIX_RECONNECT'],
		['n8n 2.11', { httpCode: 'EAUTH' }, 'BITRIX_RECONNECT'],
		['no n8n', { httpCode: '503' }, undefined],
	])('a token that is refused for good asks for a new consent, as %s says it', async (_, failure, code) => {
		const refused = Object.assign(new Error('Refused'), { cause: Object.assign(new Error('Not renewed'), failure) });
		engine.does(async (context) => {
			const helpers = { httpRequestWithAuthentication: async () => await Promise.reject(refused) };
			const sent = n8nSend({ ...context, helpers: helpers as never }, 'bitrixOAuth2Api')({ method: 'GET', url: 'http://127.0.0.1/', headers: {}, timeoutMilliseconds: 5000, authorize: true });
			return [[{ json: { code: await sent.then(() => 'sent', (error: { code?: string }) => error.code) } }]];
		});
		expect((await engine.runNode({ type: PROBE })).json()[0]).toEqual({ code });
	});

	it('a text goes in UTF-8', async () => {
		expect(await echoed({ body: 'я' })).toEqual({ status: 200, bytes: [0xd1, 0x8f] });
	});
});
