import type { SyncError } from '../../../core';
import type { Outcome, Row } from '../../../transport';
import { systemClock } from '../../shared/clock';

/** How often writes of which nobody knows whether they were carried out are looked at and repeated (trap T13). */
export const ROUNDS = 3;

/** The object in the answer of a write; undefined when it failed. */
export function answeredRow(outcome: Outcome | undefined, key: string): Row | undefined {
	if (!outcome || 'error' in outcome) return undefined;
	return (outcome.result as Record<string, Row> | null)?.[key];
}

/** The first failure after which the same can be tried again. Throws any other. */
export function unsureOf(outcomes: readonly Outcome[]): SyncError | undefined {
	const errors = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
	const final = errors.find(({ retryable }) => !retryable);
	if (final) throw final;
	return errors[0];
}

/** A lost call may still be under way on the other side: it gets time to end before anybody looks what became of it. */
export const letItEnd = async (round: number): Promise<void> => await systemClock.sleep(1000 * round);
