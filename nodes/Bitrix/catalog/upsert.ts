import { familyFor, isWrite, missingOf, planItem, SyncError, type Family, type ItemPlan, type PlanSettings, type PresentItem, type Scope } from '../../../core';
import { moveOffersAlong } from './alongOffers';
import { fail, finish, type Entries, type Entry } from './entry';
import { makeEnums } from './enums';
import { finishPlanned } from './finishing';
import { makeSections, prepareSections } from './folderSections';
import { writeItems } from './itemWrites';
import { findPresent, findPrices } from './present';
import { beginReplacement, finishReplacements, writtenKey } from './replacement';
import { inRounds } from './rounds';
import { scopeOf } from './rules';
import type { Block, CatalogSession } from './session';
import { changeBySubWorkflow } from './subWorkflow';
import { hasVariants, judge, rulesOf, valuesOf } from './values';
import { placeVariants } from './variants';

/** Brings all goods about: products, services and bundles first, then the offers of the products. Every entry gets a result. */
export async function upsertGoods(session: CatalogSession, { goods, offers }: Entries): Promise<void> {
	const scope = scopeOf(session);
	await upsertBlock(session, 'goods', goods, scope);
	placeVariants(session, offers);
	await upsertBlock(session, 'offers', offers, scope);
	await finishReplacements(session, goods);
}

async function upsertBlock(session: CatalogSession, block: Block, entries: readonly Entry[], scope: Scope): Promise<void> {
	const open = entries.filter(({ result }) => !result);
	const mapped = open.filter(({ deleted }) => !deleted);
	const rules = rulesOf(session, block);
	for (const entry of mapped) entry.values = valuesOf(session, rules, entry);
	await changeBySubWorkflow(session, mapped);
	await inRounds(open, async (pending) => await upsertRound(session, block, pending, scope));
}

/** One look at what is there, and one attempt to bring about what is wanted. What stays without a result is tried again. */
async function upsertRound(session: CatalogSession, block: Block, pending: readonly Entry[], scope: Scope): Promise<void> {
	const begun = await findPresent(session, block, pending);
	const found = pending.filter(({ result, unsure }) => !result && !unsure);
	for (const entry of found) judge(entry, scope);
	await findPrices(session, found);
	await prepareSections(session, found);
	const settings = session.plan;
	for (const entry of found) if (!entry.result && !entry.unsure) plan(session, settings, entry, begun);
	session.tell(`${found.length} ${block} compared`);
	const writing = found.filter((entry) => !entry.result && !entry.unsure);
	await moveOffersAlong(session, writing);
	await makeMissing(session, writing);
	await writeItems(session, writing.filter(({ result, unsure }) => !result && !unsure));
}

/** Plans an entry. It ends its way here when nothing is to be written. */
function plan(session: CatalogSession, settings: PlanSettings, entry: Entry, begun: ReadonlyMap<string, PresentItem>): void {
	try {
		const made = planEntry(session, settings, entry, begun);
		if (!made) return finish(entry, 'unchanged');
		entry.firstPlan ??= entry.plan && isWrite(entry.plan) ? entry.plan : undefined;
		entry.plan = made;
		if (made.error || session.settings.preview || !isWrite(made)) finishPlanned(session, entry, made);
	} catch (error) {
		fail(entry, error);
	}
}

/** Undefined for a product that its variants brought along when there is nothing to do for it. */
function planEntry(session: CatalogSession, settings: PlanSettings, entry: Entry, begun: ReadonlyMap<string, PresentItem>): ItemPlan | undefined {
	const { goods, values, gone, goneWithProduct, parent } = entry;
	const family = familyOf(session, entry, begun);
	if (entry.input === undefined && !entry.replaces) {
		if (entry.present || !entry.variants.some(isAlive)) return undefined;
		if (goods.name === null) throw new SyncError('CATALOG_PARENT_UNKNOWN');
	}
	const parentId = parent?.bitrixId ?? parent?.present?.id;
	if (family === 'offer' && parentId === undefined && !entry.present && !gone && !session.settings.preview) throw new SyncError('CATALOG_PARENT_UNKNOWN');
	const wanted = { goods, key: writtenKey(entry), family, values, gone, goneWithProduct, parentId, replacement: entry.replaces !== undefined };
	return planItem(wanted, entry.present, entry.prices, settings);
}

const isAlive = ({ deleted, goods }: Entry): boolean => !deleted && !goods.archived;

/** What is gone is hidden or deleted as what it is. Throws what familyFor refuses. */
function familyOf({ settings }: CatalogSession, entry: Entry, begun: ReadonlyMap<string, PresentItem>): Family {
	if (entry.gone && entry.present?.family) return entry.present.family;
	const family = familyFor(entry.goods, hasVariants(entry), entry.present);
	if (!(family instanceof SyncError)) return family;
	if (family.code === 'CATALOG_BECAME_SKU' && settings.becameSku === 'replace' && beginReplacement(entry, begun)) return 'sku';
	throw family;
}

/** Makes the variants of list properties and the sections that plans refer to. What is still missing then ends the way of its item. */
async function makeMissing(session: CatalogSession, entries: readonly Entry[]): Promise<void> {
	const needs = entries.flatMap((entry) => (entry.plan && !entry.result ? [{ entry, ...missingOf(entry.plan, session.plan, entry.present?.row) }] : []))
		.filter(({ enums, sections }) => enums.length > 0 || sections.length > 0);
	if (needs.length === 0) return;
	await makeEnums(session, needs.flatMap(({ enums }) => enums));
	const keys = new Set(needs.flatMap(({ sections }) => sections));
	const failed = keys.size > 0 ? await makeSections(session, keys, needs.map(({ entry }) => entry)) : new Map<string, SyncError>();
	const settings = session.plan;
	for (const { entry } of needs) {
		const { enums: [unmade], sections: [unmadeSection] } = entry.plan ? missingOf(entry.plan, settings, entry.present?.row) : { enums: [], sections: [] };
		if (unmade) fail(entry, new SyncError('CATALOG_VALUE_UNFIT', { value: unmade.value, field: unmade.property.name }));
		else if (unmadeSection !== undefined) fail(entry, failed.get(unmadeSection) ?? new SyncError('CATALOG_FOLDER_UNKNOWN'));
	}
}
