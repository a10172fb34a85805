import {
	FieldsInConflict, isToBeTold, judgeRuled, LIFECYCLE, lifecycleOf, planRecord, presentCrmValue, ROWS, rowsMark, sameRows, shownRows, STAGE, stageMove, SyncError, toKopecks, toRubles, warning,
	type ChangeTimes, type CrmFields, type Kopecks, type RecordSides, type Rule, type Stage,
} from '../../../../core';
import type { CrmSession } from '../session';
import type { DocumentKind } from './kind';
import type { DocumentSettings } from './settings';
import type { DocumentPlan, DocumentTask } from './task';

/** What plans are made by. */
export interface Planning {
	session: CrmSession;
	settings: DocumentSettings;
	kind: DocumentKind;
	fields: CrmFields;
	rules: readonly Rule[];
	stages: readonly Stage[];
	/** The text for the timeline. */
	commentOf(task: DocumentTask): string;
}

/** What is to be written for a task. Throws CRM_SUM_DIFFERS, CRM_REVIEW: then nothing is. */
export function planDocument(planning: Planning, task: DocumentTask): DocumentPlan {
	const { settings, rules, fields, kind, session } = planning;
	const written = task.link?.written ?? {};
	// The sum is one with the rows: the portal makes it of them.
	const own = task.rows ? rules.filter(({ target }) => target !== kind.names.sum) : rules;
	const sides: RecordSides = { rules: own, values: task.values, fields, present: task.present?.row, written, policy: settings.conflict, changed: changedTimes(kind, task), mark: session.mark };
	const plan: DocumentPlan = { ...planRecord(sides), rows: undefined, contact: undefined, comment: undefined };
	planRows(planning, task, plan, sides);
	// Without rows of ours the sum would be lost again at the next change of theirs.
	if (!task.rows && kind.names.sum in plan.fields && fields.has(kind.names.manual)) plan.fields[kind.names.manual] = 'Y';
	planStage(planning, task, plan, sides.changed);
	planContact(kind, task, plan);
	planOrigin(planning, task, plan);
	planComment(planning, task, plan);
	if (plan.review.length > 0) throw new FieldsInConflict('CRM_REVIEW', plan.review);
	return plan;
}

const changedTimes = ({ names }: DocumentKind, { source, present }: DocumentTask): ChangeTimes => ({
	source: source.updated,
	target: (present?.row[names.changed] as string | undefined) ?? null,
});

/** Whether anything is to be written. */
export const isWrite = ({ fields, rows, contact, comment }: DocumentPlan): boolean =>
	Object.keys(fields).length > 0 || rows !== undefined || contact !== undefined || comment !== undefined;

/** Rows are set all or none, and with them the sum. */
function planRows({ kind, fields, settings, session }: Planning, task: DocumentTask, plan: DocumentPlan, { written, policy, changed }: RecordSides): void {
	const { rows: planned, present, presentRows } = task;
	if (!planned) return;
	const { sum } = task.document;
	if (planned.difference !== 0) throw new SyncError('CRM_SUM_DIFFERS', { wanted: toRubles(sum), sum: toRubles(sum - planned.difference) });
	const { rows } = planned;
	const wanted = session.mark(rowsMark(rows, sum));
	const presentSum = present ? sumIn(kind, fields, present.row) : undefined;
	const isSame = present ? presentSum === sum && sameRows(rows, presentRows) : rows.length === 0 && sum === 0;
	if (isSame) {
		plan.marks[ROWS] = wanted;
		return;
	}
	const both = { source: wanted, target: session.mark(rowsMark(presentRows, presentSum ?? -1)), written: written[ROWS] };
	const verdict = judgeRuled({ ...both, policy: settings.rows, isNew: !present, isEmpty: presentRows.length === 0 }, policy, changed);
	const change = { field: 'productRows', from: present ? shownRows(presentRows) : null, to: shownRows(rows) };
	if (verdict !== 'review' && verdict !== 'left') plan.marks[ROWS] = wanted;
	if (verdict === 'write') {
		plan.rows = rows;
		plan.fields[kind.names.sum] = toRubles(sum);
		if (fields.has(kind.names.manual)) plan.fields[kind.names.manual] = 'N';
		plan.changes.push(change);
	} else if (verdict === 'review') plan.review.push(change);
	else if (verdict === 'keep' && wanted !== written[ROWS]) plan.warnings.push(warning('CRM_FIELDS_KEPT', { fields: 'productRows' }));
}

/** Undefined when the portal does not say. */
function sumIn({ names }: DocumentKind, fields: CrmFields, row: Record<string, unknown>): Kopecks | undefined {
	const field = fields.get(names.sum);
	const text = field ? presentCrmValue(field, row[names.sum]).canonical : '';
	try {
		return text === '' ? 0 : toKopecks(text);
	} catch {
		return undefined;
	}
}

function planStage({ settings, stages }: Planning, task: DocumentTask, plan: DocumentPlan, changed: ChangeTimes): void {
	const { present, rule, link } = task;
	const before = present && { stage: String(present.row.STAGE_ID ?? ''), pipeline: Number(present.row.CATEGORY_ID ?? 0) };
	const written = link?.written[STAGE];
	const move = stageMove({ rule, present: before, pipeline: settings.pipeline, stages, written, policy: settings.conflict, changed });
	plan.warnings.push(...move.warnings);
	if (move.review) plan.review.push({ field: 'STAGE_ID', from: before?.stage ?? null, to: rule?.stage });
	if (move.to !== undefined) {
		plan.fields.STAGE_ID = move.to;
		plan.changes.push({ field: 'STAGE_ID', from: before?.stage ?? null, to: move.to });
	}
	const remembered = move.to ?? move.settled ?? written;
	if (remembered !== undefined) plan.marks[STAGE] = remembered;
}

/** Contacts beside ours stay: it is added, and becomes the first. */
function planContact({ names }: DocumentKind, { present }: DocumentTask, plan: DocumentPlan): void {
	const contact = Number(plan.fields[names.contact] ?? 0);
	if (contact === 0) return;
	delete plan.fields[names.contact];
	if (present) plan.contact = contact;
	else plan.fields[names.contacts] = [contact];
}

/** The mark by which it is found again, and the pipeline of a new deal. A mark of another system is never taken away. */
function planOrigin({ kind, settings, fields }: Planning, { source, present }: DocumentTask, plan: DocumentPlan): void {
	const { origin, originator } = kind.names;
	const isFree = present !== undefined && present.boundTo === null && !present.row[origin] && !(originator !== null && present.row[originator]);
	if (present === undefined || isFree) {
		plan.fields[origin] = source.id;
		if (originator !== null) plan.fields[originator] = settings.originator;
	}
	if (present === undefined && kind.type === 'deal' && fields.has('CATEGORY_ID')) plan.fields.CATEGORY_ID = settings.pipeline;
}

function planComment({ kind, settings, session, commentOf }: Planning, task: DocumentTask, plan: DocumentPlan): void {
	if (kind.type !== 'deal' || !task.source.document) return;
	const now = session.mark(lifecycleOf(task.document));
	const told = task.link?.written[LIFECYCLE];
	const isNew = task.present === undefined || task.sent === 'create';
	plan.marks[LIFECYCLE] = now;
	if (settings.comment !== '' && isToBeTold({ told, now, isNew, moves: 'STAGE_ID' in plan.fields })) plan.comment = commentOf(task);
}
