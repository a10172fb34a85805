import {
	changedFields, EXCHANGE_FIELDS, plainText, pricesToSend, PROPERTY_PREFIX, sourceValue, warning,
	type FieldChange, type NamedField, type Policy, type Scope, type SentPrices,
} from '../../../../core';
import { fail } from '../entry';
import { judge } from '../values';
import { end, lacksLink, leave, type Outgoing } from './outgoing';
import type { PictureFiles } from './pictures';
import type { ExchangeRun } from './run';

/** What is the same for all items of a run. */
export interface Planning {
	scope: Scope;
	pictures: PictureFiles;
	/** Additional fields and characteristics, for their names. */
	fields: readonly NamedField[];
}

/** Decides what is sent of an item. It ends its way here when nothing is. */
export async function planOutgoing(run: ExchangeRun, outgoing: Outgoing, { scope, pictures, fields }: Planning): Promise<void> {
	const { entry, link, isOnSite, hasVariants } = outgoing;
	judge(entry, scope);
	if (entry.result) return;
	const isPriced = !entry.deleted && !hasVariants && run.settings.priceTypes.length > 0;
	if (isPriced) outgoing.prices = pricesOf(run, outgoing);
	if (outgoing.prices?.unpriced && run.settings.zeroPrice === 'deactivate') entry.gone ??= warning('CATALOG_OUT_OF_SCOPE', { reason: 'its price is 0' });
	if (entry.gone) return planGone(run, outgoing);
	const held = run.held(entry.goods, entry.key ?? '');
	if (held) return leave(outgoing, held, link);
	if (outgoing.prices?.hold) return hold(outgoing, outgoing.prices);
	outgoing.pictures = await pictures.say(entry.goods, link, run.settings.pictures, isOnSite);
	outgoing.warnings.push(...outgoing.pictures.warnings);
	planCard(run, outgoing, fields);
	planPrices(run, outgoing, run.settings.pricePolicy);
	if (!sendsCard(outgoing) && !outgoing.sendsPrices) end(outgoing, 'unchanged', link);
}

/** Whether the item is to be in the file of goods or offers. */
export const sendsCard = ({ changes, removal }: Outgoing): boolean => removal || changes.some(({ field }) => !isPrice(field));

const PRICE = 'Price: ';
const isPrice = (field: string): boolean => field.startsWith(PRICE);

function planGone({ settings }: ExchangeRun, outgoing: Outgoing): void {
	const { entry, link, isOnSite } = outgoing;
	if (!entry.gone) return;
	if (settings.gone === 'ignore') return leave(outgoing, entry.gone, link);
	if (!isOnSite || entry.key === undefined) {
		outgoing.warnings.push(lacksLink('hiding it'));
		return leave(outgoing, entry.gone);
	}
	outgoing.warnings.push(entry.gone);
	if (link?.snapshot.removed && settings.version === undefined) return end(outgoing, 'unchanged', link);
	outgoing.removal = true;
	outgoing.changes.push({ field: 'Visible', from: 'yes', to: 'no' });
}

function hold(outgoing: Outgoing, { hold: error, changes }: SentPrices): void {
	outgoing.changes.push(...changes);
	fail(outgoing.entry, error);
	Object.assign(outgoing.entry.result ?? {}, { changes: outgoing.changes, link: outgoing.link });
}

function planCard({ settings }: ExchangeRun, { entry, link, isOnSite, pictures, changes }: Outgoing, fields: readonly NamedField[]): void {
	if (!isOnSite) changes.push({ field: 'Item', from: null, to: plainText(entry.values.name ?? '') });
	else if (link?.snapshot.removed) changes.push({ field: 'Visible', from: 'no', to: 'yes' });
	const isForced = settings.version !== undefined;
	const differing = isForced ? Object.keys(entry.values) : changedFields(entry.values, link);
	for (const target of differing) changes.push({ field: labelOf(target, fields), from: null, to: plainText(entry.values[target]) });
	if (pictures?.said) changes.push({ field: 'Pictures', from: null, to: `${pictures.said.length} sent` });
}

function labelOf(target: string, fields: readonly NamedField[]): string {
	const id = target.slice(PROPERTY_PREFIX.length);
	return EXCHANGE_FIELDS.find(({ name }) => name === target)?.label ?? fields.find((field) => (field.id ?? field.name) === id)?.name ?? id;
}

export const pricesOf = (run: ExchangeRun, { entry, link }: Outgoing): SentPrices =>
	pricesToSend(run.settings.priceTypes, (from) => sourceValue(`price:${from}`, entry.goods, run.sources), link?.snapshot.prices ?? {}, run.prices);

/** All prices go, or none: the site deletes what is not said (rule P2). */
export function planPrices({ settings }: ExchangeRun, outgoing: Outgoing, policy: Policy): void {
	const { prices, link, isOnSite } = outgoing;
	if (!prices || (policy === 'creating' && isOnSite)) return;
	outgoing.warnings.push(...prices.warnings);
	if (!prices.prices) return;
	const before = link?.snapshot.prices ?? {};
	const differs = Object.entries(prices.remembered).some(([id, price]) => before[id] !== price);
	if (!differs && settings.version === undefined) return;
	outgoing.sendsPrices = true;
	outgoing.changes.push(...prices.changes.map((change): FieldChange => ({ ...change, field: `${PRICE}${change.field}` })));
}
