import { csvText } from './csv';
import type { JournalReport, Share } from './report';

const HEAD = ['part', 'name', 'count', 'written', 'unchanged', 'failed', 'successPercent', 'runs', 'p50Ms', 'p95Ms', 'calls', 'refused', 'share', 'message', 'advice'];

type Cells = Partial<Record<(typeof HEAD)[number], string | number | null>>;

/** The numbers of a report as one table: `part` says what a line is about, `name` of which. */
export function reportCsv({ from, to, filters, zone, journalBegins, all, flows, objects, errors, warnings, times, queues, limits }: JournalReport): string {
	const rows: Cells[] = [
		{ part: 'period', name: `${from}/${to}` },
		{ part: 'zone', name: zone },
		...Object.entries(filters).map(([name, value]) => ({ part: 'filter', name: `${name}: ${value}` })),
		...(journalBegins === null ? [] : [{ part: 'journalBegins', name: journalBegins }]),
		{ part: 'all', name: '', ...share(all), runs: all.runs, p50Ms: all.p50, p95Ms: all.p95, calls: all.calls },
		...flows.map((flow) => ({ part: 'flow', name: flow.flow, ...share(flow), runs: flow.runs, p50Ms: flow.p50, p95Ms: flow.p95 })),
		...objects.map((one) => ({ part: 'object', name: one.object, ...share(one) })),
		...errors.map(({ code, count, message, advice }) => ({ part: 'error', name: code, count, message, advice })),
		...warnings.map(({ code, count, message }) => ({ part: 'warning', name: code, count, message })),
		...times.map(({ at, succeeded, failed }) => ({ part: 'time', name: at, count: succeeded + failed, failed })),
		...Object.entries(queues).map(([name, count]) => ({ part: 'queue', name, count })),
		...limits.map(({ platform, limit, account, calls, refused, share: used }) => ({ part: 'limit', name: `${platform} ${limit} ${account}`, calls, refused, share: used })),
	];
	return csvText([HEAD, ...rows.map((row) => HEAD.map((name) => row[name] ?? null))]);
}

const share = ({ total, written, unchanged, failed, success }: Share): Cells => ({ count: total, written, unchanged, failed, successPercent: success });
