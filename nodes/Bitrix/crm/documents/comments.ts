import { textOf } from '../../../../core';
import type { Outcome } from '../../../../transport';
import { rowsIn } from '../../catalog/asking';
import type { CrmSession } from '../session';
import type { DocumentTask } from './task';

const COMMENTS = { method: 'crm.timeline.comment.list' };
const ADD = 'crm.timeline.comment.add';

/**
 * The tasks whose comment is to be written. One that was sent in this run already, with an answer that was lost, is looked for
 * first; portals without a timeline get none.
 */
export async function tellable(session: CrmSession, tasks: readonly DocumentTask[]): Promise<Set<DocumentTask>> {
	const telling = tasks.filter(({ planned, present }) => planned?.comment !== undefined && present);
	if (telling.length === 0) return new Set();
	if (!(await session.features.has(ADD))) {
		session.hint(`This portal has no ${ADD}, so the timeline was not told.`);
		return new Set();
	}
	const again = telling.filter(({ sent }) => sent !== undefined);
	const outcomes = await session.batches.each(again.map(({ present }) => ({
		method: COMMENTS.method, parameters: { filter: { ENTITY_TYPE: 'deal', ENTITY_ID: present?.id ?? 0 }, select: ['ID', 'COMMENT'], order: { ID: 'DESC' } },
	})), { repeatable: true });
	const there = new Set(again.filter((task, index) => holds(outcomes[index], task.planned?.comment ?? '')));
	return new Set(telling.filter((task) => !there.has(task)));
}

/** When the list cannot be read, nobody knows: a comment that is there twice does less harm than one that is lost. */
function holds(outcome: Outcome | undefined, comment: string): boolean {
	if (!outcome || 'error' in outcome) return false;
	return rowsIn(outcome, COMMENTS).some(({ COMMENT }) => textOf(COMMENT)?.trim() === comment.trim());
}
