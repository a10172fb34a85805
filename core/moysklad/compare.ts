import { toRubles } from '../model/money';
import type { FieldChange } from '../sync/result';
import { anyMoment } from './moment';
import { idOf, type Meta, type Reference } from './reference';

type Json = Record<string, unknown>;

/** What a write would change. */
export interface EntityDifferences {
	/** The fields to send: those that differ, and of lists that MoySklad merges only their differing elements. */
	body: Json;
	changes: FieldChange[];
}

/** Lists that MoySklad merges by a key of their elements; other lists it replaces. */
const MERGED: Record<string, (element: Json) => string | undefined> = {
	attributes: (element) => idOf(element.meta as Meta | undefined),
	salePrices: (element) => idOf(element.priceType as { meta: Meta } | undefined),
};

/** Lists whose elements keep their id, and their history, when they are sent with it. */
const ELEMENTS_WITH_IDS = new Set(['positions', 'components']);

/**
 * What of `wanted` (a request body) the object does not have yet. Fields that `wanted` does not name are not looked at.
 * Sub-collections of `present` must have been read (`{meta, rows}`).
 */
export function entityDifferences(present: Json, wanted: Json): EntityDifferences {
	const body: Json = {};
	const changes: FieldChange[] = [];
	for (const [field, value] of Object.entries(wanted)) {
		const from = rowsOrValue(present[field]);
		const to = ELEMENTS_WITH_IDS.has(field) && Array.isArray(value) ? (value as Json[]).map(withAssortment) : value;
		const merged = Object.hasOwn(MERGED, field) ? MERGED[field] : undefined;
		if (merged && Array.isArray(to)) {
			const differing = differingElements(from, to as Json[], merged);
			if (differing.length > 0) body[field] = differing.map(({ element }) => element);
			changes.push(...differing.map(({ element, before }) => elementChange(field, element, before)));
		} else if (!holds(from, to)) {
			body[field] = ELEMENTS_WITH_IDS.has(field) && Array.isArray(to) ? withIds(from, to as Json[]) : to;
			changes.push({ field, from: inRubles(field, shown(from)) ?? null, to: inRubles(field, shown(to)) });
		}
	}
	return { body, changes };
}

/** Elements of a sub-collection that `wanted` lists no more, for collections that are merged and so keep them. */
export function leftOverElements(present: unknown, wanted: readonly Json[]): Json[] {
	const kept = new Set(withIds(rowsOrValue(present), wanted).map(({ id }) => id));
	return asList(rowsOrValue(present)).filter(({ id }) => !kept.has(id));
}

/** Whether the present value is the wanted one, as MoySklad understands it. */
export function holds(present: unknown, wanted: unknown): boolean {
	if (isEmpty(wanted)) return isEmpty(present);
	if (Array.isArray(wanted)) return sameElements(asList(rowsOrValue(present)), wanted);
	if (typeof wanted === 'object') return holdsObject(present, wanted as Json);
	if (typeof wanted === 'string' && typeof present === 'string') return present === wanted || sameMoment(present, wanted);
	return present === wanted;
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

function holdsObject(present: unknown, wanted: Json): boolean {
	if (typeof present !== 'object' || present === null) return false;
	const id = idOf(wanted.meta as Meta | undefined);
	if (id !== undefined) return idOf((present as Json).meta as Meta | undefined) === id && holdsFields(present as Json, { ...wanted, meta: undefined });
	return holdsFields(present as Json, wanted);
}

const holdsFields = (present: Json, wanted: Json): boolean =>
	Object.entries(wanted).every(([name, value]) => value === undefined || holds(present[name], value));

/** Equal in number, and each wanted element is there; the order does not count. */
function sameElements(present: unknown[], wanted: unknown[]): boolean {
	const left = [...present];
	if (left.length !== wanted.length) return false;
	return wanted.every((element) => {
		const place = left.findIndex((one) => holds(one, element));
		if (place >= 0) left.splice(place, 1);
		return place >= 0;
	});
}

const MINUTE = 60_000;

/** MoySklad drops the seconds of dates that people enter: those whose seconds are zero are compared to the minute. */
function sameMoment(present: string, wanted: string): boolean {
	const [before, after] = [momentOf(present), momentOf(wanted)];
	if (before === undefined || after === undefined) return false;
	return before === after || (before % MINUTE === 0 && before === after - (after % MINUTE));
}

/** Undefined for what is no moment: also a date that the calendar does not have, which MoySklad refuses with a code when it is written. */
function momentOf(text: string): number | undefined {
	const iso = anyMoment(text);
	return iso === null ? undefined : Date.parse(iso);
}

/** The values of a sub-collection. */
const rowsOrValue = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && 'rows' in value && Array.isArray(value.rows) ? value.rows : value;

const asList = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

function differingElements(present: unknown, wanted: Json[], keyOf: (element: Json) => string | undefined): Array<{ element: Json; before: Json | undefined }> {
	const known = new Map(asList(present).map((element) => [keyOf(element), element]));
	return wanted
		.map((element) => ({ element, before: known.get(keyOf(element)) }))
		.filter(({ element, before }) => !holdsElement(before, element));
}

/** A file is known by its name only: MoySklad does not give its contents back. */
function holdsElement(before: Json | undefined, { file, ...rest }: Json): boolean {
	if (file !== undefined) return holds(before?.value, (file as Json | null)?.filename ?? null);
	if (before === undefined) return isEmpty(rest.value);
	return holdsFields(before, { ...rest, meta: undefined });
}

function elementChange(field: string, element: Json, before: Json | undefined): FieldChange {
	const { name, priceType } = { ...element, ...before } as { name?: string; priceType?: Reference & { name?: string } };
	const key = name ?? priceType?.name ?? idOf(priceType ?? (element.meta as Meta));
	const to = element.file === undefined ? element.value : (element.file as Json | null)?.filename;
	return { field: `${field}.${String(key)}`, from: inRubles(field, shown(before?.value)) ?? null, to: inRubles(field, shown(to)) ?? null };
}

const MONEY = new Set(['salePrices', 'minPrice', 'buyPrice', 'sum', 'vatSum']);

function inRubles(field: string, value: unknown): unknown {
	if (!MONEY.has(field)) return value;
	if (typeof value === 'number') return toRubles(value);
	return typeof value === 'object' && value !== null && 'value' in value ? { ...value, value: toRubles(Number(value.value)) } : value;
}

/** References as ids, so that a change can be read. */
function shown(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(shown);
	if (typeof value !== 'object' || value === null) return value;
	const { meta, ...rest } = value as Json;
	const id = idOf(meta as Meta | undefined);
	if (id !== undefined && !('quantity' in rest) && !('value' in rest)) return rest.name ?? id;
	return Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, shown(inner)]));
}

/** Wanted elements with the ids of those that are there for the same goods. */
function withIds(present: unknown, wanted: readonly Json[]): Json[] {
	const left = [...asList(present)];
	return wanted.map((element) => {
		if (element.id !== undefined) return element;
		const place = left.findIndex((one) => goodOf(one) === goodOf(element));
		const [same] = place >= 0 ? left.splice(place, 1) : [];
		return same?.id === undefined ? element : { ...element, id: same.id };
	});
}

/** Positions may name their good by its kind; MoySklad shows it as `assortment`. */
function withAssortment({ product, service, variant, bundle, ...rest }: Json): Json {
	const good = product ?? service ?? variant ?? bundle;
	return good === undefined ? rest : { ...rest, assortment: good };
}

const goodOf = ({ assortment }: Json): string | undefined => idOf(assortment as { meta: Meta } | undefined);
