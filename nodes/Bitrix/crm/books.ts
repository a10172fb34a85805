import { readCrmFields, readPipeline, readStage, stagesEntity, type CrmFields, type Parameters, type Pipeline, type Stage } from '../../../core';
import { rowsOf, type ListMethod, type Outcome } from '../../../transport';
import { rowsIn } from '../catalog/asking';
import type { CrmSession } from './session';

const STATUSES: ListMethod = { method: 'crm.status.list' };
const CATEGORIES: ListMethod = { method: 'crm.category.list', rows: 'categories', parameters: { entityTypeId: 2 } };

/** The fields of a kind of records. */
export async function readFields(session: Pick<CrmSession, 'client'>, method: string, parameters: Parameters): Promise<CrmFields> {
	return readCrmFields(await session.client.read(method, parameters));
}

export interface PipelineBooks {
	pipelines: Pipeline[];
	stages: Stage[];
}

type Reading = Pick<CrmSession, 'client' | 'batches' | 'features'>;

/** All pipelines of deals with their stages, in two calls. */
export async function readPipelines(session: Reading): Promise<PipelineBooks> {
	if (!(await session.features.has(CATEGORIES.method))) return await fromStages(session);
	const found = rowsOf(await session.client.read(CATEGORIES.method, CATEGORIES.parameters), CATEGORIES).map(readPipeline);
	const pipelines = found.some(({ id }) => id === 0) ? found : [{ id: 0, name: 'Общая' }, ...found];
	const commands = pipelines.map(({ id }) => ({ method: STATUSES.method, parameters: { filter: { ENTITY_ID: stagesEntity(id) }, order: { SORT: 'ASC' } } }));
	const outcomes = await session.batches.each(commands, { repeatable: true });
	return { pipelines, stages: pipelines.flatMap(({ id }, index) => stagesIn(outcomes[index], id)) };
}

/** A filter that was dropped brings other books, whose entries say so themselves. */
const stagesIn = (outcome: Outcome | undefined, pipeline: number): Stage[] =>
	rowsIn(outcome, STATUSES).filter(({ ENTITY_ID }) => ENTITY_ID === undefined || ENTITY_ID === stagesEntity(pipeline)).map((row) => readStage(row, pipeline));

/** Older portals do not list their pipelines in this way, but their stages say to which they belong. */
async function fromStages({ client }: Pick<CrmSession, 'client'>): Promise<PipelineBooks> {
	const rows = rowsOf(await client.read(STATUSES.method, { order: { SORT: 'ASC' } }), STATUSES);
	const stages = rows.flatMap((row) => {
		const entity = /^DEAL_STAGE(?:_(\d+))?$/.exec(String(row.ENTITY_ID));
		return entity ? [readStage(row, Number(entity[1] ?? 0))] : [];
	});
	const ids = [...new Set(stages.map(({ pipeline }) => pipeline))].sort((one, other) => one - other);
	return { pipelines: ids.map((id) => ({ id, name: id === 0 ? 'Общая' : `Pipeline ${id}` })), stages };
}
