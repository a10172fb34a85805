import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { joinTallies, readJournalRow, SyncError, tallyOf, type Period, type Tally } from '../../../core';

/** The time that an operation is about. */
export const periodProperties: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '={{ $now.minus({ days: 1 }) }}',
		description: 'Rows from this moment on count',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '={{ $now }}',
		description: 'Rows before this moment count',
	},
];

export const queuesProperty: INodeProperties = {
	displayName: 'Queues',
	name: 'queues',
	type: 'json',
	default: '{}',
	description: 'How many rows wait where now, e.g. { "inbox": 12, "dead letters": 0 }',
};

/** Moments may be milliseconds, texts, or n8n's own times, which are texts in ISO 8601 when one asks for their words. */
export function readPeriod(context: IExecuteFunctions): Period {
	const [from, to] = ['from', 'to'].map((name) => context.getNodeParameter(name, 0, ''));
	const period = { from: momentOf(from) ?? NaN, to: momentOf(to) ?? NaN };
	if (!(period.from < period.to)) throw new SyncError('JOURNAL_PERIOD', { from: String(from), to: String(to) });
	return period;
}

/** Milliseconds since 1970; null for what is no moment. */
export function momentOf(value: unknown): number | null {
	const words = String(value ?? '').trim();
	const moment = /^\d+(\.\d+)?$/.test(words) ? Number(words) : Date.parse(words);
	return words === '' || Number.isNaN(moment) ? null : moment;
}

/** What rows and tallies among the input items come to. */
export function readTally(context: IExecuteFunctions, period: Period): Tally {
	const jsons = context.getInputData().map(({ json }) => json);
	const rows = jsons.flatMap((json) => readJournalRow(json) ?? []);
	return joinTallies([...jsons.filter(isTally), tallyOf(rows, period)]);
}

const isTally = (json: IDataObject | Tally): json is Tally & IDataObject => json.tally === 1;

export function readQueues(context: IExecuteFunctions): Record<string, number> {
	const given = context.getNodeParameter('queues', 0, {}) as unknown;
	const entries = Object.entries((typeof given === 'string' ? parsed(given) : given) ?? {}).map(([name, count]) => [name, Number(count)] as const);
	if (entries.some(([, count]) => Number.isNaN(count))) throw new SyncError('JOURNAL_QUEUES');
	return Object.fromEntries(entries);
}

function parsed(text: string): object {
	try {
		const value = JSON.parse(text.trim() || '{}') as unknown;
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	} catch {
		// What is no JSON is told like what is JSON of something else.
	}
	throw new SyncError('JOURNAL_QUEUES');
}
