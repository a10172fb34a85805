import type { INodeParameters } from 'n8n-workflow';
import { chosen } from '../orders/shop.cts';
import { MINUTE } from '../orders/store.cts';
import { Updating, type StoreResult } from '../orders/updating.cts';

type Row = Record<string, unknown>;

/** Bitrix Order Update over REST: positions that were changed in MoySklad, by policy. */
describe('Bitrix Order Update over REST: lines', () => {
	let bench: Updating;
	let goods: Array<{ id: number; xmlId: string }>;

	beforeAll(async () => {
		bench = await Updating.open();
		const { elements, prices } = bench.shop.store.bitrix.portal.store;
		goods = elements.all().filter(({ id, type, active }) => type === 1 && active === 'Y' && prices.where('productId', id).length > 0);
	}, 60_000);
	afterAll(async () => await bench.close());
	beforeEach(() => bench.links.clear());

	const placed = async (more = {}): Promise<string> => {
		const line = (index: number, quantity: number) => ({ productId: goods[index]?.id ?? 0, name: 'Good', quantity, basePrice: 12_000, price: 10_000, vatRate: 0.2, vatIncluded: 'Y' as const, coupon: '', components: [] });
		const id = String(bench.shop.store.place({ lines: [line(0, 5), line(1, 2)], payments: [{ paySystem: 'pay-cash', sum: 100_000, paid: false }], ...more }));
		await bench.bring([id]);
		return id;
	};
	const basket = (id: string) => bench.shop.store.bitrix.portal.store.basket.where('orderId', Number(id));
	const shown = (id: string): unknown[] => basket(id).map(({ quantity, price, basePrice, discountPrice }) => [quantity, price, basePrice, discountPrice]);
	/** Changes positions of the customer order as a person would. */
	const edit = async (id: string, change: (rows: Row[]) => Row[]): Promise<void> => {
		const { positions } = await bench.shop.edit('GET', `entity/customerorder/${bench.customerOrderId(id)}?expand=positions`);
		await bench.shop.edit('PUT', `entity/customerorder/${bench.customerOrderId(id)}`, { positions: change((positions as { rows: Row[] }).rows).map((row) => ({ ...row, reserve: 0 })) });
	};
	const delivery = (): INodeParameters => ({ row: [{ one: chosen(String(bench.shop.rows('service').find(({ name }) => name === 'Delivery')?.id)) }] });
	const lines = (policy: string, more: INodeParameters = {}): INodeParameters => ({ lines: policy, deliveryServices: delivery(), ...more });
	const codes = ({ warnings }: StoreResult): string[] => warnings.map(({ code }) => code);

	it('off by default', async () => {
		const id = await placed();
		await edit(id, (rows) => rows.map((row, index) => (index === 0 ? { ...row, quantity: 1 } : row)));
		expect(await bench.update([id])).toMatchObject([{ status: 'unchanged' }]);
	});

	it('equal lines are not touched, with all their discounts and roundings', async () => {
		const ids = bench.shop.placeOrders(25, 3);
		await bench.bring(ids);
		bench.shop.reset();
		const results = await bench.update(ids, lines('sourceWins'));
		expect(results.flatMap(({ changes }) => changes)).toEqual([]);
		expect(bench.writes()).toEqual([]);
	});

	it('a changed quantity, a new price, a position less and one more: lines keep their ids, the sum is the same', async () => {
		const id = await placed();
		const [first, second] = basket(id);
		await edit(id, (rows) => [
			{ ...rows[0], quantity: 3, price: 9000 },
			...rows.slice(2),
			{ assortment: { meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/product/${String(bench.shop.rows('product').find(({ externalCode }) => externalCode === goods[2]?.xmlId)?.id)}`, type: 'product', mediaType: 'application/json' } }, quantity: 1, price: 7777, vat: 20, vatEnabled: true },
		]);
		const [result] = await bench.update([id], lines('sourceWins'));
		expect(result).toMatchObject({ status: 'updated', warnings: [] });
		expect(shown(id)).toEqual([[3, 9000, 12_000, 3000], [1, 7777, 7777, 0]]);
		expect(basket(id)[0]?.id).toBe(first?.id);
		expect(basket(id).map((line) => line.id)).not.toContain(second?.id);
		expect(basket(id)[1]).toMatchObject({ productId: goods[2]?.id, productXmlId: goods[2]?.xmlId, vatRate: 0.2 });
		expect(bench.storeOrder(id).price).toBe((await bench.customerOrder(id)).sum);
		bench.shop.reset();
		expect(await bench.update([id], lines('sourceWins'))).toMatchObject([{ status: 'unchanged' }]);
		expect(bench.writes()).toEqual([]);
	});

	it('T6: a new price of the delivery, and nothing else of the shipment', async () => {
		const id = await placed();
		const { shipments } = bench.shop.store.bitrix.portal.store;
		shipments.update(bench.shipments(id)[0]?.id ?? 0, { trackingNumber: 'RA1', statusId: 'DF', allowDelivery: 'Y' });
		await edit(id, (rows) => rows.map((row) => (row.price === 30_000 ? { ...row, price: 45_000 } : row)));
		await bench.update([id], lines('sourceWins'));
		expect(bench.shipments(id)).toMatchObject([{ priceDelivery: 45_000, trackingNumber: 'RA1', statusId: 'DF', allowDelivery: 'Y' }]);
		expect(bench.storeOrder(id).price).toBe((await bench.customerOrder(id)).sum);
	});

	it('a sum that no single price gives is two lines, to the kopeck', async () => {
		const id = await placed();
		await edit(id, (rows) => rows.map((row, index) => (index === 0 ? { ...row, quantity: 3, price: 11_111, discount: 33.33 } : row)));
		await bench.update([id], lines('sourceWins'));
		expect(bench.storeOrder(id).price).toBe((await bench.customerOrder(id)).sum);
		expect(basket(id)).toHaveLength(3);
	});

	describe('both sides changed', () => {
		const both = async (policy: string, storeLast = true): Promise<{ id: string; result: StoreResult | undefined }> => {
			const id = await placed();
			await bench.update([id], lines(policy));
			const inMoySklad = async (): Promise<void> => await edit(id, (rows) => rows.map((row, index) => (index === 0 ? { ...row, quantity: 1 } : row)));
			const inStore = (): void => {
				bench.shop.store.later(MINUTE);
				const { basket: table, orders } = bench.shop.store.bitrix.portal.store;
				table.update(basket(id)[1]?.id ?? 0, { quantity: 7 });
				orders.update(Number(id), { dateUpdate: bench.shop.store.bitrix.portal.now() });
			};
			bench.shop.moySklad.clock.advance(1000);
			if (storeLast) await inMoySklad();
			inStore();
			if (!storeLast) {
				bench.shop.moySklad.clock.advance(60 * MINUTE);
				await inMoySklad();
			}
			const [result] = await bench.update([id], lines(policy));
			return { id, result };
		};
		const quantities = (id: string): number[] => basket(id).map(({ quantity }) => quantity);

		it.each([
			['sourceWins', [1, 2], 'updated'],
			['targetWins', [5, 7], 'unchanged'],
		])('%s', async (policy, left, status) => {
			const { id, result } = await both(policy);
			expect([quantities(id), result?.status]).toEqual([left, status]);
		});

		it('newerWins, whoever it is', async () => {
			const older = await both('newerWins', false);
			expect(quantities(older.id)).toEqual([1, 2]);
		});

		it('review: nothing is written', async () => {
			const { id, result } = await both('review');
			expect(result).toMatchObject({ status: 'conflict', error: { code: 'ORDER_REVIEW' }, changes: [{ field: 'lines', from: expect.any(Array) as unknown, to: expect.any(Array) as unknown }], warnings: expect.arrayContaining([expect.objectContaining({ code: 'FIELDS_FOR_REVIEW' })]) as unknown });
			expect(quantities(id)).toEqual([5, 7]);
		});
	});

	it('a change in the store alone stays there, and is no conflict', async () => {
		const id = await placed();
		await bench.update([id], lines('sourceWins'));
		bench.shop.store.bitrix.portal.store.basket.update(basket(id)[1]?.id ?? 0, { quantity: 7 });
		expect(await bench.update([id], lines('sourceWins'))).toMatchObject([{ status: 'unchanged', warnings: [] }]);
		expect(basket(id)[1]?.quantity).toBe(7);
	});

	it('an order that is paid keeps its lines, and everything else goes on', async () => {
		const id = await placed({ payments: [{ paySystem: 'pay-cash', sum: 10_000, paid: true }] });
		await edit(id, (rows) => rows.map((row, index) => (index === 0 ? { ...row, quantity: 1 } : row)));
		const before = shown(id);
		const [result] = await bench.update([id], lines('sourceWins', { orderChanges: { status: 'A' } }));
		expect(result).toMatchObject({ status: 'updated', warnings: [{ code: 'ORDER_LINES_LOCKED' }] });
		expect([shown(id), bench.storeOrder(id).statusId]).toEqual([before, 'A']);
	});

	it('lines that only a payment of MoySklad locks are written in the same run in which that payment goes', async () => {
		const id = await placed({ payments: [] });
		const money = { payments: 'full', paySystem: String(bench.shop.store.bitrix.portal.store.paySystems.all()[0]?.id) };
		const document = await bench.pay(id, 10_000);
		await bench.update([id], lines('sourceWins', money));
		expect(bench.payments(id)).toMatchObject([{ paid: 'Y', sum: 10_000 }]);
		await bench.remove('paymentin', document);
		await edit(id, (rows) => rows.map((row, index) => (index === 0 ? { ...row, quantity: 1 } : row)));
		expect((await bench.update([id], lines('sourceWins', money))).map(({ status, warnings }) => [status, warnings])).toEqual([['updated', []]]);
		expect(bench.payments(id).filter(({ paid }) => paid === 'Y')).toEqual([]);
		expect(basket(id)[0]?.quantity).toBe(1);
		expect((await bench.update([id], lines('sourceWins', money))).map(({ status }) => status)).toEqual(['unchanged']);
	});

	it('goods that the store does not have leave the lines alone, or become a free line', async () => {
		const { id: product } = await bench.shop.edit('POST', 'entity/product', { name: 'Нет в магазине', externalCode: 'nowhere' });
		const id = await placed();
		await edit(id, (rows) => [...rows, { assortment: { meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/product/${String(product)}`, type: 'product', mediaType: 'application/json' } }, quantity: 1, price: 100, vat: 0, vatEnabled: false }]);
		expect((await bench.update([id], lines('sourceWins'))).map(codes)).toEqual([['ORDER_STORE_GOODS_UNKNOWN']]);
		expect(basket(id)).toHaveLength(2);
		bench.links.clear();
		expect((await bench.update([id], lines('sourceWins', { unknownGoods: 'free' }))).map(codes)).toEqual([['ORDER_STORE_GOODS_FREE']]);
		expect(basket(id)[2]).toMatchObject({ productId: 0, name: 'Нет в магазине', price: 100 });
	});
});
