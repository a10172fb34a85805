import { isFailed, isOnSite, SyncError, variantKey, warning } from '../../../../core';
import { fail, refuseRepeatedKeys, type Entries, type Entry } from '../entry';
import { hasVariants } from '../values';
import { leave, newOutgoing, type Outgoing } from './outgoing';
import type { ExchangeRun } from './run';

/** The items of one block with their links. */
export type Outgoings = Record<'goods' | 'offers', Outgoing[]>;

/** Gives variants their keys and all items their links. Those that have neither key nor link, or a wrong one, end their way. */
export function withLinks(run: ExchangeRun, { goods, offers }: Entries): Outgoings {
	const outgoings = { goods: goods.map((entry) => linked(run, entry)), offers: [] as Outgoing[] };
	for (const entry of offers) placeVariant(run, entry);
	refuseRepeatedKeys(offers);
	outgoings.offers = offers.map((entry) => linked(run, entry));
	return outgoings;
}

function linked(run: ExchangeRun, entry: Entry): Outgoing {
	const isSkuParent = run.settings.takesVariants && hasVariants(entry);
	if (entry.result || entry.input === undefined) return newOutgoing(entry, undefined, false, isSkuParent);
	try {
		const link = run.link(entry.input, { moySkladId: entry.goods.id, key: entry.key });
		// Of what was deleted in MoySklad nobody else knows the key.
		entry.key ??= link?.key;
		return newOutgoing(entry, link, isOnSite(link), isSkuParent);
	} catch (error) {
		fail(entry, error);
		return newOutgoing(entry, undefined, false, isSkuParent);
	}
}

function placeVariant({ settings }: ExchangeRun, entry: Entry): void {
	const { parent, goods, deleted } = entry;
	try {
		if (!settings.takesVariants) return leave(newOutgoing(entry, undefined, false, false), warning('EXCHANGE_VARIANTS_OFF'));
		if (deleted || !parent) return;
		if (parent.result && isFailed(parent.result)) throw new SyncError('CATALOG_PARENT_FAILED', { reason: parent.result.error?.message ?? '' });
		if (parent.key === undefined) throw new SyncError('CATALOG_PARENT_UNKNOWN');
		entry.key = variantKey(parent.key, goods, settings.identity);
	} catch (error) {
		fail(entry, error);
	}
}

export const isOpen = ({ entry }: Outgoing): boolean => !entry.result;
