import {
	entityReference,
	groupBy,
	hasPositions,
	SyncError,
	toRubles,
	warning,
	documentName,
	documentsLink,
	conflictIn,
	type DocumentsLink,
	type DocumentStep,
	type DoneStep,
	type ErrorReport,
	type FollowingType,
	type PlannedDocuments,
	type Warning,
	type WriteResult,
} from '../../../../core';
import { trashObjects, writeMany, type Entity, type MoySkladClient, type Written } from '../../../../transport';
import type { Identified } from '../customerOrderFromBitrix/task';
import type { DocumentResult, DocumentsTask, FollowingTask } from './task';

/** A step of an order, and what MoySklad answered. */
export interface Attempt {
	task: Warned;
	step: DocumentStep;
	/** The document as it is afterwards. */
	row?: Entity;
	error?: ErrorReport;
}

export interface OrderPlan<Task extends Warned = DocumentsTask> {
	task: Task;
	plan: PlannedDocuments;
}

type AnyFollowing = FollowingTask<Identified>;

/** Whatever documents are written for. */
interface Warned {
	warnings: Warning[];
}

/** Carries out what was planned, in arrays by kind of document, what goes before what comes. Every task has its result afterwards. */
export async function writePlans(client: MoySkladClient, plans: readonly OrderPlan[]): Promise<void> {
	const attempts = await carryOut(client, plans);
	for (const { task, plan } of plans) finish(task, plan, attempts.filter((attempt) => attempt.task === task));
}

/** Carries out what was planned; one attempt a step. */
export async function carryOut(client: MoySkladClient, plans: ReadonlyArray<OrderPlan<Warned>>): Promise<Attempt[]> {
	const attempts = plans.flatMap(({ task, plan }) => plan.steps.map((step): Attempt => ({ task, step })));
	const due = attempts.filter(({ step }) => isDue(step));
	for (const [type, some] of groupBy(due, ({ step }) => step.type)) await writeSteps(client, type, [...some].sort(goingFirst));
	await unpostUnequal(client, due);
	await throwAway(client, due.filter(({ step, error }) => step.bin && !error));
	return attempts;
}

export const isDue = ({ body, bin, conflict }: DocumentStep): boolean => !conflict && (bin || Object.keys(body).length > 0);

const ACTIONS: Array<DocumentStep['action']> = ['withdraw', 'update', 'keep', 'create'];

const goingFirst = (one: Attempt, other: Attempt): number => ACTIONS.indexOf(one.step.action) - ACTIONS.indexOf(other.step.action);

/** Bodies with a syncId or with `meta`: sent twice they have the effect of once. */
async function writeSteps(client: MoySkladClient, type: FollowingType, attempts: readonly Attempt[]): Promise<void> {
	const bodies = attempts.map(({ step: { known, body } }) => (known ? { ...entityReference(type, known.id), ...body } : body));
	const outcomes = await writeMany(client, `/entity/${type}`, bodies, { repeatable: true });
	attempts.forEach((attempt, index) => take(attempt, outcomes[index]));
}

/** A syncId that another run used meanwhile gives that document unchanged: it has to be looked at anew. */
function take(attempt: Attempt, outcome: Written | undefined): void {
	const { type, action, sum } = attempt.step;
	const call = `POST entity/${type}`;
	if (outcome && 'entity' in outcome) attempt.row = outcome.entity;
	const isOther = action === 'create' && attempt.row && (attempt.row.deleted !== undefined || (!hasPositions(type) && sumIn(attempt.row) !== sum));
	if (isOther) attempt.error = new SyncError('MOYSKLAD_CHANGED_MEANWHILE', { call }).report();
	else if (!attempt.row) attempt.error = refusalOf(outcome, call);
}

function refusalOf(outcome: Written | undefined, call: string): ErrorReport | undefined {
	if (!outcome) return new SyncError('ANSWER_UNEXPECTED', { call, reason: 'no answer to this element' }).report();
	return 'error' in outcome ? outcome.error.report() : undefined;
}

const sumIn = ({ sum }: Entity): number => Math.round(Number(sum));

/** Goods whose sum is not the store's are kept out of the books (rule O1). */
async function unpostUnequal(client: MoySkladClient, attempts: readonly Attempt[]): Promise<void> {
	const unequal = attempts.filter(
		({ step: { body, sum }, row }) => row && 'positions' in body && sum !== undefined && row.applicable === true && sumIn(row) !== sum,
	);
	for (const [type, some] of groupBy(unequal, ({ step }) => step.type)) {
		const bodies = some.map(({ row }) => ({ ...entityReference(type, String(row?.id)), applicable: false }));
		const outcomes = await writeMany(client, `/entity/${type}`, bodies, { repeatable: true });
		some.forEach((attempt, index) => {
			const { task, step, row = {} } = attempt;
			const details = { document: documentName(type, step.source), wanted: toRubles(step.sum ?? 0), sum: toRubles(sumIn(row)) };
			task.warnings.push(warning('DOCUMENT_SUM_DIFFERS', details));
			attempt.error = refusalOf(outcomes[index], `POST entity/${type}`);
		});
	}
}

async function throwAway(client: MoySkladClient, attempts: readonly Attempt[]): Promise<void> {
	for (const [type, some] of groupBy(attempts, ({ step }) => step.type)) {
		const results = await trashObjects(client, type, some.map(({ step }) => step.known?.id ?? ''));
		results.forEach(({ error }, index) => {
			if (error) Object.assign(some[index] ?? {}, { error });
		});
	}
}

/** What went wrong with one document does not undo the others: they are remembered, and the order comes again. */
function finish(task: DocumentsTask, { steps, warnings }: PlannedDocuments, attempts: readonly Attempt[]): void {
	task.warnings.push(...warnings, ...steps.flatMap((step) => step.warnings));
	const carried = carriedOut(attempts);
	task.finish(statusOf(carried), carried.flatMap(({ step }) => step.changes), linkAfter(task, attempts));
	conclude(task, failureOf(attempts), { moySkladId: task.customerOrder.id, documents: attempts.map(told) });
}

export const carriedOut = (attempts: readonly Attempt[]): Attempt[] => attempts.filter(({ step, error }) => isDue(step) && !error);

/** The first thing that went wrong, or that a person has to decide. */
export const failureOf = (attempts: readonly Attempt[]): ErrorReport | undefined =>
	attempts.find(({ error }) => error)?.error ?? conflictIn(attempts.map(({ step }) => step))?.report();

export function linkAfter(task: AnyFollowing, attempts: readonly Attempt[]): DocumentsLink {
	const done = attempts.map(({ step, row, error }): DoneStep => ({ step, id: error ? undefined : (idIn(row) ?? step.known?.id) }));
	return documentsLink(task, task.documentsKey, done);
}

/** A conflict waits for a person; anything else that went wrong is a failure. What was carried out is told either way. */
export function conclude({ result }: { result: WriteResult | undefined }, failure: ErrorReport | undefined, more: object): void {
	const status = failure?.kind === 'conflict' && !failure.retryable ? 'conflict' : 'failed';
	Object.assign(result ?? {}, more, failure && { status, error: failure });
}

const idIn = (row: Entity | undefined): string | undefined => (row?.id === undefined ? undefined : String(row.id));

export function statusOf(carried: readonly Attempt[]): 'created' | 'updated' | 'unchanged' {
	if (carried.some(({ step }) => step.action === 'create')) return 'created';
	return carried.length > 0 ? 'updated' : 'unchanged';
}

export const told = ({ step: { type, source, action, known }, row, error }: Attempt): DocumentResult => ({
	type,
	source: `${source.entity} ${source.id}`,
	action: error ? 'keep' : action,
	moySkladId: idIn(row) ?? known?.id ?? null,
});

/** Preview: what would be carried out. */
export function showPlan({ task, plan: { steps, warnings } }: OrderPlan): void {
	task.warnings.push(...warnings, ...steps.flatMap((step) => step.warnings));
	const due = steps.filter(isDue);
	task.finish(due.length > 0 ? 'planned' : 'unchanged', due.flatMap((step) => step.changes));
	conclude(task, conflictIn(steps)?.report(), { moySkladId: task.customerOrder.id });
}
