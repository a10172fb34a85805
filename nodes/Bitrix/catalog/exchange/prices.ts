import { linkAfter, SyncError } from '../../../../core';
import { fail, type Entries } from '../entry';
import { deliver, refusalKey, type Delivered } from './delivery';
import { isOpen, withLinks } from './keys';
import { end, leave, type Outgoing } from './outgoing';
import { planPrices, pricesOf } from './planning';
import { applyRemarks } from './remarks';
import type { ExchangeRun } from './run';
import { priceParcels } from './upsert';

/** Sends all prices of the items, and nothing else of them. Items that the site does not have it passes over without a word. */
export async function updatePricesOverExchange(run: ExchangeRun, entries: Entries): Promise<Delivered> {
	if (run.settings.priceTypes.length === 0) throw new SyncError('COMMERCEML_PRICE_TYPES_UNCONFIRMED');
	const { goods, offers } = withLinks(run, entries);
	const all = [...goods, ...offers].filter(({ entry }) => entry.input !== undefined);
	for (const outgoing of all.filter(isOpen)) plan(run, outgoing);
	const sent = all.filter(isOpen);
	const delivered = await deliver(run, priceParcels(run, sent));
	for (const outgoing of sent) settle(run, outgoing, delivered);
	applyRemarks(sent.map(({ entry }) => entry), delivered);
	return delivered;
}

function plan(run: ExchangeRun, outgoing: Outgoing): void {
	const { entry, link, hasVariants } = outgoing;
	// What is gone has no prices any more, and its variants have those of a product.
	if (entry.deleted || hasVariants) return end(outgoing, hasVariants ? 'unchanged' : 'skipped', link);
	const prices = pricesOf(run, outgoing);
	outgoing.prices = prices;
	if (prices.hold) return fail(entry, prices.hold);
	planPrices(run, outgoing, 'always');
	if (outgoing.sendsPrices) return;
	if (prices.prices) end(outgoing, 'unchanged', link);
	else leaveUnpriced(outgoing);
}

/** An item that lacks a price is left alone: the others alone would delete it (rule P2). */
function leaveUnpriced(outgoing: Outgoing): void {
	const [first, ...others] = outgoing.warnings;
	outgoing.warnings = others;
	if (first) leave(outgoing, first, outgoing.link);
}

function settle(run: ExchangeRun, outgoing: Outgoing, { refused }: Delivered): void {
	const { entry, link, prices } = outgoing;
	const key = entry.key ?? '';
	const fault = refused.get(refusalKey('prices', key));
	if (fault) return fail(entry, fault);
	if (run.settings.preview) return end(outgoing, 'planned');
	const who = run.remembered(entry.goods, key, entry.parent?.key ?? null);
	end(outgoing, 'unverified', linkAfter(who, link, { snapshot: { place: run.settings.place, prices: prices?.remembered ?? {} } }));
}
