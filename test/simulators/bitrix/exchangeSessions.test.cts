import { request } from 'node:http';
import { freshExchange } from './exchangeBench.cts';
import { basic, ExchangeClient, type ExchangeReply } from './exchangeClient.cts';
import { control } from './restClient';
import { startBitrix } from './start.cts';

const bench = freshExchange();

describe('checkauth of goods', () => {
	it('tells cookie, sessid and timestamp, a line each', async () => {
		const { status, text, headers } = await bench.goods.checkauth();
		expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=windows-1251']);
		expect(text).toMatch(/^success\nPHPSESSID\n[0-9a-f]{32}\nsessid=[0-9a-f]{32}\ntimestamp=\d{10}\n$/);
		expect(headers.get('set-cookie')).toContain(`PHPSESSID=${text.split('\n')[2]}`);
		const seconds = Number(text.split('timestamp=')[1]);
		expect(Math.abs(seconds - bench.bitrix.clock.now() / 1000)).toBeLessThan(5);
	});

	it.each([4, 3] as const)('of an old kernel tells %d lines', async (checkauthLines) => {
		bench.set({ checkauthLines });
		expect((await bench.goods.checkauth()).text.trim().split('\n')).toHaveLength(checkauthLines);
	});

	it('fails where session ids change, and where clocks differ by more than ten minutes', async () => {
		bench.set({ sessionRotation: true });
		expect((await bench.goods.checkauth()).word).toBe('failure');
		bench.set({ sessionRotation: false, clockDrift: -601 });
		expect((await bench.goods.checkauth()).word).toBe('failure');
		bench.set({ clockDrift: 600 });
		expect((await bench.goods.checkauth()).word).toBe('success');
	});
});

it.each([['cloud', 404], ['box', 200], ['site', 200]] as const)('the exchange of a %s answers with status %d', async (edition, expected) => {
	const bitrix = await startBitrix({ edition });
	const { status, headers, text } = await new ExchangeClient(bitrix).checkauth();
	await bitrix.close();
	expect(status).toBe(expected);
	if (edition === 'cloud') expect([headers.get('content-type'), text]).toEqual([expect.stringContaining('text/html'), expect.stringContaining('404 Not Found')]);
});

it('checkauth of orders tells no timestamp', async () => {
	expect((await bench.orders.checkauth()).text).toMatch(/^success\nPHPSESSID\n[0-9a-f]{32}\nsessid=[0-9a-f]{32}\n$/);
});

describe('a wrong login', () => {
	const wrong = async (): Promise<ExchangeReply> => await bench.goods.checkauth('exchange1c', 'wrong');

	it('is a failure with a text in windows-1251 and status 200', async () => {
		const reply = await wrong();
		expect([reply.status, reply.word]).toEqual([200, 'failure']);
		expect(reply.text).toContain('Неверное имя пользователя');
		expect(reply.headers.get('content-type')).toContain('windows-1251');
	});

	it.each([200, 401, 403] as const)('may be a page with status %d', async (badLogin) => {
		bench.set({ badLogin });
		const reply = await wrong();
		expect(reply.status).toBe(badLogin);
		expect(reply.text).toMatch(/^<!DOCTYPE html>/);
	});

	it.each([
		['no credentials', undefined],
		['no Basic', 'Bearer x'],
		['no base64', 'Basic §'],
		['no colon', `Basic ${Buffer.from('exchange1c').toString('base64')}`],
	])('%s', async (_case, authorization) => {
		const headers = new Headers();
		if (authorization !== undefined) headers.set('authorization', Buffer.from(authorization).toString('latin1'));
		expect((await bench.goods.call('checkauth', {}, { headers })).word).toBe('failure');
	});

	it('is every login where the web server keeps the Authorization header to itself', async () => {
		bench.set({ passesAuthorization: false });
		expect((await bench.goods.checkauth()).word).toBe('failure');
	});

	it('a right login without access to the administrative pages is shown the login page', async () => {
		const { password } = bench.bitrix.exchange;
		expect((await bench.goods.checkauth('guest', `${password}-guest`)).text).toMatch(/^<!DOCTYPE html>/);
	});
});

describe('groups', () => {
	it('an administrator may always exchange goods; orders only in a group that may', async () => {
		bench.set({ catalogGroups: [], saleGroups: [8] });
		expect((await bench.goods.checkauth()).word).toBe('success');
		expect((await bench.orders.checkauth()).word).toBe('failure');
	});

	it('another user may when his group may', async () => {
		const password = `${bench.bitrix.exchange.password}-editor`;
		expect((await bench.goods.checkauth('editor', password)).text).toContain('нет прав');
		bench.set({ catalogGroups: [5], saleGroups: [5] });
		expect((await bench.goods.checkauth('editor', password)).word).toBe('success');
		expect((await bench.orders.checkauth('editor', password)).word).toBe('success');
	});
});

it.each([
	['catalog', 'iblock', 'failure'],
	['catalog', 'sale', 'success'],
	['sale', 'sale', 'failure'],
	['sale', 'catalog', 'failure'],
])('type=%s without the module %s: %s', async (type, missing, word) => {
	bench.set({ modules: ['iblock', 'catalog', 'sale'].filter((module) => module !== missing) });
	expect((await new ExchangeClient(bench.bitrix, type).checkauth()).word).toBe(word);
});

describe('the session', () => {
	it('is carried by the cookie; without it a call is nobody’s', async () => {
		await bench.goods.login();
		expect((await bench.goods.call('init')).word).toBe('zip=no');
		bench.goods.cookie = '';
		const { word, text } = await bench.goods.call('init');
		expect([word, text]).toEqual(['failure', expect.stringContaining('источника')]);
	});

	it('goes on with credentials on each call as well', async () => {
		await bench.goods.login();
		const { login, password } = bench.bitrix.exchange;
		const headers = { authorization: basic(login, password) };
		const reply = await bench.goods.call('init', {}, { headers });
		expect([reply.word, reply.headers.get('set-cookie')]).toEqual(['zip=no', null]);
	});

	it('credentials without the cookie open a new one each time', async () => {
		const before = bench.bitrix.exchange.site.sessions.count;
		await bench.goods.checkauth();
		await bench.goods.checkauth();
		expect(bench.bitrix.exchange.site.sessions.count).toBe(before + 2);
	});

	it('ends after a pause, and lives on with every call', async () => {
		await bench.goods.login();
		for (let call = 0; call < 3; call++) {
			bench.bitrix.clock.advance(1_400_000);
			expect((await bench.goods.call('init')).word).toBe('zip=no');
		}
		bench.bitrix.clock.advance(1_441_000);
		expect((await bench.goods.call('init')).word).toBe('failure');
	});

	it('can be ended from outside', async () => {
		await bench.goods.login();
		await control(bench.bitrix, 'POST exchange/expire');
		expect((await bench.goods.call('init')).word).toBe('failure');
		expect((await (await bench.goods.login()).call('init')).word).toBe('zip=no');
	});

	it.each([
		['exact', '127.0.0.9', 'failure'],
		['network', '127.0.5.9', 'zip=no'],
		['network', '127.9.0.1', 'failure'],
		['any', '127.9.0.1', 'zip=no'],
	] as const)('bound to an address (%s) and called from %s: %s', async (sessionAddress, localAddress, word) => {
		await bench.goods.login();
		bench.set({ sessionAddress });
		expect(await initFrom(localAddress)).toBe(word);
	});

	it('answers one call at a time', async () => {
		await bench.goods.login();
		await bench.goods.call('init');
		await bench.goods.upload('a.xml', '<a></a>');
		bench.set({ stepMilliseconds: 60 });
		const replies: string[] = [];
		const step = async (): Promise<void> => {
			const { word } = await bench.goods.call('import', { filename: 'a.xml' });
			replies.push(word);
		};
		const begun = Date.now();
		await Promise.all([step(), step(), step()]);
		expect(replies).toEqual(['progress', 'progress', 'progress']);
		expect(Date.now() - begun).toBeGreaterThanOrEqual(170);
		expect(bench.bitrix.exchange.site.steps).toEqual({ prepare: 1, read: 1, index: 1 });
	});
});

async function initFrom(localAddress: string): Promise<string> {
	const url = `${bench.bitrix.exchange.url}?type=catalog&mode=init&sessid=${bench.goods.sessid}`;
	return await new Promise((resolve, reject) => {
		const call = request(url, { localAddress, headers: { cookie: bench.goods.cookie } }, (answer) => {
			const parts: Buffer[] = [];
			answer.on('data', (part: Buffer) => parts.push(part));
			answer.on('end', () => resolve(Buffer.concat(parts).toString('latin1').split('\n')[0] ?? ''));
		});
		call.on('error', reject);
		call.end();
	});
}

describe('the sessid', () => {
	const without = async (client: ExchangeClient, mode: string): Promise<ExchangeReply> =>
		await client.call(mode, { sessid: '' });

	it('is not asked for before somebody sends a right one: from then on always', async () => {
		await bench.goods.login();
		expect((await without(bench.goods, 'init')).word).toBe('zip=no');
		expect((await bench.goods.call('init', { sessid: 'wrong' })).word).toBe('zip=no');
		await bench.goods.call('init');
		for (const sessid of ['', 'wrong']) {
			const { word, text } = await bench.goods.call('init', { sessid });
			expect([word, text]).toEqual(['failure', expect.stringContaining('источника')]);
		}
		const other = await new ExchangeClient(bench.bitrix).login();
		expect((await without(other, 'init')).word).toBe('failure');
		expect((await other.call('init', { sessid: bench.goods.sessid })).word).toBe('failure');
		expect((await other.call('init')).word).toBe('zip=no');
	});

	it('does as well in a header', async () => {
		await bench.goods.login();
		bench.set({ catalogSourceCheck: true });
		const headers = { 'X-Bitrix-Csrf-Token': bench.goods.sessid };
		expect((await bench.goods.call('init', { sessid: '' }, { headers })).word).toBe('zip=no');
	});

	it('is looked at before the login: a lost session of goods is a wrong source', async () => {
		bench.set({ catalogSourceCheck: true });
		expect((await without(bench.goods, 'init')).text).toContain('источника');
		bench.set({ catalogSourceCheck: false });
		expect((await without(bench.goods, 'init')).text).toContain('авторизации');
	});

	it('of orders: any value turns the check on, which comes after the login', async () => {
		await bench.orders.login();
		expect((await without(bench.orders, 'init')).word).toBe('zip=no');
		expect((await bench.orders.call('init', { sessid: 'wrong' })).text).toContain('источника');
		expect((await without(bench.orders, 'init')).text).toContain('источника');
		expect((await bench.orders.call('init')).word).toBe('zip=no');
		const stranger = new ExchangeClient(bench.bitrix, 'sale');
		expect((await stranger.call('init')).text).toContain('авторизации');
		expect((await stranger.checkauth()).word).toBe('success');
	});
});

describe('what is asked for', () => {
	it('an unknown mode is a failure, no mode an empty page, an unknown type a failure in English', async () => {
		await bench.goods.login();
		expect((await bench.goods.call('nonsense')).text).toBe('failure\nНеизвестная команда.');
		expect((await bench.goods.call('toString')).word).toBe('failure');
		expect((await bench.goods.call('')).text).toBe('');
		expect((await bench.goods.call('init', { type: 'nonsense' })).text).toBe('failure\nUnknown command type.');
		await bench.orders.login();
		expect((await bench.orders.call('nonsense')).word).toBe('failure');
	});

	it('the exchange is nowhere else', async () => {
		const elsewhere = bench.bitrix.exchange.url.replace('1c_exchange', 'exchange1c');
		const answer = await fetch(`${elsewhere}?type=catalog&mode=checkauth`);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
	});

	it('an expired licence says so whatever is asked', async () => {
		bench.set({ licenceExpired: true });
		const reply = await bench.goods.checkauth();
		expect([reply.status, reply.text]).toEqual([200, expect.stringContaining('пробной версии')]);
		expect(reply.word).not.toBe('failure');
	});

	it('a custom site answers in UTF-8', async () => {
		bench.set({ charset: 'utf-8' });
		const reply = await bench.goods.checkauth('x', 'y');
		expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(reply.text).toContain('Неверное');
	});

	it('a site that moved sends on', async () => {
		bench.bitrix.portal.switches.movedTo = 'https://new.example';
		const answer = await fetch(`${bench.bitrix.exchange.url}?type=catalog&mode=checkauth`, { redirect: 'manual' });
		expect([answer.status, answer.headers.get('location')]).toEqual([
			302,
			'https://new.example/bitrix/admin/1c_exchange.php?type=catalog&mode=checkauth',
		]);
	});
});
