import type { CatalogueEntry } from './entry';

/** Refusals of the Bitrix REST API. Source: github bitrix24/b24restdocs, `_includes/system-errors.md`, and the pages of the methods. */
export const bitrixErrors = {
	BITRIX_AUTH_FAILED: {
		kind: 'auth',
		retryable: false,
		message: 'Bitrix did not accept the webhook or token: {reason}',
		advice: 'Create a new inbound webhook under an administrator and enter its address in the credential, or reconnect the OAuth2 credential.',
	},
	BITRIX_TOKEN_EXPIRED: {
		kind: 'auth',
		retryable: true,
		message: 'The access token of Bitrix has expired and could not be renewed',
		advice: 'Open the Bitrix OAuth2 credential and connect it again.',
	},
	BITRIX_RECONNECT: {
		kind: 'auth',
		retryable: false,
		message: 'Bitrix has withdrawn the access of the OAuth2 credential',
		advice: 'Check that the application is still installed in Bitrix and paid for, then open the credential and connect it again.',
	},
	BITRIX_SCOPE: {
		kind: 'auth',
		retryable: false,
		message: 'The webhook or application has no permission for {call}',
		advice: 'Add the scope to the webhook or application: catalog for goods, sale for orders, pay_system for pay systems, crm for deals.',
	},
	BITRIX_NO_RIGHT: {
		kind: 'auth',
		retryable: false,
		message: 'Bitrix refused {call}: {reason}',
		advice: 'Make the webhook under an administrator, or give its user the right to the catalog and the shop. Bitrix24 also needs a paid plan for REST.',
	},
	BITRIX_METHOD_MISSING: {
		kind: 'configuration',
		retryable: false,
		message: 'This Bitrix has no method {call}',
		advice: 'The module is not installed or its version is too old. On a site without REST for the catalog use the 1C Exchange connection.',
	},
	BITRIX_RATE_LIMIT: {
		kind: 'limit',
		retryable: true,
		message: 'Bitrix refused {call}: too many requests',
		advice: 'All programs on the same address share one limit. Let fewer of them run at the same time.',
	},
	BITRIX_OPERATING_LIMIT: {
		kind: 'limit',
		retryable: true,
		message: 'Bitrix refused {call}: the method has used up its working time of the last ten minutes',
		advice: 'Nothing to do for single cases: work goes on when the time is free again. For large imports use smaller batches.',
	},
	BITRIX_OVERLOAD: {
		kind: 'limit',
		retryable: false,
		message: 'Bitrix has blocked REST of this portal because of overload',
		advice: 'Only the support of Bitrix can lift this block. Stop the workflows and write to them.',
	},
	BITRIX_PORTAL_CLOSED: {
		kind: 'server',
		retryable: false,
		message: 'The portal or site is closed or deleted: {reason}',
		advice: 'Open the public part of the site, or correct the address in the credential.',
	},
	BITRIX_NOT_HTTPS: {
		kind: 'configuration',
		retryable: false,
		message: 'Bitrix takes REST calls over https only',
		advice: 'Enter the address with https:// in the credential; the site needs a valid certificate.',
	},
	BITRIX_NOT_FOUND: {
		kind: 'missing',
		retryable: false,
		message: 'Bitrix has no such object for {call}: {reason}',
		advice: 'It was deleted or belongs to another catalog. Choose the object from the list of the node.',
	},
	BITRIX_NOT_UNIQUE: {
		kind: 'conflict',
		retryable: false,
		message: 'Bitrix refused {call}: {reason}',
		advice: 'Something with the same code exists. Rename one of them, or leave the symbolic code out of the mapping.',
	},
	BITRIX_REJECTED: {
		kind: 'data',
		retryable: false,
		message: 'Bitrix refused {call}: {reason}',
		advice: 'Correct the value that Bitrix names, in the data or in the mapping of the node.',
	},
	BITRIX_SERVER_ERROR: {
		kind: 'server',
		retryable: true,
		message: 'Bitrix failed at {call} (HTTP {status}): {reason}',
		advice: 'Try again later; if it stays, look into the error log of the site.',
	},
	BITRIX_UNVERIFIED: {
		kind: 'server',
		retryable: true,
		message: 'The connection to Bitrix broke while {call} was being carried out, so it is not known whether it was',
		advice: 'Run the item again: what was made is found by its XML_ID and not made twice.',
	},
	BITRIX_FILTER_IGNORED: {
		kind: 'data',
		retryable: false,
		message: 'Bitrix ignored the filter of {call} and answered with rows that were not asked for',
		advice: 'This version of Bitrix does not know the filter. Nothing was written on the strength of the answer.',
	},
	BITRIX_CURSOR_STALLED: {
		kind: 'data',
		retryable: false,
		message: 'Bitrix answers {call} with the same rows again and again',
		advice: 'This version of Bitrix does not page this list by id. Report it; nothing was written on the strength of the list.',
	},
	BITRIX_WRITE_IGNORED: {
		kind: 'conflict',
		retryable: false,
		message: 'Bitrix accepted {call} but did not change {field}',
		advice: 'The field is read-only on this site, e.g. the quantity while inventory management is on, or its property is of a kind that REST cannot write.',
	},
} as const satisfies Record<string, CatalogueEntry>;
