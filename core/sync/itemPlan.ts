import type { CatalogBooks, PriceType } from '../bitrix/catalogBooks';
import { FAMILIES, type Family } from '../bitrix/families';
import { propertyField } from '../bitrix/property';
import type { MissingEnum } from '../bitrix/propertyValue';
import type { Parameters } from '../bitrix/query';
import { SyncError } from '../errors';
import type { Goods } from '../model/catalog';
import { computedName } from '../model/computedPrice';
import { allows } from './conflictPolicy';
import type { FieldValue, FieldValues } from './fieldValue';
import type { Policy, Rule } from './mapping';
import { serviceProperties, type PresentItem } from './presentItem';
import { planPrices, type PresentPrice, type PriceSettings, type PriceWrite, type WantedPrice } from './prices';
import { warning, type Warning } from './result';
import { OWN_TARGETS, type TargetChange } from './targetChange';
import type { ItemRow, Known, Target, Wanted } from './targets';
import { planVisibility, type Gone, type GonePolicy, type Visibility } from './visibility';

/** Everything that is the same for all items of a run. */
export interface PlanSettings extends Known {
	targets: ReadonlyMap<string, Target>;
	/** By target. */
	rules: ReadonlyMap<string, Rule>;
	prices: PriceSettings;
	gone: GonePolicy;
}

/** What an item of Bitrix is to be like. */
export interface WantedItem {
	goods: Goods;
	key: string;
	family: Family;
	values: FieldValues;
	/** Why it is not to be seen. */
	gone: Gone;
	/** It is only gone along with its product. */
	goneWithProduct?: boolean;
	/** Of an offer; undefined while the parent is only planned. */
	parentId?: number;
	/** It is built beside the item that it will replace (rule C5): hidden, and without the mark of MoySklad. */
	replacement?: boolean;
}

/** A field that is written, with the value it came from: its final form is only known when all that it refers to exists. */
export interface PlannedField {
	target: Target;
	value: FieldValue;
}

/** What becomes of one item: with `outcome` *conflict* nothing is written, and `error` says why. */
export interface ItemPlan {
	outcome: 'create' | 'update' | 'hide' | 'delete' | 'unchanged' | 'skipped' | 'conflict';
	family: Family;
	fields: PlannedField[];
	/** Fields that need no lookup: key, visibility, marks, parent. */
	own: Parameters;
	prices: PriceWrite[];
	changes: TargetChange[];
	warnings: Warning[];
	error?: SyncError;
	/** What its offers have to follow. */
	offers?: 'show' | 'hide';
}

/** Compares one item with what is there, by the rules of the mapping. */
export function planItem(wanted: WantedItem, present: PresentItem | undefined, presentPrices: readonly PresentPrice[], settings: PlanSettings): ItemPlan {
	const plan = nothingYet(wanted.family);
	const prices = planPrices(wantedPrices(wanted, settings), presentPrices, present === undefined, settings.prices);
	const unpriced = prices.unpriced && settings.prices.zero === 'deactivate' && wanted.family !== 'sku';
	const gone = wanted.gone ?? (unpriced ? warning('CATALOG_OUT_OF_SCOPE', { reason: 'its price is 0' }) : undefined);
	if (!present && gone) return { ...plan, outcome: 'skipped', warnings: [gone] };
	const visibility = present && !wanted.replacement ? planVisibility(present, gone, settings.gone, wanted.goneWithProduct ? 'P' : 'Y') : undefined;
	if (visibility?.warning) plan.warnings.push(visibility.warning);
	if (present && visibility && gone) return planGone(plan, present, visibility.action, visibility.after, settings);
	if (prices.hold) return { ...plan, outcome: 'conflict', error: prices.hold, changes: prices.changes };
	planFields(plan, wanted, present, settings);
	plan.warnings.push(...prices.warnings, ...notComputed(wanted, settings));
	plan.prices = prices.writes;
	plan.changes.push(...prices.changes);
	planOwn(plan, wanted, present, visibility?.after, settings);
	if (visibility?.action === 'show' && wanted.family === 'sku') plan.offers = 'show';
	if (!present) plan.outcome = 'create';
	else if (plan.changes.length > 0 || Object.keys(plan.own).length > 0) plan.outcome = 'update';
	return plan;
}

const nothingYet = (family: Family): ItemPlan => ({ outcome: 'unchanged', family, fields: [], own: {}, prices: [], changes: [], warnings: [] });

/** Binds an item that is there to an object of MoySklad: by its id, and by the key under which it is looked up. Nothing else of it changes. */
export function planLink(wanted: WantedItem, present: PresentItem, settings: PlanSettings): ItemPlan {
	const plan = nothingYet(wanted.family);
	planOwn(plan, wanted, present, undefined, settings);
	return Object.keys(plan.own).length > 0 ? { ...plan, outcome: 'update' } : plan;
}

/** Compares nothing but the prices of an item that is there (rule P1). */
export function planPricesOnly(wanted: WantedItem, presentPrices: readonly PresentPrice[], settings: PlanSettings): ItemPlan {
	const { writes, changes, warnings, hold } = planPrices(wantedPrices(wanted, settings), presentPrices, false, settings.prices);
	const outcome = hold ? 'conflict' : changes.length > 0 ? 'update' : 'unchanged';
	return { outcome, family: wanted.family, fields: [], own: {}, prices: writes, changes, warnings: [...warnings, ...notComputed(wanted, settings)], error: hold };
}

function planGone(plan: ItemPlan, present: PresentItem, action: string, after: Visibility | undefined, { books }: PlanSettings): ItemPlan {
	const family = present.family ?? plan.family;
	if (action === 'delete') return { ...plan, family, outcome: 'delete', changes: [{ target: OWN_TARGETS.whole, field: 'Item', from: present.name, to: null }] };
	if (after) Object.assign(plan.own, visibilityFields(present, after, books));
	if (action === 'hide') {
		const offers = family === 'sku' ? ({ offers: 'hide' } as const) : {};
		return { ...plan, family, outcome: 'hide', changes: [visibleChange(present, after)], ...offers };
	}
	return { ...plan, family, outcome: after ? 'update' : present.active ? 'skipped' : 'unchanged' };
}

const visibleWord = (visible: boolean): string => (visible ? 'yes' : 'no');

const visibleChange = (before: Visibility, after: Visibility | undefined): TargetChange => ({
	target: OWN_TARGETS.visible, field: 'Visible', from: visibleWord(before.active), to: visibleWord(after?.active ?? before.active),
});

function visibilityFields(before: PresentItem | { iblockId: number; active?: undefined; hidden?: undefined }, after: Visibility, books: CatalogBooks): Parameters {
	const { hidden } = serviceProperties(books, before.iblockId);
	return {
		...(before.active !== after.active && { active: after.active ? 'Y' : 'N' }),
		...(hidden?.id && (before.hidden ?? '') !== after.hidden && { [propertyField(hidden.id)]: { value: after.hidden } }),
	};
}

/** `fields` that show or hide an offer along with its product. */
export const followFields = (offer: PresentItem, after: Visibility, books: CatalogBooks): Parameters => visibilityFields(offer, after, books);

const targetsOf = (values: FieldValues, prefix: string): string[] => Object.keys(values).filter((name) => name.startsWith(prefix));

function wantedPrices({ values, family }: WantedItem, { books, rules }: PlanSettings): WantedPrice[] {
	if (family === 'sku') return [];
	return targetsOf(values, 'price:').flatMap((name) => {
		const type: PriceType | undefined = books.priceTypes.find(({ id }) => `price:${id}` === name);
		const value = values[name];
		return type && value !== undefined ? [{ type, value, policy: policyOf(name, rules) }] : [];
	});
}

/** A price of MoySklad is always there, if only as 0; a computed one can be missing, and nobody would see it. */
function notComputed({ values, family }: WantedItem, { rules }: PlanSettings): Warning[] {
	if (family === 'sku') return [];
	return [...rules.values()].flatMap(({ target, source }) => {
		const name = 'field' in source && source.field.startsWith('price:') ? computedName(source.field.slice('price:'.length)) : undefined;
		return name === undefined || values[target] !== undefined ? [] : [warning('CATALOG_PRICE_NOT_COMPUTED', { name })];
	});
}

const policyOf = (target: string, rules: ReadonlyMap<string, Rule>): Policy => rules.get(target)?.policy ?? 'always';

function planFields(plan: ItemPlan, wanted: WantedItem, present: PresentItem | undefined, settings: PlanSettings): void {
	const iblockId = blockOf(wanted.family, settings.books);
	for (const [name, value] of Object.entries(wanted.values)) {
		const target = settings.targets.get(name);
		if (!target?.families.includes(wanted.family) || (target.iblockId !== undefined && target.iblockId !== iblockId)) continue;
		const before = present ? target.read(present.row, settings) : undefined;
		if (!allows(policyOf(name, settings.rules), { isNew: before === undefined, isEmpty: before?.empty ?? true })) continue;
		const after = wantedOrFinding(target, value, settings, present?.row);
		if (after instanceof SyncError) plan.warnings.push(warning(after.code, after.details));
		else if (after.canonical !== '' && after.canonical !== before?.canonical && !(isNo(target, after) && !before)) {
			plan.fields.push({ target, value });
			plan.changes.push({ target: target.name, field: target.label, from: before?.shown ?? null, to: after.shown });
		}
	}
}

/** A new item has no "yes" in a property, so it needs no "no". */
const isNo = ({ iblockId }: Target, { canonical, empty }: Wanted): boolean => iblockId !== undefined && empty && canonical !== '';

const blockOf = (family: Family, { goods, offers }: CatalogBooks): number => (family === 'offer' ? (offers?.iblockId ?? goods.iblockId) : goods.iblockId);

/** A value that does not fit is a remark on the item; anything else that goes wrong stops it. */
function wantedOrFinding(target: Target, value: FieldValue, known: Known, row: ItemRow | undefined): Wanted | SyncError {
	try {
		return target.want(value, known, row);
	} catch (error) {
		return finding(error);
	}
}

function finding(error: unknown): SyncError {
	if (error instanceof SyncError) return error;
	throw error;
}

function planOwn(plan: ItemPlan, wanted: WantedItem, present: PresentItem | undefined, after: Visibility | undefined, { books }: PlanSettings): void {
	const iblockId = blockOf(wanted.family, books);
	const { id } = serviceProperties(books, iblockId);
	const carrier = wanted.replacement ? null : (id?.id ?? null);
	const moySkladId = carrier === null ? {} : { [propertyField(carrier)]: { value: wanted.goods.id } };
	if (!present) {
		const parent = wanted.parentId !== undefined && { parentId: wanted.parentId };
		Object.assign(plan.own, { iblockId, xmlId: wanted.key, active: wanted.replacement ? 'N' : 'Y', ...parent, ...moySkladId });
		return;
	}
	if (present.xmlId !== wanted.key) note(plan, { xmlId: wanted.key }, { target: OWN_TARGETS.key, field: 'XML_ID', from: present.xmlId, to: wanted.key });
	if (carrier !== null && present.moySkladId !== wanted.goods.id) note(plan, moySkladId, { target: OWN_TARGETS.mark, field: 'MoySklad ID', from: present.moySkladId, to: wanted.goods.id });
	if (wanted.parentId !== undefined && present.parentId !== wanted.parentId)
		// The link is a property, and a bare value would clear it in an update (trap T3).
		note(plan, { parentId: { value: wanted.parentId } }, { target: OWN_TARGETS.parent, field: 'Product', from: present.parentId, to: wanted.parentId });
	if (!after) return;
	Object.assign(plan.own, visibilityFields(present, after, books));
	if (after.active !== present.active) plan.changes.push(visibleChange(present, after));
}

function note(plan: ItemPlan, fields: Parameters, change: TargetChange): void {
	Object.assign(plan.own, fields);
	plan.changes.push(change);
}

/** Whether the plan asks for any call. */
export const isWrite = ({ outcome, fields, own, prices }: ItemPlan): boolean =>
	outcome === 'delete' || fields.length > 0 || prices.length > 0 || Object.keys(own).length > 0;

/** What the planned fields refer to and the catalog lacks. */
export function missingOf({ fields }: ItemPlan, known: Known, row: ItemRow | undefined): { enums: MissingEnum[]; sections: string[] } {
	const missing = fields.map(({ target, value }) => target.want(value, known, row).missing);
	return { enums: missing.flatMap((one) => one?.enums ?? []), sections: missing.flatMap((one) => one?.section ?? []) };
}

/** `fields` of the write, once everything that they refer to exists. */
export const fieldsOf = (plan: ItemPlan, known: Known, row: ItemRow | undefined): Parameters =>
	Object.assign({}, ...plan.fields.map(({ target, value }) => target.want(value, known, row).fields), plan.own) as Parameters;

/** The first field that Bitrix did not take over although it accepted the write (traps T1, T2). `answer` is the item in the answer. */
export function ignoredField(plan: ItemPlan, known: Known, answer: ItemRow): SyncError | undefined {
	const ignored = plan.fields.find(({ target, value }) => {
		if (target.select.some((field) => answer[field] === undefined)) return false;
		return target.read(answer, known).canonical !== target.want(value, known, answer).canonical;
	});
	const label = ignored?.target.label ?? ignoredOwn(plan.own, answer);
	return label === undefined ? undefined : new SyncError('BITRIX_WRITE_IGNORED', { call: `the write of a ${FAMILIES[plan.family].label}`, field: label });
}

const bare = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'value' in value ? value.value : value);

function ignoredOwn(own: Parameters, answer: ItemRow): string | undefined {
	return ['xmlId', 'active', 'parentId'].find((name) => own[name] !== undefined && answer[name] !== undefined && String(bare(own[name])) !== String(bare(answer[name])));
}
