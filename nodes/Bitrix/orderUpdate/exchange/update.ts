import type { IExecuteFunctions } from 'n8n-workflow';
import { anyMoment, orderCopyLink, planOrderChange, readOrderCopy, SyncError, toldBefore, type ChangeRules, type ConflictPolicy, type PlannedChange } from '../../../../core';
import { withExchange } from '../../../shared/bitrixExchange';
import { itemFailure } from '../../../shared/errors';
import { BOTH_CHANGED, conflictPolicyProperty } from '../../../shared/fieldPolicies';
import { exchangeLockProperties, exchangeSettings } from '../../../shared/exchangeProperties';
import type { BulkOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { writeOutputs } from '../../../shared/writeOutputs';
import { siteZone } from '../../orders/exchange/siteZone';
import { flowProperty, updateOptions } from './properties';
import { planned, refused, sent, type OrderResult } from './results';
import { changedOrderIds, sendOrders, shownDocument } from './sending';
import { changesProperty, wishOf } from './wishes';

/** Tells the site what has happened to orders that it exported. */
export const updateOrders: BulkOperation = {
	value: 'update',
	name: 'Update Orders',
	action: 'Update orders',
	description: 'Tell the site of status, payment, shipment and cancellation of orders that it exported',
	properties: [
		...exchangeLockProperties,
		flowProperty,
		{
			displayName: 'Order ID',
			name: 'order',
			type: 'string',
			default: '={{ $json.bitrixId }}',
			required: true,
			description: 'ID of the order on the site',
		},
		{
			displayName: 'Snapshot',
			name: 'snapshot',
			type: 'json',
			default: '={{ $json.snapshot }}',
			required: true,
			description: 'What Bitrix Order Export gave as snapshot of the order, or this node as link: the order is sent back whole, or not at all',
		},
		changesProperty,
		optionsProperty(
			updateOptions([
				conflictPolicyProperty({ name: 'conflicts', sides: { source: 'MoySklad', target: 'the store' }, description: `${BOTH_CHANGED} Of the status and the cancellation. The exchange does not say when an order changed, so that Newer Wins is as Review.` }),
				{
					displayName: 'Link',
					name: 'link',
					type: 'json',
					default: '={{ $json.link }}',
					description: 'What the result of the last run called link. It tells what the site was told last, so that what only the site has changed since stays.',
				},
				{
					displayName: 'Pay Systems That Stay Names or IDs',
					name: 'untouchable',
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod: 'getExchangePaySystems' },
					default: [],
					description:
						'Orders with one of these are never marked as paid: online and fiscal ones send receipts and mails. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
			]),
		),
	],
	async all() {
		const tasks = tasksOf(this);
		if (this.getNodeParameter('preview', 0, false) === true) showAll(this, tasks);
		else await sendAll(this, tasks);
		const results = tasks.map(({ key, result }) => result ?? refused(key, new SyncError('UNEXPECTED', { reason: 'the order was forgotten' })));
		return writeOutputs(this, results, this.getNodeParameter('options.failAfterAll', 0, false) === true);
	},
};

interface Task {
	/** Id of the order. */
	key: string;
	change?: PlannedChange;
	result?: OrderResult;
}

/** What the user set, the same for all items. */
interface Settings extends Pick<ChangeRules, 'untouchable' | 'conflicts'> {
	flow: string;
	zone: string;
}

function tasksOf(context: IExecuteFunctions): Task[] {
	const settings: Settings = {
		flow: String(context.getNodeParameter('flow', 0)).trim(),
		zone: siteZone(context),
		untouchable: (context.getNodeParameter('options.untouchable', 0, []) as Array<string | number>).map(String),
		conflicts: context.getNodeParameter('options.conflicts', 0, 'sourceWins') as ConflictPolicy,
	};
	const known = new Set<string>();
	return context.getInputData().map((_, item): Task => {
		const key = String(context.getNodeParameter('order', item, '') ?? '').trim();
		try {
			if (!/^\d+$/.test(key)) throw new SyncError('ORDER_UPDATE_INVALID', { reason: 'the ID of an order is a number' });
			if (known.has(key)) throw new SyncError('ORDER_UPDATE_TWICE');
			known.add(key);
			const change = changeOf(context, item, key, settings);
			if (change.changes.length > 0) return { key, change };
			return { key, result: { ...planned(key, change, 'unchanged'), link: orderCopyLink(settings.flow, change.copy, change.written) } };
		} catch (error) {
			return { key, result: refused(key, error instanceof SyncError ? error : itemFailure(error)) };
		}
	});
}

function changeOf(context: IExecuteFunctions, item: number, key: string, { flow, zone, untouchable, conflicts }: Settings): PlannedChange {
	const snapshot: unknown = context.getNodeParameter('snapshot', item, undefined);
	const link: unknown = context.getNodeParameter('options.link', item, context.getInputData()[item]?.json.link ?? null);
	const told = toldBefore(link, key, flow) ?? toldBefore(snapshot, key, flow);
	return planOrderChange(readOrderCopy(snapshot, key, flow), wishOf(context, item, zone), { untouchable, conflicts, told, updatedAt: changedAt(context, item) });
}

/** Where the item is the customer order itself. */
function changedAt(context: IExecuteFunctions, item: number): string | null {
	const updated = context.getInputData()[item]?.json.updated;
	return typeof updated === 'string' ? anyMoment(updated) : null;
}

function showAll(context: IExecuteFunctions, tasks: readonly Task[]): void {
	for (const task of tasks) if (task.change) task.result = planned(task.key, task.change, 'planned', shownDocument(context, task.change.document));
}

/** One lock over the question what changed and the import. */
async function sendAll(context: IExecuteFunctions, tasks: readonly Task[]): Promise<void> {
	if (!tasks.some(({ change }) => change)) return;
	const flow = String(context.getNodeParameter('flow', 0)).trim();
	await withExchange(context, exchangeSettings(context), async (connection) => {
		const changed = await changedOrderIds(context, connection);
		const due: Array<Task & { change: PlannedChange }> = [];
		for (const task of tasks) {
			if (!task.change) continue;
			if (changed.has(task.key)) task.result = refused(task.key, new SyncError('ORDER_UPDATE_CHANGED'));
			else due.push(task as Task & { change: PlannedChange });
		}
		if (due.length === 0) return;
		const remarks = await sendOrders(context, connection, due.map(({ change }) => change.document));
		for (const task of due) task.result = sent(task.key, task.change, flow, remarks);
	});
}
