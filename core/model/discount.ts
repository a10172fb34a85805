import type { Decimal } from './decimal';

/** What a discount does to a price. Those without a number cannot be told in a price. */
export type DiscountEffect =
	/** Per cent of the base price. */
	| { kind: 'percent'; percent: Decimal }
	/** The price of another price type. */
	| { kind: 'priceType'; typeId: string }
	/** Kopecks, in the currency of the account. */
	| { kind: 'fixed'; value: Decimal }
	/** A percentage that stands with each counterparty. */
	| { kind: 'personal' }
	| { kind: 'accumulating' | 'bonusProgram' | 'rounding' }
	/** MoySklad's keyword of a kind that this package does not know. */
	| { kind: 'unknown'; type: string };

/** A discount of MoySklad: for whom, on what, and what it does. */
export interface Discount {
	id: string;
	name: string;
	active: boolean;
	/** Tags of counterparties in lower case, as MoySklad keeps them; null = everybody. */
	tags: ReadonlySet<string> | null;
	goods: DiscountGoods;
	effect: DiscountEffect;
}

/** Ids of goods and of folders, in lower case. */
export interface DiscountGoods {
	all: boolean;
	ids: ReadonlySet<string>;
	folders: ReadonlySet<string>;
}

/** How several discounts of one good go together. */
export type DiscountStrategy = 'bySum' | 'byPriority';

/** A tag as it is compared: MoySklad gives tags back in lower case, whatever was entered. */
export const foldTag = (tag: string): string => tag.trim().toLowerCase();
