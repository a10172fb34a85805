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
 * Tables themselves. It gets one item, a wish, and makes one update whose condition is `leaseUntil < now` (take) or
 * `owner = newOwner` (renew, release). It answers with no item when the condition matched no row, else with all rows of the
 * site as they are after the update. Usually that is one; two runs that were the first to exchange may both have made one.
 */
export function workflowLock(context: IExecuteFunctions, workflowId: string): ExchangeLock {
	const ask = async (action: LockWish['action'], site: string, owner: string, leaseMilliseconds: number): Promise<Right> => {
		const now = systemClock.now();
		const wish: LockWish = { action, site, newOwner: `(${owner})`, newLeaseUntil: action === 'release' ? 0 : now + leaseMilliseconds, now };
		const parentExecution = { executionId: context.getExecutionId(), workflowId: context.getWorkflow().id ?? '' };
		try {
			const { data } = await context.executeWorkflow({ id: workflowId }, [{ json: { ...wish } }], undefined, { parentExecution });
			return rightIn(data[0] ?? [], wish);
		} catch (error) {
			throw failed(error);
		}
	};
	const release = async (site: string, owner: string): Promise<void> => void (await ask('release', site, owner, 0));
	const acquire = async (site: string, owner: string, leaseMilliseconds: number): Promise<boolean> => {
		const right = await ask('take', site, owner, leaseMilliseconds);
		// Each writes its row first and reads all rows then, so of two runs with a row each at least one sees the other one.
		if (right === 'shared') await release(site, owner);
		return right === 'alone';
	};
	return {
		acquire,
		// Whoever comes later sees the row of this run and gives way.
		renew: async (site, owner, leaseMilliseconds) => (await ask('renew', site, owner, leaseMilliseconds)) !== 'none',
		release,
	};
}

function failed(error: unknown): SyncError {
	if (error instanceof SyncError) return error;
	const { message } = (error ?? {}) as { message?: unknown };
	return new SyncError('EXCHANGE_LOCK_FAILED', { reason: typeof message === 'string' ? message : 'no reason given' }, { cause: error });
}

/** Whether the run has a row of the site, and whether another run has one as well. */
type Right = 'none' | 'alone' | 'shared';

function rightIn(items: readonly INodeExecutionData[] | null, wish: LockWish): Right {
	const rows = (items ?? []).map(({ json }) => json).filter((json) => Object.keys(json).length > 0);
	const owners = rows.filter((row) => isLeased(row, wish)).map(({ owner }) => String(owner));
	if (!owners.includes(wish.newOwner)) return 'none';
	return owners.every((owner) => owner === wish.newOwner) ? 'alone' : 'shared';
}

function isLeased({ owner, leaseUntil }: IDataObject, { now }: LockWish): boolean {
	if (owner === undefined || leaseUntil === undefined) throw new SyncError('EXCHANGE_LOCK_UNREADABLE', { reason: 'an item without owner and leaseUntil' });
	return Number(leaseUntil) > now;
}
