import type { CatalogueEntry } from './entry';

/** Customers of a store or a CRM on their way into MoySklad's counterparties, and doubts about who they are. */
export const counterpartyErrors = {
	COUNTERPARTY_UNREADABLE: {
		kind: 'data',
		retryable: false,
		message: 'The item is not a customer: {reason}',
		advice: 'Pass on orders or customers of a store, contacts or companies of Bitrix24, or define the fields in the node.',
	},
	COUNTERPARTY_SITE_KEY_MISSING: {
		kind: 'configuration',
		retryable: false,
		message: 'The item does not say from which store or portal the customer comes',
		advice: 'Enter a Site Key in the node: it names the store or portal for ever, and with it customers are found again.',
	},
	COUNTERPARTY_REVIEW: {
		kind: 'conflict',
		retryable: false,
		message: 'Counterparties that may be the customer, none of them for certain: {count}',
		advice: 'Decide which of them it is, e.g. in the form of the template 25, and hand in the decision; nothing was written.',
	},
	COUNTERPARTY_FIELDS_CHANGED: {
		kind: 'conflict',
		retryable: false,
		message: 'Both sides changed {fields} of the customer since it was written last',
		advice: 'Decide whose fields win, e.g. in the form of the template 25, or make both sides equal; nothing was written.',
	},
	COUNTERPARTY_DECISION_INVALID: {
		kind: 'data',
		retryable: false,
		message: 'The decision about the customer cannot be obeyed: {reason}',
		advice: 'Hand in the decision as it was kept: the key of the customer, and the ID of a counterparty, create or skip.',
	},
	COUNTERPARTY_DECISION_VOID: {
		kind: 'missing',
		retryable: false,
		message: 'The counterparty that was decided on is not there any more',
		advice: 'Decide anew; it was probably deleted or merged with another one.',
	},
	COUNTERPARTY_LINK_INVALID: {
		kind: 'conflict',
		retryable: false,
		message: 'The link that came with the customer is not one of this customer: {reason}',
		advice: 'Look up the link by the key of the customer, or hand in no link: the customer is then looked for by the rules.',
	},
	COUNTERPARTY_GONE: {
		kind: 'missing',
		retryable: false,
		message: 'The counterparty to which the customer was linked is not there any more, so that the customer was looked for anew',
		advice: 'Nothing to do if it was merged with another one. If customers shall not come back, leave them out before this node.',
	},
	COUNTERPARTY_ARCHIVED: {
		kind: 'data',
		retryable: false,
		message: 'The counterparty lies in the archive',
		advice: 'Take it out of the archive in MoySklad if it is to be used again.',
	},
	COUNTERPARTY_LEFT_OUT: {
		kind: 'data',
		retryable: false,
		message: 'The customer was left out: {reason}',
		advice: 'Nothing to do if that is what you want; otherwise change the settings of the node or the decision.',
	},
	COUNTERPARTY_VALUE_CUT: {
		kind: 'data',
		retryable: false,
		message: 'Longer than MoySklad takes, and cut: {fields}',
		advice: 'Shorten it where the customer comes from, or complete it in MoySklad.',
	},
	COUNTERPARTY_VALUE_LEFT_OUT: {
		kind: 'data',
		retryable: false,
		message: 'Nothing that MoySklad takes, and left out: {fields}',
		advice: 'Correct it where the customer comes from; the rest of the counterparty was written.',
	},
	COUNTERPARTY_REPEATED: {
		kind: 'data',
		retryable: false,
		message: 'A newer state of the same customer is in this run',
		advice: 'Nothing to do: the newest state counts.',
	},
	COUNTERPARTY_KEY_SHARED: {
		kind: 'data',
		retryable: false,
		message: '{count} of them have one {field}; nobody was compared by it',
		advice: 'Raise the limit in the options if they may be duplicates all the same.',
	},
} as const satisfies Record<string, CatalogueEntry>;
