import { attribute, folder, price, product, RUB, service, uuid, variant } from '../catalog/items.cts';
import { Proxy } from '../orders/proxy.cts';
import { Site, type Item, type Result } from '../catalog/site.cts';

const codes = (results: Result[]): unknown[] => results.map(({ status, error }) => error?.code ?? status);
const many = (count: number): Item[] => Array.from({ length: count }, (_, index) => product(`p${index}`, { salePrices: [price(100 + index)] }));

describe('Bitrix Catalog Upsert when things go wrong', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	/** All items with their prices, each once. */
	function expectComplete(count: number): void {
		const keys = site.elements().map(({ xmlId }) => xmlId);
		expect(new Set(keys).size).toBe(count);
		expect(keys).toHaveLength(count);
		expect(site.bitrix.portal.store.prices.size).toBe(count);
		for (const [index, key] of keys.entries()) if (index % 17 === 0) expect(site.prices(key)).toEqual({ BASE: `${100 + Number(key.slice(1))} RUB` });
	}

	describe('makes everything once and nothing twice, when calls', () => {
		it.each([
			['are refused for the rate', { kind: 'rateLimit' }],
			['fail in the server', { kind: 'serverError' }],
			['get a page of a closed site', { kind: 'unavailable' }],
			['get a page of a proxy', { kind: 'html' }],
			['are broken off before they begin', { kind: 'reset' }],
			['are carried out, but the answer is cut off (T13)', { kind: 'cut' }],
		] as const)('%s', async (_, { kind }) => {
			await site.upsert([product('p0')]);
			site.fail({ kind, share: 0.3, route: '^batch$' });
			const results = await site.upsert(many(300));
			site.fail();
			const again = await site.upsert(many(300));
			expect(again.filter(({ status }) => !['unchanged', 'created', 'updated'].includes(status))).toEqual([]);
			expect(results.filter(({ error }) => error && !error.retryable)).toEqual([]);
			expectComplete(300);
		}, 120_000);
	});

	it('T13: says "created" of what a lost call made, after it was looked up', async () => {
		await site.upsert([product('first')]);
		let lost = 0;
		const proxy = await Proxy.open(site.bitrix.url, { answer: (body) => (/"element"/.test(body) && (lost += 1) === 1 ? 'lost' : body) });
		const results = await site.upsert(many(20), {}, { webhook: site.bitrix.webhookUrl.replace(site.bitrix.url, proxy.url) });
		await proxy.close();
		expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['created']));
		expect(lost).toBe(1);
		expect(results[0]?.changes.map(({ field }) => field)).toContain('BASE');
		expect(site.elements()).toHaveLength(21);
	});

	it('gives up after three rounds, as retryable, and the next run completes the items', async () => {
		await site.upsert([product('first')]);
		// Writes get lost before they are carried out, and reads work.
		let lost = 0;
		const proxy = await Proxy.open(site.bitrix.url, { request: (body) => (/catalog\.product\.add/.test(body) ? ((lost += 1), '{"cmd":{}}') : body) });
		const results = await site.upsert([product('a'), product('b')], {}, { webhook: site.bitrix.webhookUrl.replace(site.bitrix.url, proxy.url) });
		await proxy.close();
		expect(results.map(({ status, error }) => [status, error?.retryable])).toEqual([['failed', true], ['failed', true]]);
		expect(lost).toBe(3);
		expect(codes(await site.upsert([product('a'), product('b')]))).toEqual(['created', 'created']);
	}, 60_000);

	it('T1: does not build on an answer to a filter that was dropped', async () => {
		await site.upsert(many(3));
		const proxy = await Proxy.open(site.bitrix.url, { request: (body) => body.replaceAll('filter[%3DxmlId]', 'filter[%3DxmlIdd]') });
		site.resetCounters();
		const run = await site.run('upsertItems', [product('new')], {}, { webhook: site.bitrix.webhookUrl.replace(site.bitrix.url, proxy.url) });
		await proxy.close();
		expect(run.error?.description).toContain('BITRIX_FILTER_IGNORED');
		expect(site.writes()).toBe(0);
	});

	it.each([
		['ids', 'filter[%3Dproperty', 'filter[%3Dpropperty'],
		['prices', 'filter[%40productId]', 'filter[%40productsId]'],
		['properties', 'filter[iblockId]', 'filter[iblockIdd]'],
	])('T1: nor when that of %s was', async (_, right, wrong) => {
		await site.upsert([...many(3), service('s')]);
		const proxy = await Proxy.open(site.bitrix.url, { request: (body) => body.replaceAll(right, wrong) });
		site.resetCounters();
		const run = await site.run('upsertItems', [product('p1', { weight: 5 }), product('new')], {}, { webhook: site.bitrix.webhookUrl.replace(site.bitrix.url, proxy.url) });
		await proxy.close();
		expect(run.error ?? run.json(1)[0]?.error).toBeDefined();
		expect(site.writes()).toBe(0);
	});

	it('T1, T2: reports a field that Bitrix accepted but did not take over', async () => {
		await site.upsert([product('cup')]);
		site.bitrix.portal.inventory = 'Y';
		const mapping = { change: [{ target: { __rl: true, mode: 'id', value: 'purchasingPrice' }, value: 'field', field: { __rl: true, mode: 'id', value: 'buyPrice' }, policy: 'always' }] };
		const item = product('cup', { buyPrice: { value: 5000, currency: RUB }, weight: 2 });
		const [result] = await site.upsert([item], { mapping });
		expect(result).toMatchObject({ status: 'conflict', error: { code: 'BITRIX_WRITE_IGNORED' }, bitrixId: String(site.element('cup').id) });
		expect(result?.error?.message).toContain('Purchasing Price');
		expect(site.element('cup').weight).toBe(2000);
		site.bitrix.portal.inventory = 'N';
		expect(codes(await site.upsert([item], { mapping }))).toEqual(['updated']);
		expect(site.element('cup')).toMatchObject({ purchasingPrice: 5000, purchasingCurrency: 'RUB' });
	});

	it('hands over what Bitrix says about a single item, and goes on with the others', async () => {
		const mapping = { change: [{ target: { __rl: true, mode: 'id', value: 'code' }, value: 'field', field: { __rl: true, mode: 'id', value: 'code' }, policy: 'always' }] };
		const results = await site.upsert([product('a', { code: 'same' }), product('b', { code: 'same' }), product('c', { code: 'other' })], { mapping });
		expect(codes(results)).toEqual(['created', 'BITRIX_NOT_UNIQUE', 'created']);
	});

	it('an item whose price was refused is known by its id, and is completed later', async () => {
		const [result] = await site.upsert([product('a')], { priceOptions: { currencies: { row: [{ from: 'RUB', to: 'XXX' }] } } });
		expect(result).toMatchObject({ status: 'failed', bitrixId: String(site.element('a').id) });
		expect(codes(await site.upsert([product('a')]))).toEqual(['updated']);
		expect(site.prices('a')).toEqual({ BASE: '100 RUB' });
	});

	it('T8: writes to old versions, which want name, block and section each time, without tearing items out of sections', async () => {
		site.bitrix.portal.switches.oldCore = true;
		const shirt = product('shirt', { variantsCount: 1 });
		const items = [product('cup', { productFolder: folder('kitchen') }), shirt, variant('red', shirt, { Цвет: 'Красный' }), service('s')];
		expect(codes(await site.upsert(items))).toEqual(['created', 'created', 'created', 'created']);
		const kitchen = site.section('kitchen').id;
		const { id: other } = site.bitrix.portal.store.sections.add({ ...site.section('kitchen'), id: undefined, name: 'Gifts', xmlId: null } as never);
		site.edit('cup', { iblockSection: [kitchen, other], name: 'By hand' });
		expect(codes(await site.upsert([product('cup', { weight: 3 })]))).toEqual(['updated']);
		expect(site.element('cup')).toMatchObject({ name: 'By hand', weight: 3000, iblockSectionId: kitchen, iblockSection: [kitchen, other] });
		expect(codes(await site.upsert([...items.slice(1)]))).toEqual(['unchanged', 'unchanged', 'unchanged']);
	}, 60_000);

	it('ends with what is wrong when nothing can be done at all', async () => {
		const run = await site.run('upsertItems', [product('a')], {}, { webhook: site.bitrix.webhooks.saleOnly });
		expect(run.error?.description).toContain('BITRIX_SCOPE');
		site.bitrix.portal.switches.missingMethods = ['catalog\\.product\\.list'];
		const [result] = await site.upsert([product('a')]);
		expect(result).toMatchObject({ status: 'failed', error: { code: 'BITRIX_METHOD_MISSING' } });
	});

	it('stops at once when the user stops the execution', async () => {
		await site.upsert([product('first')]);
		const stop = new AbortController();
		site.fail({ kind: 'slow', share: 1, milliseconds: 300, route: '^batch$' });
		const running = site.run('upsertItems', many(400), {}, { signal: stop.signal });
		setTimeout(() => stop.abort(), 900);
		expect((await running).status).toBe('canceled');
		site.fail();
		await new Promise((resolve) => setTimeout(resolve, 500));
		const made = site.elements().length;
		await new Promise((resolve) => setTimeout(resolve, 700));
		expect(site.elements()).toHaveLength(made);
		expect(made).toBeLessThan(401);
		expect(new Set((await site.upsert(many(400))).map(({ status }) => status))).toEqual(new Set(['created', ...(made > 1 ? ['unchanged'] : [])]));
	}, 60_000);

	it('I3: properties and variants are made once, even when the answer was lost', async () => {
		const items = Array.from({ length: 30 }, (_, index) => product(`p${index}`, { attributes: [attribute('Бренд', { meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/customentity/${uuid('d')}/${uuid(`b${index}`)}` }, name: `B${index}` }, 'customentity')] as never }));
		site.fail({ kind: 'cut', share: 0.4, route: '^batch$' });
		await site.upsert(items, { attributes: 'create' });
		site.fail();
		await site.upsert(items, { attributes: 'create' });
		const named = site.properties().filter(({ name }) => name === 'Бренд');
		expect(named).toHaveLength(1);
		expect(site.properties().filter(({ code }) => code === 'MOYSKLAD_ID')).toHaveLength(1);
		const words = named[0] ? site.variantsOf(named[0]) : [];
		expect(words).toHaveLength(new Set(words).size);
		expect(words).toHaveLength(30);
		expect(site.elements()).toHaveLength(30);
	}, 120_000);
});
