import type { SyncError } from '../../../core';
import { fail, type Entry } from './entry';
import { letItEnd, ROUNDS } from './writing';

/** Work that is tried again as long as nobody knows what became of it. */
export interface Underway {
	/** Why nobody knows. */
	unsure: SyncError | undefined;
	result: unknown;
}

/** Tries again what is left without a result, each time from the look at what is there. In the end every entry has a result. */
export async function inRounds(entries: readonly Entry[], attempt: (pending: readonly Entry[]) => Promise<void>): Promise<void> {
	await inRoundsOf(entries, attempt, fail);
}

/** The same for work of any kind; `end` gives a result to what could not be done. What `isOpen` does not say is done. */
export async function inRoundsOf<Work extends Underway>(
	works: readonly Work[],
	attempt: (pending: readonly Work[]) => Promise<void>,
	end: (work: Work, error: unknown) => void,
	isOpen: (work: Work) => boolean = ({ result }) => !result,
): Promise<void> {
	for (let round = 1; round <= ROUNDS; round += 1) {
		const pending = works.filter(isOpen);
		if (pending.length === 0) return;
		if (round > 1) await letItEnd(round - 1);
		for (const work of pending) work.unsure = undefined;
		await attempt(pending);
	}
	for (const work of works) if (isOpen(work)) end(work, work.unsure ?? new Error('nothing became of the item'));
}
