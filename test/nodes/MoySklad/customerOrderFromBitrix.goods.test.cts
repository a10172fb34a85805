import type { INodeParameters } from 'n8n-workflow';
import type { Order } from '../../../core';
import { chosen, positionsOf, Shop, type Result } from '../orders/shop.cts';

type Row = Record<string, unknown>;

describe('Create or Update From Bitrix Order: goods and delivery', () => {
	let shop: Shop;

	beforeEach(async () => (shop = await Shop.open()));
	afterEach(async () => await shop.close());

	const one = async (more = {}): Promise<Order> => (await shop.orders([shop.store.place(more)]))[0] as Order;
	const write = async (order: Order, parameters: INodeParameters = {}): Promise<Result> =>
		(await shop.write([order], parameters))[0] as Result;
	const idIn = (value: unknown): unknown => (value as Row | undefined)?.id;

	describe('goods', () => {
		const sold = (type: number) => shop.store.bitrix.portal.store.elements.all().find((row) => row.type === type && row.active === 'Y');
		const line = (productId: number, more = {}) => ({
			productId,
			name: 'Строка',
			quantity: 1,
			basePrice: 10_000,
			price: 10_000,
			vatRate: 0.2,
			vatIncluded: 'Y' as const,
			coupon: '',
			components: [],
			...more,
		});
		const goodsOf = (id: string): unknown[] => positionsOf(shop.customerOrder(id)).map(({ assortment }) => assortment);
		const withExternalCode = (type: string, code: string): Row => shop.rows(type).find(({ externalCode }) => externalCode === code) as Row;

		it('products and variants are found by their external codes', async () => {
			const [simple, offer] = [sold(1), sold(4)];
			const order = await one({ lines: [line(simple?.id ?? 0), line(offer?.id ?? 0)], delivery: { service: 'delivery-pickup', price: 0 } });
			expect(await write(order, { unknownGoods: 'stop' })).toMatchObject({ status: 'created' });
			const [product = '', variant = ''] = String(offer?.xmlId).split('#');
			const found = withExternalCode('variant', variant);
			expect(goodsOf(order.id)).toEqual([
				{ type: 'product', id: withExternalCode('product', String(simple?.xmlId)).id },
				{ type: 'variant', id: found.id },
			]);
			expect(idIn(found.product)).toBe(withExternalCode('product', product).id);
		});

		it('or by their ids', async () => {
			const product = withExternalCode('product', String(sold(1)?.xmlId));
			const variant = shop.rows('variant')[0] as Row;
			const order = await one({ delivery: { service: 'delivery-pickup', price: 0 } });
			const [first] = order.lines;
			const lines = [
				{ ...first, id: '1', key: String(product.id).toUpperCase() },
				{ ...first, id: '2', key: `${String(idIn(variant.product))}#${String(variant.id)}` },
			];
			expect(await write({ ...order, lines, total: '199.98' } as Order, { identity: 'id', unknownGoods: 'stop' })).toMatchObject({
				status: 'created',
			});
			expect(goodsOf(order.id)).toEqual([
				{ type: 'product', id: product.id },
				{ type: 'variant', id: variant.id },
			]);
		});

		it('a variant of another product is not the one', async () => {
			const order = await one({ delivery: { service: 'delivery-pickup', price: 0 } });
			const variant = shop.rows('variant')[0] as Row;
			expect(
				await write({ ...order, lines: [{ ...order.lines[0], key: `ext-other#${String(variant.externalCode)}` }] } as Order, {
					unknownGoods: 'stop',
				}),
			).toMatchObject({ error: { code: 'ORDER_GOODS_UNKNOWN' } });
		});

		it('I3: two goods with one key are a conflict', async () => {
			const simple = sold(1);
			const [other] = shop.rows('product').filter(({ externalCode }) => externalCode !== simple?.xmlId);
			await shop.edit('PUT', `entity/product/${String(other?.id)}`, { externalCode: simple?.xmlId, archived: true });
			const order = await one({ lines: [line(simple?.id ?? 0)] });
			expect(await write(order)).toMatchObject({ status: 'conflict', error: { code: 'ORDER_GOODS_AMBIGUOUS' } });
		});

		it('T11: a key that is only the id of the store’s product is nobody’s good, unless it has the same name', async () => {
			const simple = sold(1);
			const key = String(simple?.id);
			shop.store.bitrix.portal.store.elements.update(simple?.id ?? 0, { xmlId: key });
			const [other] = shop.rows('product');
			await shop.edit('PUT', `entity/product/${String(other?.id)}`, { externalCode: key });
			const order = await one({ lines: [line(simple?.id ?? 0)] });
			expect(order.lines[0]).toMatchObject({ key, productId: key });
			expect(await write(order, { unknownGoods: 'stop' })).toMatchObject({ error: { code: 'ORDER_GOODS_UNKNOWN' } });
			const named = { ...order, lines: [{ ...order.lines[0], name: String(other?.name) }] } as Order;
			expect(await write(named, { unknownGoods: 'stop' })).toMatchObject({ status: 'created' });
			expect(goodsOf(order.id)[0]).toEqual({ type: 'product', id: other?.id });
		});

		it('unknown ones stop their order, and only it', async () => {
			const orders = [await one(), await one({ lines: [line(sold(1)?.id ?? 0)] })];
			const results = await shop.write(orders, { unknownGoods: 'stop' });
			expect(results.map(({ status, error }) => error?.code ?? status)).toEqual(['ORDER_GOODS_UNKNOWN', 'created']);
			expect(results[0]?.error?.message).toContain('Гравировка');
			expect(shop.rows('counterparty').filter(({ syncId }) => syncId !== undefined)).toHaveLength(1);
		});

		it('a placeholder stands for them, and the description says for what', async () => {
			const order = await one();
			const placeholder = chosen(shop.idOf('service'));
			expect(await write(order, { unknownGoods: 'placeholder', placeholder })).toMatchObject({
				status: 'created',
				warnings: [expect.objectContaining({ code: 'ORDER_GOODS_REPLACED' })],
			});
			expect(goodsOf(order.id)[0]).toEqual({ type: 'service', id: shop.idOf('service') });
			expect(shop.customerOrder(order.id).description).toContain('Гравировка × 3');
			const comment = { ...order, updatedAt: new Date(Date.parse(order.updatedAt) + 1000).toISOString(), customerComment: 'other' };
			expect(await write(comment, { unknownGoods: 'placeholder', placeholder })).toMatchObject({ status: 'updated' });
			expect(shop.customerOrder(order.id).description).toMatch(/other\nГравировка × 3$/);
		});

		it('or products are made for them, once for all lines of one key', async () => {
			const before = shop.rows('product').length;
			const orders = await Promise.all([one(), one()]);
			const keyed = await one();
			const unit = { code: '166', name: 'кг' };
			const results = await shop.write([
				...orders,
				{ ...keyed, lines: [{ ...keyed.lines[0], key: 'ext-new', name: 'Новый чай', vat: '10', unit }] } as Order,
			]);
			expect(results.map(({ status }) => status)).toEqual(['created', 'created', 'created']);
			expect(shop.rows('product')).toHaveLength(before + 2);
			expect(withExternalCode('product', 'ext-new')).toMatchObject({
				name: 'Новый чай',
				vat: 10,
				vatEnabled: true,
				uom: { id: shop.idOf('uom', 'кг') },
			});
		});
	});

	describe('the delivery', () => {
		const delivered = async (): Promise<Order> => await one({ delivery: { service: 'delivery-courier', price: 35_050 } });
		const deliveryOf = (id: string): Row => positionsOf(shop.customerOrder(id)).at(-1) as Row;

		it('is the chosen service, at its own VAT rate', async () => {
			const service = String(
				(await shop.edit('POST', 'entity/service', { name: 'Доставка', vat: 20, vatEnabled: true, useParentVat: false })).id,
			);
			const order = await delivered();
			expect(await write(order, { deliveryService: chosen(service), deliveryServiceName: '' })).toMatchObject({ status: 'created' });
			expect(deliveryOf(order.id)).toMatchObject({
				assortment: { type: 'service', id: service },
				quantity: 1,
				price: 35_050,
				vat: 20,
				vatEnabled: true,
				reserve: 0,
			});
		});

		it('or one that is made once', async () => {
			const orders = [await delivered(), await delivered()];
			const before = shop.rows('service').length;
			await write(orders[0] as Order, { deliveryServiceName: 'Доставка заказов' });
			await write(orders[1] as Order, { deliveryServiceName: 'Доставка заказов' });
			expect(shop.rows('service')).toHaveLength(before + 1);
			expect(deliveryOf(orders[1]?.id ?? '').assortment).toEqual({ type: 'service', id: shop.idOf('service', 'Доставка заказов') });
		});

		it('without either the order is not written', async () => {
			expect(await write(await delivered(), { deliveryServiceName: '' })).toMatchObject({
				status: 'failed',
				error: { code: 'ORDER_DELIVERY_UNKNOWN' },
			});
		});

		it('that costs nothing needs none', async () => {
			const order = await one({ delivery: { service: 'delivery-pickup', price: 0 } });
			expect(await write(order, { deliveryServiceName: '' })).toMatchObject({ status: 'created' });
			expect(positionsOf(shop.customerOrder(order.id))).toHaveLength(1);
		});
	});
});
