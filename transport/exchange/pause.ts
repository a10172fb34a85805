import { SyncError } from '../../core';
import type { Clock } from '../http';
import { outcomeOf } from './outcome';

/** Waits before `call`. Throws STOPPED when the execution is stopped meanwhile. */
export async function pause(clock: Clock, milliseconds: number, call: string, signal?: AbortSignal): Promise<void> {
	const outcome = await outcomeOf(async () => await clock.sleep(milliseconds, signal));
	if (!('error' in outcome)) return;
	throw signal?.aborted ? new SyncError('STOPPED', { call }, { cause: outcome.error }) : outcome.error;
}
