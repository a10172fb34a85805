import { SyncError, warning, type CrmFields, type Rule } from '../../../../core';
import { byIds, byOrigin, type LookedUp } from '../records';
import { idsOf } from '../customers';
import type { CrmSession } from '../session';
import { isOpen } from '../task';
import type { DocumentKind } from './kind';
import type { DocumentTask } from './task';

/** How often a refusal of a single read is asked for again lies with the rounds of the run. */
const ROWS_IN_A_BATCH = 50;

/** Fields that every look needs, and those that the rules compare. */
export function selectOf({ names, type }: DocumentKind, fields: CrmFields, rules: readonly Rule[]): string[] {
	const stage = type === 'deal' ? ['STAGE_ID', 'CATEGORY_ID'] : ['contactIds'];
	const wanted = [...stage, names.sum, names.manual, names.changed, ...rules.map(({ target }) => target)];
	return [...new Set(wanted)].filter((name) => fields.has(name));
}

/**
 * Finds what is there of the tasks: by the mark of origin, then by the deal that the order was made from, then by the link. Those of
 * which several are there are finished here.
 */
export async function findPresent(session: CrmSession, kind: DocumentKind, tasks: readonly DocumentTask[], select: readonly string[]): Promise<void> {
	const looked = await byOrigin(session, kind.type, tasks.map(({ source }) => source.id), select);
	for (const task of tasks) take(task, looked, task.source.id, kind);
	const open = tasks.filter((task) => isOpen(task) && !task.unsure && !task.present);
	await findNamed(session, kind, open.filter((task) => idOf(task) !== ''), select);
}

/** An order that was made from a deal names it for ever; a link is what was remembered. */
const idOf = ({ bornFrom, link }: DocumentTask): string => (bornFrom === undefined ? (link?.bitrixId ?? '') : String(bornFrom));

function take(task: DocumentTask, { found, failed }: LookedUp, key: string, { type }: DocumentKind): void {
	const failure = failed.get(key);
	if (failure) return postpone(task, failure);
	const records = found.get(key) ?? [];
	if (records.length > 1) task.fail(new SyncError('CRM_DUPLICATE', { what: `${type}s`, key, ids: idsOf(records) }));
	else task.present = records[0];
}

/** A lookup that failed for now is repeated in the next round, any other ends the way. */
export function postpone(task: DocumentTask, error: SyncError): void {
	if (error.retryable) task.unsure = error;
	else task.fail(error);
}

/** What was named: a person may have taken the mark of origin away, and a deal that became an order has none yet. What is gone is not made again. */
async function findNamed(session: CrmSession, kind: DocumentKind, tasks: readonly DocumentTask[], select: readonly string[]): Promise<void> {
	if (tasks.length === 0) return;
	const looked = await byIds(session, kind.type, tasks.map((task) => Number(idOf(task))).filter((id) => id > 0), select);
	for (const task of tasks) {
		take(task, looked, idOf(task), kind);
		if (!isOpen(task) || task.unsure) continue;
		const { present } = task;
		if (present && (present.boundTo === null || present.boundTo === task.source.id)) continue;
		task.present = undefined;
		task.warnings = [...task.remarks, warning('CRM_GONE', { what: kind.type, id: idOf(task) })];
		task.finish('skipped');
	}
}

/** Reads the rows of goods of those that are there. */
export async function readPresentRows(session: CrmSession, kind: DocumentKind, tasks: readonly DocumentTask[]): Promise<void> {
	const outcomes = await session.batches.each(tasks.map(({ present }) => kind.rows.of(present?.id ?? 0)), { repeatable: true, parallel: 2, most: ROWS_IN_A_BATCH });
	tasks.forEach((task, index) => {
		const outcome = outcomes[index];
		try {
			if (outcome && 'result' in outcome) task.presentRows = kind.rows.read(outcome.result);
			else postpone(task, outcome?.error ?? new SyncError('ANSWER_UNEXPECTED', { call: kind.rows.method, reason: 'no answer' }));
		} catch (error) {
			task.fail(error);
		}
	});
}
