import { freshExchange } from './exchangeBench.cts';
import { ExchangeClient } from './exchangeClient.cts';
import { catalogFile, offersFile, tag, namedOffer, price, prices, priceType, goods } from './exchangeXml.cts';
import { control } from './restClient';

const bench = freshExchange();

describe('requests that die', () => {
	it('in the elements step lose nothing when they are repeated', async () => {
		bench.set({ stepRows: 10 });
		await control(bench.bitrix, 'PUT exchange/crash', { step: 'elements', times: 2 });
		await bench.begin({ 'a.xml': catalogFile(goods(25)) });
		const statuses: number[] = [];
		for (let call = 0; call < 14; call++) statuses.push((await bench.step('a.xml')).status);
		expect(statuses.filter((status) => status === 500)).toHaveLength(2);
		expect((await bench.step('a.xml')).word).not.toBe('failure');
		expect(bench.bitrix.portal.store.elements.size).toBe(25);
	});

	it('in the read step leave the rows there twice when they are repeated', async () => {
		await control(bench.bitrix, 'PUT exchange/crash', { step: 'read', times: 1 });
		await bench.begin({ 'a.xml': catalogFile(goods(1), { more: tag('ТипыЦен', priceType('BASE', 'BASE')) }) });
		await bench.step('a.xml');
		expect((await bench.step('a.xml')).status).toBe(500);
		const replies = await bench.goods.import('a.xml', 5);
		expect(replies.at(-1)?.text).toContain('указан дважды');
		expect(bench.bitrix.exchange.site.table.roots).toHaveLength(2);
	});

	it('in the read step do no harm when everything begins anew', async () => {
		await control(bench.bitrix, 'PUT exchange/crash', { step: 'read', times: 1 });
		await bench.begin({ 'a.xml': catalogFile(goods(2)) });
		await bench.goods.import('a.xml');
		await bench.begin({ 'a.xml': catalogFile(goods(2)) });
		expect(await bench.goods.import('a.xml')).toHaveLength(10);
	});
});

describe('two exchanges at once share one table', () => {
	const file = catalogFile(goods(30));

	it('the second one takes the table away from the first', async () => {
		bench.set({ stepRows: 10 });
		await bench.begin({ 'a.xml': file });
		for (let call = 0; call < 7; call++) await bench.step('a.xml');
		const other = new ExchangeClient(bench.bitrix);
		await other.login();
		await other.upload('b.xml', file);
		await other.call('import', { filename: 'b.xml' });
		expect((await bench.step('a.xml')).text).toBe('failure\nВременная таблица не существует.');
	});

	it('and when it has read its own file, the first goes on with that one', async () => {
		bench.set({ stepRows: 10 });
		await bench.begin({ 'a.xml': file });
		for (let call = 0; call < 7; call++) await bench.step('a.xml');
		await control(bench.bitrix, 'POST exchange/foreign', { file: catalogFile(goods(12, 'f')), steps: 3 });
		expect((await bench.goods.import('a.xml')).at(-1)?.word).toBe('success');
		const ids = bench.bitrix.portal.store.elements.all().map(({ xmlId }) => xmlId);
		expect(ids).toEqual([...Array.from({ length: 10 }, (_, index) => `g${index}`), 'f10', 'f11']);
	});

	it('its init empties the directory of the first', async () => {
		await bench.begin({ 'a.xml': file });
		await bench.step('a.xml');
		await control(bench.bitrix, 'POST exchange/foreign', { file, steps: 0 });
		expect((await bench.step('a.xml')).text).toContain('открытия');
	});
});

it('a lost session begins with the first step again', async () => {
	await bench.begin({ 'a.xml': catalogFile(goods(3)) });
	for (let call = 0; call < 4; call++) await bench.step('a.xml');
	await control(bench.bitrix, 'POST exchange/expire');
	expect((await bench.step('a.xml')).word).toBe('failure');
	await bench.goods.login();
	expect(await bench.goods.import('a.xml')).toHaveLength(10);
});

describe('faults, counters, control', () => {
	it('calls are counted by type and mode', async () => {
		await bench.begin({ 'a.xml': catalogFile(goods(1)) });
		await bench.goods.import('a.xml');
		await bench.goods.call('nonsense');
		const { routes } = bench.bitrix.counters.snapshot();
		expect(Object.fromEntries(Object.entries(routes).map(([route, { calls }]) => [route, calls]))).toEqual({
			'1c_exchange catalog checkauth': 1,
			'1c_exchange catalog init': 1,
			'1c_exchange catalog file': 1,
			'1c_exchange catalog import': 10,
			'1c_exchange catalog ?': 1,
		});
		expect(await control(bench.bitrix, 'GET exchange')).toMatchObject({
			uploads: { calls: 1 },
			steps: { finish: 1 },
			sessions: 1,
		});
	});

	it.each([
		['rateLimit', 429, 'html'],
		['serverError', 500, ''],
		['unavailable', 503, 'html'],
		['html', 502, 'html'],
	] as const)('%s answers %d, and nothing is done', async (kind, status, content) => {
		await bench.goods.login();
		bench.bitrix.faults.set([{ kind, share: 1, route: 'catalog file', times: 1 }]);
		const reply = await bench.goods.upload('a.xml', 'x');
		expect(reply.status).toBe(status);
		expect(reply.text).toContain(content);
		expect(bench.bitrix.exchange.site.goodsFiles.names).toEqual([]);
		expect((await bench.goods.upload('a.xml', 'x')).word).toBe('success');
	});

	it.each(['cut', 'hangAfter'] as const)('%s: the part is appended all the same', async (kind) => {
		await bench.goods.login();
		bench.bitrix.faults.set([{ kind, share: 1, route: 'catalog file', times: 1, milliseconds: 50 }]);
		await expect(bench.goods.upload('a.xml', 'x')).rejects.toThrow();
		await bench.goods.upload('a.xml', 'x');
		expect(bench.bitrix.exchange.site.goodsFiles.read('a.xml')?.toString()).toBe('xx');
	});

	it('settings can be changed from outside, unknown ones not', async () => {
		await control(bench.bitrix, 'PUT exchange/settings', { useOffers: true, fileLimit: 7 });
		expect(bench.bitrix.exchange.site.settings).toMatchObject({ useOffers: true, fileLimit: 7 });
		await expect(control(bench.bitrix, 'PUT exchange/settings', { nonsense: 1 })).rejects.toThrow('nonsense');
	});

	it('what the exchange changes is announced as any other change is', async () => {
		await control(bench.bitrix, 'DELETE changes');
		const more = tag('ТипыЦен', priceType('BASE', 'BASE'));
		await bench.begin({
			'a.xml': catalogFile(goods(1)),
			'b.xml': offersFile([namedOffer('g0', prices(price('BASE', 5)))], { more }),
		});
		for (const name of ['a.xml', 'b.xml']) await bench.goods.import(name);
		const changes = (await control(bench.bitrix, 'GET changes')) as unknown as Array<Record<string, unknown>>;
		expect(changes.map(({ entity, action }) => `${String(entity)} ${String(action)}`)).toEqual(
			expect.arrayContaining(['product add', 'product update', 'price add']),
		);
	});
});
