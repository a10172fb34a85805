import { sleep } from 'n8n-workflow';
import type { Clock } from '../../transport';

/** The machine's time. */
export const systemClock: Clock = { now: () => Date.now(), sleep };

/** The same, whose sleepers do not keep a process from ending. */
export const idleClock: Clock = {
	now: systemClock.now,
	sleep: async (milliseconds) => await new Promise((resolve) => AbortSignal.timeout(milliseconds).addEventListener('abort', () => resolve(), { once: true })),
};
