import type { SyncError, Warning, WriteResult } from '../../core';
import { chunks } from '../../transport';
import { caught } from './errors';

/** Something that is worked on together with others and gets a result of its own. */
export interface TraceableTask {
	result: WriteResult | undefined;
	warnings: Warning[];
	fail(error: SyncError): void;
}

/** Attempts in one run to find out which of some tasks makes all of them fail. */
const MOST_DIVISIONS = 40;

/** One task must not take the others along: a failure that the data of one may have caused is traced to it by halves. */
export class FailureTrace<Task extends TraceableTask> {
	private left = MOST_DIVISIONS;

	constructor(private readonly work: (tasks: readonly Task[]) => Promise<void>) {}

	/** Works on some tasks together. Those that have no result yet when that fails get one. Throws STOPPED. */
	async run(tasks: readonly Task[]): Promise<void> {
		try {
			await this.work(tasks);
		} catch (error) {
			const failure = caught(error);
			if (failure.code === 'STOPPED') throw stopped(failure);
			const open = tasks.filter(({ result }) => result === undefined);
			if (open.length < 2 || !mayBeOfOne(failure) || this.left === 0) return open.forEach((task) => task.fail(failure));
			this.left -= 1;
			for (const task of open) task.warnings.length = 0;
			for (const half of chunks(open, Math.ceil(open.length / 2))) await this.run(half);
		}
	}
}

const mayBeOfOne = ({ kind, code }: SyncError): boolean => kind === 'data' || code === 'MOYSKLAD_REQUEST_INVALID' || code === 'UNEXPECTED';

const stopped = (error: SyncError): SyncError => error;
