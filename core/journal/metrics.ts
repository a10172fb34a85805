import { CATALOGUE, type ErrorCode } from '../errors';
import type { WriteStatus } from '../sync/result';
import type { LimitUse } from './limitUse';
import { closeRuns } from './runs';
import { quantile } from './spread';
import type { Period, Tally } from './tally';

type Labels = Record<string, string>;

interface Metric {
	name: string;
	type: 'counter' | 'gauge';
	help: string;
	samples: Array<[Labels, number]>;
}

/** Content type of the text format. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** What is known beside the counts. */
export interface MetricsFrame {
	/** Rows that wait somewhere now, by the name of the place. */
	queues?: Record<string, number>;
	/** What is known of limits now, beside what the tally has seen. */
	limits?: readonly LimitUse[];
	/** When each flow ran last, milliseconds since 1970, as others know it: also runs without anything to tell, and those before the period. */
	lastRuns?: LastRuns;
}

/** When flows ran last, by their names, milliseconds since 1970. */
export type LastRuns = Record<string, number>;

/** Of each flow that is known here or in the counts the later time. So a flow that has become silent stays known. */
export function joinLastRuns(known: LastRuns, { flows }: Pick<Tally, 'flows'>): LastRuns {
	const joined = { ...known };
	for (const { flow, last } of Object.values(flows)) joined[flow] = Math.max(joined[flow] ?? 0, Date.parse(last));
	return joined;
}

/**
 * Numbers for Prometheus (text format 0.0.4). What comes from the journal is of a period and thus a gauge, since old rows are deleted;
 * calls are counters of a process, which begin anew with it. Labels are flows, kinds, statuses and codes: nothing that grows with the data.
 */
export function journalMetrics(tally: Tally, period: Period, { queues = {}, limits = [], lastRuns = {} }: MetricsFrame = {}): string {
	const flows = Object.values(tally.flows).map(({ flow, ...runs }) => ({ flow, ...closeRuns(runs) }));
	const uses = newest([...Object.values(tally.limits).map(({ last }) => last), ...limits]);
	const rates = uses.filter(({ limit }) => limit === 'rate');
	const timed = (part: number): Metric['samples'] =>
		flows.flatMap(({ flow, durations }): Metric['samples'] => {
			const value = quantile(durations, part);
			return value === null ? [] : [[{ flow }, value / 1000]];
		});
	return metricsText([
		{ name: 'msbx_period_seconds', type: 'gauge', help: 'The time that the numbers of the journal are about', samples: [[{}, (period.to - period.from) / 1000]] },
		{
			name: 'msbx_operations', type: 'gauge', help: 'Objects that were looked at or written in the period, by flow, kind and what became of them',
			samples: Object.values(tally.groups).flatMap(({ flow, object, statuses }) => (Object.entries(statuses) as Array<[WriteStatus, number]>).map(([status, count]): [Labels, number] => [{ flow, object, status }, count])),
		},
		{ name: 'msbx_errors', type: 'gauge', help: 'Objects that failed in the period, by code', samples: Object.values(tally.codes).map(({ code, count }) => [{ code, kind: kindOf(code) }, count]) },
		{ name: 'msbx_warnings', type: 'gauge', help: 'Remarks that stopped nothing in the period, by code', samples: Object.entries(tally.warnings).map(([code, count]) => [{ code }, count]) },
		{ name: 'msbx_runs', type: 'gauge', help: 'Runs that told the journal something in the period', samples: flows.map(({ flow, runs }) => [{ flow }, runs]) },
		{ name: 'msbx_failed_runs', type: 'gauge', help: 'Runs of the period in which an object failed', samples: flows.map(({ flow, failedRuns }) => [{ flow }, failedRuns]) },
		{ name: 'msbx_run_duration_p50_seconds', type: 'gauge', help: 'Half of the runs of the period took no longer', samples: timed(0.5) },
		{ name: 'msbx_run_duration_p95_seconds', type: 'gauge', help: '95 percent of the runs of the period took no longer', samples: timed(0.95) },
		{ name: 'msbx_last_run_timestamp_seconds', type: 'gauge', help: 'When the flow ran last, also when it had nothing to do', samples: Object.entries(joinLastRuns(lastRuns, tally)).map(([flow, last]) => [{ flow }, Math.floor(last / 1000)]) },
		{ name: 'msbx_queue_rows', type: 'gauge', help: 'Rows that wait now', samples: Object.entries(queues).map(([queue, count]) => [{ queue }, count]) },
		{ name: 'msbx_api_calls_total', type: 'counter', help: 'Calls of a platform since the process began', samples: rates.map((use) => [named(use), use.calls]) },
		{ name: 'msbx_api_refused_total', type: 'counter', help: 'Calls that were refused for the limit of calls', samples: rates.map((use) => [named(use), use.refused]) },
		{ name: 'msbx_api_wait_seconds_total', type: 'counter', help: 'How long calls waited for the limit of calls', samples: rates.map((use) => [named(use), use.waitedMilliseconds / 1000]) },
		{ name: 'msbx_api_limit_share', type: 'gauge', help: 'Part of a limit that is used, 0 to 1', samples: uses.map((use) => [{ ...named(use), limit: use.limit }, use.share]) },
	]);
}

const named = ({ platform, account, process }: LimitUse): Labels => ({ platform, account, process });

/** Of what was seen of the same limit several times: the last. */
function newest(uses: readonly LimitUse[]): LimitUse[] {
	const byLimit: Record<string, LimitUse> = {};
	for (const use of uses) {
		const key = JSON.stringify([use.platform, use.limit, use.account, use.process]);
		if ((byLimit[key]?.calls ?? 0) <= use.calls) byLimit[key] = use;
	}
	return Object.values(byLimit);
}

const kindOf = (code: string): string => (code in CATALOGUE ? CATALOGUE[code as ErrorCode].kind : 'unknown');

/** Metrics without samples are left out; lines end with a line feed, the last one too. */
function metricsText(metrics: readonly Metric[]): string {
	return metrics
		.filter(({ samples }) => samples.length > 0)
		.flatMap(({ name, type, help, samples }) => [`# HELP ${name} ${help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')}`, `# TYPE ${name} ${type}`, ...samples.map(([labels, value]) => `${name}${labelsText(labels)} ${value}`)])
		.map((line) => `${line}\n`)
		.join('');
}

function labelsText(labels: Labels): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`);
	return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
