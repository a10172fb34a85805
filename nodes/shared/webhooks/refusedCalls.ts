import type { ErrorCode } from '../../../core';
import type { Clock } from '../../../transport';
import type { WindowPlace } from './windows';

/** For how long calls are counted before the log says how many there were. */
const COUNTED_MS = 60_000;

/** So many refused calls of one trigger within that time are no accident. */
export const BURST = 20;

/** A burst may come every minute for days: it is news once in this time. */
const NEWS_EVERY_MS = 3_600_000;

/** What of n8n's logger is used. */
export interface RefusalLog {
	warn(line: string): void;
	error(line: string): void;
}

interface Counting {
	since: number;
	byCode: Map<ErrorCode, number>;
}

/** What a refused call came to. */
export interface Counted {
	/** The first of its code within a minute, so that a line of its own is due. */
	isFirst: boolean;
	/** Calls of this minute by code, if this one makes a burst of them and none of the trigger was news within the last hour. */
	news?: Partial<Record<ErrorCode, number>>;
}

/**
 * Counts the calls that the triggers of this process refuse, by their codes. A flood must neither start executions nor fill the log:
 * the first call of a code has a line of its own, the others are told in one line a minute, and a burst as soon as it is one.
 * It keeps a few numbers for each trigger, whatever is sent, and nothing of what was sent.
 */
export class RefusedCalls {
	private readonly countings = new Map<string, Counting>();
	private readonly news = new Map<string, number>();

	constructor(private readonly clock: Clock) {}

	/** Counts a call. `trigger`: as the log shall name it. */
	count(trigger: string, { workflowId, nodeId }: WindowPlace, code: ErrorCode, log: RefusalLog): Counted {
		const key = JSON.stringify([workflowId, nodeId]);
		const { since, byCode } = this.countingAt(key, trigger, log);
		const calls = (byCode.get(code) ?? 0) + 1;
		byCode.set(code, calls);
		const isFirst = calls === 1;
		if (sumOf(byCode) !== BURST) return { isFirst };
		log.error(`${trigger} refuses a burst of calls: ${told(byCode)} within ${Math.ceil((this.clock.now() - since) / 1000)} s`);
		return this.isNews(key) ? { isFirst, news: Object.fromEntries(byCode) } : { isFirst };
	}

	private isNews(key: string): boolean {
		const now = this.clock.now();
		if (now - (this.news.get(key) ?? -Infinity) < NEWS_EVERY_MS) return false;
		this.news.set(key, now);
		return true;
	}

	private countingAt(key: string, trigger: string, log: RefusalLog): Counting {
		const running = this.countings.get(key);
		if (running) return running;
		const counting: Counting = { since: this.clock.now(), byCode: new Map() };
		this.countings.set(key, counting);
		void this.clock.sleep(COUNTED_MS).then(() => {
			this.countings.delete(key);
			summarize(trigger, counting.byCode, log);
		});
		return counting;
	}
}

/** Silent when each of the calls had a line of its own. */
function summarize(trigger: string, byCode: Counting['byCode'], log: RefusalLog): void {
	const calls = sumOf(byCode);
	if (calls === byCode.size) return;
	log[calls >= BURST ? 'error' : 'warn'](`${trigger} refused ${calls} calls within a minute: ${told(byCode)}`);
}

const sumOf = (byCode: Counting['byCode']): number => [...byCode.values()].reduce((sum, calls) => sum + calls, 0);

/** "WEBHOOK_CALL_CHECK_WRONG 17, WEBHOOK_CALL_MALFORMED 3", the most frequent first. */
export const told = (byCode: Iterable<[string, number]>): string =>
	[...byCode]
		.sort(([, one], [, other]) => other - one)
		.map(([code, calls]) => `${code} ${calls}`)
		.join(', ');
