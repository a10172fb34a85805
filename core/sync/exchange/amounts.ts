import type { CmlRests } from '../../commerceml/writing/offers';
import type { CmlStore } from '../../commerceml/model';
import { SyncError } from '../../errors';
import type { FieldChange } from '../result';
import { WHOLE, type Place } from '../stockOffer';

/** Amounts of an item by the external code of their store; '' where the site gets one total. */
export type SentAmounts = Record<string, number>;

/** Amounts by place, as they are remembered and sent. Place n is the n-th store, counted from 1. */
export function sentAmounts(offers: ReadonlyMap<Place, number>, stores: readonly CmlStore[]): SentAmounts {
	if (stores.length === 0) return { '': offers.get(WHOLE) ?? 0 };
	return Object.fromEntries(stores.map(({ id }, index) => [id, offers.get(index + 1) ?? 0]));
}

/** The amounts of an item as the file has them: by store, or one total. */
export const restsOf = (id: string, amounts: SentAmounts): CmlRests =>
	'' in amounts
		? { id, quantity: String(amounts['']), stores: null }
		: { id, quantity: null, stores: Object.entries(amounts).map(([storeId, amount]) => ({ storeId, amount: String(amount) })) };

/** What differs from the amounts that were sent last; null: nobody knows what was there. */
export function amountChanges(amounts: SentAmounts, before: SentAmounts, stores: readonly CmlStore[]): FieldChange[] {
	const nameOf = (id: string): string => stores.find((store) => store.id === id)?.name ?? 'Quantity';
	const known = Object.keys(before).length > 0;
	return Object.entries(amounts)
		.filter(([id, amount]) => before[id] !== amount)
		.map(([id, amount]) => ({ field: nameOf(id), from: known ? (before[id] ?? 0) : null, to: amount }));
}

/** How many there are in all stores together. */
export const totalOf = (amounts: SentAmounts): number => Object.values(amounts).reduce((sum, amount) => sum + amount, 0);

/** EXCHANGE_ALL_EMPTY when nothing at all would be left to buy of so many items of which nobody knows what was there (rule S6). */
export function allEmptied(unknown: readonly SentAmounts[], fewest: number): SyncError | undefined {
	const isEmpty = unknown.length >= Math.max(1, fewest) && unknown.every((amounts) => totalOf(amounts) <= 0);
	return isEmpty ? new SyncError('EXCHANGE_ALL_EMPTY', { count: unknown.length }) : undefined;
}
