import type { CatalogueEntry } from './entry';

/** What the journal has to say when it is asked in a way that it cannot answer. */
export const journalErrors = {
	JOURNAL_PERIOD: {
		kind: 'configuration',
		retryable: false,
		message: 'From and To are not two moments of which the first is earlier: {from}, {to}',
		advice: 'Enter two times, or leave the expressions that are there: the last day until now.',
	},
	JOURNAL_FILTERS: {
		kind: 'configuration',
		retryable: false,
		message: 'Counts among the input items were made with other filters',
		advice: 'Give Sum Up Records the same filters as Make Report; a journal of an older version of the templates knows none, so import the present one.',
	},
	JOURNAL_LAST_RUNS: {
		kind: 'configuration',
		retryable: false,
		message: 'Last Runs is not an object of names of flows and times',
		advice: 'Enter for example { "orders": "2026-11-30T09:00:00Z" }, or leave it empty.',
	},
	JOURNAL_QUEUES: {
		kind: 'configuration',
		retryable: false,
		message: 'Queues is not an object of names and numbers',
		advice: 'Enter for example { "inbox": 12, "dead letters": 0 }, or leave it empty.',
	},
	JOURNAL_RESULTS_MISSING: {
		kind: 'configuration',
		retryable: false,
		message: 'An input item has no list {field}',
		advice: 'Hand in items with a list of the results of a write node, or choose Each Input Item Is a Result.',
	},
	JOURNAL_ZONE: {
		kind: 'configuration',
		retryable: false,
		message: 'There is no time zone {zone}',
		advice: 'Enter the name of a zone such as Europe/Moscow, or nothing: then it is that of the workflow.',
	},
} satisfies Record<string, CatalogueEntry>;
