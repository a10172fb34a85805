import type { CatalogueEntry } from './entry';

/** Goods on their way into a site that only takes files: what is not known there, and what needs a link. */
export const exchangeCatalogErrors = {
	EXCHANGE_LINK_INVALID: {
		kind: 'data',
		retryable: false,
		message: 'The link of the item cannot be used: {reason}',
		advice: 'Pass the link that the last run gave for this item, unchanged; or none, and the item counts as new.',
	},
	EXCHANGE_LINK_MISSING: {
		kind: 'missing',
		retryable: false,
		message: 'The item has no link, without which {what} cannot be done: the site does not tell what it has',
		advice: 'Keep the links that Upsert Items gives, as the template does, and pass them along.',
	},
	EXCHANGE_KEY_CHANGED: {
		kind: 'conflict',
		retryable: false,
		message: 'The item lies on the site with the key “{from}”, but in MoySklad it is now “{key}”',
		advice: 'Restore the external code in MoySklad. If the new one is right, change the XML_ID of the item on the site and delete its link.',
	},
	EXCHANGE_HELD: {
		kind: 'conflict',
		retryable: false,
		message: 'The item is said to be hidden on the site, and whatever is sent is shown again there, so it was held',
		advice: 'Show the item on the site and take it out of Hidden on the Site; or archive it in MoySklad.',
	},
	EXCHANGE_VARIANTS_OFF: {
		kind: 'configuration',
		retryable: false,
		message: 'The site keeps no variants, so this one was left out',
		advice: 'Let the owner of the site turn on the import of offers into a block of their own, and then change Variants on the Site.',
	},
	EXCHANGE_PRICE_TYPE_ID: {
		kind: 'configuration',
		retryable: false,
		message: 'The price type “{type}” cannot be used: {reason}',
		advice: 'Enter each price type of the site once, with the external code that the site shows in its list of price types, a name and a currency of three letters.',
	},
	EXCHANGE_STORES_UNCONFIRMED: {
		kind: 'configuration',
		retryable: false,
		message: 'Nobody confirmed that the stores of the site are complete',
		advice: 'Stores that are not sent do not count in the total that the site shows. Enter all stores of the site and confirm that there are no others.',
	},
	EXCHANGE_PORTION_FAILED: {
		kind: 'data',
		retryable: false,
		message: 'The site could not import something of {file} and does not say what: {reason}',
		advice: 'The item may or may not be there, so it got no link and the next run sends it again. Send fewer items to find out which it is.',
	},
	EXCHANGE_TARGET_UNKNOWN: {
		kind: 'configuration',
		retryable: false,
		message: 'Files of the exchange have no field {target}',
		advice: 'Choose the field from the list of the node, or enter property: and the XML_ID of a property.',
	},
	EXCHANGE_ALL_EMPTY: {
		kind: 'conflict',
		retryable: false,
		message: 'All {count} items would be set to zero, and nobody knows what the site offers now',
		advice: 'Nothing was written. Check that the stores are the right ones; if everything is sold out, raise Fewest Items to Stop For for one run.',
	},
	EXCHANGE_NO_GOOD: {
		kind: 'data',
		retryable: false,
		message: 'The amounts belong to a {type}, of which the site keeps none',
		advice: 'Nothing to do.',
	},
} as const satisfies Record<string, CatalogueEntry>;
