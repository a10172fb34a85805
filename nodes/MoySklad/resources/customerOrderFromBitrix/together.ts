import { warning, type SyncError, type Warning, type WriteResult } from '../../../../core';
import { chunks } from '../../../../transport';
import { FailureTrace } from '../../../shared/failureTrace';
import { isOpen } from './task';

/** An order that is worked on, whatever is made of it. */
export interface AnyTask {
	readonly key: string;
	readonly order: { updatedAt: string };
	readonly link: { snapshot: { updatedAt: string } } | undefined;
	readonly linkedId: string | undefined;
	readonly warnings: Warning[];
	result: WriteResult | undefined;
	fail(error: SyncError): void;
	finish(status: 'skipped'): void;
}

/** Orders that are looked up and written together. */
const ORDERS_AT_ONCE = 200;

/**
 * Works on orders in pieces until every task has its result. Of several states of one order only the newest is worked on. What fails
 * as a whole, fails its orders only: a failure that the data of one may have caused is traced to it by halves.
 */
export async function together<Task extends AnyTask>(tasks: readonly Task[], work: (tasks: readonly Task[]) => Promise<void>): Promise<void> {
	const current = leaveOutOlder(tasks);
	const trace = new FailureTrace<Task>(work);
	for (const some of chunks(current, ORDERS_AT_ONCE)) await trace.run(some);
	const byKey = new Map(current.map((task) => [task.key, task]));
	for (const task of tasks) if (isOpen(task)) repeatResult(task, byKey.get(task.key));
}

/** Of several states of one order only the newest is written; one that is older than what was written last is left out too. */
function leaveOutOlder<Task extends AnyTask>(tasks: readonly Task[]): Task[] {
	const newest = new Map<string, Task>();
	for (const task of tasks) {
		const known = newest.get(task.key);
		if (known === undefined || Date.parse(task.order.updatedAt) >= Date.parse(known.order.updatedAt)) newest.set(task.key, task);
	}
	return [...newest.values()].filter((task) => {
		const isOlder = task.link !== undefined && Date.parse(task.order.updatedAt) < Date.parse(task.link.snapshot.updatedAt);
		if (isOlder) leaveOut(task);
		return !isOlder;
	});
}

function leaveOut(task: AnyTask, moySkladId: string | null = task.linkedId ?? null): void {
	task.warnings.push(warning('ORDER_STALE'));
	task.finish('skipped');
	if (task.result) task.result.moySkladId = moySkladId;
}

/** An older state in the same run is only done when the newer one is. */
function repeatResult(task: AnyTask, newest: AnyTask | undefined): void {
	const newer = newest?.result;
	if (newer?.error) task.result = { ...newer, warnings: [warning('ORDER_STALE')] };
	else leaveOut(task, newer?.moySkladId);
}
