import { SyncError } from '../errors';
import { groupBy } from '../model/grouping';
import { warning, type FieldChange, type Warning, type WriteResult, type WriteStatus } from '../sync/result';
import { entityDifferences, holds, leftOverElements } from './compare';
import { entityFields } from './fields';

type Json = Record<string, unknown>;

/** One object as an item wants it. */
export interface Draft {
	/** Fields in MoySklad's form; the one to match on among them. */
	body: Json;
	/** The field to look the object up by; undefined for a mere creation. */
	matchOn?: string;
}

/** Of what kind the written objects are, and whether the operation may make some. */
export interface WriteRules {
	/** MoySklad's keyword. */
	entity: string;
	/** Whether what is not there is made. */
	creates: boolean;
}

/** What is to be done about a draft. */
export type WritePlan =
	| { kind: 'settled'; result: WriteResult }
	| { kind: 'create'; key: string; body: Json; changes: FieldChange[] }
	| { kind: 'update'; key: string; id: string; body: Json; changes: FieldChange[]; warnings: Warning[]; removed: Json[] };

/** The value by which a draft is looked up; empty when there is none. */
export const keyOf = ({ body, matchOn }: Draft): string => (matchOn === undefined ? '' : String(body[matchOn] ?? '').trim());

/** Places of drafts whose key another draft has as well: which of them is right cannot be guessed (rule I3). */
export function repeatedKeys(drafts: ReadonlyArray<Draft | undefined>): Set<number> {
	const keyed = drafts.flatMap((draft, place) => (draft && keyOf(draft) !== '' ? [{ key: `${draft.matchOn ?? ''} ${keyOf(draft)}`, place }] : []));
	return new Set([...groupBy(keyed, ({ key }) => key).values()].filter((same) => same.length > 1).flatMap((same) => same.map(({ place }) => place)));
}

/** Compares a draft with the objects that have its key. */
export function planWrite(draft: Draft, present: readonly Json[], { entity, creates }: WriteRules): WritePlan {
	const { body, matchOn } = draft;
	const key = keyOf(draft);
	if (matchOn === undefined || (matchOn === 'id' && key === '' && creates)) return creation(body, name(body));
	const details = { field: matchOn, key, count: present.length };
	if (key === '') return settled('conflict', key, new SyncError('MOYSKLAD_KEY_EMPTY', details));
	const alive = present.filter(({ deleted }) => deleted === undefined);
	const [found] = alive;
	if (alive.length > 1) return settled('conflict', key, new SyncError('MOYSKLAD_KEY_AMBIGUOUS', { ...details, count: alive.length }));
	if (!found && present.length > 0) return skipped(key, present[0] ?? {}, warning('MOYSKLAD_IN_BIN', details));
	if (found) return update(found, body, key, entity);
	if (!creates || matchOn === 'id') return settled('failed', key, new SyncError('MOYSKLAD_NOT_FOUND', { call: `${entity} with the ${matchOn} ${key}` }));
	return creation(body, key);
}

/** What says which object is written: that is decided by the key alone. */
const ADDRESS = ['id', 'meta'];

const name = ({ syncId, externalCode, name: title }: Json): string => String(syncId ?? externalCode ?? title ?? '');

function creation(wanted: Json, key: string): WritePlan {
	const body = without(new Set(ADDRESS), wanted);
	return { kind: 'create', key, body, changes: entityDifferences({}, body).changes };
}

function update(found: Json, wanted: Json, key: string, entity: string): WritePlan {
	const fixed = new Set(entityFields(entity).filter((field) => field.fixed).map((field) => field.name));
	const refused = Object.keys(wanted).filter((field) => fixed.has(field) && !holds(found[field], wanted[field]));
	const { body, changes } = entityDifferences(found, without(new Set([...fixed, ...ADDRESS]), wanted));
	const removed = Array.isArray(body.components) ? leftOverElements(found.components, body.components as Json[]) : [];
	const warnings = refused.map((field) => warning('MOYSKLAD_FIELD_FIXED', { field }));
	const id = String(found.id);
	if (changes.length === 0) return { kind: 'settled', result: { ...resultOf('unchanged', key), moySkladId: id, warnings } };
	return { kind: 'update', key, id, body, changes, warnings, removed };
}

const without = (fields: ReadonlySet<string>, body: Json): Json => Object.fromEntries(Object.entries(body).filter(([field]) => !fields.has(field)));

const skipped = (key: string, { id }: Json, reason: Warning): WritePlan => ({
	kind: 'settled',
	result: { ...resultOf('skipped', key), moySkladId: String(id), warnings: [reason] },
});

const settled = (status: WriteStatus, key: string, error: SyncError): WritePlan => ({ kind: 'settled', result: failedResult(status, key, error) });

/** The result of a draft that could not be written. */
export const failedResult = (status: WriteStatus, key: string, error: SyncError): WriteResult => ({ ...resultOf(status, key), error: error.report() });

/** A result in which nothing was changed and nothing is known but the key. */
export const resultOf = (status: WriteStatus, key: string): WriteResult => ({ status, key, moySkladId: null, bitrixId: null, changes: [], warnings: [] });
