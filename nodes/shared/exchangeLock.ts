import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { SyncError } from '../../core';
import type { ExchangeLock } from '../../transport';
import { systemClock } from './clock';

/** What the lock workflow is asked. Moments in milliseconds since 1970. */
interface LockWish {
	/** `take` a row whose lease is over, `renew` or `release` the row that the run has. */
	action: 'take' | 'renew' | 'release';
	/** Names the row. */
	site: string;
	/** What to write into the columns of the row. The owner is in brackets: conditions of Data Tables may look for a part of a text, and run 12 is not run 112. */
	newOwner: string;
	newLeaseUntil: number;
	/** A lease that ended before is over. */
	now: number;
}

/**
 * A lock in a table that all processes share, kept by a workflow of the user: nodes of this package cannot reach Data
 * Tables themselves. It gets one item, a wish, and answers with the row of the site as it is after an update whose condition
 * is `leaseUntil < now` (take) or `owner = newOwner` (renew, release); with no item when the condition matched no row.
 */
export function workflowLock(context: IExecuteFunctions, workflowId: string): ExchangeLock {
	const ask = async (action: LockWish['action'], site: string, owner: string, leaseMilliseconds: number): Promise<boolean> => {
		const now = systemClock.now();
		const wish: LockWish = { action, site, newOwner: `(${owner})`, newLeaseUntil: action === 'release' ? 0 : now + leaseMilliseconds, now };
		const parentExecution = { executionId: context.getExecutionId(), workflowId: context.getWorkflow().id ?? '' };
		try {
			const { data } = await context.executeWorkflow({ id: workflowId }, [{ json: { ...wish } }], undefined, { parentExecution });
			return isGiven(data[0] ?? [], wish);
		} catch (error) {
			throw failed(error);
		}
	};
	return {
		acquire: async (site, owner, leaseMilliseconds) => await ask('take', site, owner, leaseMilliseconds),
		renew: async (site, owner, leaseMilliseconds) => await ask('renew', site, owner, leaseMilliseconds),
		release: async (site, owner) => void (await ask('release', site, owner, 0)),
	};
}

function failed(error: unknown): SyncError {
	if (error instanceof SyncError) return error;
	const { message } = (error ?? {}) as { message?: unknown };
	return new SyncError('EXCHANGE_LOCK_FAILED', { reason: typeof message === 'string' ? message : 'no reason given' }, { cause: error });
}

function isGiven(items: readonly INodeExecutionData[] | null, wish: LockWish): boolean {
	const rows = (items ?? []).map(({ json }) => json).filter((json) => Object.keys(json).length > 0);
	if (rows.length > 1) throw new SyncError('EXCHANGE_LOCK_UNREADABLE', { reason: `${rows.length} rows for ${wish.site}` });
	const [row] = rows;
	return row !== undefined && isOwn(row, wish);
}

function isOwn({ owner, leaseUntil }: IDataObject, { newOwner, now }: LockWish): boolean {
	if (owner === undefined || leaseUntil === undefined) throw new SyncError('EXCHANGE_LOCK_UNREADABLE', { reason: 'an item without owner and leaseUntil' });
	return String(owner) === newOwner && Number(leaseUntil) > now;
}
