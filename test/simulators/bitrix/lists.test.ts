import fc from 'fast-check';
import { CatalogClient } from './catalogClient';
import { Table } from './store/table.cts';
import { listRows, type ListSource } from './fields/list.cts';
import { must, type Json } from './restClient';
import type { MethodResult } from './wire/envelope.cts';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;
let shop: CatalogClient;

beforeAll(async () => {
	bitrix = await startBitrix({ edition: 'box' });
	shop = new CatalogClient(bitrix);
	for (const [name, fields] of Object.entries(PRODUCTS)) await shop.addProduct({ name, ...fields });
});
afterAll(async () => await bitrix.close());

const PRODUCTS: Record<string, Record<string, unknown>> = {
	one: { xmlId: 'a_1', quantity: 1, sort: 30, dateActiveFrom: '2026-01-01T00:00:00+03:00' },
	two: { xmlId: 'ab1', quantity: 2, sort: 20, dateActiveFrom: '2026-02-01T00:00:00+03:00', active: 'N' },
	three: { xmlId: 'a%1', quantity: 3, sort: 10 },
	four: { xmlId: 'A_1x', quantity: 40, sort: 10, code: 'four' },
};

describe('filters of products', () => {
	it.each([
		['an exact text', { '=xmlId': 'a_1' }, ['one']],
		['whatever the case of its letters', { '=xmlId': 'AB1' }, ['two']],
		['IN by an array', { '=xmlId': ['ab1', 'a%1', 'nonsense'] }, ['two', 'three']],
		['T9: a text without operator is a mask', { xmlId: 'a_1' }, ['one', 'two', 'three']],
		['T9: also with a percent sign', { xmlId: 'a%1' }, ['one', 'two', 'three']],
		['T9: a mask for each of several', { xmlId: ['a_1x', 'ab%'] }, ['two', 'four']],
		['part of a text', { '%xmlId': '_1' }, ['one', 'four']],
		['a pattern', { '=%xmlId': 'a%x' }, ['four']],
		['no part of a text', { '!%xmlId': 'x' }, ['one', 'two', 'three']],
		['not an exact text', { '!=xmlId': 'a_1' }, ['two', 'three', 'four']],
		['not a mask', { '!xmlId': 'a_1' }, ['four']],
		['a number', { quantity: 2 }, ['two']],
		['numbers as texts', { quantity: ['2', '3'] }, ['two', 'three']],
		['above', { '>quantity': 2 }, ['three', 'four']],
		['at least', { '>=quantity': 2 }, ['two', 'three', 'four']],
		['below and above', { '<quantity': 40, '>quantity': 1 }, ['two', 'three']],
		['a flag', { active: 'N' }, ['two']],
		['a moment in another time zone', { '>dateActiveFrom': '2025-12-31T21:00:00Z' }, ['two']],
		['at or after a moment', { '>=dateActiveFrom': '2026-01-01T00:00:00+03:00' }, ['one', 'two']],
		['without a value', { code: null }, ['one', 'two', 'three']],
		['with a value', { '!code': null }, ['four']],
		['T1: an unknown name is dropped', { '=xmlid': 'a_1' }, ['one', 'two', 'three', 'four']],
		['T1: a moment that cannot be read is dropped', { '>=dateActiveFrom': 'yesterday' }, ['one', 'two', 'three', 'four']],
		['T1: IN with @ is not known here, and dropped', { '@xmlId': ['a_1'] }, ['one', 'two', 'three', 'four']],
		['T1: an empty array is no condition', { '=xmlId': [] }, ['one', 'two', 'three', 'four']],
		['nothing is found', { '=xmlId': 'nonsense' }, []],
	])('%s', async (_case, filter, names) => {
		expect(await shop.namesOf(filter)).toEqual(names);
	});

	it('properties: by value, by several, by a range of moments', async () => {
		const [text, moment, list] = [
			await shop.addProperty({}),
			await shop.addProperty({ userType: 'DateTime' }),
			await shop.addProperty({ propertyType: 'L' }),
		];
		const [red, blue] = [await shop.addVariant(list, 'Красный'), await shop.addVariant(list, 'Синий')];
		const names = { text: `property${text}`, moment: `property${moment}`, list: `property${list}` };
		await shop.addProduct({
			name: 'red',
			[names.text]: 'x',
			[names.list]: red,
			[names.moment]: { value: '2026-05-29T12:00:00+03:00' },
		});
		await shop.addProduct({
			name: 'blue',
			[names.text]: 'y',
			[names.list]: blue,
			[names.moment]: { value: '2026-05-30T12:00:00+03:00' },
		});
		expect(await shop.namesOf({ [names.list]: red })).toEqual(['red']);
		expect(await shop.namesOf({ [names.list]: [red, blue] })).toEqual(['red', 'blue']);
		expect(await shop.namesOf({ [`=${names.text}`]: 'y' })).toEqual(['blue']);
		expect(await shop.namesOf({ [`>=${names.moment}`]: { value: '2026-05-30T00:00:00+03:00' } })).toEqual(['blue']);
		for (const name of ['red', 'blue']) {
			const { products } = await must(
				shop.rest('catalog.product.list', {
					select: ['id', 'iblockId'],
					filter: { iblockId: shop.products, '=name': name },
				}),
			);
			await must(shop.rest('catalog.product.delete', { id: (products as unknown as Json[])[0]?.id }));
		}
	});

	it('offers by their parent', async () => {
		const [one, other] = [await shop.addSku(), await shop.addSku()];
		const offer = await shop.addOffer({ parentId: one.id });
		await shop.addOffer({ parentId: other.id });
		for (const key of ['parentId', '=parentId']) {
			const { offers } = await must(
				shop.rest('catalog.product.offer.list', {
					select: ['id', 'iblockId'],
					filter: { iblockId: shop.offers, [key]: one.id },
				}),
			);
			expect(offers).toEqual([{ id: offer.id, iblockId: shop.offers }]);
		}
		for (const { id } of [one, other]) await must(shop.rest('catalog.product.sku.delete', { id }));
	});
});

describe('filters of prices, stores, orders', () => {
	const codesOf = async (filter: Record<string, unknown>): Promise<unknown> =>
		((await must(shop.rest('catalog.measure.list', { filter, select: ['code'] }))).measures as unknown as Json[]).map(
			({ code }) => code,
		);

	it.each([
		['IN by @', { '@code': [6, 796] }, [6, 796]],
		['not IN', { '!@code': [6, 796] }, [112, 163, 166]],
		['IN by an array', { code: [6, 112] }, [6, 112]],
		['an empty IN finds nothing', { '@code': [] }, []],
		['a text without operator is exact', { symbol: 'м' }, [6]],
		['and no mask', { symbol: '%' }, []],
		['a pattern', { '=%symbolIntl': 'k%' }, [166]],
		['not', { '!symbol': 'м' }, [112, 163, 166, 796]],
	])('%s', async (_case, filter, codes) => {
		expect(await codesOf(filter)).toEqual(codes);
	});
});

describe('select and order', () => {
	const list = async (params: Record<string, unknown>): Promise<Json> =>
		await must(shop.rest('catalog.product.list', { filter: { iblockId: shop.products }, ...params }));

	it('a list of products must select the id and the block, and filter by the block', async () => {
		const refusals = await Promise.all(
			[{ select: ['name'] }, {}, { select: ['*'] }, { select: ['id', 'iblockId'], filter: {} }].map(
				async (params) => await shop.rest('catalog.product.list', { filter: { iblockId: shop.products }, ...params }),
			),
		);
		expect(refusals.map(({ status, body }) => [status, body.error_description])).toEqual([
			[400, 'Required select fields: id, iblockId'],
			[400, 'Required select fields: id, iblockId'],
			[400, 'Required select fields: id, iblockId'],
			[400, 'Required filter fields: iblockId'],
		]);
	});

	it('shows what is selected, and nothing else; unknown names are dropped', async () => {
		const { products } = await list({ select: ['id', 'iblockId', 'name', 'nonsense'] });
		expect(Object.keys((products as unknown as Json[])[0] ?? {})).toEqual(['id', 'iblockId', 'name']);
	});

	it('an asterisk shows everything, properties too', async () => {
		const property = await shop.addProperty({});
		const { products } = await list({ select: ['id', 'iblockId', '*'] });
		expect((products as unknown as Json[])[0]).toHaveProperty(`property${property}`, null);
	});

	it('sorts by several fields, up and down', async () => {
		const { products } = await list({ select: ['id', 'iblockId', 'name'], order: { sort: 'ASC', quantity: 'desc' } });
		expect((products as unknown as Json[]).map(({ name }) => name)).toEqual(['four', 'three', 'two', 'one']);
	});
});

describe('paging', () => {
	interface Row {
		id: number;
		size: number;
	}
	const source = (count: number): ListSource<Row> => {
		const table = new Table<Row>(1);
		for (let index = 0; index < count; index++) table.add({ size: (index * 37) % 101 });
		return { key: 'rows', table, fields: { id: { type: 'integer' }, size: { type: 'integer' } }, dialect: 'orm' };
	};
	const idsOf = (result: unknown): number[] => (result as { rows: Row[] }).rows.map(({ id }) => id);

	it('following `next` shows every row exactly once, whatever the order and the filter', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 260 }),
				fc.constantFrom('ASC', 'DESC'),
				fc.constantFrom('id', 'size'),
				fc.integer({ min: -1, max: 101 }),
				(count, direction, by, above) => {
					const rows = source(count);
					const params = { order: { [by]: direction }, filter: { '>size': above } };
					const seen: number[] = [];
					for (let start: number | undefined = 0; start !== undefined; ) {
						const page: MethodResult = listRows(rows, { ...params, start });
						expect(page.total).toBe(rows.table.all().filter(({ size }) => size > above).length);
						seen.push(...idsOf(page.result));
						start = page.next;
					}
					expect(new Set(seen).size).toBe(seen.length);
					expect(seen).toHaveLength(rows.table.all().filter(({ size }) => size > above).length);
				},
			),
		);
	});

	it('following `>id` with start -1 shows every row exactly once, and counts nothing', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 260 }), (count) => {
				const rows = source(count);
				const seen: number[] = [];
				for (let last = 0, page = 50; page === 50; last = seen.at(-1) ?? last) {
					const answer = listRows(rows, { order: { id: 'ASC' }, filter: { '>id': last }, start: -1 });
					expect([answer.total, answer.next]).toEqual([undefined, undefined]);
					page = idsOf(answer.result).length;
					seen.push(...idsOf(answer.result));
				}
				expect(seen).toEqual(rows.table.all().map(({ id }) => id));
			}),
		);
	});

	it('a start between two pages begins at the page it lies in', () => {
		const { result, next } = listRows(source(200), { start: 70 });
		expect([idsOf(result)[0], next]).toEqual([51, 100]);
	});

	it('the last page has no next', () => {
		expect(listRows(source(100), { start: 50 })).not.toHaveProperty('next');
		expect(listRows(source(101), { start: '50' }).next).toBe(100);
	});

	it('T10: total and next stand beside the result', async () => {
		for (let index = 0; index < 55; index++)
			await must(shop.rest('catalog.store.add', { fields: { address: `Улица ${index}` } }));
		expect(await shop.rest('catalog.store.list')).toMatchObject({ total: 58, next: 50 });
		const last = await shop.rest('catalog.store.list', { start: 50 });
		expect([(last.result.stores as unknown as Json[]).length, last.total, last.next]).toEqual([8, 58, undefined]);
		expect(await shop.rest('catalog.store.list', { start: -1 })).toMatchObject({ total: undefined, next: undefined });
	});
});
