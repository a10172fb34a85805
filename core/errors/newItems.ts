import type { CatalogueEntry } from './entry';

/** Goods that were made in the catalog of Bitrix, on their way into MoySklad. */
export const newItemErrors = {
	NEW_ITEM_CURSOR_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'The cursor is not one of Get New Items: {reason}',
		advice: 'Hand in the cursor that was kept last, unchanged, or nothing for the first run.',
	},
	NEW_ITEM_CURSOR_FOREIGN: {
		kind: 'configuration',
		retryable: false,
		message: 'The cursor belongs to another {what}: {stored} instead of {present}',
		advice: 'A copy of a store must not write into the MoySklad of the original: give it its own Site Key and begin with an empty cursor. If the store itself has moved, keep its Site Key and begin with an empty cursor.',
	},
	NEW_ITEM_KIND: {
		kind: 'data',
		retryable: false,
		message: 'The item is a {kind} in Bitrix, and only products without offers and services are taken over into MoySklad',
		advice: 'Make it in MoySklad by hand, with the XML_ID of the item as its external code; then Upsert Items finds it.',
	},
	NEW_ITEM_KEY_FOREIGN: {
		kind: 'conflict',
		retryable: false,
		message: 'The key “{key}” of the item belongs to a {entity} in MoySklad',
		advice: 'Change the XML_ID of the item in Bitrix, or the external code in MoySklad.',
	},
	NEW_ITEM_KEY_REPEATED: {
		kind: 'conflict',
		retryable: false,
		message: 'Several objects of MoySklad have the key “{key}” of the item',
		advice: 'Give all but one of them another external code in MoySklad.',
	},
	NEW_ITEM_FOLDER: {
		kind: 'data',
		retryable: false,
		message: 'MoySklad has no folder for the section “{section}”, so the new object lies in none',
		advice: 'Make the folder in MoySklad, or move the object to its place there.',
	},
	NEW_ITEM_UNIT: {
		kind: 'data',
		retryable: false,
		message: 'MoySklad has no unit with the OKEI code {code} (“{unit}”), so the new object has none',
		advice: 'Add the unit in MoySklad and choose it in the object.',
	},
	NEW_ITEM_CURRENCY: {
		kind: 'data',
		retryable: false,
		message: 'MoySklad has no currency {currency}, so the price {type} was left out',
		advice: 'Add the currency in MoySklad, or say under Currencies which one it is.',
	},
	NEW_ITEM_PRICE_RANGES: {
		kind: 'data',
		retryable: false,
		message: 'The price {type} depends on the quantity, which MoySklad does not know, so it was left out',
		advice: 'Enter the price in MoySklad.',
	},
	NEW_ITEM_LINKED_TWICE: {
		kind: 'conflict',
		retryable: false,
		message: 'Several objects of MoySklad are to be linked with the item {id}',
		advice: 'Hand in each item once. None of them was written.',
	},
	NEW_ITEM_LINK_OPEN: {
		kind: 'data',
		retryable: false,
		message: 'The item does not say which object of which platform is meant: {what} is missing',
		advice: 'Hand in the IDs of both, e.g. from Get New Items and from the result of MoySklad Entity.',
	},
} satisfies Record<string, CatalogueEntry>;
