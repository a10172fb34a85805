import {
	customerIdentity,
	customerKeys,
	groupBy,
	partyOfKeys,
	syncId,
	type Counterparty,
	type Customer,
	type Party,
	type Sha1,
	type SyncError,
	type Warning,
} from '../../../../core';
import type { OrderTask } from './task';

/** Which counterparty a customer gets: a known one (or one that another buyer of this run is about to get), or one that is made. */
export type Decision = { take: string } | { create: Counterparty } | { error: SyncError };

/** One customer of a store, with the orders of this run that are his. */
export interface Buyer {
	customer: Customer;
	/** What he is known by; his name does not count. */
	party: Party;
	/** Derived; under it his counterparty is found again once this node made it. Undefined when nothing tells him from others. */
	syncId: string | undefined;
	tasks: OrderTask[];
	decision?: Decision;
	warnings: Warning[];
}

/** The customers of some orders, each once. */
export function buyersOf(sha1: Sha1, tasks: readonly OrderTask[]): Buyer[] {
	const groups = groupBy(
		tasks,
		({ key, order: { source, customer } }) => `${source.siteKey} ${customerIdentity(customer) ?? key}`,
	);
	return [...groups.values()].flatMap((some) => {
		const [first] = some;
		return first ? [toBuyer(sha1, first, some)] : [];
	});
}

function toBuyer(sha1: Sha1, { order: { source, customer } }: OrderTask, tasks: OrderTask[]): Buyer {
	const identity = customerIdentity(customer);
	const derived =
		identity === undefined
			? undefined
			: syncId(sha1, { siteKey: source.siteKey, documentType: 'counterparty', sourceEntity: 'customer', sourceId: identity });
	return {
		customer,
		party: partyOfKeys(derived ?? '', customerKeys(customer)),
		syncId: derived,
		tasks,
		warnings: [],
	};
}
