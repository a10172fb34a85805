import {
	allEmptied, amountChanges, linkAfter, offered, placedAmounts, restsDocument, restsOf, sameAmount, sentAmounts, SyncError, tooManyEmptied, totalOf, warning,
	type CmlRests, type ExchangeLink, type FieldChange, type SentAmounts, type StockRule, type WriteStatus,
} from '../../../../core';
import { fail, finish, skip, type StockEntry } from '../stock/entry';
import type { StockSettings } from '../stock/settings';
import { deliver, parcel, refusalKey, type Delivered } from './delivery';
import { lacksLink } from './outgoing';
import type { ExchangeRun } from './run';
import type { SiteStores } from './stores';

/** An amount on its way into a file. */
interface Rest {
	entry: StockEntry;
	/** What was sent last. */
	link: ExchangeLink | undefined;
	/** Where the item lies on the site, as Upsert Items told. */
	item: ExchangeLink | undefined;
	key: string;
	amounts: SentAmounts;
	changes: FieldChange[];
}

export interface StockSending {
	settings: StockSettings;
	site: SiteStores;
	rule: StockRule;
	/** Flow whose links tell the keys of the items. */
	itemFlow: string;
	/** What MoySklad has reserved for open orders of this very store, by its ids of goods (rule S2). */
	reserved: ReadonlyMap<string, number>;
}

/** Sends amounts that are not those that were sent last. Every entry gets a result. Throws before anything is sent when too much would be emptied (rule S6). */
export async function updateStockOverExchange(run: ExchangeRun, sending: StockSending, entries: readonly StockEntry[]): Promise<Delivered> {
	const known = entries.flatMap((entry) => restIn(run, sending, entry) ?? []);
	guard(run, sending, known);
	for (const rest of known) if (rest.changes.length === 0 && run.settings.version === undefined) close(rest, 'unchanged', rest.link);
	const sent = known.filter(({ entry }) => !entry.result);
	const { ids, formed } = run.settings;
	const document = restsDocument({ ids, formed, stores: sending.site.stores });
	const delivered = await deliver(run, sent.length === 0 ? [] : [parcel<CmlRests>(document, sent.map(({ key, amounts }) => restsOf(key, amounts)))]);
	for (const rest of sent) settle(run, rest, delivered);
	return delivered;
}

/** Undefined for an item whose way ends here. */
function restIn(run: ExchangeRun, sending: StockSending, entry: StockEntry): Rest | undefined {
	const { input, level } = entry;
	try {
		const item = run.link(input, { moySkladId: level.id }, 'itemLink', sending.itemFlow);
		const link = run.link(input, { moySkladId: level.id, key: item?.key });
		const key = item?.key ?? link?.key;
		if (key === undefined) return void skip(entry, lacksLink('sending its amount'));
		if (item?.type === 'service') return void skip(entry, warning('EXCHANGE_NO_GOOD', { type: item.type }));
		const amounts = amountsOf(sending, entry);
		if (item?.snapshot.variants) return void onParent(entry, key, totalOf(amounts));
		const before = Object.fromEntries(Object.entries(link?.snapshot.amounts ?? {}).filter(([id]) => id in amounts));
		return { entry, link, item, key, amounts, changes: amountChanges(amounts, before, sending.site.stores) };
	} catch (error) {
		if (error instanceof SyncError && error.code === 'STOCK_UNKNOWN') skip(entry, warning(error.code));
		else fail(entry, error);
		return undefined;
	}
}

function amountsOf({ site, rule, reserved }: StockSending, { level }: StockEntry): SentAmounts {
	// The site takes its own reserve off by itself, so that what its orders reserve in MoySklad would count twice.
	const own = rule.kind === 'physical' ? 0 : (reserved.get(level.id) ?? 0);
	return sentAmounts(offered(placedAmounts(level, rule), -own, rule.buffer), site.stores);
}

/** Only variants have amounts (rule S5). */
function onParent(entry: StockEntry, key: string, amount: number): void {
	if (sameAmount(amount, 0)) finish(entry, 'unchanged');
	else skip(entry, warning('STOCK_ON_PARENT', { amount, id: key }));
}

/** In a preview it is said what would stop the run. */
function guard(run: ExchangeRun, { settings: { largestEmptied, fewestEmptied } }: StockSending, rests: readonly Rest[]): void {
	const isKnown = ({ link }: Rest): boolean => Object.keys(link?.snapshot.amounts ?? {}).length > 0;
	const changes = rests.filter(isKnown).map(({ link, amounts }) => ({ before: totalOf(link?.snapshot.amounts ?? {}), after: totalOf(amounts) }));
	const unknown = rests.filter((rest) => !isKnown(rest)).map(({ amounts }) => amounts);
	const error = tooManyEmptied(changes, largestEmptied, fewestEmptied) ?? allEmptied(unknown, fewestEmptied);
	if (error && !run.settings.preview) throw error;
	if (error) run.hint(`${error.message}. ${error.advice}`);
}

function settle(run: ExchangeRun, rest: Rest, { refused, remarks }: Delivered): void {
	const { entry, link, item, key, amounts } = rest;
	const fault = refused.get(refusalKey('rests', key));
	if (fault) return fail(entry, fault);
	if (run.settings.preview) return close(rest, 'planned');
	const who = {
		flow: run.settings.flow, type: item?.type ?? link?.type ?? 'stock', key, moySkladId: entry.level.id,
		externalCode: item?.externalCode ?? link?.externalCode ?? null, parent: item?.parent ?? link?.parent ?? null,
	};
	const [remark] = remarks;
	close(rest, 'unverified', remark ? undefined : linkAfter(who, link, { snapshot: { place: run.settings.place, amounts } }));
	if (remark) entry.result?.warnings.push(warning('EXCHANGE_PORTION_FAILED', { file: remark.file, reason: remark.text }));
}

function close({ entry, key, changes }: Rest, status: WriteStatus, link?: ExchangeLink): void {
	finish(entry, status);
	Object.assign(entry.result ?? {}, { key, changes, ...(link && { link }) });
}
