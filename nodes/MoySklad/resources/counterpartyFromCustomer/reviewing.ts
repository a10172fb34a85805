import { SyncError, type Candidate } from '../../../../core';
import type { MoySkladClient } from '../../../../transport';
import { inWords } from '../../../shared/duplicates/inWords';
import { readRows } from '../../counterparties/rows';
import { shownCounterparty } from '../../counterparties/shown';
import { isOpen, type CustomerTask } from './task';

/** More candidates than a person wants to look at are left out, the least likely ones first. */
const MOST = 10;

interface Reviewing {
	client: MoySkladClient;
	preview: boolean;
	/** Ids of what this run made, by its keys. */
	made: ReadonlyMap<string, string>;
}

/**
 * Finishes those whom a person has to decide about, with their candidates as people know them. Whoever resembled only somebody whom this
 * run could not make is to come again.
 */
export async function askPeople({ client, preview, made }: Reviewing, doubts: ReadonlyMap<CustomerTask, Candidate[]>): Promise<void> {
	const open = [...doubts].flatMap(([task, candidates]) => (isOpen(task) ? [{ task, candidates: candidates.slice(0, MOST).map((one) => ({ ...one, id: made.get(one.id) ?? one.id })) }] : []));
	const rows = await readRows(client, 'id', open.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
	for (const { task, candidates } of open) {
		const there = preview ? candidates : candidates.filter(({ id }) => rows.has(id));
		const shown = there.map(({ id, score, reasons }) => ({ ...shownCounterparty(id, rows.get(id)), score, reasons: reasons.map(inWords) }));
		if (shown.length > 0) task.review(new SyncError('COUNTERPARTY_REVIEW', { count: shown.length }), shown);
		else task.fail(new SyncError('MOYSKLAD_CHANGED_MEANWHILE', { call: 'POST entity/counterparty' }));
	}
}
