import {
	entityDifferences, entityFields, entityReference, failedResult, groupBy, hasSyncId, hiddenToo, keyOf, planWrite, repeatedKeys, resultOf, SyncError,
	type Draft, type WritePlan, type WriteResult, type WriteRules,
} from '../../core';
import { partFailure, unforeseen } from '../failure';
import { inParallel } from '../parallel';
import { deleteMany, writeMany, type Written } from './bulk';
import type { MoySkladClient } from './client';
import { readByValues, type Entity } from './lists';
import { completeCollections } from './related';

/** How drafts are written. */
export interface ObjectsRules extends WriteRules {
	/** Nothing is written; results say what would be. */
	preview: boolean;
}

/** What became of a draft, and the object as MoySklad shows it afterwards. */
export interface WrittenObject {
	result: WriteResult;
	object?: Entity;
}

const LANES = 5;

/** Lists inside objects that have to be read to be compared. */
const LISTS = ['components', 'positions'];

/**
 * Makes and changes objects of one entity: looks them up in bulk, writes only what differs, in arrays, and looks a creation up
 * again whose answer was lost. One outcome a draft, in order; a draft that failed before is handed through. Throws when the
 * look-up fails as a whole, and STOPPED.
 */
export async function writeObjects(client: MoySkladClient, rules: ObjectsRules, drafts: ReadonlyArray<Draft | SyncError>): Promise<WrittenObject[]> {
	const plans = await planAll(client, rules, drafts);
	if (rules.preview) return plans.map(previewed);
	const outcomes = await writePlans(client, rules.entity, plans);
	return await settleOpen(client, rules.entity, drafts, plans, outcomes);
}

async function planAll(client: MoySkladClient, rules: ObjectsRules, drafts: ReadonlyArray<Draft | SyncError>): Promise<WritePlan[]> {
	const valid = drafts.map((draft) => (draft instanceof SyncError ? undefined : draft));
	const repeated = repeatedKeys(valid);
	const unique = valid.map((draft, place) => (repeated.has(place) ? undefined : draft));
	const present = await lookUp(client, rules.entity, unique.filter((draft) => draft !== undefined));
	return drafts.map((draft, place): WritePlan => {
		if (draft instanceof SyncError) return { kind: 'settled', result: failedResult('failed', '', draft) };
		if (!repeated.has(place)) return planned(draft, present(draft), rules);
		const details = { field: draft.matchOn ?? '', key: keyOf(draft) };
		return { kind: 'settled', result: failedResult('conflict', keyOf(draft), new SyncError('MOYSKLAD_KEY_REPEATED', details)) };
	});
}

/** What cannot even be compared is a failure of this draft, not of all. */
function planned(draft: Draft, present: readonly Entity[], rules: ObjectsRules): WritePlan {
	try {
		return planWrite(draft, present, rules);
	} catch (error) {
		return { kind: 'settled', result: failedResult('failed', keyOf(draft), unforeseen(error)) };
	}
}

/** Archived objects and documents in the bin are found as well (rule I3). Keys are compared exactly, whatever the filter thinks of case. */
async function lookUp(client: MoySkladClient, entity: string, drafts: readonly Draft[]): Promise<(draft: Draft) => Entity[]> {
	const found = new Map<string, Entity[]>();
	const lists = LISTS.filter((list) => entityFields(entity).some(({ name }) => name === list) && drafts.some(({ body }) => Array.isArray(body[list])));
	const keyed = drafts.filter((draft) => draft.matchOn !== undefined && keyOf(draft) !== '');
	for (const [field = '', same] of groupBy(keyed, ({ matchOn }) => matchOn)) {
		const query = { conditions: hiddenToo(entity), query: { expand: lists.join(',') || undefined } };
		const rows = await readByValues(client, `entity/${entity}`, field, same.map(keyOf), query);
		for (const [key, some] of groupBy(rows, (row) => `${field} ${String(row[field])}`)) found.set(key, some);
	}
	const rows = [...found.values()].flat();
	if (lists.length > 0) await completeCollections(client, rows);
	return (draft) => found.get(`${draft.matchOn ?? ''} ${keyOf(draft)}`) ?? [];
}

function previewed(plan: WritePlan): WrittenObject {
	if (plan.kind === 'settled') return plan;
	const { key, changes } = plan;
	const found = plan.kind === 'update' ? { moySkladId: plan.id, warnings: plan.warnings } : {};
	return { result: { ...resultOf('planned', key), ...found, changes } };
}

/** Creations that carry no syncId go by themselves: only those must not be repeated after a broken connection. */
async function writePlans(client: MoySkladClient, entity: string, plans: readonly WritePlan[]): Promise<WrittenObject[]> {
	const written = new Map<WritePlan, Written>();
	const due = plans.filter((plan) => plan.kind !== 'settled');
	for (const [repeatable, some] of groupBy(due, (plan) => plan.kind === 'update' || isRepeatable(entity, plan.body))) {
		const bodies = some.map((plan) => (plan.kind === 'update' ? { ...entityReference(entity, plan.id), ...plan.body } : plan.body));
		const outcomes = await writeMany(client, `entity/${entity}`, bodies, { repeatable });
		some.forEach((plan, index) => written.set(plan, outcomes[index] as Written));
	}
	await correctOld(client, entity, written);
	await removeComponents(client, entity, written);
	return plans.map((plan) => (plan.kind === 'settled' ? plan : toOutcome(plan, written.get(plan) as Written)));
}

const isRepeatable = (entity: string, { syncId }: Entity): boolean => syncId !== undefined && syncId !== null && hasSyncId(entity);

/** A syncId that somebody used in the meantime gives the old object unchanged: it is then updated by its id (rule I5). */
async function correctOld(client: MoySkladClient, entity: string, written: Map<WritePlan, Written>): Promise<void> {
	const old = [...written].flatMap(([plan, outcome]) => {
		if (plan.kind !== 'create' || !isRepeatable(entity, plan.body) || !('entity' in outcome)) return [];
		const comparable = Object.entries(plan.body).filter(([field]) => !LISTS.includes(field));
		const { body } = entityDifferences(outcome.entity, Object.fromEntries(comparable));
		return Object.keys(body).length === 0 ? [] : [{ plan, body: { ...entityReference(entity, String(outcome.entity.id)), ...body } }];
	});
	const outcomes = await writeMany(client, `entity/${entity}`, old.map(({ body }) => body), { repeatable: true });
	old.forEach(({ plan }, index) => written.set(plan, outcomes[index] as Written));
}

/** MoySklad merges the components of a bundle: what is not wanted any more has to be taken out one by one. */
async function removeComponents(client: MoySkladClient, entity: string, written: Map<WritePlan, Written>): Promise<void> {
	for (const [plan, outcome] of written) {
		if (plan.kind !== 'update' || !('entity' in outcome)) continue;
		for (const { id } of plan.removed) {
			const path = `entity/${entity}/${plan.id}/components/${String(id)}`;
			const error = await failureOf(client.write('DELETE', path, undefined, { repeatable: true }));
			if (error && error.code !== 'MOYSKLAD_NOT_FOUND') written.set(plan, { error });
		}
	}
}

function toOutcome(plan: Exclude<WritePlan, { kind: 'settled' }>, outcome: Written): WrittenObject {
	if ('error' in outcome) return { result: failedResult('failed', plan.key, outcome.error) };
	const { entity: object } = outcome;
	const { key, changes } = plan;
	const result = { ...resultOf(plan.kind === 'create' ? 'created' : 'updated', key), moySkladId: String(object.id), changes };
	return { result: plan.kind === 'update' ? { ...result, warnings: plan.warnings } : result, object };
}

/** A creation whose answer was lost is looked up by its key before anybody sends it again. */
async function settleOpen(
	client: MoySkladClient, entity: string, drafts: ReadonlyArray<Draft | SyncError>, plans: readonly WritePlan[], outcomes: WrittenObject[],
): Promise<WrittenObject[]> {
	const isOpen = ({ result }: WrittenObject, place: number): boolean =>
		result.error?.code === 'MOYSKLAD_UNVERIFIED' && plans[place]?.kind === 'create' && keyOf(drafts[place] as Draft) !== '';
	const open = outcomes.flatMap((outcome, place) => (isOpen(outcome, place) ? [drafts[place] as Draft] : []));
	const present = await lookUp(client, entity, open);
	return outcomes.map((outcome, place) => {
		const [object, ...others] = isOpen(outcome, place) ? present(drafts[place] as Draft) : [];
		const plan = plans[place];
		if (!object || others.length > 0 || plan?.kind !== 'create') return outcome;
		return { result: { ...resultOf('created', plan.key), moySkladId: String(object.id), changes: plan.changes }, object };
	});
}

/** Deletes objects of one entity, in arrays. What is gone already counts as done. One result an id, in order. */
export async function deleteObjects(client: MoySkladClient, entity: string, ids: readonly string[]): Promise<WriteResult[]> {
	const unique = [...new Set(ids)];
	const outcomes = await deleteMany(client, `entity/${entity}`, unique.map((id) => ({ ...entityReference(entity, id) })));
	const byId = new Map(unique.map((id, place) => [id, deletion(id, outcomes[place] as Written)]));
	return ids.map((id) => byId.get(id) as WriteResult);
}

/** Moves documents to the recycle bin; one call each. One result an id, in order. */
export const trashObjects = async (client: MoySkladClient, entity: string, ids: readonly string[]): Promise<WriteResult[]> =>
	await inParallel(ids, LANES, async (id) => {
		const error = await failureOf(client.write('POST', `entity/${entity}/${id}/trash`, undefined, { repeatable: true }));
		return deletion(id, error ? { error } : { entity: { id } });
	});

async function failureOf(call: Promise<unknown>): Promise<SyncError | undefined> {
	try {
		await call;
		return undefined;
	} catch (error) {
		return partFailure(error);
	}
}

function deletion(id: string, outcome: Written): WriteResult {
	const gone = 'error' in outcome && outcome.error.code === 'MOYSKLAD_NOT_FOUND';
	if ('error' in outcome && !gone) return { ...failedResult('failed', id, outcome.error), moySkladId: id };
	return { ...resultOf(gone ? 'unchanged' : 'deleted', id), moySkladId: id };
}
