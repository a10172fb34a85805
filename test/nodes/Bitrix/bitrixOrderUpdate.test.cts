import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { lineOf } from '../../simulators/bitrix/exchangeShop.cts';
import type { OrderRow } from '../../simulators/bitrix/sale/rows.cts';
import { asItem, ExchangeStore, stored, type ExportedOrder } from '../orders/exchangeStore.cts';

describe('Bitrix Order Update over the 1C exchange', () => {
	let store: ExchangeStore;
	beforeAll(async () => await (await ExchangeStore.open()).close(), 60_000);
	afterEach(async () => await store.close());

	/** Orders that were exported, stored and confirmed. */
	const exported = async (count = 1, exchange = {}, more = {}): Promise<ExportedOrder[]> => {
		store = await ExchangeStore.open({ changeStatus: true, ...exchange });
		return await store.exported(count, more);
	};
	const uploads = (): number => store.bitrix.exchange.site.uploads.calls;

	it.each([false, true])('pays, allows the delivery, sets the status and the number, and leaves everything else alone (zip: %s)', async (zip) => {
		const [order] = await exported(1, { zip, finalStatusOnDelivery: '' }, { payments: [{ paySystem: 'pay-cash', sum: 55_100, paid: false }] });
		if (!order) throw new Error('nothing was exported');
		const before = { basket: store.basket(order.id), row: store.row(order.id), delivery: store.shipments(order.id)[0]?.priceDelivery };
		const changes = { paid: true, paymentDate: '2026-11-21T12:30:00+03:00', paymentNumber: '45', shipped: 'all', shipmentNumber: '7', status: 'P', number1c: '00012' };
		const { done, failed } = await store.update([order], changes);
		expect(failed).toEqual([]);
		expect(done).toMatchObject([{
			status: 'unverified', key: order.id, bitrixId: order.id, warnings: [],
			changes: [{ field: 'paid', from: false, to: true }, { field: 'allowed', from: false, to: true }, { field: 'status', from: 'N', to: 'P' }, { field: 'number1c', from: null, to: '00012' }],
			link: { type: 'exchangeorder', key: order.id, snapshot: { paid: true, allowed: true, status: 'P', number1c: '00012' } },
		}]);
		expect(store.row(order.id)).toMatchObject({ payed: 'Y', statusId: 'P', id1c: '00012', canceled: 'N', price: before.row.price, comments: before.row.comments });
		expect(store.bitrix.portal.store.payments.where('orderId', Number(order.id))).toMatchObject([{ paid: 'Y', payVoucherNum: '45', datePaid: Date.parse('2026-11-21T12:30:00+03:00') }]);
		expect(store.shipments(order.id)).toMatchObject([{ allowDelivery: 'Y', deliveryDocNum: '7', priceDelivery: before.delivery }]);
		expect(store.basket(order.id)).toEqual(before.basket);
	});

	it('3.4 lines, 3.4 price, rule 8: lines, discounts, VAT and delivery are the same after any number of updates', async () => {
		store = await ExchangeStore.open({ changeStatus: true });
		const [shirt, cap, mug] = store.goods;
		const { id } = store.place({
			lines: [
				lineOf(shirt, 9999, 2.5, { basePrice: 12_345, vatRate: 0.2, vatIncluded: 'Y' }),
				lineOf(cap, 3333, 3, { vatRate: 0.1, vatIncluded: 'Y' }),
				lineOf(mug, 1, 7),
			],
		});
		const before = { basket: store.basket(String(id)), price: store.row(id).price, delivery: store.shipments(String(id))[0]?.priceDelivery };
		let [order] = await store.taken();
		for (const status of ['P', 'N', 'P']) {
			const { done } = await store.update([order as ExportedOrder], { status });
			order = { ...(order as ExportedOrder), snapshot: done[0]?.link as never };
			expect(store.row(id)).toMatchObject({ statusId: status, price: before.price });
			expect(store.basket(String(id))).toEqual(before.basket);
			expect(store.shipments(String(id))[0]?.priceDelivery).toBe(before.delivery);
		}
	});

	it('3.4 cancel, rule 8: a cancelled order stays cancelled whatever else is told', async () => {
		const [order] = await exported(1, {}, { canceled: true });
		if (!order) throw new Error('nothing was exported');
		const { done } = await store.update([order], { status: 'P', paid: true });
		expect(store.row(order.id)).toMatchObject({ canceled: 'Y', statusId: 'P', payed: 'N' });
		expect(done).toMatchObject([{ status: 'unverified', warnings: [{ code: 'ORDER_UPDATE_WITH_CANCEL' }], link: { snapshot: { canceled: true } } }]);
	});

	it('cancels with a reason, and reopens only when that is said', async () => {
		const [order] = await exported();
		if (!order) throw new Error('nothing was exported');
		const { done } = await store.update([order], { canceled: true, cancelReason: 'нет товара' });
		expect(store.row(order.id)).toMatchObject({ canceled: 'Y', reasonCanceled: 'нет товара' });
		const snapshot = done[0]?.link as never;
		await store.update([{ ...order, snapshot }], { status: 'P' });
		expect(store.row(order.id).canceled).toBe('Y');
		await store.update([{ ...order, snapshot }], { canceled: false });
		expect(store.row(order.id).canceled).toBe('N');
	});

	it.each([55_100, 100])('3.4 cancel: an order of which %i kopecks are paid is not cancelled, which the site would refuse, and says so', async (sum) => {
		const [order] = await exported(1, {}, { payments: [{ paySystem: 'pay-cash', sum, paid: true }, ...(sum < 55_100 ? [{ paySystem: 'pay-cash', sum: 55_100 - sum, paid: false }] : [])] });
		if (!order) throw new Error('nothing was exported');
		const { done } = await store.update([order], { canceled: true, cancelReason: 'нет товара' });
		expect(done).toMatchObject([{ status: 'unchanged', changes: [], warnings: [{ code: 'ORDER_CANCEL_PAID' }] }]);
		expect([uploads(), store.row(order.id).canceled]).toEqual([0, 'N']);
	});

	it.each([
		['less than it costs', { sum: 55_000 }, ['ORDER_UPDATE_PAYMENTS_SHORT']],
		['more than it costs', { sum: 55_200 }, ['ORDER_UPDATE_PAYMENTS_LONG']],
		['nothing but a refund', { isReturn: 'Y' as const }, ['ORDER_UPDATE_PAYMENTS_SHORT']],
		['what it costs', {}, []],
	])('3.4 paid: payments of the site that come to %s are told when all is paid', async (_, values, codes) => {
		store = await ExchangeStore.open({ changeStatus: true });
		const { id } = store.place({ payments: [{ paySystem: 'pay-cash', sum: 55_100, paid: false }] });
		const { payments } = store.bitrix.portal.store;
		payments.update(payments.where('orderId', id)[0]?.id ?? 0, values);
		const { done } = await store.update(await store.taken(), { paid: true });
		expect((done[0]?.warnings as Array<{ code: string }>).map(({ code }) => code)).toEqual(codes);
	});

	it('3.4 known, O7: an order that the customer just changed is left alone, and exported the next time', async () => {
		const [changed, other] = await exported(2);
		if (!changed || !other) throw new Error('too few were exported');
		store.touch(Number(changed.id), { comments: 'позвоните' });
		const { done, failed } = await store.update([changed, other], { status: 'P' });
		expect(failed).toMatchObject([{ status: 'conflict', key: changed.id, error: { code: 'ORDER_UPDATE_CHANGED', retryable: true } }]);
		expect(done).toMatchObject([{ status: 'unverified', key: other.id }]);
		expect([store.row(changed.id).statusId, store.row(other.id).statusId]).toEqual(['N', 'P']);
		expect((await store.export()).orders.map(({ id }) => id)).toEqual([changed.id]);
	});

	it('what only the site has changed since it was told stays; what both changed goes to a person with both values', async () => {
		const [first] = await exported();
		if (!first) throw new Error('nothing was exported');
		const told = await store.update([first], { status: 'P' });
		const link = told.done[0]?.link as IDataObject;
		store.touch(Number(first.id), { statusId: 'S' });
		const { orders, page } = await store.export();
		await store.confirm(page, stored(orders));
		const order = { ...(orders[0] as ExportedOrder), link };
		const sent = uploads();
		expect((await store.update([order], { status: 'P' })).done).toMatchObject([{ status: 'unchanged', changes: [], warnings: [] }]);
		const { failed } = await store.update([order], { status: 'F' }, { options: { conflicts: 'review' } });
		expect(failed).toMatchObject([{ status: 'conflict', changes: [{ field: 'status', from: 'S', to: 'F' }], error: { code: 'ORDER_REVIEW' }, warnings: [{ code: 'FIELDS_FOR_REVIEW' }] }]);
		expect(uploads()).toBe(sent);
		expect(store.row(first.id).statusId).toBe('S');
		await store.update([order], { status: 'F' });
		expect(store.row(first.id).statusId).toBe('F');
	});

	it('3.4 unpay, 3.4 shipment: what the exchange cannot do is a warning, and nothing is sent for it', async () => {
		const [order] = await exported();
		if (!order) throw new Error('nothing was exported');
		const paid = { ...order, snapshot: { ...order.snapshot, snapshot: { ...order.snapshot.snapshot, paid: true, allowed: true } } };
		const { done } = await store.update([paid], { paid: false, shipped: 'no' });
		expect(done).toMatchObject([{ status: 'unchanged', warnings: [{ code: 'ORDER_UPDATE_UNPAY' }, { code: 'ORDER_UPDATE_UNSHIP' }] }]);
		expect((await store.update([order], { shipped: 'part' })).done).toMatchObject([{ status: 'unchanged', warnings: [{ code: 'ORDER_UPDATE_PARTIAL_SHIPMENT' }] }]);
		expect((await store.update([order], { paid: '={{ "part" }}' })).done).toMatchObject([{ status: 'unchanged', warnings: [{ code: 'ORDER_UPDATE_PARTIAL_PAYMENT' }] }]);
		const system = order.snapshot.snapshot.paySystems;
		expect(system).not.toEqual([]);
		expect((await store.update([order], { paid: true }, { options: { untouchable: system } })).done).toMatchObject([{ status: 'unchanged', warnings: [{ code: 'ORDER_UPDATE_PAY_SYSTEM' }] }]);
		expect(uploads()).toBe(0);
	});

	it('I2: without a snapshot, or with one of another order or flow, nothing is sent', async () => {
		const [order, other] = await exported(2);
		if (!order || !other) throw new Error('too few were exported');
		const codes = async (item: IDataObject, parameters: INodeParameters = {}): Promise<unknown> => {
			const run = await store.run('bitrixOrderUpdate', { operation: 'update', changes: { status: 'P' }, ...parameters }, [item]);
			return run.json(1).map(({ error }) => (error as { code: string }).code);
		};
		expect(await codes({ bitrixId: order.id })).toEqual(['ORDER_UPDATE_NO_SNAPSHOT']);
		expect(await codes({ ...asItem(order), snapshot: other.snapshot as never })).toEqual(['ORDER_UPDATE_SNAPSHOT_INVALID']);
		expect(await codes({ ...asItem(order), snapshot: { lines: [] } })).toEqual(['ORDER_UPDATE_SNAPSHOT_INVALID']);
		expect(await codes(asItem(order), { flow: 'others' })).toEqual(['ORDER_UPDATE_SNAPSHOT_INVALID']);
		expect(await codes({ ...asItem(order), bitrixId: 'A-1' })).toEqual(['ORDER_UPDATE_INVALID']);
		expect(uploads()).toBe(0);
	});

	it('a number that the site has is not sent again, also when the order was exported anew', async () => {
		const [order] = await exported();
		if (!order) throw new Error('nothing was exported');
		await store.update([order], { number1c: '00012' });
		store.touch(Number(order.id), { comments: 'позвоните' });
		const { orders, page } = await store.export();
		await store.confirm(page, stored(orders));
		const sent = uploads();
		expect((await store.update(orders, { number1c: '00012' })).done).toMatchObject([{ status: 'unchanged', changes: [] }]);
		expect(uploads()).toBe(sent);
		expect((await store.update(orders, { number1c: '00013' })).done).toMatchObject([{ changes: [{ field: 'number1c', from: '00012', to: '00013' }] }]);
	});

	it('an order that comes twice is sent once', async () => {
		const [order] = await exported();
		if (!order) throw new Error('nothing was exported');
		const { done, failed } = await store.update([order, order], { status: 'P' });
		expect([done.length, failed.map(({ error }) => (error as { code: string }).code)]).toEqual([1, ['ORDER_UPDATE_TWICE']]);
	});

	it('3.4 remarks: what the site says behind its success are warnings of the order', async () => {
		const [order] = await exported(1, { finalStatusOnDelivery: '' });
		if (!order) throw new Error('nothing was exported');
		store.bitrix.portal.store.payments.update(store.bitrix.portal.store.payments.where('orderId', Number(order.id))[0]?.id ?? 0, { paid: 'Y' });
		store.bitrix.portal.store.orders.update(Number(order.id), { payed: 'Y' });
		const { done } = await store.update([order], { status: 'P' });
		expect(done).toMatchObject([{ status: 'unverified', warnings: [{ code: 'EXCHANGE_ORDER_LOCKED' }] }]);
		expect(store.row(order.id).statusId).toBe('P');
	});

	it('a preview gives the XML and calls nothing', async () => {
		const [order] = await exported();
		if (!order) throw new Error('nothing was exported');
		const requests = store.bitrix.counters.snapshot().calls;
		const { done } = await store.update([order], { status: 'P' }, { preview: true });
		expect(done).toMatchObject([{ status: 'planned', changes: [{ field: 'status', to: 'P' }] }]);
		expect(done[0]?.xml).toContain('<Наименование>Статуса заказа ИД</Наименование>\n<Значение>P</Значение>');
		expect(String(done[0]?.xml).indexOf('ORDER_DELIVERY')).toBeLessThan(String(done[0]?.xml).indexOf('<Ид>shirt</Ид>'));
		expect(store.bitrix.counters.snapshot().calls).toBe(requests);
		expect(store.row(order.id).statusId).toBe('N');
	});

	it('live lists come from the site', async () => {
		store = await ExchangeStore.open();
		const list = async (method: string): Promise<unknown[]> =>
			await store.engine.loadList('loadOptions', { type: 'bitrixOrderUpdate', method, parameters: { connection: 'exchange', operation: 'update' }, credentials: store.credentials });
		expect(await list('getExchangeStatuses')).toContainEqual({ value: 'N', name: expect.stringMatching(/ \(N\)$/) });
		const systems = store.bitrix.portal.store.paySystems.all().filter(({ ACTIVE }) => ACTIVE === 'Y').map(({ id }) => String(id));
		expect((await list('getExchangePaySystems')).map((one) => (one as { value: string }).value).sort()).toEqual(systems.sort());
	});

	describe('new orders', () => {
		const NEW = {
			number: 'MS-00012', currency: 'RUB', delivery: 300, comment: 'по телефону', customer: { id: 'c-1', name: 'Петров Пётр', phone: '+79160000000', email: 'petr@example.com' },
			lines: [{ key: 'shirt', name: 'Футболка', quantity: 2, price: '100.50' }, { key: 'cap', name: 'Кепка', quantity: 1, price: 50, vat: 20 }],
		};
		const create = async (order: unknown, parameters: INodeParameters = {}): Promise<{ done: IDataObject[]; failed: IDataObject[] }> => {
			const run = await store.run('bitrixOrderUpdate', { operation: 'create', ...parameters }, [order as IDataObject]);
			if (run.error) throw run.error;
			return { done: run.json(0), failed: run.json(1) };
		};
		const made = (): OrderRow[] => store.bitrix.portal.store.orders.all().filter(({ externalOrder }) => externalOrder === 'Y');

		it('are made where the site allows it, and only once', async () => {
			store = await ExchangeStore.open({ importNewOrders: true });
			const { done } = await create(NEW);
			expect(done).toMatchObject([{ status: 'unverified', key: 'MS-00012' }]);
			await create(NEW);
			expect(made()).toMatchObject([{ id1c: 'MS-00012', price: 55_100, comments: 'по телефону' }]);
		});

		it('are ignored by a site that does not take them', async () => {
			store = await ExchangeStore.open();
			expect((await create(NEW)).done).toMatchObject([{ status: 'unverified' }]);
			expect(made()).toEqual([]);
		});

		it.each([
			['a number that could be an ID', { ...NEW, number: '12' }],
			['no lines', { ...NEW, lines: [] }],
			['a price that is none', { ...NEW, lines: [{ key: 'a', name: 'A', quantity: 1, price: 'x' }] }],
			['no customer', { ...NEW, customer: {} }],
		])('with %s are refused', async (_, order) => {
			store = await ExchangeStore.open({ importNewOrders: true });
			expect((await create(order)).failed).toMatchObject([{ status: 'failed', error: { code: 'ORDER_UPDATE_INVALID' } }]);
			expect(made()).toEqual([]);
		});
	});
});
