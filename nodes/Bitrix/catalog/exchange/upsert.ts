import {
	asSitePriceTypes, cmlGood, exchangeRules, goodsDocument, linkAfter, mappedValues, offersDocument, pricesDocument, rulesForItem, SyncError,
	type CmlDocument, type CmlGood, type CmlOffer, type CmlPrices, type ExchangeLink, type ExchangeRules, type NamedField, type Scope,
} from '../../../../core';
import { fail, type Entries, type Entry } from '../entry';
import { seenFields } from '../rules';
import { expressionParameter } from '../settings';
import { changeBySubWorkflow } from '../subWorkflow';
import { cardsOfGoods, cardsOfOffers, type Cards } from './cards';
import { deliver, parcel, refusalKey, type Delivered, type Parcel } from './delivery';
import { isOpen, withLinks } from './keys';
import { end, leave, type Outgoing } from './outgoing';
import { PictureFiles } from './pictures';
import { planOutgoing, sendsCard, type Planning } from './planning';
import { applyRemarks } from './remarks';
import type { ExchangeRun } from './run';

/** Sends goods, then their variants, then the prices of both. What its link proves to be there is not sent. Every entry gets a result. */
export async function upsertOverExchange(run: ExchangeRun, entries: Entries): Promise<Delivered> {
	const { goods, offers } = withLinks(run, entries);
	const all = [...goods, ...offers];
	const { attributes, characteristics } = seenFields(all.map(({ entry }) => entry.goods), run.settings.attributes !== 'none');
	const fields = [...attributes, ...characteristics];
	await mapValues(run, all.filter(isOpen), exchangeRules({ attributes, characteristics, keepIds: run.settings.keepIds, changes: run.settings.changes }));
	const planning: Planning = { scope: scopeOf(run), pictures: new PictureFiles(run), fields };
	for (const outgoing of all) if (isOpen(outgoing) && outgoing.entry.input !== undefined) await planOutgoing(run, outgoing, planning);
	const parcels = [...goodsParcels(run, goods, offers, fields), ...offersParcels(run, offers, fields), ...priceParcels(run, all.filter(isOpen))];
	announce(run, all);
	const delivered = await deliver(run, parcels, planning.pictures.files);
	for (const outgoing of all) if (isOpen(outgoing) && outgoing.entry.input !== undefined) settle(run, outgoing, delivered);
	applyRemarks(all.filter(({ entry }) => entry.result?.status === 'unverified').map(({ entry }) => entry), delivered);
	return delivered;
}

function scopeOf({ settings }: ExchangeRun): Scope {
	return { ...settings.scope, price: settings.pricedOnly ? (settings.priceTypes[0]?.from ?? '') : null };
}

/** What the mapping gives for the items. An expression sees the input item; a product that came along with its variants has none. */
async function mapValues(run: ExchangeRun, outgoings: readonly Outgoing[], rules: ExchangeRules): Promise<void> {
	const mapped = outgoings.filter(({ entry }) => !entry.deleted && entry.input !== undefined);
	for (const { entry, isOnSite, hasVariants } of mapped) {
		const own = rulesForItem(entry.goods.kind === 'variant' ? rules.offers : rules.goods, entry.goods, hasVariants, isOnSite);
		entry.values = mappedValues(own, entry.goods, run.sources, (row) => run.context.getNodeParameter(expressionParameter(row), entry.input ?? 0, undefined));
	}
	await changeBySubWorkflow(run, mapped.map(({ entry }) => entry));
}

/** Bitrix shows whatever is sent (rule C2). */
function announce(run: ExchangeRun, outgoings: readonly Outgoing[]): void {
	const shown = outgoings.filter((outgoing) => isOpen(outgoing) && outgoing.isOnSite && sendsCard(outgoing) && !outgoing.removal).length;
	if (shown > 0) run.hint(`${shown} items that were sent before are sent again. The site shows each of them, also one that somebody hid there by hand: enter such items under Hidden on the Site.`);
}

/** Those whose cards would do damage end their way, and the variants of such products too. */
function sound<Card>(document: CmlDocument<Card>, { cards }: Cards<Card>): Card[] {
	return cards.flatMap(({ outgoing, card }) => {
		const fault = document.fault(card);
		if (!fault) return [card];
		fail(outgoing.entry, fault);
		return [];
	});
}

function goodsParcels(run: ExchangeRun, goods: readonly Outgoing[], offers: readonly Outgoing[], fields: readonly NamedField[]): Parcel[] {
	const { ids, formed, version } = run.settings;
	const companions = companionsOf(run, offers);
	const cards = cardsOfGoods(run, goods.filter((one) => isOpen(one) && sendsCard(one)), fields);
	if (cards.cards.length + companions.length === 0) return [];
	const document = goodsDocument({ ids, formed, version, classifier: cards.classifier });
	const items = sound(document, cards);
	for (const { entry } of offers)
		if (!entry.result && entry.parent?.result?.error) fail(entry, new SyncError('CATALOG_PARENT_FAILED', { reason: entry.parent.result.error.message }));
	return [parcel<CmlGood>(document, [...items, ...companions])];
}

/**
 * Products that only their new variants brought along. Nobody knows whether the site has them, so that nothing is said of them but
 * their name: an offer without its product is lost.
 */
function companionsOf(run: ExchangeRun, offers: readonly Outgoing[]): CmlGood[] {
	const found = new Map<Entry, CmlGood>();
	for (const outgoing of offers) {
		const { entry: { parent }, isOnSite, removal } = outgoing;
		if (!isOpen(outgoing) || isOnSite || removal || !parent || parent.input !== undefined || found.has(parent)) continue;
		const held = run.held(parent.goods, parent.key ?? '');
		if (held) leave(outgoing, held);
		else if (parent.goods.name === null) fail(outgoing.entry, new SyncError('CATALOG_PARENT_UNKNOWN'));
		else found.set(parent, cmlGood({ id: parent.key ?? '', name: parent.goods.name.trim() }));
	}
	return [...found.values()];
}

function offersParcels(run: ExchangeRun, offers: readonly Outgoing[], fields: readonly NamedField[]): Parcel[] {
	const { ids, formed, version } = run.settings;
	const cards = cardsOfOffers(run, offers.filter((one) => isOpen(one) && sendsCard(one)), fields);
	if (cards.cards.length === 0) return [];
	const document = offersDocument({ ids, formed, version, classifier: cards.classifier });
	return [parcel<CmlOffer>(document, sound(document, cards))];
}

/** Prices go apart: in a card the site would pass them over when the rest of it is as it was in some earlier import. */
export function priceParcels({ settings: { ids, formed, priceTypes } }: ExchangeRun, outgoings: readonly Outgoing[]): Parcel[] {
	const priced = outgoings.flatMap(({ entry, prices, sendsPrices }): CmlPrices[] => (sendsPrices && prices?.prices ? [{ id: entry.key ?? '', prices: prices.prices }] : []));
	return priced.length === 0 ? [] : [parcel(pricesDocument({ ids, formed, priceTypes: asSitePriceTypes(priceTypes) }), priced)];
}

/** What was sent is not proven to be there: the site does not say what it has. */
function settle(run: ExchangeRun, outgoing: Outgoing, { refused }: Delivered): void {
	const { entry } = outgoing;
	const key = entry.key ?? '';
	const fault = refused.get(refusalKey(entry.goods.kind === 'variant' ? 'offers' : 'import', key)) ?? refused.get(refusalKey('prices', key));
	if (fault) fail(entry, fault);
	else if (run.settings.preview) end(outgoing, 'planned');
	else end(outgoing, 'unverified', linkOf(run, outgoing));
}

function linkOf(run: ExchangeRun, outgoing: Outgoing): ExchangeLink {
	const { entry, link, removal, prices, sendsPrices, pictures, hasVariants } = outgoing;
	const isSent = sendsCard(outgoing);
	return linkAfter(run.remembered(entry.goods, entry.key ?? '', parentKeyOf(entry, link)), link, {
		values: isSent && !removal ? entry.values : {},
		pictures: isSent ? pictures?.after : undefined,
		snapshot: {
			place: run.settings.place,
			...(isSent && { removed: removal, variants: removal ? (link?.snapshot.variants ?? false) : hasVariants }),
			...(sendsPrices && prices && { prices: prices.remembered }),
		},
	});
}

const parentKeyOf = ({ parent }: Entry, link: ExchangeLink | undefined): string | null => parent?.key ?? link?.parent ?? null;
