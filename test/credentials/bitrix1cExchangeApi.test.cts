import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bitrix1cExchangeApi } from '../../credentials/Bitrix1cExchangeApi.credentials';
import { testCredential } from '../n8n/credentialTest.cts';
import { startBitrix, type RunningBitrix } from '../simulators/bitrix/start.cts';

const credential = new Bitrix1cExchangeApi();

describe('The credential Bitrix 1C Exchange', () => {
	let bitrix: RunningBitrix;
	beforeEach(async () => (bitrix = await startBitrix({ edition: 'site' })));
	afterEach(async () => await bitrix.close());

	const tested = async (more: Record<string, unknown> = {}): Promise<'OK' | { message: string }> =>
		await testCredential(credential, { siteAddress: bitrix.url, login: bitrix.exchange.login, password: bitrix.exchange.password, ...more } as never);
	const set = (settings: object): void => void Object.assign(bitrix.exchange.site.settings, settings);

	it('is right with the login of the exchange', async () => {
		expect(await tested()).toBe('OK');
		expect(bitrix.counters.snapshot().routes).toMatchObject({ '1c_exchange catalog checkauth': { calls: 1 } });
	});

	it.each([['/bitrix/admin/'], ['/bitrix/admin/1c_exchange.php?type=sale'], ['/?a=1#b']])('is right with the pasted address …%s', async (path) => {
		expect(await tested({ siteAddress: `${bitrix.url}${path}` })).toBe('OK');
	});

	it('sends the extra headers', async () => {
		set({ passesAuthorization: true });
		const request = await credential.authenticate(
			{ siteAddress: 'shop.example.com', login: 'a', password: 'b', extraHeaders: { header: [{ name: ' X-Allow ', value: '1' }] } } as never,
			{ url: '?type=catalog', headers: { accept: '*/*' } },
		);
		expect(request).toMatchObject({ url: 'https://shop.example.com/bitrix/admin/1c_exchange.php?type=catalog', headers: { 'x-allow': '1', accept: '*/*', authorization: `Basic ${Buffer.from('a:b').toString('base64')}` } });
	});

	it('sends the login in UTF-8, and not with calls of a session', async () => {
		const data = { siteAddress: 'shop.example.com', login: 'обмен', password: 'пароль' } as never;
		const first = await credential.authenticate(data, { url: '?mode=checkauth' });
		expect(Buffer.from(String(first.headers?.authorization).slice(6), 'base64').toString('utf8')).toBe('обмен:пароль');
		const later = await credential.authenticate(data, { url: 'https://shop.example.com/x.php', headers: { cookie: 'PHPSESSID=1' } });
		expect(later.headers).toEqual({ cookie: 'PHPSESSID=1' });
	});

	it.each<[string, object, object, RegExp]>([
		['a wrong password', { password: 'wrong' }, {}, /wrong login or password/],
		['a login page', { password: 'wrong' }, { badLogin: 200 }, /with a page/],
		['a login page with status 401', { password: 'wrong' }, { badLogin: 401 }, /with a page/],
		['a login page with status 403', { password: 'wrong' }, { badLogin: 403 }, /with a page/],
		['a server that keeps the header to itself', {}, { passesAuthorization: false }, /Authorization header/],
		['a user without the group', { login: 'editor' }, {}, /no group/],
		['an ended licence', {}, { licenceExpired: true }, /with a page/],
		['no script there', { path: '/exchange.php' }, {}, /no exchange script/],
		['no address', { siteAddress: 'not an address' }, {}, /it has a space in it/],
	])('is wrong with %s, and the message says what to look at', async (_name, data, settings, message) => {
		set(settings);
		const password = 'login' in data ? { password: `${bitrix.exchange.password}-editor` } : {};
		const result = await tested({ ...password, ...data });
		expect(result).toEqual({ message: expect.stringMatching(message) as string });
		expect(JSON.stringify(result)).not.toContain(bitrix.exchange.password);
	});

	describe('at an address where something else answers', () => {
		let server: Server;
		afterEach(() => server.close());
		const answering = async (status: number, body: string, headers = {}): Promise<'OK' | { message: string }> => {
			server = createServer((_request, response) => void response.writeHead(status, headers).end(body));
			await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
			return await tested({ siteAddress: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
		};

		it.each<[string, number, string, object, RegExp]>([
			['nothing', 200, '', {}, /with nothing/],
			['JSON', 200, '{"ok":true}', { 'content-type': 'application/json' }, /Something else/],
			['a list', 200, '[]', { 'content-type': 'application/json' }, /Something else/],
			['“No input file specified.”', 200, 'No input file specified.', {}, /Something else/],
			['an empty line first', 200, '\nsuccess', {}, /Something else/],
			['a page', 200, '<html></html>', {}, /with a page/],
			['a redirect', 301, '', { location: 'https://www.shop.example.com/' }, /another address/],
			['a failure', 200, 'failure\nno', {}, /refused/],
		])('is wrong with %s', async (_name, status, body, headers, message) => {
			expect(await answering(status, body, headers)).toEqual({ message: expect.stringMatching(message) as string });
		});

		it('is right with success alone', async () => expect(await answering(200, 'success\nPHPSESSID\nx', {})).toBe('OK'));
	});
});
