import type { CatalogueEntry } from './entry';

/** What *Sync Check* finds before anything goes wrong. */
export const checkErrors = {
	CHECK_MOYSKLAD_NOT_ADMIN: {
		kind: 'auth',
		retryable: false,
		message: 'The user of the credential is no administrator of MoySklad',
		advice: 'Take the token of an administrator: only they may make webhooks, and read in the audit what was deleted.',
	},
	CHECK_MOYSKLAD_RIGHT: {
		kind: 'auth',
		retryable: false,
		message: 'The user of the credential may not {action} {object} in MoySklad',
		advice: 'Give the role of the user this right in MoySklad (Settings, Employees), or leave out the flows that need it.',
	},
	CHECK_MOYSKLAD_MINIMUM_PRICE: {
		kind: 'configuration',
		retryable: false,
		message: 'MoySklad raises sale prices that are below the minimum price of a product',
		advice: 'Orders of the store with such prices will not add up. Switch the check of minimum prices off in the settings of the company.',
	},
	CHECK_RATE: {
		kind: 'limit',
		retryable: false,
		message: 'MoySklad grants this user {limit} units in {seconds} s, less than usual ({usual})',
		advice: 'Expect long runs, or raise Processes Sharing This Account in the credential so that its share fits.',
	},
	CHECK_CLOCK: {
		kind: 'configuration',
		retryable: false,
		message: 'The clock of this n8n differs from that of {system} by {seconds} s',
		advice: 'Let the server of n8n take its time from the network (NTP). Cursors and signatures depend on the clock.',
	},
	CHECK_TIME_ZONE: {
		kind: 'configuration',
		retryable: false,
		message: 'The time zone of {system} is {theirs}, that of the workflow is {ours}',
		advice: 'Set the time zone in the settings of the workflow, if schedules and days shall mean the same as in the store.',
	},
	CHECK_PLAIN_HTTP: {
		kind: 'configuration',
		retryable: false,
		message: 'The credential leads to {host} without https',
		advice: 'Enter an https address: logins, tokens and customers would be read on their way.',
	},
	CHECK_CERTIFICATE: {
		kind: 'connection',
		retryable: false,
		message: 'The certificate of {host} is not trusted: {reason}',
		advice: 'Install the full chain (fullchain.pem) at the web server or proxy of n8n. MoySklad does not call an address whose chain is not whole.',
	},
	CHECK_SCOPE: {
		kind: 'auth',
		retryable: false,
		message: 'The permission “{scope}” is missing in the webhook or application of Bitrix',
		advice: 'Add it in Bitrix (Developer resources, the webhook, Permissions): {needed}.',
	},
	CHECK_METHOD: {
		kind: 'configuration',
		retryable: false,
		message: 'This Bitrix has no method {method}',
		advice: 'Update Bitrix and its modules, or leave out what needs it: {needed}.',
	},
	CHECK_BITRIX_NOT_ADMIN: {
		kind: 'auth',
		retryable: false,
		message: 'The user of the Bitrix connection is no administrator',
		advice: 'Rights to single catalogs, orders and CRM objects may be missing. Make the webhook as an administrator.',
	},
	CHECK_NO_CATALOG: {
		kind: 'configuration',
		retryable: false,
		message: 'This Bitrix has no trade catalog',
		advice: 'Make an information block a trade catalog (Store, Settings), then choose it.',
	},
	CHECK_NO_OFFERS: {
		kind: 'configuration',
		retryable: false,
		message: 'MoySklad has variants, but the catalog {catalog} has no block of offers',
		advice: 'Give the catalog offers in Bitrix, or leave variants out of the flows.',
	},
	CHECK_REQUIRED_PROPERTY: {
		kind: 'configuration',
		retryable: false,
		message: 'The property “{property}” of {catalog} is required and has no default',
		advice: 'Fill it in the mapping, give it a default in Bitrix, or make it optional: new items cannot be made without it.',
	},
	CHECK_REQUIRED_ATTRIBUTE: {
		kind: 'configuration',
		retryable: false,
		message: 'The additional field “{attribute}” of {object} is required in MoySklad',
		advice: 'Fill it in the mapping, or make it optional in MoySklad: objects cannot be made without it.',
	},
	CHECK_INVENTORY: {
		kind: 'configuration',
		retryable: false,
		message: 'Inventory management is on in Bitrix: amounts of stock change by documents only',
		advice: 'Choose Documents as Stock Mode in Update Stock, or switch inventory management off in Bitrix.',
	},
	CHECK_EXCHANGE_LIMIT: {
		kind: 'limit',
		retryable: false,
		message: 'The site takes {bytes} bytes in one upload of the exchange',
		advice: 'Raise “Size of a part” in the exchange settings of the site to 1 MB or more, or expect long runs.',
	},
	CHECK_CHOICE_GONE: {
		kind: 'missing',
		retryable: false,
		message: 'The chosen {list} “{chosen}” is not there (any more)',
		advice: 'Choose another one from the live list.',
	},
	CHECK_NOT_CHOSEN: {
		kind: 'configuration',
		retryable: false,
		message: 'No {list} is chosen',
		advice: 'Choose one from the live list: {needed}.',
	},
	CHECK_STATE_UNMAPPED: {
		kind: 'configuration',
		retryable: false,
		message: 'The state “{state}” of customer orders has no status in the store',
		advice: 'Add a row to the status map. Until then orders in this state keep the status that they have in the store.',
	},
	CHECK_STATUS_UNMAPPED: {
		kind: 'configuration',
		retryable: false,
		message: 'The order status “{status}” of the store has no state in MoySklad',
		advice: 'Add a row to the status map. Until then orders in this status keep the state that they have in MoySklad.',
	},
	CHECK_N8N_OLD: {
		kind: 'configuration',
		retryable: false,
		message: 'This n8n ({version}) is older than the nodes were made for ({oldest})',
		advice: 'Update n8n.',
	},
	CHECK_EGRESS_UNKNOWN: {
		kind: 'connection',
		retryable: true,
		message: 'The address from which this n8n calls could not be learnt from {host}',
		advice: 'Enter another service that answers with the caller’s address as plain text, or leave the field empty.',
	},
} as const satisfies Record<string, CatalogueEntry>;
