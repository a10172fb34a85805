import type { INodeParameters } from 'n8n-workflow';
import type { DraftOrder } from '../../simulators/bitrix/orders/randomOrder.cts';
import { chosen } from '../orders/shop.cts';
import { Updating, type StoreResult } from '../orders/updating.cts';

/** Bitrix Order Update over REST: payments of MoySklad in the store. */
describe('Bitrix Order Update over REST: payments', () => {
	let bench: Updating;

	beforeAll(async () => (bench = await Updating.open()), 60_000);
	afterAll(async () => await bench.close());
	beforeEach(() => {
		bench.links.clear();
		bench.shop.store.bitrix.portal.receipts.splice(0);
		bench.shop.store.bitrix.portal.switches.statusOnPaid = null;
	});

	/** Costs 399.99, with a payment by the courier that is open. */
	const placed = async (payments: DraftOrder['payments'] = [{ paySystem: 'pay-cash', sum: 39_999, paid: false }]): Promise<string> => {
		const id = String(bench.shop.store.place({ payments }));
		await bench.bring([id]);
		return id;
	};
	const system = (xmlId: string): string => String(bench.shop.store.bitrix.portal.store.paySystems.all().find(({ XML_ID }) => XML_ID === xmlId)?.id);
	const full = (more: INodeParameters = {}): INodeParameters => ({ payments: 'full', paySystemMap: { row: [{ kind: 'cashin', target: system('pay-cash') }, { kind: 'paymentin', target: system('pay-bill') }] }, ...more });
	const shown = (id: string): unknown[] => bench.payments(id).map(({ sum, paid, paySystemId, xmlId }) => [sum, paid, String(paySystemId), xmlId.startsWith('moysklad:payment:')]);
	const codes = ({ warnings }: StoreResult): string[] => warnings.map(({ code }) => code);
	const unchanged = async (id: string, parameters: INodeParameters): Promise<void> => {
		bench.shop.reset();
		expect(await bench.update([id], parameters)).toMatchObject([{ status: 'unchanged' }]);
		expect(bench.writes()).toEqual([]);
	};

	it('off by default: nothing is paid', async () => {
		const id = await placed();
		await bench.pay(id, 39_999);
		expect(await bench.update([id])).toMatchObject([{ status: 'unchanged' }]);
		expect(bench.storeOrder(id).payed).toBe('N');
	});

	it('R134: bank and cash, several and in parts; the store knows each by its document', async () => {
		const id = await placed();
		const first = await bench.pay(id, 10_000, { incomingNumber: '77', moment: '2026-11-20 12:30:00' });
		await bench.update([id], full());
		expect(shown(id)).toEqual([[29_999, 'N', system('pay-cash'), false], [10_000, 'Y', system('pay-bill'), true]]);
		expect(bench.payments(id)[1]).toMatchObject({ xmlId: `moysklad:payment:${first}`, payVoucherNum: '77', datePaid: Date.parse('2026-11-20T12:30:00+03:00') });
		expect(bench.storeOrder(id).payed).toBe('N');
		await bench.pay(id, 29_999, {}, 'cashin');
		await bench.update([id], full());
		expect(shown(id)).toEqual([[29_999, 'Y', system('pay-cash'), true], [10_000, 'Y', system('pay-bill'), true]]);
		expect(bench.storeOrder(id).payed).toBe('Y');
		await unchanged(id, full());
	});

	it('a sum that was changed follows, and the rest stays to be paid', async () => {
		const id = await placed();
		const document = await bench.pay(id, 10_000);
		await bench.update([id], full());
		const order = await bench.customerOrder(id);
		await bench.shop.edit('PUT', `entity/paymentin/${document}`, { sum: 15_000, operations: [{ meta: order.meta, linkedSum: 15_000 }] });
		expect(await bench.update([id], full())).toMatchObject([{ status: 'updated' }]);
		expect(shown(id)).toEqual([[24_999, 'N', system('pay-cash'), false], [15_000, 'Y', system('pay-bill'), true]]);
		await unchanged(id, full());
	});

	describe('R135: a document that was deleted', () => {
		it.each([
			['unpaid', [[29_999, 'N', 'pay-cash'], [10_000, 'N', 'pay-bill']]],
			['void', [[29_999, 'N', 'pay-cash']]],
			['ignore', [[29_999, 'N', 'pay-cash'], [10_000, 'Y', 'pay-bill']]],
		] as const)('%s', async (removedPayments, left) => {
			const id = await placed();
			const document = await bench.pay(id, 10_000);
			await bench.update([id], full());
			await bench.remove('paymentin', document);
			await bench.update([id], full({ options: { removedPayments } }));
			expect(bench.payments(id).map(({ sum, paid, paySystemId }) => [sum, paid, String(paySystemId)])).toEqual(left.map(([sum, paid, name]) => [sum, paid, system(name)]));
			await unchanged(id, full({ options: { removedPayments } }));
		});

		it('one that was only unposted counts as deleted', async () => {
			const id = await placed();
			const document = await bench.pay(id, 39_999);
			await bench.update([id], full());
			await bench.shop.edit('PUT', `entity/paymentin/${document}`, { applicable: false });
			await bench.update([id], full());
			expect(bench.storeOrder(id).payed).toBe('N');
		});
	});

	it('a payment that the customer made stays, and all together never exceed the order', async () => {
		const id = await placed([{ paySystem: 'pay-card', sum: 30_000, paid: true }]);
		await bench.pay(id, 20_000);
		const before = { ...bench.payments(id)[0] };
		const [result] = await bench.update([id], full());
		expect(result).toMatchObject({ status: 'updated', warnings: [{ code: 'ORDER_PAYMENT_EXCEEDS', message: expect.stringContaining('99.99') as unknown }] });
		expect(shown(id)).toEqual([[30_000, 'Y', system('pay-card'), false], [9999, 'Y', system('pay-bill'), true]]);
		expect(bench.payments(id)[0]).toEqual(before);
	});

	it('O6: an online pay system is never marked, and no receipt goes out', async () => {
		const id = await placed([{ paySystem: 'pay-card', sum: 39_999, paid: false }]);
		await bench.pay(id, 39_999);
		const parameters = full({ protectedSystems: [system('pay-card')] });
		expect((await bench.update([id], parameters)).map(codes)).toEqual([['ORDER_PAYMENT_EXCEEDS']]);
		expect(shown(id)).toEqual([[39_999, 'N', system('pay-card'), false]]);
		expect((await bench.update([id], { payments: 'simple', protectedSystems: [system('pay-card')] })).map(codes)).toEqual([['ORDER_PAYMENT_PROTECTED']]);
		expect(bench.shop.store.bitrix.portal.receipts).toEqual([]);
		await bench.update([id], full());
		expect(bench.shop.store.bitrix.portal.receipts).toMatchObject([{ sum: 39_999 }]);
	});

	it('no pay system for a document: left out with a warning', async () => {
		const id = await placed([]);
		await bench.pay(id, 10_000);
		expect((await bench.update([id], { payments: 'full' })).map(codes)).toEqual([['ORDER_PAYMENT_UNMAPPED']]);
		expect(bench.payments(id)).toEqual([]);
		await bench.update([id], { payments: 'full', paySystem: system('pay-bill') });
		expect(shown(id)).toEqual([[10_000, 'Y', system('pay-bill'), true]]);
	});

	it('by an additional field of the document', async () => {
		const id = await placed([]);
		const attribute = await bench.shop.edit('POST', 'entity/paymentin/metadata/attributes', { name: 'Банк', type: 'string', required: false });
		await bench.pay(id, 10_000, { attributes: [{ meta: attribute.meta, value: 'Т-Банк' }] });
		const row = (value: string, target: string): INodeParameters => ({ kind: 'any', attribute: chosen(String(attribute.id)), value, target: system(target) });
		await bench.update([id], { payments: 'full', paySystemMap: { row: [row('Сбер', 'pay-cash'), row('т-банк', 'pay-bill')] } });
		expect(shown(id)).toEqual([[10_000, 'Y', system('pay-bill'), true]]);
	});

	describe('simple', () => {
		it('marks an order as paid when it is paid in full, and takes back what it marked', async () => {
			const id = await placed();
			await bench.pay(id, 39_998);
			await bench.update([id], { payments: 'simple' });
			expect(bench.storeOrder(id).payed).toBe('N');
			const rest = await bench.pay(id, 1);
			expect(await bench.update([id], { payments: 'simple' })).toMatchObject([{ status: 'updated' }]);
			expect(bench.storeOrder(id).payed).toBe('Y');
			await unchanged(id, { payments: 'simple' });
			await bench.remove('paymentin', rest);
			await bench.update([id], { payments: 'simple' });
			expect(bench.storeOrder(id).payed).toBe('N');
		});

		it('what the customer paid in the store is not taken back', async () => {
			const id = await placed([{ paySystem: 'pay-card', sum: 39_999, paid: true }]);
			await bench.update([id], { payments: 'simple' });
			bench.links.clear();
			await bench.update([id], { payments: 'simple' });
			expect(bench.storeOrder(id).payed).toBe('Y');
		});
	});

	it('T6 of statuses: what the shop does to the status by itself when it is paid does not stay', async () => {
		const id = await placed();
		bench.shop.store.bitrix.portal.switches.statusOnPaid = 'P';
		await bench.setState(id, 'Собран');
		const parameters = full({ statusMap: { row: [{ when: 'state', state: chosen(bench.stateId('Собран')), status: 'A' }] } });
		await bench.update([id], parameters);
		await bench.pay(id, 39_999, {}, 'cashin');
		await bench.update([id], parameters);
		expect(bench.storeOrder(id)).toMatchObject({ payed: 'Y', statusId: 'A' });
		await unchanged(id, parameters);
	});

	it('a document that was made from a payment of the store leaves it alone', async () => {
		const id = await placed([{ paySystem: 'pay-card', sum: 39_999, paid: true }]);
		await bench.pay(id, 39_999, { externalCode: `bitrix:shop:payment:${bench.payments(id)[0]?.id}` });
		await unchanged(id, full());
	});

	it('without the MoySklad credential the item has to hold the payments', async () => {
		const id = await placed();
		await bench.pay(id, 39_999);
		const items = await bench.customerOrders([id]);
		const results = bench.keep(await bench.run(items, full(), undefined, false));
		expect(results).toMatchObject([{ status: 'failed', error: { code: 'ORDER_DOCUMENTS_UNREAD' } }]);
		const opened = await bench.shop.edit('GET', `entity/customerorder/${bench.customerOrderId(id)}?expand=payments`);
		expect(bench.keep(await bench.run([opened as never], full(), undefined, false))).toMatchObject([{ status: 'updated' }]);
		expect(bench.storeOrder(id).payed).toBe('Y');
	});
});
