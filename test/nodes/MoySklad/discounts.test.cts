import type { INodeParameters } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { chosen, EntityBench } from './entityBench.cts';

interface ComputedPage extends Json {
	rows: Array<Json & { id: string; computedPrices: Array<{ name: string; value: number | null; currency?: Json }> }>;
	findings: Array<{ code: string; message: string; advice: string }>;
	next: number | null;
	size: number;
}

const SIZE = { products: 0, folders: 0 };

let bench: EntityBench;
let priceTypes: Json[];
beforeAll(async () => {
	bench = await EntityBench.start({ size: SIZE });
	priceTypes = (await bench.edit('GET', 'context/companysettings/pricetype')) as unknown as Json[];
	for (const { meta } of await bench.rows('entity/discount')) {
		const { type, href } = meta as { type: string; href: string };
		if (type !== 'discount') await bench.edit('DELETE', href.slice(bench.shop.baseUrl.length + 1));
	}
});
afterAll(async () => await bench.close());

const made: string[] = [];
beforeEach(() => bench.reset());
afterEach(async () => {
	for (const path of made.splice(0).reverse()) await bench.edit('DELETE', path);
});

/** Made for one test only. */
async function make(entity: string, body: Json): Promise<Json> {
	const row = await bench.edit('POST', `entity/${entity}`, body);
	made.push(`entity/${entity}/${String(row.id)}`);
	return row;
}

const linkTo = (row: Json): Json => ({ meta: row.meta as unknown });
const priceType = (name: string): Json => linkTo(priceTypes.find((type) => type.name === name) as Json);
const RETAIL = 'Цена продажи';
const sold = (rubles: Record<string, number>): Json => ({ salePrices: Object.entries(rubles).map(([name, value]) => ({ value: value * 100, priceType: priceType(name) })) });
const good = async (name: string, more: Json = {}): Promise<Json> => await make('product', { name, ...sold({ [RETAIL]: 100, Оптовая: 80 }), ...more });

const discount = async (type: string, name: string, more: Json): Promise<Json> => await make(type, { name, active: true, allAgents: true, allProducts: true, ...more });
const percent = async (name: string, value: number, more: Json = {}): Promise<Json> => await discount('specialpricediscount', name, { usePriceType: false, discount: value, ...more });
const toGroup = (tag: string): Json => ({ allAgents: false, agentTags: [tag] });

const EVERYBODY = { name: 'All', buyers: 'everybody' };
const group = (name: string, tag: string, more: Json = {}): Json => ({ name, buyers: 'group', group: chosen(tag), ...more });

async function computed(rows: Json[], more: INodeParameters = {}): Promise<ComputedPage> {
	const [page] = await bench.done({ resource: 'discount', operation: 'getComputedPrices', computedPrices: { price: rows } as never, ...more });
	return page as ComputedPage;
}

/** Values by name of the good and of the price. */
const values = ({ rows }: ComputedPage): Record<string, Record<string, number | null>> =>
	Object.fromEntries(rows.map((row) => [String(row.name), Object.fromEntries(row.computedPrices.map(({ name, value }) => [name, value]))]));

const codes = ({ findings }: ComputedPage): string[] => findings.map(({ code }) => code);

describe('Get Computed Prices', () => {
	it('gives goods with a price for everybody and for each group, to the kopeck', async () => {
		const top = await make('productfolder', { name: 'Top' });
		const below = await make('productfolder', { name: 'Below', productFolder: linkTo(top) });
		await good('Cup', sold({ [RETAIL]: 99.99 }));
		const lamp = await good('Lamp', { productFolder: linkTo(below) });
		await make('variant', { product: linkTo(lamp), characteristics: [{ name: 'Цвет', value: 'red' }], ...sold({ [RETAIL]: 200 }) });
		await percent('Everybody', 3.5);
		await percent('Wholesale in the folder', 10, { ...toGroup('опт'), allProducts: false, productFolders: [linkTo(top)] });
		await discount('specialpricediscount', 'Dealers', { ...toGroup('дилеры'), usePriceType: true, specialPrice: priceType('Оптовая') });
		const page = await computed([EVERYBODY, group('Wholesale', 'Опт'), group('Dealers', 'дилеры'), { ...EVERYBODY, name: 'From Wholesale', base: chosen('Оптовая') }]);
		expect(values(page)).toEqual({
			Cup: { All: 9649, Wholesale: 9649, Dealers: 9649, 'From Wholesale': 0 },
			Lamp: { All: 9650, Wholesale: 8650, Dealers: 8000, 'From Wholesale': 7720 },
			'Lamp (red)': { All: 19_300, Wholesale: 17_300, Dealers: 19_300, 'From Wholesale': 0 },
		});
		expect(page).toMatchObject({ size: 3, offset: 0, next: null });
		expect(codes(page)).toEqual(['DISCOUNT_TOGETHER']);
		expect(bench.calls).toEqual({
			'GET /context/companysettings': 1, 'GET /entity/discount': 1, 'GET /entity/assortment': 1, 'GET /entity/product': 1, 'GET /entity/productfolder': 1,
		});
		expect(page.rows[0]).toMatchObject({ meta: { type: 'product' }, salePrices: expect.anything() as unknown, computedPrices: [{ currency: { meta: { type: 'currency' } } }, {}, {}, {}] });
	});

	it('goes through the goods page by page, in a lasting order', async () => {
		for (const name of ['A', 'B', 'C', 'D', 'E']) await good(name);
		const seen: string[] = [];
		for (let offset: number | null = 0; offset !== null; ) {
			const page = await computed([EVERYBODY], { offset, pageSize: 2 });
			seen.push(...page.rows.map(({ name }) => String(name)));
			offset = page.next;
		}
		expect(seen).toEqual(['A', 'B', 'C', 'D', 'E']);
	});

	it('reads only the goods that a filter names', async () => {
		await good('A');
		await make('service', { name: 'S', ...sold({ [RETAIL]: 10 }) });
		expect(Object.keys(values(await computed([EVERYBODY], { options: { filterText: 'type=service' } })))).toEqual(['S']);
	});

	it('takes discounts together as the company is set', async () => {
		await good('Cup');
		await percent('a', 10);
		await percent('b', 5);
		expect(values(await computed([EVERYBODY]))).toEqual({ Cup: { All: 8500 } });
		await bench.edit('PUT', 'context/companysettings', { discountStrategy: 'byPriority' });
		expect(values(await computed([EVERYBODY]))).toEqual({ Cup: { All: 9000 } });
		await bench.edit('PUT', 'context/companysettings', { discountStrategy: 'bySum' });
	});

	it('keeps the minimum price where documents do', async () => {
		await good('Cup', { minPrice: { value: 9500 } });
		await percent('a', 10);
		expect(values(await computed([EVERYBODY]))).toEqual({ Cup: { All: 9000 } });
		await bench.edit('PUT', 'context/companysettings', { checkMinPrice: true });
		expect(values(await computed([EVERYBODY]))).toEqual({ Cup: { All: 9500 } });
		await bench.edit('PUT', 'context/companysettings', { checkMinPrice: false });
	});

	it('has options for what MoySklad leaves open', async () => {
		const lamp = await good('Lamp');
		await make('variant', { product: linkTo(lamp), characteristics: [{ name: 'Цвет', value: 'red' }], ...sold({ [RETAIL]: 100 }) });
		await good('Fixed', { discountProhibited: true });
		await percent('a', 33.33, { allProducts: false, assortment: [linkTo(lamp)] });
		await percent('b', 1);
		expect(values(await computed([EVERYBODY]))).toEqual({ Fixed: { All: 10_000 }, Lamp: { All: 6567 }, 'Lamp (red)': { All: 6567 } });
		expect(values(await computed([EVERYBODY], { options: { forVariants: false } }))['Lamp (red)']).toEqual({ All: 9900 });
		expect(values(await computed([EVERYBODY], { options: { ignoreProhibition: true } })).Fixed).toEqual({ All: 9900 });
		const [rounding] = await bench.rows('entity/discount');
		const switchTo = async (active: boolean): Promise<unknown> => await bench.edit('PUT', `entity/discount/${String((await bench.rows('entity/discount')).find(({ meta }) => (meta as Json).type === 'discount')?.id)}`, { active });
		expect(rounding).toBeDefined();
		await switchTo(true);
		expect(codes(await computed([EVERYBODY]))).toContain('DISCOUNT_ROUNDING');
		expect(values(await computed([EVERYBODY], { options: { roundOff: true } })).Lamp).toEqual({ All: 6500 });
		await switchTo(false);
	});

	it('what cannot be a price is a finding with a code and changes nothing', async () => {
		await good('Cup');
		await discount('accumulationdiscount', 'More and more', { levels: [{ amount: 0, discount: 20 }] });
		await discount('bonusprogram', 'Points', { earnRateRoublesToPoint: 1, spendRatePointsToRouble: 1, maxPaidRatePercents: 100 });
		await discount('personaldiscount', 'Personal', {});
		const page = await computed([EVERYBODY]);
		expect(values(page)).toEqual({ Cup: { All: 10_000 } });
		expect(codes(page).sort()).toEqual(['DISCOUNT_ACCUMULATING', 'DISCOUNT_BONUS_PROGRAM', 'DISCOUNT_PERSONAL_FOR_ALL']);
		expect(page.findings.every(({ message, advice }) => message.length > 20 && advice.length > 20)).toBe(true);
	});

	describe('a personal discount', () => {
		const person = async (name: string, personalDiscount: number | undefined, of: Json): Promise<Json> =>
			await make('counterparty', { name, tags: ['клуб'], ...(personalDiscount !== undefined && { discounts: [{ discount: linkTo(of), personalDiscount }] }) });

		it('counts where everybody in the group has the same, and is read page by page', async () => {
			await good('Cup');
			const personal = await discount('personaldiscount', 'Personal', {});
			for (const name of ['А', 'Б']) await person(name, 12.5, personal);
			const page = await computed([group('Club', 'клуб')]);
			expect(values(page)).toEqual({ Cup: { Club: 8750 } });
			expect(codes(page)).toEqual([]);
			expect(bench.calls['GET /entity/counterparty']).toBe(1);
		});

		it('is a finding where they differ', async () => {
			await good('Cup');
			const personal = await discount('personaldiscount', 'Personal', {});
			await person('А', 12.5, personal);
			await person('Б', undefined, personal);
			const page = await computed([group('Club', 'клуб')]);
			expect(values(page)).toEqual({ Cup: { Club: 10_000 } });
			expect(codes(page)).toEqual(['DISCOUNT_PERSONAL_VARIES']);
		});

		it('costs no call for groups that it is not for', async () => {
			await discount('personaldiscount', 'Personal', toGroup('vip'));
			await computed([group('Club', 'клуб')]);
			expect(bench.calls['GET /entity/counterparty']).toBeUndefined();
		});
	});

	it.each([
		[[], 'DISCOUNT_PRICES_NONE'],
		[[{ ...EVERYBODY, name: '' }], 'DISCOUNT_PRICE_NAME'],
		[[EVERYBODY, { ...EVERYBODY, name: 'all' }], 'DISCOUNT_PRICE_NAME'],
		[[{ ...EVERYBODY, name: 'оптовая' }], 'DISCOUNT_PRICE_NAME'],
		[[group('x', '')], 'DISCOUNT_GROUP_EMPTY'],
		[[{ ...EVERYBODY, base: chosen('Nowhere') }], 'DISCOUNT_BASE_UNKNOWN'],
	])('refuses settings that make no sense: %j', async (rows, code) => {
		const run = await bench.run({ resource: 'discount', operation: 'getComputedPrices', computedPrices: { price: rows } as never });
		expect(run.error?.description).toContain(code);
	});

	it('is not begun without the right to see discounts', async () => {
		bench.shop.account.users.named('editor').denied.view = ['discount'];
		const run = await bench.run({ resource: 'discount', operation: 'getComputedPrices', computedPrices: { price: [EVERYBODY] } as never }, undefined, { user: 'editor' });
		expect(run.error?.description).toContain('MOYSKLAD_NO_RIGHT');
		bench.shop.account.users.named('editor').denied.view = [];
	});
});

describe('Get Many discounts', () => {
	const list = async (parameters: INodeParameters): Promise<Json[]> => await bench.done({ resource: 'discount', operation: 'getAll', returnAll: true, ...parameters });
	const names = (rows: Json[]): unknown[] => rows.map(({ name }) => name);

	beforeEach(async () => {
		await percent('On', 5);
		await percent('Off', 5, { active: false });
		await discount('accumulationdiscount', 'More', {});
		bench.reset();
	});

	it('gives those of all kinds, with one call', async () => {
		expect(names(await list({})).sort()).toEqual(['More', 'Off', 'On', 'Округление копеек']);
		expect(bench.calls).toEqual({ 'GET /entity/discount': 1 });
	});

	it('by kind, by state, some of them, in short', async () => {
		expect(names(await list({ options: { kinds: ['specialpricediscount'] } }))).toEqual(['On', 'Off']);
		expect(names(await list({ options: { activeOnly: true } }))).toEqual(['On', 'More']);
		expect(await list({ returnAll: false, limit: 1 })).toHaveLength(1);
		const [simple] = await list({ options: { kinds: ['specialpricediscount'], simplify: true } });
		expect(simple).toMatchObject({ entity: 'specialpricediscount', id: expect.any(String) as unknown, name: 'On', discount: 5 });
		expect(simple).not.toHaveProperty('meta');
	});
});

it('groups of counterparties are chosen from a live list', async () => {
	await percent('a', 1, toGroup('from-discount'));
	await make('counterparty', { name: 'x', tags: ['from-buyer', 'поставщики'] });
	const { results } = await bench.engine.loadList('listSearch', { ...bench.setup({ resource: 'discount', operation: 'getComputedPrices' }), method: 'counterpartyTags', filter: 'FROM' });
	expect(results).toEqual([{ name: 'from-buyer', value: 'from-buyer' }, { name: 'from-discount', value: 'from-discount' }]);
});
