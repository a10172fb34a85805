import type { ExportPage, Order, OrderCursor } from '../../core';
import { Shop } from '../nodes/orders/shop.cts';

/**
 * 10,000 random orders (coupons, fractional quantities, three for two, kinds of VAT, delivery) go from the simulated store through
 * Bitrix Order Export and MoySklad Entity in n8n's engine, and the sums that both simulators reckon are compared.
 */
const ORDERS = 10_000;
const PAGE = 500;

async function main(): Promise<void> {
	// The sums are measured, not the time: no waiting for the operating time of methods.
	const shop = await Shop.open({ bitrix: { operating: { defaultCost: 0 } } });
	try {
		console.log(`Placing ${ORDERS} orders …`);
		shop.placeOrders(ORDERS);
		shop.store.later(2000);
		const { calls, seconds } = await bring(shop);
		console.log(JSON.stringify({ ...compare(shop), bitrixCalls: shop.store.calls(), moySkladCalls: calls, seconds }));
	} finally {
		await shop.close();
	}
}

async function bring(shop: Shop): Promise<{ calls: number; seconds: number }> {
	const started = Date.now();
	shop.reset();
	let cursor: OrderCursor | undefined;
	for (let done = 0, more = true; more; ) {
		const { orders, page, failed }: { orders: Order[]; page: ExportPage; failed: unknown[] } = await shop.store.page({ startDate: '2020-01-01', pageSize: PAGE }, cursor);
		const results = await shop.write(orders);
		const wrong = results.find(({ status }) => status !== 'created');
		if (failed.length > 0 || wrong) throw new Error(`An order was not written: ${JSON.stringify(failed[0] ?? wrong)}`);
		({ cursor, more } = page);
		done += orders.length;
		console.log(`${done} of ${ORDERS} orders`);
	}
	return { calls: shop.calls(), seconds: Math.round((Date.now() - started) / 1000) };
}

/** Kopecks in all by which the sums of both sides differ, order by order. */
function compare(shop: Shop): { orders: number; mismatches: number; kopecksOff: number } {
	const sums = new Map(shop.rows('customerorder').map(({ externalCode, sum }) => [String(externalCode), Number(sum)]));
	const orders = shop.store.bitrix.portal.store.orders.all();
	const off = orders.map(({ id, price }) => Math.abs(price - (sums.get(`bitrix:shop:${id}`) ?? NaN)));
	return { orders: sums.size, mismatches: off.filter((kopecks) => kopecks !== 0).length, kopecksOff: off.reduce((sum, kopecks) => sum + kopecks, 0) };
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
