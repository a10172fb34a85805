import type { IExecuteFunctions } from 'n8n-workflow';
import { planOrderChange, readOrderCopy, SyncError, type PlannedChange } from '../../../../core';
import { withExchange } from '../../../shared/bitrixExchange';
import { itemFailure } from '../../../shared/errors';
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

function tasksOf(context: IExecuteFunctions): Task[] {
	const flow = String(context.getNodeParameter('flow', 0)).trim();
	const zone = siteZone(context);
	const untouchable = (context.getNodeParameter('options.untouchable', 0, []) as Array<string | number>).map(String);
	const known = new Set<string>();
	return context.getInputData().map((_, item): Task => {
		const key = String(context.getNodeParameter('order', item, '') ?? '').trim();
		try {
			if (!/^\d+$/.test(key)) throw new SyncError('ORDER_UPDATE_INVALID', { reason: 'the ID of an order is a number' });
			if (known.has(key)) throw new SyncError('ORDER_UPDATE_TWICE');
			known.add(key);
			const copy = readOrderCopy(context.getNodeParameter('snapshot', item, undefined), key, flow);
			const change = planOrderChange(copy, wishOf(context, item, zone), untouchable);
			return change.changes.length > 0 ? { key, change } : { key, result: planned(key, change, 'unchanged') };
		} catch (error) {
			return { key, result: refused(key, error instanceof SyncError ? error : itemFailure(error)) };
		}
	});
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
