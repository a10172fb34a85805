import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { journalRows, SyncError, type JournalContext, type JournalDepth, type JournalResult, type JournalRules } from '../../../core';
import { limitUse } from '../../../transport';
import { systemClock } from '../../shared/clock';
import { limited } from '../../shared/limited';
import type { BulkOperation } from '../../shared/operation';
import { optionsProperty, showFor } from '../../shared/properties';
import { runCalls } from '../../shared/runCalls';
import { momentOf } from './reading';

const formProperty: INodeProperties = {
	displayName: 'Results',
	name: 'results',
	type: 'options',
	options: [
		{ name: 'Each Input Item Is a Result', value: 'items', description: 'Both outputs of a write node lead to this node' },
		{ name: 'Input Items Hold Lists of Results', value: 'lists', description: 'Items with flow, run, operation, object, source, target, started and a list of results, as a workflow that is called gets them' },
	],
	default: 'items',
	description: 'Where the results of write nodes are',
};

const word = (displayName: string, name: string, value: string, description: string): INodeProperties => ({ displayName, name, type: 'string', default: value, description });

const contextProperties = [
	word('Flow', 'flow', '={{ $workflow.name }}', 'Whose results they are; reports are by flow'),
	word('Run', 'run', '={{ $execution.id }}', 'The execution that made them'),
	word('What Was Done', 'work', '', 'E.g. Upsert Items'),
	word('Kind of Objects', 'object', 'item', 'E.g. item, stock, price, order, counterparty, deal. Names of people are masked where it says that they are people.'),
	word('Source', 'source', 'moySklad', 'Where the objects came from'),
	word('Target', 'target', 'bitrix', 'Where they were written'),
	word('Started', 'started', '', 'When the work began, for its duration: milliseconds since 1970 or a time; empty: at the first call of a platform that the run made'),
];

const depthProperty: INodeProperties = {
	displayName: 'Rows For',
	name: 'depth',
	type: 'options',
	options: [
		{ name: 'All Objects', value: 'all' },
		{ name: 'Failed and Changed Objects', value: 'changes', description: 'For PostgreSQL: unchanged ones are only counted' },
		{ name: 'Failed Objects', value: 'errors', description: 'For a Data Table, which has little room' },
	],
	default: 'errors',
	description: 'Which objects get a row of their own, beside the summary that counts all',
};

const number = (displayName: string, name: string, value: number, description: string): INodeProperties => ({ displayName, name, type: 'number', typeOptions: { minValue: 1 }, default: value, description });

const keepDays = number('Keep Failures and Summaries, Days', 'errorDays', 180, 'After how many days such rows expire. Never shorter than that of others.');
const keepOthers = number('Keep Others, Days', 'days', 30, 'After how many days rows of objects that went through expire');
const mostRows = number('Most Rows', 'mostRows', 200, 'How many objects of one run get a row of their own at most, failed ones first');
const furtherFields: INodeProperties = {
	displayName: 'Mask Further Fields',
	name: 'maskFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. property Loyalty card, nickname',
	description: 'Names of fields, separated by commas, whose values are personal beside those that are known as such',
};

export const makeRecords: BulkOperation = {
	value: 'makeRecords',
	name: 'Make Records',
	action: 'Make records of results',
	description: 'One item for each row of the journal: objects, and at the end a summary. Personal data is masked. No results give no item.',
	properties: [formProperty, ...showFor(contextProperties, { results: ['items'] }), depthProperty, optionsProperty([keepDays, keepOthers, furtherFields, mostRows])],
	async all() {
		const lists = this.getNodeParameter('results', 0) === 'lists';
		const rules = readRules(this);
		const input = this.getInputData().map(({ json }) => json);
		const calls = lists ? input.map((json, item) => ({ context: contextOf(json), results: listOf(json), item })) : [{ context: contextOf(givenWords(this)), results: input, item: 0 }];
		return [calls.flatMap(({ context, results, item }) => asItems(journalRows(results as JournalResult[], context, rules), item))];
	},
};

const asItems = (rows: object[], item: number): INodeExecutionData[] => rows.map((row) => ({ json: { ...row } as IDataObject, pairedItem: { item } }));

function readRules(context: IExecuteFunctions): JournalRules {
	const options = context.getNodeParameter('options', 0, {}) as Record<string, unknown>;
	const chosen = ({ name, default: usual }: INodeProperties): number => Math.floor(limited(options[name], Number(usual), 1, 1_000_000));
	return {
		depth: context.getNodeParameter('depth', 0) as JournalDepth,
		mostRows: chosen(mostRows),
		mask: { fields: String(options.maskFields ?? '').split(',').map((field) => field.trim()).filter((field) => field !== '') },
		retention: { days: chosen(keepOthers), errorDays: chosen(keepDays) },
	};
}

/** The parameters under the names that items have in the other form. */
function givenWords(context: IExecuteFunctions): IDataObject {
	const words = Object.fromEntries(contextProperties.map(({ name }) => [name, context.getNodeParameter(name, 0, '') as string]));
	return { ...words, operation: words.work };
}

function listOf({ results }: IDataObject): unknown[] {
	const list = typeof results === 'string' ? parsedList(results) : results;
	if (!Array.isArray(list)) throw new SyncError('JOURNAL_RESULTS_MISSING', { field: 'results' });
	return list;
}

function parsedList(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function contextOf(words: IDataObject): JournalContext {
	const text = (name: string): string => String(words[name] ?? '');
	// A page of a run is an execution of its own, in which its calls are counted.
	const counted = runCalls().take(text('execution') || text('run'));
	return {
		now: systemClock.now(),
		started: momentOf(words.started) ?? counted?.since ?? null,
		flow: text('flow'), run: text('run'), operation: text('operation'), object: text('object'), source: text('source'), target: text('target'),
		correlationId: text('correlationId'),
		calls: counted?.calls ?? null,
		limits: limitUse(),
	};
}
