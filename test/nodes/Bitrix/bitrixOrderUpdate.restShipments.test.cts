import type { INodeParameters } from 'n8n-workflow';
import { chosen } from '../orders/shop.cts';
import { Updating, type StoreResult } from '../orders/updating.cts';

/** Bitrix Order Update over REST: shipments of MoySklad in the store. */
describe('Bitrix Order Update over REST: shipments', () => {
	let bench: Updating;
	let goods: Array<{ id: number; xmlId: string }>;

	beforeAll(async () => {
		bench = await Updating.open();
		const { elements, prices } = bench.shop.store.bitrix.portal.store;
		goods = elements.all().filter(({ id, type, active }) => type === 1 && active === 'Y' && prices.where('productId', id).length > 0);
	}, 60_000);
	afterAll(async () => await bench.close());
	beforeEach(() => bench.links.clear());

	/** Five of one good and two of another, with delivery for 300. */
	const placed = async (more = {}): Promise<string> => {
		const line = (index: number, quantity: number) => ({ productId: goods[index]?.id ?? 0, name: 'Good', quantity, basePrice: 10_000, price: 10_000, vatRate: 0.2, vatIncluded: 'Y' as const, coupon: '', components: [] });
		const id = String(bench.shop.store.place({ lines: [line(0, 5), line(1, 2)], ...more }));
		await bench.bring([id]);
		return id;
	};
	const key = (index: number): string => goods[index]?.xmlId ?? '';
	const delivery = (xmlId: string): string => String(bench.shop.store.bitrix.portal.store.deliveries.all().find(({ XML_ID }) => XML_ID === xmlId)?.id);
	const shown = (id: string): unknown[] => bench.shipments(id).map((one) => [bench.held(one.id), one.allowDelivery, one.deducted, one.priceDelivery, one.xmlId.startsWith('moysklad:demand:')]);
	const codes = ({ warnings }: StoreResult): string[] => warnings.map(({ code }) => code);
	const price = (id: string): number => bench.storeOrder(id).price;
	const full = (more: INodeParameters = {}): INodeParameters => ({ shipments: 'full', ...more });
	const unchanged = async (id: string, parameters: INodeParameters): Promise<void> => {
		bench.shop.reset();
		expect(await bench.update([id], parameters)).toMatchObject([{ status: 'unchanged' }]);
		expect(bench.writes()).toEqual([]);
	};

	it('off by default', async () => {
		const id = await placed();
		await bench.ship(id);
		expect(await bench.update([id])).toMatchObject([{ status: 'unchanged' }]);
		expect(bench.shipments(id)[0]?.allowDelivery).toBe('N');
	});

	it('T6: all of it goes out with what the shipment already said, and costs what it did', async () => {
		const id = await placed();
		const [before] = bench.shipments(id);
		bench.shop.store.bitrix.portal.store.shipments.update(before?.id ?? 0, { trackingNumber: 'RA1', statusId: 'DF' });
		const sum = price(id);
		const demand = await bench.ship(id);
		expect(await bench.update([id], full())).toMatchObject([{ status: 'updated', warnings: [] }]);
		expect(bench.shipments(id)).toMatchObject([{ xmlId: `moysklad:demand:${demand}`, allowDelivery: 'Y', deducted: 'N', statusId: 'DF', trackingNumber: 'RA1', priceDelivery: 30_000, basePriceDelivery: 30_000 }]);
		expect(price(id)).toBe(sum);
		await unchanged(id, full());
	});

	it('T6: a delivery with a discount costs what the customer was told', async () => {
		const id = await placed();
		const [{ id: shipment } = { id: 0 }] = bench.shipments(id);
		const sum = price(id);
		bench.shop.store.bitrix.portal.store.shipments.update(shipment, { basePriceDelivery: 50_000, discountPrice: 20_000 });
		await bench.ship(id);
		await bench.update([id], full());
		expect([price(id), bench.shipments(id)[0]?.priceDelivery]).toEqual([sum, 30_000]);
	});

	it('R139: two shipments of one order, each with what went out', async () => {
		const id = await placed();
		const sum = price(id);
		await bench.ship(id, (quantity, index) => (index === 0 ? quantity - 2 : 0));
		await bench.update([id], full());
		expect(shown(id)).toEqual([[{ [key(0)]: 3 }, 'Y', 'N', 30_000, true]]);
		await bench.ship(id, (quantity, index) => (index === 0 ? 2 : quantity));
		await bench.update([id], full());
		expect(shown(id)).toEqual([[{ [key(0)]: 3 }, 'Y', 'N', 30_000, true], [{ [key(0)]: 2, [key(1)]: 2 }, 'Y', 'N', 0, true]]);
		expect(price(id)).toBe(sum);
		await unchanged(id, full());
	});

	it('a shipment that was changed in MoySklad follows', async () => {
		const id = await placed();
		const demand = await bench.ship(id);
		await bench.update([id], full());
		const { positions } = await bench.shop.edit('GET', `entity/demand/${demand}?expand=positions`);
		const rows = (positions as { rows: Array<Record<string, unknown>> }).rows.map((row, index) => ({ ...row, quantity: index === 0 ? 1 : row.quantity }));
		await bench.shop.edit('PUT', `entity/demand/${demand}`, { positions: rows });
		await bench.update([id], full());
		expect(shown(id)).toEqual([[{ [key(0)]: 1, [key(1)]: 2 }, 'Y', 'N', 30_000, true]]);
	});

	it('deducts only where the user wants it, and opens what it deducted to change it', async () => {
		const id = await placed();
		/** What is held back for the order goes out with the shipment. */
		const reserved = (): number => bench.shop.store.bitrix.portal.store.elements.get(goods[0]?.id ?? 0)?.quantityReserved ?? 0;
		const before = reserved();
		await bench.ship(id, (quantity, index) => (index === 0 ? quantity - 2 : 0));
		await bench.update([id], full());
		expect(reserved()).toBe(before);
		await bench.update([id], full({ deduct: true }));
		expect([reserved(), shown(id)]).toEqual([before - 3, [[{ [key(0)]: 3 }, 'Y', 'Y', 30_000, true]]]);
		await bench.ship(id, (quantity, index) => (index === 0 ? 2 : quantity));
		await bench.update([id], full({ deduct: true }));
		expect([reserved(), bench.storeOrder(id).deducted]).toEqual([before - 5, 'Y']);
		await unchanged(id, full({ deduct: true }));
	});

	describe('a shipment that was deleted', () => {
		const parts = async (): Promise<{ id: string; second: string }> => {
			const id = await placed();
			await bench.ship(id, (quantity, index) => (index === 0 ? quantity - 2 : 0));
			const second = await bench.ship(id, (quantity, index) => (index === 0 ? 2 : quantity));
			await bench.update([id], full());
			await bench.remove('demand', second);
			return { id, second };
		};

		it.each([
			['undo', [[3, 'Y'], [2, 'N']]],
			['delete', [[3, 'Y']]],
			['ignore', [[3, 'Y'], [2, 'Y']]],
		] as const)('%s', async (removedShipments, left) => {
			const { id } = await parts();
			const sum = price(id);
			await bench.update([id], full({ options: { removedShipments } }));
			expect(bench.shipments(id).map((one) => [bench.held(one.id)[key(0)], one.allowDelivery])).toEqual(left);
			expect(price(id)).toBe(sum);
			await unchanged(id, full({ options: { removedShipments } }));
		});

		it('one that carries the price of the delivery is only taken back', async () => {
			const id = await placed();
			const demand = await bench.ship(id);
			await bench.update([id], full());
			await bench.remove('demand', demand);
			const sum = price(id);
			expect((await bench.update([id], full({ options: { removedShipments: 'delete' } }))).map(codes)).toEqual([['ORDER_SHIPMENT_PRICED']]);
			expect([shown(id), price(id)]).toEqual([[[{ [key(0)]: 5, [key(1)]: 2 }, 'N', 'N', 30_000, false]], sum]);
		});
	});

	it('delivery service by the store that the goods left, tracking number by an additional field', async () => {
		const id = await placed();
		const attribute = await bench.shop.edit('POST', 'entity/demand/metadata/attributes', { name: 'Трек', type: 'string', required: false });
		const track = (value: string, hour: number) => ({ moment: `2026-11-20 ${hour}:00:00`, attributes: [{ meta: attribute.meta, value }] });
		await bench.ship(id, (quantity, index) => (index === 0 ? quantity : 0), track('RA1', 10));
		await bench.ship(id, (quantity, index) => (index === 1 ? quantity : 0), track('RA2', 11));
		const parameters = full({ deliveryMap: { row: [{ store: chosen(bench.shop.idOf('store')), target: delivery('delivery-post') }] }, options: { trackingField: chosen(String(attribute.id)), shippedStatus: 'DF' } });
		await bench.update([id], parameters);
		expect(bench.shipments(id)).toMatchObject([
			{ trackingNumber: 'RA1', deliveryId: Number(delivery('delivery-courier')), statusId: 'DF' },
			{ trackingNumber: 'RA2', deliveryId: Number(delivery('delivery-post')), statusId: 'DF' },
		]);
		await unchanged(id, parameters);
	});

	it('more than the store ever ordered is left out and reported', async () => {
		const id = await placed();
		await bench.ship(id, (quantity) => quantity + 1);
		expect((await bench.update([id], full())).map(codes)).toEqual([['ORDER_SHIPMENT_EXCEEDS', 'ORDER_SHIPMENT_EXCEEDS']]);
		expect(shown(id)).toEqual([[{ [key(0)]: 5, [key(1)]: 2 }, 'Y', 'N', 30_000, true]]);
	});

	describe('simple', () => {
		it('allows the delivery when all is shipped, and takes back what it allowed', async () => {
			const id = await placed();
			await bench.ship(id, (quantity, index) => (index === 0 ? quantity : 0));
			expect((await bench.update([id], { shipments: 'simple' })).map(codes)).toEqual([['ORDER_SHIPMENT_PART']]);
			const rest = await bench.ship(id, (quantity, index) => (index === 0 ? 0 : quantity));
			await bench.update([id], { shipments: 'simple', orderChanges: { trackingNumber: 'RA7' } });
			expect(bench.shipments(id)).toMatchObject([{ allowDelivery: 'Y', deducted: 'N', trackingNumber: 'RA7', priceDelivery: 30_000 }]);
			await unchanged(id, { shipments: 'simple' });
			await bench.remove('demand', rest);
			const [first = ''] = bench.shop.rows('demand').filter(({ customerOrder }) => (customerOrder as { id: string }).id === bench.customerOrderId(id)).map((row) => String(row.id));
			await bench.remove('demand', first);
			await bench.update([id], { shipments: 'simple' });
			expect(bench.shipments(id)).toMatchObject([{ allowDelivery: 'N' }]);
		});
	});

	it('what the shop does to the status by itself does not stay', async () => {
		const id = await placed();
		await bench.setState(id, 'Отгружен');
		const parameters = full({ statusMap: { row: [{ when: 'state', state: chosen(bench.stateId('Отгружен')), status: 'A' }] } });
		await bench.update([id], parameters);
		bench.shop.store.bitrix.portal.switches.statusOnDelivery = 'S';
		await bench.ship(id);
		await bench.update([id], parameters);
		bench.shop.store.bitrix.portal.switches.statusOnDelivery = null;
		expect(bench.storeOrder(id).statusId).toBe('A');
	});
});
