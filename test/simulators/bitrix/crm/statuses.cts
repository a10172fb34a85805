import type { Portal } from '../portal.cts';
import type { CrmEntity } from './entities.cts';
import { ENTITY_TYPE, type CrmRow, type CrmStatusRow } from './rows.cts';

/** The book of an object's stages: those of another pipeline than the common one are in a book of their own. */
export function stageBook({ entityTypeId }: { entityTypeId: number }, categoryId: number): string {
	if (entityTypeId === ENTITY_TYPE.lead) return 'STATUS';
	if (entityTypeId === ENTITY_TYPE.smartInvoice) return `SMART_INVOICE_STAGE_${categoryId}`;
	return categoryId === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${categoryId}`;
}

/** What ids of stages begin with in a pipeline: `C5:NEW`, `DT31_2:N`; nothing in the common one. */
export function stagePrefix({ entityTypeId }: { entityTypeId: number }, categoryId: number): string {
	if (entityTypeId === ENTITY_TYPE.smartInvoice) return `DT31_${categoryId}:`;
	return entityTypeId === ENTITY_TYPE.deal && categoryId > 0 ? `C${categoryId}:` : '';
}

/** The entries of a book in their order. */
export const statusesOf = (portal: Portal, book: string): CrmStatusRow[] =>
	portal.store.crmStatuses.where('entityId', book).sort((one, other) => one.sort - other.sort || one.id - other.id);

export const stagesOf = (portal: Portal, entity: CrmEntity, categoryId: number): CrmStatusRow[] =>
	entity.hasStages ? statusesOf(portal, stageBook(entity, categoryId)) : [];

const stageOf = (portal: Portal, entity: CrmEntity, { categoryId, stageId }: CrmRow): CrmStatusRow | undefined =>
	stagesOf(portal, entity, categoryId).find(({ statusId }) => statusId === stageId);

/** `P` under way, `S` won, `F` lost. */
export const semanticsOf = (portal: Portal, entity: CrmEntity, row: CrmRow): 'P' | 'S' | 'F' =>
	stageOf(portal, entity, row)?.semantics ?? 'P';

/** The pipelines of a kind of objects; none for kinds that have none. */
export const hasCategory = (portal: Portal, { entityTypeId }: { entityTypeId: number }, id: number): boolean =>
	portal.store.crmCategories.get(id)?.entityTypeId === entityTypeId;

export const defaultCategory = (portal: Portal, { entityTypeId }: { entityTypeId: number }): number =>
	portal.store.crmCategories.all().find((row) => row.entityTypeId === entityTypeId && row.isDefault === 'Y')?.id ?? 0;
