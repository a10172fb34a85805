import { attribute, folder, price, product, service, uuid, variant } from '../catalog/items.cts';
import { Site, type Item, type Result } from '../catalog/site.cts';

const LONG = 'x'.repeat(300_000);
const ALONE = 'half \uD800 of a pair';

/** A folder that is its own grandparent. */
const inCircles = (): Item => {
	const top = folder('circle');
	return { ...top, productFolder: { ...folder('circle 2'), productFolder: { ...top } } };
};

const codeOf = ({ status, error, warnings }: Result): string => error?.code ?? warnings[0]?.code ?? status;

describe('Bitrix Catalog Upsert: items that are not what they should be', () => {
	let site: Site;

	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	const ITEMS: Array<[what: string, item: Item, code: string]> = [
		['nothing', {}, 'CATALOG_ITEM_UNREADABLE'],
		['nulls', { id: null, meta: null, name: null }, 'CATALOG_ITEM_UNREADABLE'],
		['a name that is a list', product('a', { name: ['a'] }), 'CATALOG_ITEM_UNREADABLE'],
		['a name that is a number', product('b', { name: 5 }), 'created'],
		['a name without end', product('c', { name: LONG }), 'created'],
		['a key without end', product('d', { externalCode: LONG }), 'CATALOG_KEY_LONG'],
		['a key of 256 letters', product('d2', { externalCode: 'k'.repeat(256) }), 'CATALOG_KEY_LONG'],
		['a key that JavaScript knows', product('e', { externalCode: '__proto__' }), 'created'],
		['another one', product('f', { externalCode: 'constructor' }), 'created'],
		['a key with quotes and lines', product('g', { externalCode: `a'"\n\\;%_` }), 'created'],
		['a key that reads like a command', product('h', { externalCode: '$result[g0_c][x]', name: '$result[e][id]' }), 'created'],
		['half a letter in the key', product('i', { externalCode: ALONE }), 'created'],
		['half a letter in the name', product('j', { name: ALONE }), 'created'],
		['a price of NaN', product('k', { salePrices: [{ ...price(1), value: NaN }] }), 'CATALOG_ITEM_UNREADABLE'],
		['a price of Infinity', product('l', { salePrices: [{ ...price(1), value: Infinity }] }), 'CATALOG_ITEM_UNREADABLE'],
		['a price below zero', product('m', { salePrices: [{ ...price(1), value: -100 }] }), 'CATALOG_VALUE_UNFIT'],
		['a price that no column holds', product('n', { salePrices: [{ ...price(1), value: 1e30 }] }), 'CATALOG_VALUE_UNFIT'],
		['a price of thirty digits', product('o', { salePrices: [{ ...price(1), value: '123456789012345678901234567890' }] }), 'CATALOG_VALUE_UNFIT'],
		['a weight of Infinity', product('p', { weight: Infinity }), 'CATALOG_ITEM_UNREADABLE'],
		['a weight below zero', product('q', { weight: -5 }), 'CATALOG_VALUE_UNFIT'],
		['a rate that nobody has', product('r', { effectiveVat: 1e300 }), 'CATALOG_VAT_UNKNOWN'],
		['additional fields that JavaScript knows', product('s', { attributes: [attribute('__proto__', 'v'), attribute('constructor', 'v')] }), 'created'],
		['additional fields that are no objects', product('t', { attributes: [null] as never }), 'CATALOG_ITEM_UNREADABLE'],
		['barcodes as numbers', product('u', { barcodes: [{ ean13: 4600000000017 }] }), 'created'],
		['a folder in circles', product('v', { productFolder: inCircles() }), 'CATALOG_SECTION_CYCLE'],
		['a variant of itself', variant('w', variant('w', product('x'), { Size: 'L' }), { Size: 'L' }), 'CATALOG_PARENT_FAILED'],
		['a kind that JavaScript knows', product('y', { meta: { href: 'x', type: 'constructor' } }), 'CATALOG_ITEM_UNREADABLE'],
		['a deleted thing of no kind', { deleted: true, entity: '__proto__', id: 'x' }, 'CATALOG_ITEM_UNREADABLE'],
		['a key that another item has', service('z', { externalCode: 'good one' }), 'CATALOG_KEY_REPEATED'],
	];

	it('fail alone and with a code; the others are written', async () => {
		const good = [product('first'), product('last')] as const;
		const twin = product('twin', { externalCode: 'good one' });
		const results = await site.upsert([good[0], ...ITEMS.map(([, item]) => item), twin, good[1]], { attributes: 'create' });
		expect(results.map(codeOf)).toEqual(['created', ...ITEMS.map(([, , code]) => code), 'CATALOG_KEY_REPEATED', 'created']);
		expect(results.filter(({ error }) => error && (error.message.length > 1500 || /undefined|\[object/.test(error.message)))).toEqual([]);
	});

	it('texts that a batch would take for a reference are written as they are, and found again', async () => {
		const items = [product('a', { externalCode: '$result[g0_c][x]', name: 'print($result[0])', description: 'see $result[e][id]', salePrices: [price(100)] }), product('b')];
		expect((await site.upsert(items)).map(codeOf)).toEqual(['created', 'created']);
		expect(site.element('$result[g0_c][x]')).toMatchObject({ name: 'print($result[0])', detailText: 'see $result[e][id]' });
		expect(site.prices('$result[g0_c][x]')).toMatchObject({ BASE: '100 RUB' });
		site.resetCounters();
		expect((await site.upsert(items)).map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
		expect(site.writes()).toBe(0);
	});

	it('halves of letters are replaced once, and not in every run', async () => {
		const items = [product('a', { externalCode: ALONE, name: ALONE, description: ALONE, attributes: [attribute('Note', ALONE)] })];
		const run = async () => (await site.upsert(items, { attributes: 'create' })).map(({ status }) => status);
		expect([await run(), await run()]).toEqual([['created'], ['unchanged']]);
		expect(site.element('half \uFFFD of a pair').name).toBe('half \uFFFD of a pair');
	});

	it('sections: folders in circles, of no name, with keys twice and without end fail alone', async () => {
		const self = folder('self');
		const items = [
			folder('good'), {}, folder('nameless', { name: null }), { ...self, productFolder: self }, folder('long', { externalCode: LONG }), folder('a', { externalCode: 'same' }), folder('b', { externalCode: 'same' }),
			folder('ref', { externalCode: '$result[g0_c]', name: '$result[g0_c][section][id]' }), folder('half', { externalCode: ALONE, name: ALONE }), folder('also good'),
		];
		const expected = [
			'created', 'CATALOG_ITEM_UNREADABLE', 'CATALOG_FOLDER_UNKNOWN', 'CATALOG_SECTION_CYCLE', 'CATALOG_KEY_LONG', 'CATALOG_KEY_REPEATED', 'CATALOG_KEY_REPEATED', 'created', 'created', 'created',
		];
		expect((await site.results('upsertSections', items)).map(codeOf)).toEqual(expected);
		expect(site.section('$result[g0_c]').name).toBe('$result[g0_c][section][id]');
		expect((await site.results('upsertSections', items)).map(codeOf)).toEqual(expected.map((code) => (code === 'created' ? 'unchanged' : code)));
	});

	it('stock: amounts that are none, or that no column holds, fail alone', async () => {
		await site.upsert(Array.from({ length: 8 }, (_, index) => product(`s${index}`)));
		const level = (index: number, more: Item): Item => ({ id: uuid(`s${index}`), entity: 'product', ...more });
		const items = [
			level(0, { freeStock: 3 }), {}, level(1, { freeStock: NaN }), level(2, { freeStock: Infinity }), level(3, { freeStock: 1e30 }), level(4, { freeStock: '7' }), level(5, { stores: 'x' }), level(6, { freeStock: null }),
			{ id: '$result[g0_c][products][0][id]', freeStock: 1 }, { id: '__proto__', freeStock: 1 }, { id: ALONE, freeStock: 1 }, { id: LONG, freeStock: 1 }, level(7, { freeStock: 5 }),
		];
		const unreadable = Array<string>(6).fill('STOCK_ITEM_UNREADABLE');
		expect((await site.results('updateStock', items)).map(codeOf)).toEqual([
			'updated', ...unreadable, 'STOCK_UNKNOWN', ...Array<string>(4).fill('CATALOG_ITEM_MISSING'), 'updated',
		]);
	});
});
