import { Decimal, type Order } from '../../../../core';
import { orderSession } from '../../../simulators/bitrix/exchangeShop.cts';
import { exportedLines, deliveryPrice } from '../../../simulators/bitrix/exchange/sale/lines.cts';
import type { OrderRow } from '../../../simulators/bitrix/sale/rows.cts';
import { startBitrix, type RunningBitrix } from '../../../simulators/bitrix/start.cts';
import { readText, type ReadFile } from './orderFiles.cts';

const rubles = (kopecks: number): string => Decimal.of(kopecks).times('0.01').toString();

describe('orders of the simulator', () => {
	let bitrix: RunningBitrix;
	beforeAll(async () => (bitrix = await startBitrix({ edition: 'site', orders: 120, exchange: { orderRows: 1000 } })));
	afterAll(async () => await bitrix.close());

	const read = async (version?: string, cmlVersion?: string): Promise<ReadFile> =>
		await readText((await (await orderSession(bitrix, version, cmlVersion)).call('query')).text.replace('windows-1251', 'UTF-8'));
	const rowOf = ({ id }: Order): OrderRow => bitrix.portal.store.orders.get(Number(id)) as OrderRow;
	const due = (): string[] => bitrix.portal.store.orders.all().filter(({ externalOrder }) => externalOrder !== 'Y').map(({ id }) => String(id)).sort();

	describe.each([[undefined, undefined], ['2.08', undefined], ['2.5', undefined], ['3.1', undefined], ['3.1', '2.10']])('in version %s (CommerceML %s)', (version, cmlVersion) => {
		let file: ReadFile;
		beforeAll(async () => (file = await read(version, cmlVersion)));

		it('all of them are read', () => {
			expect(file.records.filter(({ kind }) => kind === 'unreadable')).toEqual([]);
			expect(file.orders.map(({ order }) => order.id).sort()).toEqual(due());
			expect(file.findings.filter(({ code }) => code !== 'ORDER_DOCUMENT_SUM_DIFFERS')).toEqual([]);
		});

		it('to the kopeck', () => {
			for (const { order } of file.orders) {
				const row = rowOf(order);
				expect(order.total).toBe(rubles(row.price));
				expect(order.lines.map(({ key, quantity, price }) => [key, Number(quantity), price])).toEqual(
					exportedLines(bitrix.portal, row).map(({ productXmlId, quantity, price }) => [shown(productXmlId), quantity, rubles(price)]),
				);
				expect(order.shipments.reduce((sum, { price }) => sum.plus(price), Decimal.zero).toString()).toBe(rubles(deliveryPrice(bitrix.portal, row)));
			}
		});

		it('with their state and their customer', () => {
			for (const { order } of file.orders) {
				const row = rowOf(order);
				expect(order).toMatchObject({ paid: row.payed === 'Y', canceled: row.canceled === 'Y', status: { id: row.statusId }, number: row.accountNumber, site: row.lid });
				expect(Date.parse(order.createdAt)).toBe(Math.floor(row.dateInsert / 1000) * 1000);
				const values = new Map(bitrix.portal.store.orderPropertyValues.where('orderId', row.id).map(({ code, value }) => [code, String(value).trim()]));
				expect(order.customer.email).toBe(values.get('EMAIL') || null);
				expect(order.customer.phone).toBe(values.get('PHONE') || null);
				expect(order.customer.kind).toBe(bitrix.portal.store.personTypes.get(row.personTypeId)?.domain === 'E' ? 'legal' : 'person');
			}
		});
	});

	it('payments and shipments are those of the shop, from version 2.1 on', async () => {
		const { payments, shipments, shipmentItems } = bitrix.portal.store;
		for (const [version, cml] of [['2.5'], ['3.1'], ['3.1', '2.10']] as const) {
			for (const { order } of (await read(version, cml)).orders) {
				const row = rowOf(order);
				const paid = payments.where('orderId', row.id);
				if (paid.length > 0)
					expect(order.payments.map(({ id, sum, paid: isPaid, paySystemId }) => [id, sum, isPaid, paySystemId])).toEqual(paid.map(({ id, id1c, sum, paid: flag, paySystemId }) => [id1c || String(id), rubles(sum), flag === 'Y', String(paySystemId)]));
				const own = shipments.where('orderId', row.id).filter(({ system }) => system === 'N');
				if (own.length > 0) expect(order.shipments.map(({ shipped, canceled }) => [shipped, canceled])).toEqual(own.map(({ deducted, canceled }) => [deducted === 'Y', canceled === 'Y']));
				for (const { items } of order.shipments) for (const { lineId } of items) expect(order.lines.map(({ id }) => id)).toContain(lineId);
				expect(order.shipments.flatMap(({ items }) => items).length).toBe(
					own.flatMap(({ id }) => shipmentItems.where('orderDeliveryId', id)).filter(({ basketId }) => bitrix.portal.store.basket.get(basketId)?.type !== 1).length,
				);
			}
		}
	});

	it('the copy of an order tells whether goods of it are in no shipment', async () => {
		const { basket, shipmentItems } = bitrix.portal.store;
		const outside = async (): Promise<Set<string>> => new Set((await read('3.1')).orders.flatMap(({ copy }) => (copy.outside ? [copy.id] : [])));
		const before = await outside();
		const { orders } = await read('3.1');
		const whole = orders.find(({ copy, order }) => !before.has(copy.id) && order.lines.length > 1 && order.shipments.some(({ canceled, items }) => !canceled && items.length > 1));
		const [item] = whole?.order.shipments.find(({ canceled, items }) => !canceled && items.length > 1)?.items ?? [];
		const line = basket.where('orderId', Number(whole?.copy.id)).find(({ id }) => String(id) === item?.lineId);
		for (const { id } of shipmentItems.where('basketId', line?.id ?? 0)) shipmentItems.remove(id);
		expect([...(await outside())].filter((id) => !before.has(id))).toEqual([whole?.copy.id]);
	});
});

const shown = (key: string): string | null => {
	const [one, other, ...more] = key.split('#');
	return (one !== undefined && one === other && more.length === 0 ? one : key) || null;
};
