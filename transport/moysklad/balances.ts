import { DEBT_DOCUMENTS, filterText, hiddenToo, idOf, type Condition, type Reference } from '../../core';
import { inParallel } from '../parallel';
import type { MoySkladClient } from './client';
import { readByValues, readPages, type Entity } from './lists';

/** Where the report of counterparties is. Source: github moysklad/api-remap-1.2-doc, `md/reports/_report_counterparty.md`. */
export const BALANCES = 'report/counterparty';

const LANES = 4;

/**
 * Rows of the report for some counterparties, 150 a call; one that is gone is not among them and holds nobody up. Throws what
 * `MoySkladClient` throws.
 */
export const readBalanceRows = async (client: MoySkladClient, ids: readonly string[]): Promise<Entity[]> => await readByValues(client, BALANCES, 'id', ids);

/**
 * Ids of the counterparties whose documents changed since a moment (Moscow time), thrown away ones too: what somebody owes
 * changes with these, not with the counterparty's own `updated`. Documents that were deleted for good leave no trace here.
 * Throws what `MoySkladClient` throws.
 */
export async function counterpartiesOfChangedDocuments(client: MoySkladClient, since: string): Promise<string[]> {
	const found = await inParallel(DEBT_DOCUMENTS, LANES, async (entity) => {
		const conditions: Condition[] = [{ field: 'updated', operator: '>=', value: since }, ...hiddenToo(entity)];
		const agents: string[] = [];
		for await (const { rows } of readPages(client, `entity/${entity}`, { filter: filterText(conditions), order: 'id,asc' })) agents.push(...rows.flatMap(agentOf));
		return agents;
	});
	return [...new Set(found.flat())];
}

const agentOf = ({ agent }: Entity): string[] => {
	const meta = (agent as Reference | undefined)?.meta;
	const id = meta?.type === 'counterparty' ? idOf(meta) : undefined;
	return id === undefined ? [] : [id];
};
