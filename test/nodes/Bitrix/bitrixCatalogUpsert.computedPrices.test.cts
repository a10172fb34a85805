import type { INodeParameters } from 'n8n-workflow';
import { control } from '../../simulators/moysklad/control.cts';
import { ExchangeSite } from '../catalog/exchangeSite.cts';
import { Site, type Item } from '../catalog/site.cts';

const RETAIL = 'Цена продажи';
const CLUB = 'Club';

/** What a person does in MoySklad. */
async function edit({ moySklad }: Site, method: string, path: string, body?: object): Promise<Item> {
	return ((await control(moySklad.parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { body: Item }).body;
}

async function addProduct(site: Site, name: string, kopecks: number): Promise<Item> {
	const [type] = (await edit(site, 'GET', 'context/companysettings/pricetype')) as unknown as Item[];
	return await edit(site, 'POST', 'entity/product', { name, externalCode: name, salePrices: [{ value: kopecks, priceType: { meta: type?.meta } }] });
}

const addDiscount = async (site: Site, discount: number, more: object = {}): Promise<Item> =>
	await edit(site, 'POST', 'entity/specialpricediscount', { name: `${discount} %`, active: true, allAgents: false, agentTags: ['клуб'], allProducts: true, usePriceType: false, discount, ...more });

/** The goods with their price for the club, as the other node gives them. */
async function computed({ engine, moySklad }: Site): Promise<Item[]> {
	const run = await engine.runNode({
		type: 'moySkladEntity',
		parameters: { resource: 'discount', operation: 'getComputedPrices', computedPrices: { price: [{ name: CLUB, buyers: 'group', group: { __rl: true, mode: 'id', value: 'клуб' } }] } },
		credentials: { moySkladApi: { authentication: 'token', token: moySklad.users.integration.token, baseUrl: moySklad.baseUrl } },
	});
	if (run.error) throw run.error;
	return (run.json(0)[0] as unknown as { rows: Item[] }).rows;
}

const locator = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
const pairs = (site: Site, ...rows: Array<[INodeParameters, string]>): INodeParameters => ({
	priceTypes: { pair: rows.map(([from, to]) => ({ from, to: locator('id', String(site.bitrix.portal.store.priceTypes.all().find(({ name }) => name === to)?.id)) })) },
}) as INodeParameters;

describe('Computed prices over REST', () => {
	let site: Site;
	let chosen: INodeParameters;
	beforeEach(async () => {
		site = await Site.open();
		chosen = pairs(site, [locator('computed', CLUB), 'OPT']);
		for (const [name, kopecks] of [['cup', 10_000], ['lamp', 9999]] as const) await addProduct(site, name, kopecks);
		await addDiscount(site, 10);
		await site.upsert(await computed(site), pairs(site, [locator('id', RETAIL), 'BASE']));
		site.resetCounters();
	});
	afterEach(async () => await site.close());

	const update = async (parameters: INodeParameters = {}) => await site.results('updatePrices', await computed(site), { ...chosen, ...parameters });

	it('go to the price type that was chosen, to the kopeck, and nowhere else', async () => {
		const results = await update();
		expect(results.map(({ status, changes }) => [status, changes])).toEqual([
			['updated', [{ field: 'OPT', from: null, to: '90 RUB' }]],
			['updated', [{ field: 'OPT', from: null, to: '89.99 RUB' }]],
		]);
		expect(site.prices('cup')).toEqual({ BASE: '100 RUB', OPT: '90 RUB' });
		expect(site.prices('lamp')).toEqual({ BASE: '99.99 RUB', OPT: '89.99 RUB' });
	});

	it('that have not changed write nothing; a changed discount changes its own goods', async () => {
		await update();
		site.resetCounters();
		expect((await update()).map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
		expect(site.writes()).toBe(0);
		const [lamp] = (await edit(site, 'GET', `entity/product?filter=${encodeURIComponent('name=lamp')}`)).rows as Item[];
		await addDiscount(site, 5, { allProducts: false, assortment: [{ meta: lamp?.meta }] });
		expect((await update()).map(({ status, changes }) => [status, changes.map(({ to }) => to)])).toEqual([['unchanged', []], ['updated', ['84.99 RUB']]]);
	});

	it('P1: that fall by more than half are held', async () => {
		await update();
		await addDiscount(site, 60);
		expect((await update()).map(({ status, error }) => [status, error?.code])).toEqual([['conflict', 'CATALOG_PRICE_FALL'], ['conflict', 'CATALOG_PRICE_FALL']]);
		expect(site.prices('cup').OPT).toBe('90 RUB');
		expect((await update({ priceOptions: { largestFall: 0 } })).map(({ status }) => status)).toEqual(['updated', 'updated']);
	});

	it('P1: of 0 leave the old one', async () => {
		await update();
		await addDiscount(site, 95);
		const results = await update();
		expect(results.map(({ status, warnings }) => [status, warnings.map(({ code }) => code)])).toEqual([['unchanged', ['CATALOG_PRICE_ZERO']], ['unchanged', ['CATALOG_PRICE_ZERO']]]);
		expect(site.prices('cup').OPT).toBe('90 RUB');
	});

	it('are found by a plain name too, and without pairs go to the price type of their name', async () => {
		await site.results('updatePrices', await computed(site), pairs(site, [locator('id', CLUB), 'EXPORT']));
		expect(site.prices('cup')).toEqual({ BASE: '100 RUB', EXPORT: '90 RUB' });
		site.bitrix.portal.store.priceTypes.update(site.bitrix.portal.store.priceTypes.all().find(({ name }) => name === 'OPT')?.id ?? 0, { name: CLUB });
		await site.results('updatePrices', await computed(site));
		expect(site.prices('cup')).toEqual({ BASE: '100 RUB', EXPORT: '90 RUB', [CLUB]: '90 RUB' });
	});

	it('go along with Upsert Items as well', async () => {
		await addProduct(site, 'new', 5000);
		await site.upsert(await computed(site), pairs(site, [locator('id', RETAIL), 'BASE'], [locator('computed', CLUB), 'OPT']));
		expect(site.prices('new')).toEqual({ BASE: '50 RUB', OPT: '45 RUB' });
	});

	it('that an item does not have are said to be missing, and the price is left alone', async () => {
		await update();
		const plain = (await edit(site, 'GET', 'entity/product')).rows as Item[];
		const results = await site.results('updatePrices', plain, chosen);
		expect(results.map(({ status, warnings }) => [status, warnings.map(({ code }) => code)])).toEqual([['unchanged', ['CATALOG_PRICE_NOT_COMPUTED']], ['unchanged', ['CATALOG_PRICE_NOT_COMPUTED']]]);
		expect(site.prices('cup').OPT).toBe('90 RUB');
	});
});

describe('Computed prices over the 1C exchange', () => {
	let exchange: ExchangeSite;
	beforeEach(async () => {
		exchange = await ExchangeSite.open();
		for (const [name, kopecks] of [['cup', 10_000], ['lamp', 9999]] as const) await addProduct(exchange.site, name, kopecks);
		await addDiscount(exchange.site, 10);
	});
	afterEach(async () => await exchange.close());

	const types: INodeParameters = {
		sitePriceTypes: {
			row: [
				{ from: locator('id', RETAIL), id: 'base', name: 'BASE', currency: 'RUB' },
				{ from: locator('computed', CLUB), id: 'club', name: CLUB, currency: 'RUB' },
			],
		},
		priceTypesComplete: true,
	} as INodeParameters;
	const prices = () => Object.fromEntries(['cup', 'lamp'].map((key) => [key, exchange.site.prices(key)]));

	it('are sent among the prices of the site, and again only when they changed', async () => {
		const first = await exchange.upsert(await computed(exchange.site), types);
		expect(prices()).toEqual({ cup: { BASE: '100 RUB', [CLUB]: '90 RUB' }, lamp: { BASE: '99.99 RUB', [CLUB]: '89.99 RUB' } });
		const linked = async (results: typeof first): Promise<Item[]> => (await computed(exchange.site)).map((item, index) => ({ ...item, link: results[index]?.link as never }));
		const again = await exchange.results('updatePrices', await linked(first), { ...types, link: '={{ $json.link }}' });
		expect(again.map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
		await addDiscount(exchange.site, 5);
		const changed = await exchange.results('updatePrices', await linked(first), { ...types, link: '={{ $json.link }}' });
		expect(changed.map(({ status, changes }) => [status, changes.map(({ to }) => to)])).toEqual([['unverified', ['85 RUB']], ['unverified', ['84.99 RUB']]]);
		expect(prices()).toEqual({ cup: { BASE: '100 RUB', [CLUB]: '85 RUB' }, lamp: { BASE: '99.99 RUB', [CLUB]: '84.99 RUB' } });
	});

	it('P2: an item that has not got them keeps all its prices', async () => {
		const plain = (await edit(exchange.site, 'GET', 'entity/product')).rows as Item[];
		const results = await exchange.results('updatePrices', plain, types);
		expect(results.map(({ status, warnings }) => [status, warnings.map(({ code }) => code)])).toEqual([['skipped', ['COMMERCEML_PRICES_INCOMPLETE']], ['skipped', ['COMMERCEML_PRICES_INCOMPLETE']]]);
	});
});
