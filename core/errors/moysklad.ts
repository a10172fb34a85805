import type { CatalogueEntry } from './entry';

/** Refusals of the MoySklad JSON API. Source: github moysklad/api-remap-1.2-doc, `md/_errors.md`. */
export const moySkladErrors = {
	MOYSKLAD_AUTH_FAILED: {
		kind: 'auth',
		retryable: false,
		message: 'MoySklad did not accept the token or the login and password',
		advice: 'Open the MoySklad API credential and enter a valid token. Issuing a new token revokes the older ones of the same user.',
	},
	MOYSKLAD_BASE_URL_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'The Base URL of the MoySklad API credential is not an address',
		advice: 'Enter it with https:// in front, as https://api.moysklad.ru/api/remap/1.2, or leave it empty.',
	},
	MOYSKLAD_LOGIN_LOCKED: {
		kind: 'auth',
		retryable: true,
		message: 'MoySklad locked the login after too many failed attempts',
		advice: 'Wait some minutes, then correct the login and password in the credential.',
	},
	MOYSKLAD_ACCESS_DISABLED: {
		kind: 'auth',
		retryable: false,
		message: 'API access is disabled for this MoySklad user',
		advice: 'Ask the support of MoySklad to restore it. It happens after very many failing or refused requests from any program of this user.',
	},
	MOYSKLAD_NO_RIGHT: {
		kind: 'auth',
		retryable: false,
		message: 'MoySklad refused {call}: {reason}',
		advice: 'Give the MoySklad user of the credential the right that is named, or use another user.',
	},
	MOYSKLAD_TARIFF: {
		kind: 'configuration',
		retryable: false,
		message: 'The tariff of the MoySklad account does not allow {call}: {reason}',
		advice: 'Choose a tariff that includes it, or leave this part of the workflow out.',
	},
	MOYSKLAD_RATE_LIMIT: {
		kind: 'limit',
		retryable: true,
		message: 'MoySklad refused {call}: too many requests',
		advice: 'Another program uses up the limit of the same user. Give the integration a user of its own, or set Processes Sharing This Account in the credential.',
	},
	MOYSKLAD_PARALLEL_LIMIT: {
		kind: 'limit',
		retryable: true,
		message: 'MoySklad refused {call}: too many requests at the same time',
		advice: 'Set Processes Sharing This Account in the credential to the number of n8n processes that use it.',
	},
	MOYSKLAD_REPEATED_FAILURE: {
		kind: 'limit',
		retryable: true,
		message: 'The same request to MoySklad failed {count} times within a minute and is held back: {call}',
		advice: 'MoySklad disables users that repeat failing requests. Correct what the error before this one says; the request is allowed again in a minute.',
	},
	MOYSKLAD_NOT_FOUND: {
		kind: 'missing',
		retryable: false,
		message: 'MoySklad has no {call}',
		advice: 'The object was deleted, or the id is that of the web page: the API has ids of its own. Choose the object from the list.',
	},
	MOYSKLAD_NOT_UNIQUE: {
		kind: 'conflict',
		retryable: false,
		message: 'MoySklad refused {call}: {reason}',
		advice: 'Something with the same number or code exists. Choose another number policy, or link the existing object by its external code.',
	},
	MOYSKLAD_IN_USE: {
		kind: 'conflict',
		retryable: false,
		message: 'MoySklad refused {call}: {reason}',
		advice: 'Other documents refer to the object. Archive it instead of deleting it, or delete those documents first.',
	},
	MOYSKLAD_CHANGED_MEANWHILE: {
		kind: 'conflict',
		retryable: true,
		message: 'Somebody changed the object while {call} was being carried out',
		advice: 'Run the item again: it is read anew before it is written.',
	},
	MOYSKLAD_CLOSED_PERIOD: {
		kind: 'data',
		retryable: false,
		message: 'MoySklad refused {call}, because the date lies in a closed period: {reason}',
		advice: 'Open the period in the settings of MoySklad and run the item again, or let the document have a later date by the mapping.',
	},
	MOYSKLAD_SETTING: {
		kind: 'configuration',
		retryable: false,
		message: 'The settings of the MoySklad account do not allow {call}: {reason}',
		advice: 'Change the setting that MoySklad names, or leave this part of the workflow out.',
	},
	MOYSKLAD_REJECTED: {
		kind: 'data',
		retryable: false,
		message: 'MoySklad refused {call}: {reason}',
		advice: 'Correct the value that MoySklad names, in the data or in the mapping of the node.',
	},
	MOYSKLAD_REQUEST_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'MoySklad did not understand {call}: {reason}',
		advice: 'Check the parameters of the node, above all filters, sort order and custom paths.',
	},
	MOYSKLAD_TOO_LARGE: {
		kind: 'data',
		retryable: false,
		message: 'MoySklad refused {call} because of its size: {reason}',
		advice: 'Send fewer or smaller objects in one item.',
	},
	MOYSKLAD_MAINTENANCE: {
		kind: 'server',
		retryable: true,
		message: 'MoySklad is under maintenance or overloaded: {reason}',
		advice: 'Try again later. The templates do so by themselves.',
	},
	MOYSKLAD_SERVER_ERROR: {
		kind: 'server',
		retryable: true,
		message: 'MoySklad failed at {call} (HTTP {status}): {reason}',
		advice: 'Try again later; if it stays, write to the support of MoySklad with the time of the call.',
	},
	MOYSKLAD_UNVERIFIED: {
		kind: 'server',
		retryable: true,
		message: 'The connection to MoySklad broke while {call} was being carried out, so it is not known whether it was',
		advice: 'Run the item again: what was made is found by its syncId or external code and not made twice.',
	},
	MOYSKLAD_FILTER_VALUE: {
		kind: 'data',
		retryable: false,
		message: 'More than one value of the filter on {field} ends with a backslash, which MoySklad cannot express',
		advice: 'Ask for these values one at a time, or correct the codes that end with a backslash.',
	},
	MOYSKLAD_VALUE_NOT_LISTED: {
		kind: 'configuration',
		retryable: false,
		message: 'MoySklad has no {what} named “{name}”',
		advice: 'Choose it from the list of the node; it may have been renamed or deleted in MoySklad.',
	},
} as const satisfies Record<string, CatalogueEntry>;
