import { freshShop } from './catalogClient';
import { must } from './restClient';
import { list, SaleClient } from './saleClient';

const bench = freshShop();
const sale = new SaleClient(bench);

describe('payments', () => {
	it('an order is paid when what is paid reaches its price; refunds do not count', async () => {
		const id = await sale.newOrder();
		await sale.addItem(id, { price: 100 });
		const first = await sale.addPayment(id, { sum: 60, paid: 'Y', payVoucherNum: '7', payVoucherDate: '2026-11-21' });
		expect(first).toMatchObject({
			sum: 60,
			paid: 'Y',
			datePaid: expect.any(String),
			empPaidId: 1,
			accountNumber: `${id}/1`,
			paySystemIsCash: 'Y',
			payVoucherDate: '2026-11-21',
		});
		expect((await sale.getOrder(id)).payed).toBe('N');
		const second = await sale.addPayment(id, { paySystemId: 2 });
		expect(second).toMatchObject({
			sum: 40,
			paid: 'N',
			paySystemName: 'Банковская карта (онлайн)',
			paySystemXmlId: 'pay-card',
		});
		await must(bench.shop.rest('sale.payment.update', { id: second.id, fields: { paySystemId: 2, paid: 'Y' } }));
		expect((await sale.getOrder(id)).payed).toBe('Y');
		await must(bench.shop.rest('sale.payment.update', { id: second.id, fields: { paySystemId: 2, isReturn: 'Y' } }));
		expect((await sale.getOrder(id)).payed).toBe('N');
	});

	it('an update must name the pay system', async () => {
		const { id } = await sale.addPayment(await sale.newOrder());
		expect(await bench.shop.rest('sale.payment.update', { id, fields: { paid: 'Y' } })).toMatchObject({
			status: 400,
			error: 0,
			body: { error_description: 'Required fields: paySystemId' },
		});
		expect(await bench.shop.rest('sale.payment.update', { id: 5, fields: { paySystemId: 1 } })).toMatchObject({
			error: 200640400001,
		});
	});

	it('the only unpaid payment follows the price of the order', async () => {
		const id = await sale.newOrder();
		await sale.addItem(id, { price: 100 });
		const { id: paymentId } = await sale.addPayment(id);
		await sale.addItem(id, { price: 50 });
		expect((await must(bench.shop.rest('sale.payment.get', { id: paymentId }))).payment).toMatchObject({ sum: 150 });
	});

	it('marking a payment can set off more: a receipt of the cash register, a status of the shop', async () => {
		const { receipts, switches } = bench.bitrix.portal;
		const id = await sale.newOrder();
		await sale.addItem(id, { price: 100 });
		const cash = await sale.addPayment(id, { sum: 40, paid: 'Y' });
		const card = await sale.addPayment(id, { paySystemId: 2, sum: 60 });
		expect([cash.paid, receipts]).toEqual(['Y', []]);
		switches.statusOnPaid = 'P';
		await must(bench.shop.rest('sale.payment.update', { id: card.id, fields: { paySystemId: 2, paid: 'Y' } }));
		expect(receipts).toEqual([{ paymentId: card.id, orderId: id, sum: 6000 }]);
		expect((await sale.getOrder(id)).statusId).toBe('P');
		await must(sale.update(id, { statusId: 'A' }));
		expect((await sale.getOrder(id)).statusId).toBe('A');
		switches.statusOnPaid = null;
	});

	it('allowing a delivery can set a status, too', async () => {
		const id = await sale.newOrder();
		bench.bitrix.portal.switches.statusOnDelivery = 'S';
		await sale.addShipment(id, { allowDelivery: 'Y' });
		expect((await sale.getOrder(id)).statusId).toBe('S');
		bench.bitrix.portal.switches.statusOnDelivery = null;
	});

	it('a paid payment cannot be deleted', async () => {
		const { id } = await sale.addPayment(await sale.newOrder(), { sum: 5, paid: 'Y' });
		expect((await bench.shop.rest('sale.payment.delete', { id })).status).toBe(400);
	});
});

describe('shipments', () => {
	it('T6: an update without prices sets both to 0, without status to the first one', async () => {
		const id = await sale.newOrder();
		const shipment = await sale.addShipment(id, {
			basePriceDelivery: 350,
			statusId: 'DF',
			trackingNumber: 'RA1',
			comments: 'c',
		});
		expect(shipment).toMatchObject({ basePriceDelivery: 350, priceDelivery: 350, statusId: 'DF' });
		expect((await sale.getOrder(id)).price).toBe(350);
		const changed = await must(
			bench.shop.rest('sale.shipment.update', {
				id: shipment.id,
				fields: { allowDelivery: 'Y', deducted: 'N', deliveryId: 2 },
			}),
		);
		expect(changed.shipment).toMatchObject({
			basePriceDelivery: 0,
			priceDelivery: 0,
			statusId: 'DN',
			trackingNumber: 'RA1',
			comments: 'c',
			allowDelivery: 'Y',
			dateAllowDelivery: expect.any(String),
		});
		expect((await sale.getOrder(id)).price).toBe(0);
	});

	it('T6: the base price decides for both, the price alone too', async () => {
		const { id } = await sale.addShipment(await sale.newOrder());
		const change = async (prices: Record<string, unknown>): Promise<unknown> =>
			(
				await must(
					bench.shop.rest('sale.shipment.update', {
						id,
						fields: { allowDelivery: 'N', deducted: 'N', deliveryId: 2, ...prices },
					}),
				)
			).shipment;
		expect(await change({ basePriceDelivery: 300, priceDelivery: 200 })).toMatchObject({
			basePriceDelivery: 300,
			priceDelivery: 300,
		});
		expect(await change({ priceDelivery: 200 })).toMatchObject({ basePriceDelivery: 200, priceDelivery: 200 });
	});

	it('three fields are required, also for an update', async () => {
		const { id } = await sale.addShipment(await sale.newOrder());
		expect(await bench.shop.rest('sale.shipment.update', { id, fields: { trackingNumber: 'x' } })).toMatchObject({
			error: 0,
			body: { error_description: 'Required fields: deliveryId, allowDelivery, deducted' },
		});
		expect(await bench.shop.rest('sale.shipment.get', { id: 5 })).toMatchObject({ error: 201140400001 });
	});

	it('what no shipment holds lies in the technical one, which cannot be changed', async () => {
		const id = await sale.newOrder();
		const item = await sale.addItem(id, { quantity: 5 });
		const shipment = await sale.addShipment(id);
		const { shipmentItem } = await must(
			bench.shop.rest('sale.shipmentitem.add', { fields: { orderDeliveryId: shipment.id, basketId: item.id, quantity: 3 } }),
		);
		const held = async (): Promise<unknown> =>
			list((await sale.getOrder(id)).shipments).map(({ system, shipmentItems }) => [
				system,
				list(shipmentItems).map(({ quantity }) => quantity),
			]);
		expect(await held()).toEqual([
			['Y', [2]],
			['N', [3]],
		]);
		expect(
			(
				await bench.shop.rest('sale.shipmentitem.add', {
					fields: { orderDeliveryId: shipment.id, basketId: item.id, quantity: 1 },
				})
			).error,
		).toBe(201250000001);
		const other = await sale.addShipment(id);
		expect(
			(
				await bench.shop.rest('sale.shipmentitem.add', {
					fields: { orderDeliveryId: other.id, basketId: item.id, quantity: 3 },
				})
			).status,
		).toBe(400);
		await must(bench.shop.rest('sale.shipmentitem.update', { id: shipmentItem?.id, fields: { quantity: 5 } }));
		expect(await held()).toEqual([
			['Y', []],
			['N', [5]],
			['N', []],
		]);
		const system = list((await sale.getOrder(id)).shipments)[0];
		expect(
			(
				await bench.shop.rest('sale.shipment.update', {
					id: system?.id,
					fields: { allowDelivery: 'Y', deducted: 'Y', deliveryId: 1 },
				})
			).status,
		).toBe(400);
		await must(bench.shop.rest('sale.basketitem.update', { id: item.id, fields: { quantity: 4 } }));
		expect(await held()).toEqual([
			['Y', []],
			['N', [4]],
			['N', []],
		]);
	});

	it.each([
		['N', 7],
		['Y', 7],
	] as const)('shipping takes the goods from the stock (inventory management %s)', async (inventory, left) => {
		const { id: productId } = await bench.shop.addProduct({ quantity: 10 });
		if (inventory === 'Y') await fetch(`${bench.bitrix.url}/_simulator/inventory`, { method: 'PUT', body: '{"mode":"Y"}' });
		const id = await sale.newOrder();
		const item = await sale.addItem(id, { productId, quantity: 3 });
		const shipment = await sale.addShipment(id);
		await must(
			bench.shop.rest('sale.shipmentitem.add', { fields: { orderDeliveryId: shipment.id, basketId: item.id, quantity: 3 } }),
		);
		const ship = async (deducted: string): Promise<void> =>
			void (await must(
				bench.shop.rest('sale.shipment.update', {
					id: shipment.id,
					fields: { allowDelivery: 'Y', deducted, deliveryId: 2 },
				}),
			));
		await ship('Y');
		expect(await bench.shop.getProduct(productId)).toMatchObject({ quantity: left, quantityReserved: 0 });
		expect((await sale.getOrder(id)).deducted).toBe('Y');
		expect((await bench.shop.rest('sale.shipment.delete', { id: shipment.id })).status).toBe(400);
		await ship('N');
		expect(await bench.shop.getProduct(productId)).toMatchObject({ quantity: left, quantityReserved: 3 });
		expect((await sale.getOrder(id)).deducted).toBe('N');
	});
});
