import { CatalogClient } from './catalogClient';
import { must, type Json } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;
let shop: CatalogClient;
let productId: unknown;

const start = async (priceRanges = false): Promise<void> => {
	bitrix = await startBitrix({ edition: 'box', priceRanges });
	shop = new CatalogClient(bitrix);
	productId = (await shop.addProduct()).id;
};

afterEach(async () => await bitrix.close());

const add = async (catalogGroupId: number, price: unknown, more = {}): ReturnType<CatalogClient['rest']> =>
	await shop.rest('catalog.price.add', { fields: { productId, catalogGroupId, price, currency: 'RUB', ...more } });

const prices = async (): Promise<Json[]> =>
	(await must(shop.rest('catalog.price.list', { filter: { productId } }))).prices as unknown as Json[];

describe('prices without ranges', () => {
	beforeEach(async () => await start());

	it('are added, changed and deleted one by one, to the kopeck', async () => {
		const { price } = await must(add(1, '1234.565'));
		expect(price).toMatchObject({
			productId,
			catalogGroupId: 1,
			price: 1234.57,
			currency: 'RUB',
			quantityFrom: null,
			quantityTo: null,
		});
		expect(
			(await must(shop.rest('catalog.price.update', { id: price?.id, fields: { price: 0.1, currency: 'USD' } }))).price,
		).toMatchObject({ price: 0.1, currency: 'USD', priceScale: 9, catalogGroupId: 1 });
		expect(await must(shop.rest('catalog.price.delete', { id: price?.id }))).toBe(true);
		expect(await prices()).toEqual([]);
	});

	it('T5: a second price of the same type is refused', async () => {
		await must(add(1, 10));
		expect(await add(1, 20)).toMatchObject({
			status: 400,
			body: { error_description: expect.stringContaining('only single price') },
		});
		await must(add(2, 20));
		expect((await prices()).map(({ price }) => price)).toEqual([10, 20]);
	});

	it('T4: modify deletes every price whose id is not listed', async () => {
		const ids: unknown[] = [];
		for (const type of [1, 2, 3]) ids.push((await must(add(type, type * 10))).price?.id);
		const given = [
			{ id: ids[1], catalogGroupId: 2, price: 99, currency: 'RUB' },
			{ catalogGroupId: 4, price: 5, currency: 'USD' },
		];
		const answer = await must(shop.rest('catalog.price.modify', { fields: { product: { id: productId, prices: given } } }));
		expect(answer.prices).toMatchObject([
			{ id: ids[1], price: 99 },
			{ catalogGroupId: 4, price: 5 },
		]);
		expect(await prices()).toMatchObject([
			{ id: ids[1], catalogGroupId: 2, price: 99 },
			{ catalogGroupId: 4, price: 5, currency: 'USD' },
		]);
	});

	it('modify leaves all as it was when one price is wrong', async () => {
		await must(add(1, 10));
		const given = [
			{ catalogGroupId: 1, price: 99, currency: 'RUB' },
			{ catalogGroupId: 77, price: 5, currency: 'RUB' },
		];
		expect((await shop.rest('catalog.price.modify', { fields: { product: { id: productId, prices: given } } })).status).toBe(
			400,
		);
		expect(await prices()).toMatchObject([{ price: 10 }]);
	});

	it.each([
		['an unknown type', { catalogGroupId: 77 }],
		['an unknown currency', { currency: 'XXX' }],
		['an unknown product', { productId: 1 }],
		['no currency', { currency: '' }],
		['a range', { quantityFrom: 1, quantityTo: 5 }],
	])('refuses %s', async (_case, more) => {
		expect((await add(1, 10, more)).status).toBe(400);
	});

	it('are found for many products by IN', async () => {
		const other = await shop.addProduct();
		await must(add(1, 10));
		await must(
			shop.rest('catalog.price.add', { fields: { productId: other.id, catalogGroupId: 1, price: 30, currency: 'RUB' } }),
		);
		const found = await must(
			shop.rest('catalog.price.list', {
				filter: { '@productId': [productId, other.id], catalogGroupId: 1 },
				select: ['price'],
			}),
		);
		expect(found.prices).toEqual([{ price: 10 }, { price: 30 }]);
	});
});

describe('price ranges, where the edition has them', () => {
	beforeEach(async () => await start(true));

	const modify = async (...ranges: Array<[type: number, from: number, to: number]>): Promise<unknown> => {
		const given = ranges.map(([catalogGroupId, quantityFrom, quantityTo]) => ({
			catalogGroupId,
			quantityFrom,
			quantityTo,
			price: 10,
			currency: 'RUB',
		}));
		const { status, body } = await shop.rest('catalog.price.modify', {
			fields: { product: { id: productId, prices: given } },
		});
		return status === 200 ? 'ok' : body.error_description;
	};

	it('are the same for all types, without gaps and overlaps, and the last has no end', async () => {
		expect(await modify([1, 0, 9], [1, 10, 0], [2, 0, 9], [2, 10, 0])).toBe('ok');
		expect(await modify([1, 0, 9], [1, 10, 0], [2, 0, 5], [2, 6, 0])).toContain('not equal');
		expect(await modify([2, 0, 9], [2, 10, 0])).toContain('not equal');
		expect(await modify([1, 0, 9], [1, 9, 0])).toContain('overlap');
		expect(await modify([1, 0, 9], [1, 20, 0])).toContain('no price is specified for range 10-19');
		expect(await modify([1, 0, 9])).toContain('over 9');
	});

	it('cannot be mixed with prices without', async () => {
		expect(await modify([1, 0, 9], [1, 10, 0], [2, 0, 0])).toContain('not equal');
	});
});
