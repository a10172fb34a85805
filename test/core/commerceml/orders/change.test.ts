import { FieldsInConflict, orderCopyLink, planOrderChange, toldBefore, type ConflictPolicy, type OrderCopy } from '../../../../core';

const copy = (more: Partial<OrderCopy> = {}): OrderCopy => ({
	id: '17', number: '1017', day: '2026-02-03', time: '04:05:06', currency: 'RUB', total: '100', status: 'N', paid: false, allowed: false, canceled: false, paySystems: [],
	lines: [{ key: 'tea', name: 'Чай', unit: null, price: '100', discount: '0', quantity: '1', vat: null }], delivery: null, vatIncluded: null, mark: 'm', ...more,
});

const plan = (present: OrderCopy, status: string, told?: Record<string, string>, conflicts: ConflictPolicy = 'sourceWins') =>
	planOrderChange(present, { status }, { untouchable: [], conflicts, told, updatedAt: '2026-11-21T10:00:00.000Z' });

/** The site was told that an order of status N has the status A now, and took it. */
const told = plan(copy(), 'A').written;
const POLICIES = ['sourceWins', 'targetWins', 'newerWins', 'review'] as const;

describe('the status of an order over the 1C exchange', () => {
	it.each(POLICIES)('stays as the site alone has changed it since (%s)', (policy) => {
		expect(plan(copy({ status: 'B' }), 'A', told, policy)).toMatchObject({ changes: [], warnings: [] });
	});

	it.each(POLICIES)('follows MoySklad when it alone has changed it (%s)', (policy) => {
		expect(plan(copy({ status: 'A' }), 'C', told, policy).changes).toEqual([{ field: 'status', from: 'A', to: 'C' }]);
	});

	it.each(POLICIES)('is told again to a site that did not take it (%s): its word is no proof', (policy) => {
		expect(plan(copy({ status: 'N' }), 'A', told, policy).changes).toEqual([{ field: 'status', from: 'N', to: 'A' }]);
	});

	it.each(POLICIES)('of which the site was told nothing yet is told (%s): there it only shows how the order began', (policy) => {
		expect(plan(copy(), 'A', undefined, policy).changes).toEqual([{ field: 'status', from: 'N', to: 'A' }]);
	});

	it('that both sides changed is up to the policy; a site does not say when, so that the newer is not known', () => {
		const both = copy({ status: 'B' });
		expect(plan(both, 'C', told).changes).toEqual([{ field: 'status', from: 'B', to: 'C' }]);
		const kept = plan(both, 'C', told, 'targetWins');
		expect([kept.changes, kept.warnings.map(({ code }) => code)]).toEqual([[], ['FIELDS_KEPT']]);
		expect(plan(both, 'C', kept.written, 'targetWins').warnings).toEqual([]);
		for (const policy of ['newerWins', 'review'] as const) {
			try {
				plan(both, 'C', told, policy);
				throw new Error('nothing was thrown');
			} catch (error) {
				expect(error).toBeInstanceOf(FieldsInConflict);
				expect(error).toMatchObject({ code: 'ORDER_REVIEW', fields: [{ field: 'status', from: 'B', to: 'C' }] });
			}
		}
	});

	describe('and its cancellation', () => {
		const cancel = (present: boolean, canceled: boolean, before?: Record<string, string>, conflicts: ConflictPolicy = 'targetWins') =>
			planOrderChange(copy({ canceled: present }), { canceled }, { untouchable: [], conflicts, told: before, updatedAt: null });

		it.each(POLICIES)('is told, and taken back only where it was told (%s)', (policy) => {
			const cancelled = cancel(false, true, undefined, policy);
			expect(cancelled.changes).toEqual([{ field: 'canceled', from: false, to: true }]);
			expect(cancel(true, false, cancelled.written, policy).changes).toEqual([{ field: 'canceled', from: true, to: false }]);
		});

		it.each(POLICIES)('stays when it is the customer\'s, and says so (%s)', (policy) => {
			const { changes, warnings } = cancel(true, false, undefined, policy);
			expect([changes, warnings.map(({ code }) => code)]).toEqual([[], ['ORDER_CANCELED_IN_STORE']]);
		});

		it.each(POLICIES)('is not told to a site that would refuse it, since some of the order is paid there, and says so (%s)', (policy) => {
			for (const paid of [{ paid: true }, { money: true }]) {
				const { changes, warnings, document, copy: after } = planOrderChange(copy(paid), { canceled: true, cancelReason: 'no goods' }, { untouchable: [], conflicts: policy, updatedAt: null });
				expect([changes, warnings.map(({ code }) => code), document.canceled, after.canceled, after.told]).toEqual([[], ['ORDER_CANCEL_PAID'], false, false, undefined]);
				expect(document).not.toHaveProperty('comment');
			}
		});

		it('and its status are kept with what the site showed before, for the way to MoySklad', () => {
			const cancelled = planOrderChange(copy({ statusAt: '2026-11-20T10:00:00.000Z' }), { canceled: true }, { untouchable: [], conflicts: 'sourceWins', updatedAt: null }).copy;
			const seen = { status: 'N', statusAt: '2026-11-20T10:00:00.000Z', canceled: false, paid: false };
			expect(cancelled.told).toEqual({ seen, said: { ...seen, canceled: true } });
			expect(plan(cancelled, 'A').copy.told).toEqual({ seen, said: { ...seen, canceled: true, status: 'A' } });
		});
	});

	it('is remembered in the link, of the same order and flow only', () => {
		const link = orderCopyLink('orders', copy(), told);
		expect(toldBefore(link, '17', 'orders')).toEqual(told);
		expect(toldBefore(JSON.stringify(link), '17', 'orders')).toEqual(told);
		for (const other of [toldBefore(link, '18', 'orders'), toldBefore(link, '17', 'others'), toldBefore(orderCopyLink('orders', copy()), '17', 'orders'), toldBefore(undefined, '17', 'orders'), toldBefore('x', '17', 'orders')])
			expect(other).toBeUndefined();
	});
});

describe('the shipment of an order over the 1C exchange', () => {
	const shipped = (present: OrderCopy) => planOrderChange(present, { shipped: { at: '2026-11-21T10:00:00', number: '7' } }, { untouchable: [], conflicts: 'sourceWins', updatedAt: null });
	const codes = (present: OrderCopy) => shipped(present).warnings.map(({ code }) => code);
	const fields = (present: OrderCopy) => shipped(present).changes.map(({ field }) => field);

	it('does not reach goods that are in no shipment of the site, which is told, also when the delivery is allowed already', () => {
		expect([fields(copy({ outside: true })), codes(copy({ outside: true }))]).toEqual([['allowed'], ['ORDER_UPDATE_GOODS_OUTSIDE']]);
		expect([fields(copy({ outside: true, allowed: true })), codes(copy({ outside: true, allowed: true }))]).toEqual([[], ['ORDER_UPDATE_GOODS_OUTSIDE']]);
		expect(codes(copy())).toEqual([]);
		expect(codes(copy({ outside: true, canceled: true }))).toEqual(['ORDER_UPDATE_WITH_CANCEL']);
	});
});

describe('the payment of an order over the 1C exchange', () => {
	const paid = (present: OrderCopy) => planOrderChange(present, { paid: { at: '2026-11-21T10:00:00', number: '7' } }, { untouchable: [], conflicts: 'sourceWins', updatedAt: null });
	const told = (present: OrderCopy) => [paid(present).changes.map(({ field }) => field), paid(present).warnings.map(({ code }) => code)];

	it('tells a site only that the order is paid when MoySklad has more money for it, and says so', () => {
		const wish = { paid: { at: '2026-11-21T10:00:00', number: '7' }, overpaid: true };
		for (const present of [copy(), copy({ paid: true })])
			expect(planOrderChange(present, wish, { untouchable: [], conflicts: 'sourceWins', updatedAt: null }).warnings.map(({ code }) => code)).toEqual(['ORDER_UPDATE_OVERPAID']);
	});

	it('marks no more than the payments that the site has, which is told as long as they are too few', () => {
		expect(told(copy({ short: true }))).toEqual([['paid'], ['ORDER_UPDATE_PAYMENTS_SHORT']]);
		expect(told(copy({ short: true, paid: true }))).toEqual([[], ['ORDER_UPDATE_PAYMENTS_SHORT']]);
		expect(told(copy({ long: true }))).toEqual([['paid'], ['ORDER_UPDATE_PAYMENTS_LONG']]);
		expect(told(copy())).toEqual([['paid'], []]);
		expect(told(copy({ short: true, canceled: true }))).toEqual([[], ['ORDER_UPDATE_WITH_CANCEL']]);
	});
});
