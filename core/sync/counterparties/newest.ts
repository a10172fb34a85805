import type { CustomerCard } from '../../model/customerCard';

/** By key, of several states of one customer the one that was changed last, and of those that do not say it the last one. */
export function newestByKey<Keyed extends { key: string; card: Pick<CustomerCard, 'updatedAt'> }>(all: readonly Keyed[]): Map<string, Keyed> {
	const newest = new Map<string, Keyed>();
	for (const one of all) {
		const known = newest.get(one.key);
		if (known === undefined || changedAt(one.card) >= changedAt(known.card)) newest.set(one.key, one);
	}
	return newest;
}

const changedAt = ({ updatedAt }: Pick<CustomerCard, 'updatedAt'>): number => Date.parse(updatedAt ?? '') || 0;
