import * as fc from 'fast-check';
import { originKey, toKopecks } from '../../../../core';
import { releasedKey } from '../../../../core/sync/storeOrder/origin';
import { planPayments, type PaymentRules } from '../../../../core/sync/storeOrder/payments';
import type { WantedPayment } from '../../../../core/sync/storeOrder/wish';
import type { PartPlan } from '../../../../core/sync/storeOrder/writes';
import { afterWrite, aPayment, aSaleOrder, uuid } from './saleOrder';

const received = (number: number, sum: number, more: Partial<WantedPayment> = {}): WantedPayment => ({
	id: uuid(number), sum, paidAt: '2026-11-21T08:00:00.000Z', number: `0000${number}`, date: '2026-11-21', paySystem: '3', bornIn: null, ...more,
});

const rules: PaymentRules = { protectedSystems: new Set(['2']), removed: 'unpaid', open: 'use' };
const mine = (number: number): string => originKey('payment', uuid(number));
const was = (number: number): string => releasedKey('payment', uuid(number));
const money = (payments: unknown[], price = 1000) => ({ price, payments });

const shown = ({ writes }: PartPlan): string[] =>
	writes.map(({ method, parameters: { id, fields } }) => {
		const { sum, paid, xmlId, paySystemId } = (fields ?? {}) as Record<string, string>;
		return [method.replace('sale.payment.', ''), id, sum, paid, xmlId, method.endsWith('.add') ? `system ${paySystemId}` : undefined].filter((word) => word !== undefined).join(' ');
	});
const codes = ({ warnings }: PartPlan): string[] => warnings.map(({ code }) => code);

describe('planPayments', () => {
	const plan = (payments: unknown[], wanted: WantedPayment[], more: Partial<PaymentRules> = {}, price = 1000): PartPlan =>
		planPayments(aSaleOrder(money(payments, price)), wanted, { ...rules, ...more });

	it('the unpaid payment that the order was placed with becomes the one that was received', () => {
		expect(shown(plan([aPayment(5, 100_000)], [received(1, 100_000)]))).toEqual([`update 5 Y ${mine(1)}`]);
	});

	it('names the pay system in every change, which Bitrix demands, and leaves it as it is', () => {
		const [write] = plan([aPayment(5, 100_000, { paySystemId: 7 })], [received(1, 100_000)]).writes;
		expect(write?.parameters.fields).toEqual({ paySystemId: '7', paid: 'Y', xmlId: mine(1), datePaid: '2026-11-21T08:00:00+00:00', payVoucherNum: '00001', payVoucherDate: '2026-11-21' });
	});

	it('a part gets a payment of its own, and the unpaid one becomes smaller before', () => {
		expect(shown(plan([aPayment(5, 100_000)], [received(1, 40_000)]))).toEqual(['update 5 600', `add 400 Y ${mine(1)} system 3`]);
	});

	it('the rest then is the unpaid one', () => {
		const present = [aPayment(5, 60_000), aPayment(6, 40_000, { paid: 'Y', xmlId: mine(1), payVoucherNum: '00001' })];
		expect(shown(plan(present, [received(1, 40_000), received(2, 60_000)]))).toEqual([`update 5 Y ${mine(2)}`]);
	});

	it('several documents at once', () => {
		expect(shown(plan([aPayment(5, 100_000)], [received(1, 30_000), received(2, 70_000)]))).toEqual([`update 5 300 Y ${mine(1)}`, `add 700 Y ${mine(2)} system 3`]);
	});

	it('what is as it should be is left alone', () => {
		const present = [aPayment(6, 100_000, { paid: 'Y', xmlId: mine(1), payVoucherNum: '00001', payVoucherDate: '2020-01-01T00:00:00+03:00' })];
		expect(plan(present, [received(1, 100_000)])).toEqual({ writes: [], warnings: [] });
	});

	it('a changed sum is written while the payment is unpaid', () => {
		const present = [aPayment(6, 40_000, { paid: 'Y', xmlId: mine(1), payVoucherNum: '00001' })];
		expect(shown(plan(present, [received(1, 50_000)]))).toEqual(['update 6 N', 'update 6 500 Y']);
	});

	it('a payment that the customer made stays untouched, and what exceeds the order is reported', () => {
		const plans = plan([aPayment(5, 80_000, { paid: 'Y' })], [received(1, 40_000)]);
		expect(shown(plans)).toEqual([`add 200 Y ${mine(1)} system 3`]);
		expect(codes(plans)).toEqual(['ORDER_PAYMENT_EXCEEDS']);
	});

	it('no room at all: nothing is written', () => {
		const plans = plan([aPayment(5, 100_000, { paid: 'Y' })], [received(1, 40_000)]);
		expect(plans.writes).toEqual([]);
		expect(codes(plans)).toEqual(['ORDER_PAYMENT_EXCEEDS']);
	});

	it('O6: never pays, shrinks or deletes a payment of a protected pay system', () => {
		const plans = plan([aPayment(5, 100_000, { paySystemId: 2 })], [received(1, 100_000)]);
		expect(plans.writes).toEqual([]);
		expect(codes(plans)).toEqual(['ORDER_PAYMENT_EXCEEDS']);
		const mapped = plan([], [received(1, 100_000, { paySystem: '2' })]);
		expect([mapped.writes, codes(mapped)]).toEqual([[], ['ORDER_PAYMENT_PROTECTED']]);
		const known = plan([aPayment(6, 100_000, { paySystemId: 2, xmlId: mine(1) })], [received(1, 100_000)]);
		expect([known.writes, codes(known)]).toEqual([[], ['ORDER_PAYMENT_PROTECTED']]);
	});

	it('without a pay system only an equal payment is taken, all else is reported', () => {
		expect(shown(plan([aPayment(5, 100_000)], [received(1, 100_000, { paySystem: null })]))).toEqual([`update 5 Y ${mine(1)}`]);
		const part = plan([aPayment(5, 100_000)], [received(1, 40_000, { paySystem: null })]);
		expect([part.writes, codes(part)]).toEqual([[], ['ORDER_PAYMENT_UNMAPPED']]);
	});

	it('documents that were made from a payment of the store leave it alone', () => {
		expect(plan([aPayment(5, 100_000, { paid: 'Y' })], [received(1, 100_000, { bornIn: '5' })])).toEqual({ writes: [], warnings: [] });
	});

	it('unpaid payments are left alone where the user wants it', () => {
		expect(plan([aPayment(5, 100_000)], [received(1, 100_000)], { open: 'keep' }).writes).toEqual([]);
	});

	describe('a document that is gone', () => {
		const present = [aPayment(6, 40_000, { paid: 'Y', xmlId: mine(1) }), aPayment(5, 60_000)];
		it.each([
			['unpaid', [`update 6 N ${was(1)}`]],
			['void', ['update 6 N', 'delete 6']],
			['ignore', []],
		] as const)('%s', (removed, writes) => expect(shown(plan(present, [], { removed }))).toEqual(writes));

		it('its payment is free for the next one of the sum', () =>
			expect(shown(plan(present, [received(2, 40_000)]))).toEqual([`update 6 N ${was(1)}`, `update 6 Y ${mine(2)}`]));

		it('what the customer then pays himself stays paid', () =>
			expect(plan([aPayment(6, 40_000, { paid: 'Y', xmlId: was(1) })], [])).toEqual({ writes: [], warnings: [] }));

		it('O6: stays where the pay system is protected', () => {
			const plans = plan([aPayment(6, 40_000, { paid: 'Y', paySystemId: 2, xmlId: mine(1) })], []);
			expect([plans.writes, codes(plans)]).toEqual([[], ['ORDER_PAYMENT_PROTECTED']]);
		});
	});

	it('two payments for one document are a conflict', () => {
		const twice = [aPayment(5, 1, { xmlId: mine(1) }), aPayment(6, 1, { xmlId: mine(1) })];
		expect(() => plan(twice, [received(1, 1)])).toThrow(expect.objectContaining({ code: 'ORDER_PART_TWICE' }));
	});

	it('refunds do not count', () => {
		expect(shown(plan([aPayment(4, 100_000, { paid: 'Y', isReturn: 'Y' }), aPayment(5, 100_000)], [received(1, 100_000)]))).toEqual([`update 5 Y ${mine(1)}`]);
	});
});

describe('laws of payments', () => {
	const kopecks = fc.integer({ min: 0, max: 150_000 });
	const payments = fc.array(fc.record({ sum: kopecks, paid: fc.boolean(), system: fc.constantFrom(1, 2, 3), origin: fc.option(fc.integer({ min: 1, max: 6 })) }), { maxLength: 5 });
	const documents = fc.uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 6 }), sum: kopecks, system: fc.constantFrom('1', '2', '3', null) }), { maxLength: 5, selector: ({ number }) => number });
	const ruled = fc.record({ removed: fc.constantFrom('unpaid', 'void', 'ignore'), open: fc.constantFrom('use', 'keep') } as const);

	type Row = { id: number; sum: string; paid: string; xmlId: string; paySystemId: unknown };
	const rowsOf = (order: unknown): Row[] => (order as { payments: Row[] }).payments;
	const total = (order: unknown): number => rowsOf(order).reduce((sum, row) => sum + toKopecks(row.sum), 0);

	fc.configureGlobal({ numRuns: 2000 });

	it('never above the order, nothing of the customer or of a protected system touched, and a second run writes nothing', () => {
		fc.assert(
			fc.property(payments, documents, ruled, fc.integer({ min: 1, max: 200_000 }), (given, wanted, policy, price) => {
				const origins = new Set<number>();
				const rows = given.map(({ sum, paid, system, origin }, index) => {
					const own = origin !== null && !origins.has(origin) ? (origins.add(origin), mine(origin)) : `bx_${index}`;
					return aPayment(index + 1, sum, { paid: paid ? 'Y' : 'N', paySystemId: system, xmlId: own });
				});
				const all = { ...rules, ...policy };
				const due = wanted.map(({ number, sum, system }) => received(number, sum, { paySystem: system }));
				const before = { id: 17, ...money(rows, price / 100) };
				const { writes } = planPayments(aSaleOrder(before), due, all);
				let order: Record<string, unknown> = before;
				for (const write of writes) {
					order = afterWrite(order, write);
					expect(total(order)).toBeLessThanOrEqual(Math.max(price, total(before)));
				}
				const kept = rows.filter(({ paySystemId, paid, xmlId }) => paySystemId === 2 || (paid === 'Y' && String(xmlId).startsWith('bx_')));
				for (const row of kept) expect(rowsOf(order)).toContainEqual(row);
				const fixed = rowsOf(before).filter((row) => kept.some(({ id }) => id === row.id) || (all.open === 'keep' && row.xmlId.startsWith('bx_')) || (all.removed === 'ignore' && row.xmlId.startsWith('moysklad')));
				expect(total(order)).toBeLessThanOrEqual(Math.max(price, fixed.reduce((sum, { sum: one }) => sum + toKopecks(one), 0)));
				const again = planPayments(aSaleOrder({ ...order, payments: rowsOf(order).map((row) => ({ ...row, sum: Number(row.sum) })) }), due, all);
				expect(again.writes).toEqual([]);
			}),
		);
	});
});
