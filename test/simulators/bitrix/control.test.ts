import { CatalogClient } from './catalogClient';
import { connect, control, must, type Json } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;

beforeEach(async () => {
	bitrix = await startBitrix({ edition: 'box' });
});
afterEach(async () => await bitrix.close());

const changesOf = async (entity: string): Promise<unknown[]> =>
	((await control(bitrix, 'GET changes')) as unknown as Json[]).filter((change) => String(change.entity) === entity);

it('goods and orders can be made, and everything read as plain rows', async () => {
	expect(await control(bitrix, 'POST goods', { size: { products: 10, variantShare: 0, bundles: 0, services: 0 } })).toEqual({
		made: 10,
	});
	const { ids } = await control(bitrix, 'POST orders', { count: 3, seed: 5 });
	expect(ids).toHaveLength(3);
	const all = await control(bitrix, 'GET everything');
	expect(all.elements).toHaveLength(10);
	expect(all.orders).toMatchObject([{ price: expect.any(Number) }, {}, {}]);
	expect(await control(bitrix, 'GET state')).toMatchObject({
		edition: 'box',
		inventory: 'N',
		catalogs: bitrix.catalogs,
		tables: { elements: 10, orders: 3, iblocks: 5 },
	});
});

it('the same seed makes the same orders', async () => {
	const other = await startBitrix({ edition: 'box' });
	try {
		for (const shop of [bitrix, other]) await control(shop, 'POST orders', { count: 5, seed: 5 });
		const sums = (shop: RunningBitrix): unknown =>
			shop.portal.store.orders.all().map(({ price, userId, xmlId }) => [price, userId, xmlId]);
		expect(sums(bitrix)).toEqual(sums(other));
	} finally {
		await other.close();
	}
});

it('a person in the shop changes an order', async () => {
	const [id] = (await control(bitrix, 'POST orders', { count: 1 })).ids as unknown as number[];
	const { payments, basket, orders } = bitrix.portal.store;
	for (const payment of payments.where('orderId', id)) payments.remove(payment.id);
	const [item] = basket.where('orderId', id).filter(({ productId, setParentId }) => productId > 0 && setParentId === null);
	const others = basket
		.where('orderId', id)
		.filter((other) => other.setParentId === null && other.id !== item?.id && other.productId > 0);
	bitrix.clock.advance(60_000);
	await control(bitrix, 'POST order', {
		id,
		statusId: 'A',
		comments: 'звонил',
		properties: { PHONE: '+7 000' },
		lines: [
			{ productId: item?.productId, quantity: 2, price: 10.5 },
			...others.map(({ productId }) => ({ productId, quantity: 0 })),
		],
	});
	const { order } = await must(connect(bitrix)('sale.order.get', { id }));
	expect(order).toMatchObject({ statusId: 'A', comments: 'звонил', payed: 'N' });
	expect((order?.propertyValues as unknown as Json[]).find(({ code }) => String(code) === 'PHONE')).toMatchObject({
		value: '+7 000',
	});
	expect((order?.basketItems as unknown as Json[]).find((line) => Number(line.productId) === item?.productId)).toMatchObject(
		{ quantity: 2, price: 10.5 },
	);
	await control(bitrix, 'POST order', { id, pay: true });
	expect(orders.get(id ?? 0)?.payed).toBe('Y');
	await control(bitrix, 'POST order', { id, unpay: true, cancel: true });
	expect(orders.get(id ?? 0)).toMatchObject({ payed: 'N', canceled: 'Y' });
	expect(
		basket.where('orderId', id).flatMap(({ id: basketId }) => bitrix.portal.store.reservations.where('basketId', basketId)),
	).toEqual([]);
});

it('T14: writes over REST are announced like those of people', async () => {
	const shop = new CatalogClient(bitrix);
	const { id } = await shop.addProduct();
	await shop.updateProduct(id, { name: 'x' });
	const { price } = await must(
		shop.rest('catalog.price.add', { fields: { productId: id, catalogGroupId: 1, price: 5, currency: 'RUB' } }),
	);
	expect(await changesOf('product')).toEqual([
		{ entity: 'product', action: 'add', id, at: expect.any(Number), source: 'rest' },
		expect.objectContaining({ action: 'update', id }),
	]);
	expect(await changesOf('price')).toEqual([expect.objectContaining({ action: 'add', id: price?.id, source: 'rest' })]);
	const [orderId] = (await control(bitrix, 'POST orders', { count: 1 })).ids as unknown as number[];
	await control(bitrix, 'DELETE changes');
	await must(shop.rest('sale.order.update', { id: orderId, fields: { comments: 'x' } }));
	await control(bitrix, 'POST order', { id: orderId, comments: 'y' });
	expect(await changesOf('order')).toEqual([
		expect.objectContaining({ source: 'rest' }),
		expect.objectContaining({ source: 'person' }),
	]);
});

it('T4: prices that a modification deletes are not announced', async () => {
	const shop = new CatalogClient(bitrix);
	const { id } = await shop.addProduct();
	for (const type of [1, 2])
		await must(
			shop.rest('catalog.price.add', { fields: { productId: id, catalogGroupId: type, price: 5, currency: 'RUB' } }),
		);
	await control(bitrix, 'DELETE changes');
	await must(
		shop.rest('catalog.price.modify', {
			fields: { product: { id, prices: [{ catalogGroupId: 3, price: 5, currency: 'RUB' }] } },
		}),
	);
	expect(await changesOf('price')).toEqual([expect.objectContaining({ action: 'add' })]);
});

it('T15: who does not listen misses what happens', () => {
	const heard: number[] = [];
	bitrix.portal.announce('product', 'add', 1);
	const stop = bitrix.portal.changes.subscribe(({ id }) => heard.push(id));
	bitrix.portal.announce('product', 'add', 2);
	stop();
	bitrix.portal.announce('product', 'add', 3);
	expect(heard).toEqual([2]);
});

it('unknown switches and actions are refused', async () => {
	await expect(control(bitrix, 'PUT switches', { nonsense: true })).rejects.toThrow('nonsense');
	await expect(control(bitrix, 'GET nonsense')).rejects.toThrow('no control action');
	await expect(control(bitrix, 'POST order', { id: 5 })).rejects.toThrow('no order');
});

describe('editions', () => {
	it.each([
		['cloud', 200],
		['box', 200],
		['site', 404],
	] as const)('users and CRM on a %s', async (edition, status) => {
		const other = await startBitrix({ edition });
		try {
			const rest = connect(other);
			expect((await rest('user.current')).status).toBe(status);
			expect((await rest('crm.deal.list')).status).toBe(status);
			expect((await rest('catalog.catalog.list', { select: ['iblockTypeId'] })).result.catalogs).toContainEqual({
				iblockTypeId: edition === 'site' ? 'catalog' : 'CRM_PRODUCT_CATALOG',
			});
		} finally {
			await other.close();
		}
	});

	it('on a box the trade fields of SKU parents may be opened', async () => {
		const other = await startBitrix({ edition: 'box', editableSkuParents: true });
		try {
			const shop = new CatalogClient(other);
			const { id } = await shop.addSku({ weight: 100 });
			expect(other.portal.store.elements.get(Number(id))?.weight).toBe(100);
		} finally {
			await other.close();
		}
	});
});
