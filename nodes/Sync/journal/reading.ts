import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { joinTallies, readJournalRow, SyncError, tallyOf, type JournalFilters, type LastRuns, type Period, type Tally } from '../../../core';

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

const filter = (displayName: string, name: keyof JournalFilters, description: string): INodeProperties => ({ displayName, name, type: 'string', default: '', description });

/** What a question to the journal is about. */
export const filtersProperty: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Only what fits all of them counts, empty ones do not matter. By status, code and object only objects count that have a row of their own.',
	options: [
		filter('Code', 'code', 'A code of an error, e.g. ORDER_GOODS_UNKNOWN'),
		filter('Flow', 'flow', 'E.g. orders, as reports name it'),
		filter('Kind of Objects', 'object', 'E.g. item, stock, price, order, counterparty, deal'),
		filter('Object', 'key', 'Key of one object, or its ID in MoySklad or Bitrix'),
		filter('Status', 'status', 'What became of objects: created, updated, unchanged, deactivated, deleted, planned, skipped, conflict, unverified or failed'),
	],
};

/** What the filters hold; texts, whatever an expression gave. */
export const readFilters = (context: IExecuteFunctions): JournalFilters =>
	Object.fromEntries(Object.entries(context.getNodeParameter('filters', 0, {}) as IDataObject).map(([name, value]) => [name, String(value ?? '')]));

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

/** What rows and tallies among the input items come to, narrowed to what somebody asks for. Throws JOURNAL_FILTERS for tallies of something else. */
export function readTally(context: IExecuteFunctions, period: Period, filters: JournalFilters = {}): Tally {
	const jsons = context.getInputData().map(({ json }) => json);
	const rows = jsons.flatMap((json) => readJournalRow(json) ?? []);
	return joinTallies([...jsons.filter(isTally), tallyOf(rows, period, filters)], filters);
}

const isTally = (json: IDataObject | Tally): json is Tally & IDataObject => json.tally === 1;

/** Throws JOURNAL_QUEUES. */
export const readQueues = (context: IExecuteFunctions): Record<string, number> => readNumbers(context, 'queues', Number, 'JOURNAL_QUEUES');

/** Milliseconds since 1970. Throws JOURNAL_LAST_RUNS. */
export const readLastRuns = (context: IExecuteFunctions): LastRuns => readNumbers(context, 'lastRuns', (moment) => momentOf(moment) ?? NaN, 'JOURNAL_LAST_RUNS');

/** A parameter that is an object of names and numbers, or its JSON; whatever else it is has the code. */
function readNumbers(context: IExecuteFunctions, name: string, numberOf: (value: unknown) => number, code: 'JOURNAL_QUEUES' | 'JOURNAL_LAST_RUNS'): Record<string, number> {
	const given = context.getNodeParameter(name, 0, {}) as unknown;
	const object = typeof given === 'string' ? parsed(given) : (given ?? {});
	const numbers = Object.entries(object ?? {}).map(([key, value]) => [key, numberOf(value)] as const);
	if (object === undefined || numbers.some(([, number]) => Number.isNaN(number))) throw new SyncError(code);
	return Object.fromEntries(numbers);
}

/** Undefined for what is no JSON, and for JSON of something else. */
function parsed(text: string): object | undefined {
	try {
		const value = JSON.parse(text.trim() || '{}') as unknown;
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
