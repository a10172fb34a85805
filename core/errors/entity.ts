import type { CatalogueEntry } from './entry';

/** What the node MoySklad Entity finds wrong before or after it calls MoySklad. */
export const entityErrors = {
	MOYSKLAD_FIELD_UNKNOWN: {
		kind: 'configuration',
		retryable: false,
		message: 'MoySklad has no field “{field}” for {entity}',
		advice: 'Choose the field from the list. Additional fields are written as attribute: and their name or ID.',
	},
	MOYSKLAD_VALUE_INVALID: {
		kind: 'data',
		retryable: false,
		message: 'The value of “{field}” is not {expected}: {value}',
		advice: 'Correct the value or the expression of this field.',
	},
	MOYSKLAD_JSON_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'The parameter “{parameter}” is not {expected}',
		advice: 'Enter valid JSON, e.g. {"description": "text"}, or an expression that gives such an object.',
	},
	MOYSKLAD_KEY_EMPTY: {
		kind: 'conflict',
		retryable: false,
		message: 'The item has no {field}, by which the object would be looked up',
		advice: 'Fill the field to match on, or choose another one. Without it the object would be made anew with every run.',
	},
	MOYSKLAD_KEY_REPEATED: {
		kind: 'conflict',
		retryable: false,
		message: 'Several items of this run have the {field} {key}',
		advice: 'Leave one item for each object; which of them is right cannot be guessed.',
	},
	MOYSKLAD_KEY_AMBIGUOUS: {
		kind: 'conflict',
		retryable: false,
		message: 'MoySklad has {count} objects with the {field} {key}',
		advice: 'Make the {field} unique in MoySklad; archived objects count too. Which of them is meant cannot be guessed.',
	},
	MOYSKLAD_IN_BIN: {
		kind: 'conflict',
		retryable: false,
		message: 'The document with the {field} {key} lies in the recycle bin',
		advice: 'Restore it in MoySklad or empty the bin. Nothing was written, since somebody has thrown it away.',
	},
	MOYSKLAD_FIELD_FIXED: {
		kind: 'data',
		retryable: false,
		message: 'The field “{field}” cannot be changed after the object was made',
		advice: 'Leave the field out. The other fields were written.',
	},
	MOYSKLAD_EVENT_INVALID: {
		kind: 'data',
		retryable: false,
		message: 'The item is not an event of MoySklad: {reason}',
		advice: 'Connect MoySklad Trigger, the inbox or Get Changes; the item needs the fields entity, id and action.',
	},
	MOYSKLAD_EVENT_FOREIGN: {
		kind: 'data',
		retryable: false,
		message: 'An event of {entity} does not belong to the resource that is chosen',
		advice: 'Route the items by their field entity to nodes with the right resource. Assortment takes products, variants, bundles and services.',
	},
	MOYSKLAD_CURSOR_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'The cursor is not one of this resource: {cursor}',
		advice: 'Hand in the cursor that the run before gave, a moment such as 2026-11-21T10:00:00Z, or nothing to begin at Look Back.',
	},
	MOYSKLAD_NOTHING_WATCHED: {
		kind: 'configuration',
		retryable: false,
		message: 'No kind of object is chosen whose changes are to be looked for',
		advice: 'Choose at least one under Objects.',
	},
	MOYSKLAD_DELETIONS_HIDDEN: {
		kind: 'auth',
		retryable: false,
		message: 'Deleted objects are left out: the MoySklad user may not read the audit',
		advice: 'Use the token of an administrator, or compare both sides with a full run from time to time.',
	},
	MOYSKLAD_STOCK_EVENT_OLD: {
		kind: 'data',
		retryable: false,
		message: 'The stock notification is older than the 24 hours that MoySklad looks back',
		advice: 'Nothing to do: the whole report was read instead of the changes.',
	},
} as const satisfies Record<string, CatalogueEntry>;
