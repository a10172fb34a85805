import type { Order } from '../../../core';
import { aPayment, chosen, later, useMoney, type Money } from '../orders/money.cts';
import type { Shop } from '../orders/shop.cts';

type Row = Record<string, unknown>;

describe('Create or Update Documents From Bitrix Order: payments', () => {
	let shop: Shop;
	let money: Money;
	let order: Order;

	/** 100 roubles of goods and 300 of delivery, in MoySklad. */
	useMoney(async (opened, its) => {
		money = opened;
		shop = its;
		order = ((await shop.orders([shop.store.place()]))[0] as Order);
		expect(order).toMatchObject({ total: '399.99', payments: [], shipments: [{ shipped: false }] });
		await shop.write([order]);
	});

	const shownOf = (type: string): unknown[] =>
		money.documents(type, order.id).map(({ sum, applicable, deleted, operations }) => [
			sum,
			applicable,
			deleted !== undefined,
			((operations as Row[] | undefined) ?? []).map(({ linkedSum }) => linkedSum),
		]);

	it('R136: each becomes a document, linked to the order, once; cash is a cash-in', async () => {
		const paid = later(order, {
			paid: true,
			payments: [
				aPayment('71', '150.5', { documentNumber: 'П-7', documentDate: '2026-11-19T21:00:00.000Z' }),
				aPayment('72', '249.49', { cash: true, name: 'Наличными' }),
				aPayment('73', '10', { paid: false }),
			],
		});
		expect(await money.book(paid)).toMatchObject({
			status: 'created',
			bitrixId: order.id,
			moySkladId: shop.customerOrder(order.id).id,
			changes: [
				{ field: 'paymentin of payment 71', from: null, to: '150.5' },
				{ field: 'cashin of payment 72', from: null, to: '249.49' },
			],
			warnings: [],
		});
		expect(shownOf('paymentin')).toEqual([[15_050, true, false, [15_050]]]);
		expect(shownOf('cashin')).toEqual([[24_949, true, false, [24_949]]]);
		const [bank] = money.documents('paymentin', order.id);
		expect(await shop.edit('GET', `entity/paymentin/${String(bank?.id)}`)).toMatchObject({
			moment: '2026-11-20 12:10:00.000',
			incomingNumber: 'П-7',
			incomingDate: '2026-11-20 00:00:00.000',
			paymentPurpose: `shop ${order.number}`,
			externalCode: 'bitrix:shop:payment:71',
			agent: { meta: { href: expect.stringContaining(String((shop.customerOrder(order.id).agent as Row).id)) as string } },
		});
		expect(await money.shown(order.id)).toMatchObject({ payedSum: 39_999 });
		shop.reset();
		expect(await money.book(paid)).toMatchObject({ status: 'unchanged', changes: [] });
		expect(Object.keys(shop.moySklad.counters.snapshot().routes).filter((route) => !route.startsWith('GET'))).toEqual([]);
	});

	it('R133: off by default, or one document for the order when it is paid', async () => {
		const half = later(order, { payments: [aPayment('71', '200')] });
		expect(await money.book(half, { payments: 'off', shipments: 'off' })).toMatchObject({ status: 'unchanged' });
		expect(await money.book(half, { payments: 'simple' })).toMatchObject({ status: 'unchanged' });
		const whole = later(half, { paid: true, payments: [...half.payments, aPayment('72', '199.99')] });
		expect(await money.book(whole, { payments: 'simple' })).toMatchObject({ changes: [{ field: `paymentin of order ${order.id}`, to: '399.99' }] });
		expect(shownOf('paymentin')).toEqual([[39_999, true, false, [39_999]]]);
		expect(await money.book(later(whole, { paid: false, payments: [] }), { payments: 'simple' })).toMatchObject({ status: 'updated' });
		expect(shownOf('paymentin')).toEqual([[39_999, false, false, [39_999]]]);
		expect(await money.shown(order.id)).toMatchObject({ payedSum: 0 });
	});

	it('R134: the map of pay systems decides which document it is, by id or name', async () => {
		const parameters = {
			paySystems: { row: [{ paySystem: '8', document: 'cashin' }, { paySystem: 'бонусы', document: 'none' }] },
			otherPaySystems: 'paymentin',
		};
		const payments = [
			aPayment('71', '100', { paySystemId: '8' }),
			aPayment('72', '100', { paySystemId: '9', name: 'Бонусы' }),
			aPayment('73', '100', { cash: true }),
		];
		await money.book(later(order, { payments }), parameters);
		expect([shownOf('cashin').length, shownOf('paymentin').length]).toEqual([1, 1]);
		await money.book(later(order, { payments }), { otherPaySystems: 'cashin' });
		expect([shownOf('cashin').length, shownOf('paymentin').length]).toEqual([2, 1]);
	});

	it('R134: pairs of an expression decide it where nobody added a pay system; what they do not name is as the store says', async () => {
		const payments = [aPayment('71', '100', { paySystemId: '8' }), aPayment('72', '100', { paySystemId: '9', name: 'Бонусы' }), aPayment('73', '100', { cash: true })];
		const paySystemPairs = [{ from: '8', fromName: 'По счёту', to: 'cashin', toName: 'Cash In' }, { from: 'бонусы', to: 'none' }];
		await money.book(later(order, { payments }), { paySystemPairs });
		expect([shownOf('cashin').length, shownOf('paymentin').length]).toEqual([2, 0]);
		await money.book(later(order, { payments }), { paySystemPairs, paySystems: { row: [{ paySystem: '9', document: 'paymentin' }] } });
		expect([shownOf('cashin').length, shownOf('paymentin').length]).toEqual([2, 1]);
		for (const wrong of ['{ "from": "8" }', [{ from: '8', to: 'gift' }]]) await expect(money.book(order, { paySystemPairs: wrong })).rejects.toMatchObject({ message: expect.stringContaining('Pay System Pairs') as string });
	});

	it('R135: one that is deleted or taken back in the store leaves the books by the policy', async () => {
		const paid = later(order, { payments: [aPayment('71', '100'), aPayment('72', '50'), aPayment('73', '25')] });
		await money.book(paid);
		const taken = later(paid, { payments: [aPayment('71', '100'), aPayment('72', '50', { paid: false })] });
		const left = await money.book(taken, { withdrawal: 'leave' });
		expect(left).toMatchObject({ status: 'unchanged', warnings: [{ code: 'DOCUMENT_SOURCE_GONE' }, { code: 'DOCUMENT_SOURCE_GONE' }] });
		expect(await money.book(taken, { withdrawal: 'bin' })).toMatchObject({
			status: 'updated',
			changes: expect.arrayContaining([
				{ field: 'paymentin of payment 72: applicable', from: true, to: false },
				{ field: 'paymentin of payment 73: deleted', from: false, to: true },
			]) as unknown,
		});
		expect(shownOf('paymentin').sort()).toEqual([
			[10_000, true, false, [10_000]],
			[2500, false, true, [2500]],
			[5000, false, true, [5000]],
		]);
		expect(await money.shown(order.id)).toMatchObject({ payedSum: 10_000 });
		expect(await money.book(taken, { withdrawal: 'bin' })).toMatchObject({ status: 'unchanged' });
		const again = later(taken, { payments: [aPayment('71', '100'), aPayment('72', '50')] });
		expect(await money.book(again, { withdrawal: 'bin' })).toMatchObject({ changes: [{ field: 'paymentin of payment 72', from: null, to: '50' }] });
		expect(await money.book(again, { withdrawal: 'bin' })).toMatchObject({ status: 'unchanged' });
		expect(await money.shown(order.id)).toMatchObject({ payedSum: 15_000 });
	});

	it('one that is unposted comes back when the store marks it as paid again, even if nobody remembers', async () => {
		const paid = later(order, { payments: [aPayment('71', '100')] });
		await money.book(paid);
		await money.book(later(paid, { payments: [aPayment('71', '100', { paid: false })] }));
		expect(shownOf('paymentin')).toEqual([[10_000, false, false, [10_000]]]);
		money.links.clear();
		expect(await money.book(later(paid, {}))).toMatchObject({ status: 'updated', changes: [{ field: 'paymentin of payment 71: applicable', to: true }] });
		expect(shownOf('paymentin')).toEqual([[10_000, true, false, [10_000]]]);
		expect(money.documents('paymentin', order.id)[0]).toMatchObject({ externalCode: 'bitrix:shop:payment:71' });
	});

	it('another sum in the store changes the document; what a person changed is a conflict by the policy', async () => {
		const paid = later(order, { payments: [aPayment('71', '100')] });
		await money.book(paid);
		const dearer = later(paid, { payments: [aPayment('71', '120')] });
		expect(await money.book(dearer)).toMatchObject({
			status: 'updated',
			changes: [
				{ field: 'paymentin of payment 71: sum', from: '100', to: '120' },
				{ field: 'paymentin of payment 71: linkedSum', from: '100', to: '120' },
			],
		});
		const [{ id } = {}] = money.documents('paymentin', order.id);
		await shop.edit('PUT', `entity/paymentin/${String(id)}`, { sum: 13_000 });
		expect(await money.book(dearer)).toMatchObject({ status: 'unchanged', warnings: [{ code: 'DOCUMENT_LEFT' }] });
		const cheaper = later(dearer, { payments: [aPayment('71', '90')] });
		const review = await money.book(cheaper);
		expect(review).toMatchObject({ status: 'conflict', error: { code: 'DOCUMENT_CHANGED_BOTH' }, changes: [] });
		expect(review.error?.message).toContain('paymentin of payment 71');
		expect(shownOf('paymentin')).toEqual([[13_000, true, false, [12_000]]]);
		expect(await money.book(cheaper, { conflicts: 'targetWins' })).toMatchObject({ status: 'updated' });
		expect(shownOf('paymentin')).toEqual([[13_000, true, false, [9000]]]);
		const last = later(cheaper, { payments: [aPayment('71', '80')] });
		expect(await money.book(last, { conflicts: 'sourceWins' })).toMatchObject({ status: 'updated' });
		expect(shownOf('paymentin')).toEqual([[8000, true, false, [8000]]]);
	});

	it('nothing is paid twice when a person booked it by hand', async () => {
		const { row } = { row: await money.shown(order.id) };
		const parties = { organization: row.organization, agent: row.agent };
		await shop.edit('POST', 'entity/cashin', { ...parties, sum: 30_000, operations: [{ meta: row.meta, linkedSum: 30_000 }] });
		const paid = later(order, { paid: true, payments: [aPayment('71', '99.99'), aPayment('72', '300')] });
		const result = await money.book(paid);
		expect(result).toMatchObject({ status: 'created', warnings: [{ code: 'ORDER_PAID_ALREADY' }] });
		expect(await money.shown(order.id)).toMatchObject({ payedSum: 39_999 });
		expect(await money.book(paid)).toMatchObject({ status: 'unchanged', warnings: [{ code: 'ORDER_PAID_ALREADY' }] });
	});

	it('more money than the order costs is booked, but not linked', async () => {
		const paid = later(order, { payments: [aPayment('71', '300'), aPayment('72', '150')] });
		expect(await money.book(paid)).toMatchObject({ status: 'created', warnings: [{ code: 'ORDER_OVERPAID' }] });
		expect(shownOf('paymentin')).toEqual([
			[30_000, true, false, [30_000]],
			[15_000, true, false, [9999]],
		]);
		expect(await money.shown(order.id)).toMatchObject({ payedSum: 39_999 });
		expect(await money.book(paid)).toMatchObject({ status: 'unchanged', warnings: [{ code: 'ORDER_OVERPAID' }] });
	});

	describe('refunds', () => {
		const refunded = (): Order => later(order, { payments: [aPayment('71', '100', { paid: false, refund: true }), aPayment('72', '399.99')] });

		it('are reported, and nothing is written', async () => {
			await money.book(later(order, { payments: [aPayment('71', '100')] }));
			expect(await money.book(later(refunded(), {}))).toMatchObject({ warnings: expect.arrayContaining([expect.objectContaining({ code: 'PAYMENT_REFUNDED' })]) as unknown });
			expect(shownOf('paymentin')[0]).toEqual([10_000, true, false, [10_000]]);
		});

		it('become money that goes out; the next payment is linked in full', async () => {
			const parameters = { refunds: 'outgoing', expenseItem: chosen(shop.idOf('expenseitem')) };
			expect(await money.book(refunded(), { refunds: 'outgoing' })).toMatchObject({
				status: 'failed',
				error: { code: 'DOCUMENT_EXPENSE_ITEM_MISSING', kind: 'configuration' },
			});
			expect(await money.book(refunded(), parameters)).toMatchObject({ status: 'created' });
			expect(shownOf('paymentin').sort()).toEqual([
				[10_000, true, false, []],
				[39_999, true, false, [39_999]],
			]);
			expect(shop.rows('paymentout')).toEqual([expect.objectContaining({ sum: 10_000, applicable: true, externalCode: 'bitrix:shop:payment:71' })]);
			expect(await money.shown(order.id)).toMatchObject({ payedSum: 39_999 });
			expect(await money.book(refunded(), parameters)).toMatchObject({ status: 'unchanged' });
			const kept = later(refunded(), { payments: [aPayment('72', '399.99')] });
			expect(await money.book(kept, parameters)).toMatchObject({ status: 'updated' });
			expect(shop.rows('paymentout')).toEqual([expect.objectContaining({ applicable: false })]);
		});

		it('or count as not paid', async () => {
			await money.book(later(order, { payments: [aPayment('71', '100')] }));
			await money.book(later(refunded(), {}), { refunds: 'unpaid' });
			expect(await money.shown(order.id)).toMatchObject({ payedSum: 39_999 });
		});
	});

	it('a document that a person threw away is not made again', async () => {
		const paid = later(order, { payments: [aPayment('71', '100')] });
		await money.book(paid);
		const [{ id } = {}] = money.documents('paymentin', order.id);
		await shop.edit('POST', `entity/paymentin/${String(id)}/trash`, {});
		expect(await money.book(paid)).toMatchObject({ status: 'unchanged', warnings: [{ code: 'DOCUMENT_IN_BIN' }] });
		expect(shownOf('paymentin')).toHaveLength(1);
	});

	it('one that a person linked to the shipment is found, and left there', async () => {
		const paid = later(order, { payments: [aPayment('71', '100')] });
		await money.book(paid);
		const [{ id } = {}] = money.documents('paymentin', order.id);
		await shop.edit('PUT', `entity/paymentin/${String(id)}`, { operations: [] });
		expect(await money.book(paid)).toMatchObject({ status: 'unchanged', warnings: [{ code: 'DOCUMENT_LEFT' }] });
		expect(shop.rows('paymentin')).toHaveLength(1);
	});
});
