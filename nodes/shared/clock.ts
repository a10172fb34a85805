import { sleep } from 'n8n-workflow';
import type { Clock } from '../../transport';

/** The machine's time. */
export const systemClock: Clock = { now: () => Date.now(), sleep };
