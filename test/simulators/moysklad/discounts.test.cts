import { ask, encode, first, metaOf, UNLIMITED, useShop, type Json } from './caller.cts';
import { DISCOUNT_TAGS } from './seedingDiscounts.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const { get, post, put, drop } = useShop({ size: { products: 6, variantShare: 0.5 }, rate: UNLIMITED }, (started) => (shop = started), { each: true });

const kindsOf = (rows: Json[]): string[] => rows.map(({ meta }) => meta.type as string);
const priceTypes = async (): Promise<Json[]> => (await ask(shop, 'GET', 'context/companysettings/pricetype')).body as unknown as Json[];

describe('the list of all discounts', () => {
	it('has every kind, each with the address of its own, in pages', async () => {
		const { rows, meta } = await get('discount');
		expect(kindsOf(rows)).toEqual(['personaldiscount', 'specialpricediscount', 'specialpricediscount', 'accumulationdiscount', 'bonusprogram', 'discount']);
		expect(meta).toMatchObject({ type: 'discount', size: 6, limit: 1000, offset: 0 });
		for (const { meta: own } of rows) expect((await ask(shop, 'GET', own.href as string)).status).toBe(200);
		const page = await get('discount?limit=2&offset=2');
		expect(kindsOf(page.rows)).toEqual(['specialpricediscount', 'accumulationdiscount']);
		expect(page.meta.nextHref).toContain('offset=4');
	});

	it('knows no filters, and nothing is made in it', async () => {
		expect((await ask(shop, 'GET', `entity/discount?${encode('active=true')}`)).code).toBe(1034);
		expect((await post('discount', { name: 'x' })).status).toBe(405);
	});
});

describe('a special price', () => {
	const base = { name: 'Акция', active: true, allProducts: false, allAgents: false };

	it('is a percentage of goods and folders for some groups of counterparties', async () => {
		const product = metaOf(await first(shop, 'product'));
		const folder = metaOf(await first(shop, 'productfolder'));
		const { status, body } = await post('specialpricediscount', {
			...base, agentTags: ['опт', 'vip'], usePriceType: false, discount: 7.5, assortment: [product], productFolders: [folder],
		});
		expect(status).toBe(200);
		expect(body).toMatchObject({ ...base, agentTags: ['опт', 'vip'], usePriceType: false, discount: 7.5 });
		expect(body.assortment.map(({ meta }: Json) => meta.href)).toEqual([product.meta.href]);
		expect(body.productFolders.map(({ meta }: Json) => meta.href)).toEqual([folder.meta.href]);
		const changed = (await put(`specialpricediscount/${body.id}`, { assortment: [], agentTags: ['vip'] })).body;
		expect(changed).not.toHaveProperty('assortment');
		expect(changed.agentTags).toEqual(['vip']);
		expect(changed.productFolders).toHaveLength(1);
		expect((await drop(`specialpricediscount/${body.id}`)).status).toBe(200);
		expect((await ask(shop, 'GET', `entity/specialpricediscount/${body.id}`)).code).toBe(1021);
	});

	it('is a price type, written by its link alone, or a fixed value', async () => {
		const [, wholesale] = await priceTypes();
		const type = metaOf(wholesale as Json);
		const made = (await post('specialpricediscount', { ...base, usePriceType: true, specialPrice: type })).body;
		expect(made.specialPrice).toMatchObject({ value: 0, priceType: { id: wholesale?.id, name: 'Оптовая' } });
		const fixed = (await put(`specialpricediscount/${made.id}`, { specialPrice: { priceType: type, value: 99_900 } })).body;
		expect(fixed.specialPrice.value).toBe(99_900);
		expect((await put(`specialpricediscount/${made.id}`, { name: 'Другое' })).body.specialPrice.value).toBe(99_900);
	});

	it('needs its fields', async () => {
		expect((await post('specialpricediscount', { name: 'x', active: true, allProducts: true, allAgents: true })).code).toBe(3000);
		expect((await post('specialpricediscount', { ...base, usePriceType: true })).code).toBe(3000);
		expect((await post('personaldiscount', { name: 'x' })).code).toBe(3000);
	});
});

describe('other kinds', () => {
	it('accumulating ones have levels, bonus programs rates', async () => {
		const base = { name: 'x', active: true, allProducts: true, allAgents: true };
		const levels = [{ amount: 100_000, discount: 10 }];
		expect((await post('accumulationdiscount', { ...base, levels })).body.levels).toEqual(levels);
		expect((await post('accumulationdiscount', { ...base, levels: [{ amount: 'x', discount: 1 }] })).code).toBe(2016);
		expect((await post('bonusprogram', { ...base, earnRateRoublesToPoint: 7, spendRatePointsToRouble: 4, maxPaidRatePercents: 50 })).body).toMatchObject({
			earnRateRoublesToPoint: 7, welcomeBonusesEnabled: false,
		});
		expect((await post('bonusprogram', base)).code).toBe(3000);
	});

	it('the rounding off is only renamed and switched', async () => {
		const rounding = (await get('discount')).rows.at(-1) as Json;
		const { body } = await put(`discount/${rounding.id}`, { name: 'Без копеек', active: true, allAgents: false, agentTags: ['x'] });
		expect(body).toMatchObject({ name: 'Без копеек', active: true, allAgents: true, agentTags: [] });
		expect((await drop(`discount/${rounding.id}`)).status).toBe(405);
	});
});

it('the settings of the company say how discounts go together', async () => {
	const settings = async (body?: Json): Promise<Json> => (await ask(shop, body ? 'PUT' : 'GET', 'context/companysettings', { body })).body;
	expect(await settings()).toMatchObject({ discountStrategy: 'bySum', checkMinPrice: false });
	expect(await settings({ discountStrategy: 'byPriority', checkMinPrice: true })).toMatchObject({ discountStrategy: 'byPriority', checkMinPrice: true });
	expect((await ask(shop, 'PUT', 'context/companysettings', { body: { discountStrategy: 'byLuck' } })).code).toBe(3005);
});

it('counterparties are found by the tags that discounts name', async () => {
	await post('counterparty', { name: 'А', tags: [DISCOUNT_TAGS.wholesale] });
	await post('counterparty', { name: 'Б', tags: [DISCOUNT_TAGS.dealers] });
	expect((await get(`counterparty?${encode(`tags=${DISCOUNT_TAGS.wholesale}`)}`)).rows.map(({ name }: Json) => name)).toEqual(['А']);
});
