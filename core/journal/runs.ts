import type { JournalRow } from './row';
import { addTo, type Spread } from './spread';

/** A run of which more rows may come: a flow that works page by page tells the journal after each page. */
interface OpenRun {
	/** Milliseconds since 1970. */
	begun: number;
	ended: number;
	failed: boolean;
	/** Whether one of its rows says how long it took. */
	timed: boolean;
}

/** The runs of a flow. */
export interface RunTally {
	runs: number;
	failedRuns: number;
	/** Durations of runs in milliseconds. */
	durations: Spread;
	/** Those that are not in the three yet, by their ids. */
	open: Record<string, OpenRun>;
}

/** A run that has said nothing for so long is over. So a tally holds the runs of some hours, and not those of a quarter. */
const OVER_AFTER = 6 * 3_600_000;

/** The runs of a flow that has told nothing yet. */
export const noRuns = (): RunTally => ({ runs: 0, failedRuns: 0, durations: {}, open: {} });

/** Counts a summary to its run; one that names no run is a run of its own. */
export function noteRun({ open }: RunTally, { run, time, duration, status }: Pick<JournalRow, 'run' | 'time' | 'duration' | 'status'>): void {
	const ended = Date.parse(time);
	joinRun(open, run || time, { begun: ended - (duration ?? 0), ended, failed: status === 'failed', timed: duration !== null });
}

/** Adds the runs of another page of rows. */
export function joinRuns(into: RunTally, { runs, failedRuns, durations, open }: RunTally): void {
	into.runs += runs;
	into.failedRuns += failedRuns;
	for (const [step, count] of Object.entries(durations)) into.durations[step] = (into.durations[step] ?? 0) + count;
	for (const [run, more] of Object.entries(open)) joinRun(into.open, run, more);
}

function joinRun(open: RunTally['open'], run: string, more: OpenRun): void {
	const known = (open[run] ??= more);
	open[run] = { begun: Math.min(known.begun, more.begun), ended: Math.max(known.ended, more.ended), failed: known.failed || more.failed, timed: known.timed || more.timed };
}

/** Counts the runs that are over at a moment; by default all. */
export function closeRuns({ runs, failedRuns, durations, open }: RunTally, now = Infinity): RunTally {
	const closed: RunTally = { runs, failedRuns, durations: { ...durations }, open: {} };
	for (const [run, one] of Object.entries(open)) {
		if (one.ended + OVER_AFTER >= now) closed.open[run] = one;
		else {
			closed.runs += 1;
			closed.failedRuns += one.failed ? 1 : 0;
			if (one.timed) addTo(closed.durations, one.ended - one.begun);
		}
	}
	return closed;
}
