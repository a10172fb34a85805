import type { CatalogueEntry } from './entry';

/** Amounts on their way from MoySklad into a Bitrix store. */
export const stockErrors = {
	STOCK_ITEM_UNREADABLE: {
		kind: 'data',
		retryable: false,
		message: 'The item is not a stock level of MoySklad: {reason}',
		advice: 'Connect the resource Stock of MoySklad Entity and pass its items on unchanged.',
	},
	STOCK_KIND_MISSING: {
		kind: 'configuration',
		retryable: false,
		message: 'The item does not say how much is {kind}',
		advice: 'Let MoySklad Entity read {amounts}, or a full report, which has all of them.',
	},
	STOCK_STORES_MISSING: {
		kind: 'configuration',
		retryable: false,
		message: 'The item does not say how much lies in each store',
		advice: 'Let MoySklad Entity read the report Current by Store or Full by Store, or choose Total of All Stores.',
	},
	STOCK_UNKNOWN: {
		kind: 'data',
		retryable: true,
		message: 'MoySklad is recalculating the amount, so it was left alone',
		advice: 'Nothing to do: the next run reads it again. An amount that is not known is not zero.',
	},
	STOCK_ON_PARENT: {
		kind: 'conflict',
		retryable: false,
		message: 'MoySklad has {amount} of the product itself, but the object {id} of Bitrix has offers, and only these have amounts',
		advice: 'Move the amount to the variants of the product in MoySklad. Nothing was written.',
	},
	STOCK_NOT_KEPT: {
		kind: 'data',
		retryable: false,
		message: 'The object {id} of Bitrix is a {present}, which has no amount of its own',
		advice: 'Nothing to do for services. A set of Bitrix follows its components.',
	},
	STOCK_TOO_MANY_EMPTIED: {
		kind: 'conflict',
		retryable: false,
		message: '{count} of {total} items that can be bought now would be set to zero, which is more than {percent} %',
		advice: 'Nothing was written. Check that the stores are the right ones and that MoySklad shows the amounts; if they are true, raise Largest Share to Empty for one run.',
	},
	STOCK_MAP_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'The stores that are chosen cannot be used: {reason}',
		advice: 'Choose each store of MoySklad once, and for By Store the store of Bitrix beside it.',
	},
	STOCK_STORE_MISSING: {
		kind: 'configuration',
		retryable: false,
		message: 'Inventory management is on in this Bitrix, so amounts belong to stores, and no store of Bitrix is chosen',
		advice: 'Choose the store of Bitrix that gets the total, or choose By Store.',
	},
	STOCK_STORE_UNKNOWN: {
		kind: 'configuration',
		retryable: false,
		message: 'Bitrix has no active store with the ID {id}',
		advice: 'It was deleted or deactivated. Choose the store from the list of the node again.',
	},
	STOCK_TOTAL_ONLY: {
		kind: 'configuration',
		retryable: false,
		message: 'Inventory management is off in this Bitrix, so REST can only write one total of each item',
		advice: 'Choose Total of All Stores or Total of Chosen Stores, or turn on inventory management in Bitrix.',
	},
	STOCK_NOT_CONDUCTED: {
		kind: 'server',
		retryable: true,
		message: 'Bitrix did not conduct the document {id}',
		advice: 'Look at the document in Bitrix. The next run deletes it if it is still a draft, and makes a new one.',
	},
	STOCK_RUN_UNDER_WAY: {
		kind: 'limit',
		retryable: true,
		message: 'Another run is booking documents for the store {id} of Bitrix at the same time',
		advice: 'Let one workflow at a time update the stock of a store. The next run books what is left.',
	},
	STOCK_THRESHOLD_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'Row {row} of the thresholds cannot be used: {reason}',
		advice: 'Choose what the row is for, and enter the amount from which on it is low; 0 tells what is sold out.',
	},
	STOCK_STATE_UNREADABLE: {
		kind: 'data',
		retryable: false,
		message: 'What was low before cannot be read: {reason}',
		advice: 'Hand in the field state of the last item that this operation gave. Leave it empty to begin anew: then everything that is low is told again.',
	},
	STOCK_MOMENT_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'Subtract Orders Placed Since is not a moment: {value}',
		advice: 'Enter a moment such as 2026-11-21T10:00:00Z, or the cursor that Confirm Export of Bitrix Order Export gave.',
	},
} as const satisfies Record<string, CatalogueEntry>;
