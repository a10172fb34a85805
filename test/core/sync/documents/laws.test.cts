import * as fc from 'fast-check';
import { Decimal, toKopecks, type DocumentSettings, type Order } from '../../../../core';
import { Books, customerOrderReference, SETTINGS } from './books.cts';
import { after, aNewOrder, anEvent, type StoreEvent } from './storeEvents.cts';

const events = fc.array(anEvent, { maxLength: 14 });

/** States of an order: as it was placed, and after each event. */
const statesOf = (order: Order, happened: readonly StoreEvent[]): Order[] =>
	happened.reduce<Order[]>((states, event) => [...states, after(states.at(-1) ?? order, event)], [order]);

const last = (states: readonly Order[]): Order => states.at(-1) as Order;

const modes = fc.record({ payments: fc.constantFrom('simple', 'full'), shipments: fc.constantFrom('simple', 'full') } as const);

const settingsOf = ({ payments, shipments }: { payments: 'simple' | 'full'; shipments: 'simple' | 'full' }, more: Partial<DocumentSettings> = {}): DocumentSettings => ({
	...SETTINGS,
	payments: { ...SETTINGS.payments, mode: payments },
	shipments,
	...more,
});

const kopecks = (amounts: readonly string[]): number => amounts.reduce((sum, amount) => sum + toKopecks(amount), 0);

const TAKEN_BACK: ReadonlyArray<StoreEvent['kind']> = ['unpay', 'deletePayment', 'refund', 'unship', 'cancelShipment', 'deleteShipment'];

/** Whether the store pays, or ships, again what it had taken back. */
const takesBack = (happened: readonly StoreEvent[]): boolean => {
	const back = happened.findIndex(({ kind }) => TAKEN_BACK.includes(kind));
	return back >= 0 && happened.slice(back).some(({ kind }) => !TAKEN_BACK.includes(kind));
};

describe('laws of an order’s documents', () => {
	it('their sums are those of the payments, to the kopeck', () =>
		fc.assert(
			fc.property(aNewOrder, events, (order, happened) => {
				const state = last(statesOf(order, happened));
				const books = new Books(order);
				books.run(state);
				const paid = kopecks(state.payments.filter((one) => one.paid).map(({ sum }) => sum));
				const back = kopecks(state.payments.filter((one) => one.refund).map(({ sum }) => sum));
				expect(books.sumOf('paymentin', 'cashin')).toBe(paid + back);
				expect(books.sumOf('paymentout', 'cashout')).toBe(back);
				expect(books.linked).toBe(paid);
			}),
		));

	it('shipments never exceed the order, and when all has left they come to its sum', () =>
		fc.assert(
			fc.property(aNewOrder, events, (order, happened) => {
				const state = last(statesOf(order, happened));
				const books = new Books(order);
				books.run(state);
				const { positions, sum } = books.customerOrder;
				const ordered = new Map<string, number>();
				for (const { good, quantity } of positions) ordered.set(good.id, Number(((ordered.get(good.id) ?? 0) + quantity).toFixed(4)));
				for (const [good, quantity] of books.shipped) expect(quantity).toBeLessThanOrEqual(ordered.get(good) ?? 0);
				expect(books.sumOf('demand')).toBeLessThanOrEqual(sum);
				const open = state.shipments.filter(({ canceled }) => !canceled);
				const held = (line: string): Decimal =>
					open.flatMap(({ items }) => items).filter(({ lineId }) => lineId === line).reduce((total, { quantity }) => total.plus(quantity), Decimal.zero);
				const isWhole = open.length > 0 && open.every(({ shipped }) => shipped) && state.lines.every(({ id, quantity }) => held(id).equals(quantity));
				if (isWhole) expect(books.sumOf('demand')).toBe(sum);
			}),
		));

	it('a second run writes nothing, whatever the modes are', () =>
		fc.assert(
			fc.property(aNewOrder, events, modes, (order, happened, mode) => {
				const state = last(statesOf(order, happened));
				const books = new Books(order);
				const settings = settingsOf(mode);
				books.run(state, settings);
				const again = books.plan(state, settings);
				expect(again.steps.filter(({ action, conflict }) => action !== 'keep' || conflict)).toEqual([]);
				books.link = undefined;
				expect(books.plan(state, settings).steps.filter(({ body }) => Object.keys(body).length > 0)).toEqual([]);
			}),
		));

	it.each(['unpost', 'bin'] as const)('it does not matter which states on the way were seen (%s)', (withdrawal) =>
		fc.assert(
			fc.property(aNewOrder, events, modes, fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }), (order, happened, mode, seen) => {
				const states = statesOf(order, happened);
				const settings = settingsOf(mode, { withdrawal });
				const often = new Books(order);
				states.filter((_, index) => seen[index] === true).forEach((state) => often.run(state, settings));
				const conflicts = often.run(last(states), settings).steps.filter(({ conflict }) => conflict);
				const once = new Books(order);
				once.run(last(states), settings);
				expect(conflicts).toEqual([]);
				expect(often.posted).toEqual(once.posted);
			}),
			{ numRuns: 300 },
		));

	it('a run that is killed between two documents, and forgets what it wrote, is made up for by the next', () =>
		fc.assert(
			fc.property(aNewOrder, events, fc.array(fc.nat(3), { minLength: 14, maxLength: 14 }), (order, happened, kills) => {
				const states = statesOf(order, happened);
				const settings = { ...SETTINGS, conflicts: 'sourceWins', withdrawal: 'bin' } as const;
				const killed = new Books(order);
				states.forEach((state, index) => killed.run(state, settings, kills[index]));
				const told = killed.run(last(states), settings).steps.some(({ warnings }) => warnings.some(({ code }) => code === 'DOCUMENT_LEFT'));
				const once = new Books(order);
				once.run(last(states), settings);
				// What a run wrote that was killed, and the store then took back, looks like a change by a person: it stays, and is told.
				if (!told) expect(killed.posted).toEqual(once.posted);
				expect(told && !takesBack(happened)).toBe(false);
			}),
			{ numRuns: 300 },
		));

	it('what a person booked by hand is never booked again', () =>
		fc.assert(
			fc.property(aNewOrder, events, fc.integer({ min: 1, max: 150 }), fc.nat(14), (order, happened, percent, when) => {
				const states = statesOf(order, happened);
				const books = new Books(order);
				states.forEach((state, index) => {
					if (index === when) {
						const sum = Math.round((books.customerOrder.sum * percent) / 100);
						const { positions } = books.customerOrder;
						books.write('paymentin', undefined, { sum, operations: [{ ...customerOrderReference, linkedSum: sum }] });
						books.write('demand', undefined, {
							positions: positions.map(({ good, quantity, price }) => ({
								assortment: { meta: { href: `entity/${good.type}/${good.id}`, type: good.type } },
								quantity: Number(((quantity * Math.min(percent, 100)) / 100).toFixed(4)),
								price,
							})),
						});
					}
					const before = { linked: books.linked, shipped: books.shipped };
					books.run(state, { ...SETTINGS, conflicts: 'sourceWins' });
					expect(books.linked).toBeLessThanOrEqual(Math.max(before.linked, books.customerOrder.sum));
					const ordered = new Map<string, number>();
					for (const { good, quantity } of books.customerOrder.positions) ordered.set(good.id, (ordered.get(good.id) ?? 0) + quantity);
					for (const [good, quantity] of books.shipped)
						expect(quantity).toBeLessThanOrEqual(Math.max(before.shipped.get(good) ?? 0, Number((ordered.get(good) ?? 0).toFixed(4))));
				});
			}),
			{ numRuns: 300 },
		));
});
