import { warning, type CmlItem, type ExchangeLink, type FieldChange, type Link, type SentPrices, type Warning, type WriteStatus } from '../../../../core';
import { finish, type Entry } from '../entry';
import type { SaidPictures } from './pictures';

/** An item on its way into the files of an exchange. */
export interface Outgoing {
	entry: Entry;
	/** What was sent before. */
	link: ExchangeLink | undefined;
	isOnSite: boolean;
	/** It is sold by its variants. */
	hasVariants: boolean;
	/** What is sent of it: its card, that it is to be hidden, its prices. */
	card: CmlItem | undefined;
	removal: boolean;
	prices: SentPrices | undefined;
	sendsPrices: boolean;
	pictures: SaidPictures | undefined;
	changes: FieldChange[];
	warnings: Warning[];
}

export const newOutgoing = (entry: Entry, link: ExchangeLink | undefined, isOnSite: boolean, hasVariants: boolean): Outgoing => ({
	entry, link, isOnSite, hasVariants, card: undefined, removal: false, prices: undefined, sendsPrices: false, pictures: undefined, changes: [], warnings: [],
});

/** Ends the way of an item. The site does not say what it has, so that what was there before is not known. */
export function end({ entry, changes, warnings }: Outgoing, status: WriteStatus, link?: Link): void {
	finish(entry, status, link);
	Object.assign(entry.result ?? {}, { changes, warnings });
}

/** Leaves an item alone, and says why. */
export function leave(outgoing: Outgoing, why: Warning, link?: Link): void {
	outgoing.warnings.push(why);
	end(outgoing, 'skipped', link);
}

export const lacksLink = (what: string): Warning => warning('EXCHANGE_LINK_MISSING', { what });
