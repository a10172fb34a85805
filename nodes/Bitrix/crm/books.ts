import { readCrmFields, readPipeline, readStage, stagesEntity, type CrmFields, type Parameters, type Pipeline, type Stage } from '../../../core';
import { rowsOf, type ListMethod, type Outcome } from '../../../transport';
import { rowsIn } from '../catalog/asking';
import type { CrmSession } from './session';

const STATUSES: ListMethod = { method: 'crm.status.list' };
const CATEGORIES: ListMethod = { method: 'crm.category.list', rows: 'categories', parameters: { entityTypeId: 2 } };
/** Portals that have no `crm.category.list` yet; the pipeline that every portal has is not in it. */
const OLDER_CATEGORIES: ListMethod = { method: 'crm.dealcategory.list' };

/** The fields of a kind of records. */
export async function readFields(session: Pick<CrmSession, 'client'>, method: string, parameters: Parameters): Promise<CrmFields> {
	return readCrmFields(await session.client.read(method, parameters));
}

export interface PipelineBooks {
	pipelines: Pipeline[];
	stages: Stage[];
}

/** All pipelines of deals with their stages, in two calls. */
export async function readPipelines(session: Pick<CrmSession, 'client' | 'batches' | 'features'>): Promise<PipelineBooks> {
	const pipelines = await pipelinesOf(session);
	const commands = pipelines.map(({ id }) => ({ method: STATUSES.method, parameters: { filter: { ENTITY_ID: stagesEntity(id) }, order: { SORT: 'ASC' } } }));
	const outcomes = await session.batches.each(commands, { repeatable: true });
	return { pipelines, stages: pipelines.flatMap(({ id }, index) => stagesIn(outcomes[index], id)) };
}

async function pipelinesOf({ client, features }: Pick<CrmSession, 'client' | 'features'>): Promise<Pipeline[]> {
	const list = (await features.has(CATEGORIES.method)) ? CATEGORIES : OLDER_CATEGORIES;
	const found = rowsOf(await client.read(list.method, list.parameters), list).map(readPipeline);
	return found.some(({ id }) => id === 0) ? found : [{ id: 0, name: 'Общая' }, ...found];
}

/** A filter that was dropped brings other books, whose entries say so themselves. */
const stagesIn = (outcome: Outcome | undefined, pipeline: number): Stage[] =>
	rowsIn(outcome, STATUSES).filter(({ ENTITY_ID }) => ENTITY_ID === undefined || ENTITY_ID === stagesEntity(pipeline)).map((row) => readStage(row, pipeline));
