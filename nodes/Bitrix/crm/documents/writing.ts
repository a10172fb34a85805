import { SyncError, type ResultReference } from '../../../../core';
import type { Command, Outcome } from '../../../../transport';
import { WRITES_IN_A_BATCH, type CrmSession } from '../session';
import { tellable } from './comments';
import { MADE, type DocumentKind } from './kind';
import { isWrite } from './planning';
import { postpone } from './present';
import type { DocumentPlan, DocumentTask } from './task';

/**
 * Sends what is planned: each record with its contact, its rows and its comment is one group, since they need the id of a new one.
 * A task of which nobody knows what became stays without a result, and `unsure` says why.
 */
export async function writeDocuments(session: CrmSession, kind: DocumentKind, tasks: readonly DocumentTask[]): Promise<void> {
	const told = await tellable(session, tasks);
	const writes = tasks.flatMap((task) => (task.planned && isWrite(task.planned) ? [{ task, commands: commandsOf(kind, task, task.planned, told) }] : []));
	for (const repeatable of [true, false]) {
		const some = writes.filter(({ commands }) => isRepeatable(commands) === repeatable);
		const outcomes = await session.batches.run(some.map(({ commands }) => commands), { repeatable, parallel: 2, most: WRITES_IN_A_BATCH });
		some.forEach(({ task, commands }, index) => settle(kind, task, commands, outcomes[index] ?? []));
	}
	for (const task of tasks) if (!task.unsure && !task.result) task.written = task.planned?.marks ?? {};
}

/** Only what brings about the same when it is sent twice may be sent again without looking. */
const isRepeatable = (commands: readonly Command[]): boolean => commands.every(({ method }) => !method.endsWith('.add') || method === 'crm.deal.contact.add');

function commandsOf(kind: DocumentKind, task: DocumentTask, plan: DocumentPlan, told: ReadonlySet<DocumentTask>): Command[] {
	const { present } = task;
	const id: number | ResultReference = present?.id ?? kind.added;
	const commands: Command[] = [];
	if (!present) commands.push({ key: MADE, ...kind.add(plan.fields) });
	else if (Object.keys(plan.fields).length > 0) commands.push({ key: 'u', ...kind.update(present.id, plan.fields) });
	if (present && plan.contact !== undefined) commands.push({ key: 'c', ...kind.bind(present.id, plan.contact, present.row as Record<string, number[]>) });
	if (plan.rows) commands.push({ key: 'r', ...kind.rows.set(id, plan.rows) });
	if (present && plan.comment !== undefined && told.has(task))
		commands.push({ key: 't', method: 'crm.timeline.comment.add', parameters: { fields: { ENTITY_TYPE: 'deal', ENTITY_ID: present.id, COMMENT: plan.comment } } });
	task.sent ??= present ? 'update' : 'create';
	return commands;
}

function settle(kind: DocumentKind, task: DocumentTask, commands: readonly Command[], outcomes: readonly Outcome[]): void {
	const [first] = outcomes;
	const answered = first && 'result' in first && commands[0]?.key === MADE ? kind.addedId(first.result) : undefined;
	task.bitrixId = task.present?.id ?? (answered !== undefined && answered > 0 ? answered : undefined);
	const errors = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
	const error = errors.find(({ retryable }) => !retryable) ?? errors[0];
	if (error) postpone(task, error);
	else if (commands.length > 0 && task.bitrixId === undefined) task.fail(new SyncError('ANSWER_UNEXPECTED', { call: commands[0]?.method ?? '', reason: 'no id' }));
}
