import { SyncError } from '../../../core';
import type { CrmTask } from './task';

/** A read that was lost concerns all that were to be looked at: they are tried again in the next round. Throws what will not pass. */
export async function retriedTogether(tasks: readonly CrmTask[], work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		const lost = passing(error);
		for (const task of tasks) task.unsure ??= lost;
	}
}

function passing(error: unknown): SyncError {
	if (error instanceof SyncError && error.retryable && error.code !== 'STOPPED') return error;
	throw error;
}
