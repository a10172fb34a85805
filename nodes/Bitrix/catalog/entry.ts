import {
	checkedKey, deletedGoods, groupBy, ownKey, readDeleted, readGoods, shownChange, SyncError, warning, withProduct,
	type FieldValues, type Gone, type Goods, type Identity, type ItemPlan, type Link, type PresentItem, type PresentPrice,
	type WriteResult, type WriteStatus,
} from '../../../core';
import { toReport } from '../../shared/errors';

/** One good on its way into the catalog. */
export interface Entry {
	/** Place among the input items; undefined for a product that only its variants brought along. */
	input: number | undefined;
	goods: Goods;
	/** Only its id is left in MoySklad. */
	deleted: boolean;
	/** XML_ID; undefined while it is not known. */
	key: string | undefined;
	/** Of a variant. */
	parent: Entry | undefined;
	/** Of a product: those that are on their way too. */
	variants: Entry[];
	values: FieldValues;
	gone: Gone;
	goneWithProduct: boolean;
	present: PresentItem | undefined;
	prices: readonly PresentPrice[];
	plan: ItemPlan | undefined;
	/** The first plan that was carried out, if it had to be tried again: the result tells what was done in all. */
	firstPlan: ItemPlan | undefined;
	/** The simple product whose place this one takes (rule C5). */
	replaces: PresentItem | undefined;
	bitrixId: number | undefined;
	/** Why nobody knows yet what became of the last write. */
	unsure: SyncError | undefined;
	result: WriteResult<Link> | undefined;
}

/** All goods of a run. */
export interface Entries {
	goods: Entry[];
	offers: Entry[];
	/** Results for inputs that never became an entry. */
	refused: Map<number, WriteResult<Link>>;
}

export const newEntry = (input: number | undefined, goods: Goods, deleted = false): Entry => ({
	input, goods, deleted, key: undefined, parent: undefined, variants: [], values: {}, gone: undefined, goneWithProduct: false,
	present: undefined, prices: [], plan: undefined, firstPlan: undefined, replaces: undefined, bitrixId: undefined, unsure: undefined, result: undefined,
});

/** An item that is in Bitrix and is to be hidden there. */
export const entryOfPresent = (goods: Goods, present: PresentItem, gone: Gone): Entry => ({
	...newEntry(undefined, goods, true), key: present.xmlId, present, gone,
});

/**
 * Reads the input items: products, services and bundles apart from variants, and each variant with its product. A product
 * that is only known through its variants becomes an entry of its own. Of several items of one object the last one counts.
 */
export function readEntries(items: readonly unknown[], identity: Identity): Entries {
	const entries: Entries = { goods: [], offers: [], refused: new Map() };
	const read = new Map<string, Entry>();
	items.forEach((item, input) => {
		try {
			const deleted = readDeleted(item);
			const entry = newEntry(input, deleted ? deletedGoods(deleted) : readGoods(item), deleted !== undefined);
			const earlier = read.get(entry.goods.id);
			if (earlier?.input !== undefined) entries.refused.set(earlier.input, repeated(earlier));
			read.set(entry.goods.id, entry);
		} catch (error) {
			entries.refused.set(input, failedEntry(error));
		}
	});
	for (const entry of read.values()) (entry.goods.kind === 'variant' ? entries.offers : entries.goods).push(entry);
	joinVariants(entries);
	for (const entry of entries.goods) giveKey(entry, identity);
	refuseRepeatedKeys(entries.goods);
	return entries;
}

function joinVariants({ goods, offers }: Entries): void {
	const products = new Map(goods.map((entry) => [entry.goods.id, entry]));
	for (const entry of offers) {
		const product = entry.goods.parent;
		if (!product) continue;
		let parent = products.get(product.id);
		if (!parent || (parent.input === undefined && parent.goods.name === null && product.name !== null)) {
			parent = Object.assign(parent ?? newEntry(undefined, product), { goods: product });
			if (!products.has(product.id)) goods.push(parent);
			products.set(product.id, parent);
		}
		entry.parent = parent;
		parent.variants.push(entry);
	}
	for (const entry of offers) if (entry.parent && !entry.parent.deleted) entry.goods = withProduct(entry.goods, entry.parent.goods);
}

/** A product that is only known by a link has a key when that is its id; otherwise Bitrix may tell. */
function giveKey(entry: Entry, identity: Identity): void {
	if (entry.deleted || (entry.input === undefined && ownKey(entry.goods, identity) === null)) return;
	try {
		entry.key = checkedKey(entry.goods, identity);
	} catch (error) {
		fail(entry, error);
	}
}

/** Throws nothing: both of two objects with one key are conflicts, since nobody knows whose it is (rule I3). */
export function refuseRepeatedKeys(entries: readonly Entry[]): void {
	const keyed = entries.filter(({ key, result }) => key !== undefined && !result);
	for (const [key, some] of groupBy(keyed, (entry) => entry.key ?? ''))
		if (some.length > 1) for (const entry of some) fail(entry, new SyncError('CATALOG_KEY_REPEATED', { key }));
}

/** Ends the way of an entry with an error; errors of the kind *conflict* need a person. */
export function fail(entry: Entry, error: unknown): void {
	entry.result = { ...resultFrame(entry), ...failure(error) };
}

/** Ends the way of an entry. */
export function finish(entry: Entry, status: WriteStatus, link?: Link): void {
	entry.result = { ...resultFrame(entry), status, ...(link && { link }) };
}

/** Ends the way of an entry that Bitrix has nothing for. */
export function finishMissing(entry: Entry): void {
	finish(entry, 'skipped');
	entry.result?.warnings.push(warning('CATALOG_ITEM_MISSING'));
}

const resultFrame = (entry: Entry): Omit<WriteResult<Link>, 'status'> => ({
	key: entry.key ?? entry.present?.xmlId ?? '',
	moySkladId: entry.goods.id,
	bitrixId: idText(entry.bitrixId ?? entry.present?.id),
	changes: (entry.firstPlan ?? entry.plan)?.changes.map(shownChange) ?? [],
	warnings: entry.plan?.warnings ?? [],
});

const idText = (id: number | undefined): string | null => (id === undefined ? null : String(id));

const repeated = (entry: Entry): WriteResult<Link> => ({ ...resultFrame(entry), status: 'skipped', warnings: [warning('CATALOG_REPEATED_ITEM')] });

/** The result of an input that never became an entry. */
export function failedEntry(error: unknown): WriteResult<Link> {
	return { ...failure(error), key: '', moySkladId: null, bitrixId: null, changes: [], warnings: [] };
}

function failure(error: unknown): Pick<WriteResult, 'status' | 'error'> {
	const report = toReport(error);
	return { status: report.kind === 'conflict' ? 'conflict' : 'failed', error: report };
}

/** The results in the order of the inputs. */
export function resultsOf({ goods, offers, refused: others }: Entries, inputs: number): Array<WriteResult<Link>> {
	const results = new Map(others);
	for (const { input, result } of [...goods, ...offers]) if (input !== undefined && result) results.set(input, result);
	return Array.from({ length: inputs }, (_, input) => results.get(input) ?? failedEntry(new Error('The item was lost on its way')));
}
