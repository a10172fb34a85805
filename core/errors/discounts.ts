import type { CatalogueEntry } from './entry';

/** Discounts of MoySklad on their way into prices: what cannot be a price, and what MoySklad's terms leave open. */
export const discountErrors = {
	DISCOUNT_UNREADABLE: {
		kind: 'data',
		retryable: false,
		message: 'The discount “{name}” is not in the form that the API of MoySklad documents, so it is in no price: {reason}',
		advice: 'Look at the discount in MoySklad; if it is right there, report this to the makers of this node.',
	},
	DISCOUNT_KIND_UNKNOWN: {
		kind: 'data',
		retryable: false,
		message: 'The discount “{name}” is of a kind that this node does not know ({type}), so it is in no price',
		advice: 'Nothing to do if it is no matter of prices; otherwise express it as a special price in MoySklad.',
	},
	DISCOUNT_ACCUMULATING: {
		kind: 'data',
		retryable: false,
		message: 'The accumulating discount “{name}” depends on what a buyer has bought before, so it is in no price',
		advice: 'Set it up in the marketing rules of the store, or give the buyers a group with a special price in MoySklad.',
	},
	DISCOUNT_BONUS_PROGRAM: {
		kind: 'data',
		retryable: false,
		message: 'The bonus program “{name}” gives points for whole purchases, so it is in no price',
		advice: 'Set it up in the store itself; prices stay as they are.',
	},
	DISCOUNT_ROUNDING: {
		kind: 'data',
		retryable: false,
		message: 'The rounding off “{name}” concerns the sums of receipts, so it is in no price',
		advice: 'Choose Round Off Computed Prices in the options if the prices themselves are to be whole.',
	},
	DISCOUNT_PERSONAL_FOR_ALL: {
		kind: 'data',
		retryable: false,
		message: 'The personal discount “{name}” differs from buyer to buyer, so it is not in the price “{price}” for everybody',
		advice: 'Nothing to do if that is intended; otherwise make a special price for a group of counterparties in MoySklad.',
	},
	DISCOUNT_PERSONAL_VARIES: {
		kind: 'data',
		retryable: false,
		message: 'The counterparties of the group “{tag}” have different percentages of the personal discount “{name}”, so it is not in the price “{price}”',
		advice: 'Give all of them the same percentage, or make a special price for the group in MoySklad.',
	},
	DISCOUNT_PERCENT_UNFIT: {
		kind: 'data',
		retryable: false,
		message: 'The discount “{name}” is {percent} %, which is no discount between 0 and 100, so it is in no price',
		advice: 'Correct the percentage in MoySklad. Markups belong into a price type of their own.',
	},
	DISCOUNT_TOGETHER: {
		kind: 'data',
		retryable: false,
		message: 'On some goods several discounts meet of which MoySklad does not say how they are added up ({names}); the best of them for the buyer was taken',
		advice: 'Set Joint Use of Discounts in MoySklad to the priority one, or let these discounts hold for different goods or groups.',
	},
	DISCOUNT_ABOVE_PRICE: {
		kind: 'data',
		retryable: false,
		message: 'The special price “{name}” is above the base price of some goods, which was taken there instead',
		advice: 'Correct the prices of these goods in MoySklad, or take them out of the special price.',
	},
	DISCOUNT_CURRENCY: {
		kind: 'data',
		retryable: false,
		message: 'The special price “{name}” is in another currency than the base price of some goods, and was left out there',
		advice: 'Enter both prices in the same currency in MoySklad.',
	},
	DISCOUNT_MINIMUM_CURRENCY: {
		kind: 'data',
		retryable: false,
		message: 'Some goods have a minimum price in another currency than their base price, so the price “{price}” was not reckoned for them',
		advice: 'Enter both prices in the same currency in MoySklad.',
	},
	DISCOUNT_VARIANTS: {
		kind: 'data',
		retryable: false,
		message: 'The discount “{name}” names products of which some have variants; it was taken to hold for these too, which MoySklad does not say',
		advice: 'Add the variants to the discount in MoySklad, or switch off Discounts of Products Hold for Variants in the options.',
	},
	DISCOUNT_STRATEGY_UNKNOWN: {
		kind: 'data',
		retryable: false,
		message: 'MoySklad adds up discounts in a way that this node does not know ({strategy}); the best one for the buyer was taken',
		advice: 'Choose one of the two usual ways under Joint Use of Discounts in MoySklad.',
	},
	DISCOUNT_GOOD_UNCLEAR: {
		kind: 'missing',
		retryable: false,
		message: 'Of some goods it is not known in which folder or product they are, so that discounts could not be reckoned for them: {reason}',
		advice: 'Give the user of the credential the right to see products and folders in MoySklad.',
	},
	DISCOUNT_PRICES_NONE: {
		kind: 'configuration',
		retryable: false,
		message: 'No computed price was entered',
		advice: 'Add at least one row under Computed Prices.',
	},
	DISCOUNT_PRICE_NAME: {
		kind: 'configuration',
		retryable: false,
		message: 'A computed price cannot be called “{name}”: {reason}',
		advice: 'Give each computed price a name of its own that no price type of MoySklad has.',
	},
	DISCOUNT_GROUP_EMPTY: {
		kind: 'configuration',
		retryable: false,
		message: 'The computed price “{name}” is for a group of counterparties, but none was chosen',
		advice: 'Choose the group, or set For to Everybody.',
	},
	DISCOUNT_BASE_UNKNOWN: {
		kind: 'configuration',
		retryable: false,
		message: 'MoySklad has no price type “{type}”, from which the computed price “{name}” is to be reckoned',
		advice: 'Choose the price type from the list of the node again.',
	},
} satisfies Record<string, CatalogueEntry>;
