import type { CatalogueEntry } from './entry';

/** What the comparison of both sides has to say beside what the write operations say. */
export const driftErrors = {
	DRIFT_CURSOR_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'The cursor is not one of {operation}',
		advice: 'Hand in the cursor of the page before, unchanged, or nothing for the first page.',
	},
	DRIFT_LINES_OFF: {
		kind: 'data',
		retryable: false,
		message: 'The sums of the order differ, and lines are not written in this flow',
		advice: 'Make the order equal by hand on one of the two sides, or turn Lines on in Update Orders, so that MoySklad’s lines are written.',
	},
	DRIFT_NEEDS_MOYSKLAD: {
		kind: 'configuration',
		retryable: false,
		message: '{what} asks MoySklad which orders it has, and no MoySklad API credential is chosen in the node',
		advice: 'Choose a MoySklad API credential.',
	},
	DRIFT_OVERDUE: {
		kind: 'data',
		retryable: false,
		message: 'MoySklad changed long ago, and Bitrix still does not have it',
		advice: 'No flow took the change over, and none failed. Look whether the workflows are published, whether the webhook is on (Audit), what the mapping and the scope leave out, and whether another system writes the old value back.',
	},
	DRIFT_ORDER_EXTRA: {
		kind: 'missing',
		retryable: false,
		message: 'The order is in the store, and MoySklad does not have it',
		advice: 'Let the flow of the orders read it again: its failures say why it was not taken over. An order that is meant to be in the store only needs nothing.',
	},
} satisfies Record<string, CatalogueEntry>;
