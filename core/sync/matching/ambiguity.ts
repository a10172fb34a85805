import type { Party } from './party';

/** What to do when several counterparties fit equally well. */
export type AmbiguityPolicy = 'fallback' | 'newest' | 'create' | 'stop';

/** What follows from those that fit: one of them, a new one, the fallback, or nothing without a decision of a person. */
export type Choice = { take: string } | { create: true } | { fallback: true } | { stop: true };

/** Which of those that fit an order's customer is taken (rule O4). */
export function choose(candidates: ReadonlyArray<Pick<Party, 'id' | 'created'>>, policy: AmbiguityPolicy): Choice {
	const [first, ...others] = candidates;
	if (first === undefined) return { create: true };
	if (others.length === 0) return { take: first.id };
	if (policy === 'newest') return { take: others.reduce((newest, one) => (one.created > newest.created ? one : newest), first).id };
	return policy === 'create' ? { create: true } : policy === 'stop' ? { stop: true } : { fallback: true };
}
