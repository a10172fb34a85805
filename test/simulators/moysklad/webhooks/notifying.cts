import type { Account } from '../account.cts';
import type { AuditAction, AuditContext } from '../audit.cts';
import type { Json, Row } from '../engine/schema.cts';
import { formatSecond } from '../moments.cts';
import type { Change } from '../session.cts';
import type { Deliveries } from './deliveries.cts';
import type { HookAction } from './registration.cts';

/** Which webhooks fire, and what they are told. */

const ACTION_OF: Record<AuditAction, HookAction> = {
	create: 'CREATE',
	update: 'UPDATE',
	puttoarchive: 'UPDATE',
	restorefromarchive: 'UPDATE',
	delete: 'DELETE',
	puttorecyclebin: 'DELETE',
};

/** One notification for each webhook that wants something of what a request changed. */
export function notifyHooks(
	changes: readonly Change[],
	context: AuditContext,
	silenced: readonly string[],
	account: Account,
	deliveries: Deliveries,
): void {
	if (!account.settings.paidTariff) return;
	for (const hook of account.table('webhook').all()) {
		if (hook.enabled !== true || silenced.some((prefix) => String(hook.url).startsWith(prefix))) continue;
		const wanted = changes.filter(
			({ action, row }) => row.type === hook.entityType && ACTION_OF[action] === hook.action,
		);
		if (wanted.length > 0) deliveries.enqueue(hook, notification(wanted, hook, context, account));
	}
}

function notification(changes: readonly Change[], hook: Row, context: AuditContext, account: Account): Json {
	return {
		auditContext: {
			meta: { type: 'audit', href: `${account.base}/audit/${context.id}` },
			moment: formatSecond(context.moment),
			uid: context.uid,
		},
		events: changes.map(({ row, fields }) => ({
			meta: { type: row.type, href: account.hrefOf(row) },
			...(hook.diffType === 'FIELDS' && hook.action === 'UPDATE' && { updatedFields: fields }),
			action: hook.action,
			accountId: account.id,
		})),
	};
}

/** Tells the stock webhooks, each so often, when physical stock changed. */
export class StockNotices {
	private readonly noticed = new Map<string, number>();

	/** `interval` in milliseconds of simulated time. */
	constructor(
		private readonly account: Account,
		private readonly deliveries: Deliveries,
		private readonly interval: number,
	) {}

	/** Looks whether a hook is due; `now` = at once, without waiting for its interval. */
	check(now = false): void {
		const { account } = this;
		if (!account.settings.paidTariff) return;
		for (const hook of account.table('webhookstock').all()) {
			const since = this.noticed.get(hook.id) ?? (hook.noticedAt as number);
			if (hook.enabled !== true || (!now && account.now() - since < this.interval)) continue;
			this.noticed.set(hook.id, account.now());
			if (account.stock.lastChange >= since) this.deliveries.enqueue(hook, this.notice(hook, since));
		}
	}

	private notice(hook: Row, since: number): Json {
		const { account } = this;
		return {
			accountId: account.id,
			stockType: hook.stockType,
			reportType: hook.reportType,
			reportUrl: `${account.base}/report/stock/${String(hook.reportType)}/current?changedSince=${formatSecond(since)}`,
		};
	}
}
