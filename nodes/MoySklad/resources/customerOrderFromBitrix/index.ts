import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { readOrderLink, type Order, type WriteResult } from '../../../../core';
import { caught } from '../../../shared/errors';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation, Operation } from '../../../shared/operation';
import { sha1 } from '../../../shared/sha1';
import { chosenSubWorkflow, objectIn, throughSubWorkflow } from '../../../shared/subWorkflow';
import { suppressedBy } from '../../../shared/suppressWebhooks';
import { writeOutputs } from '../../../shared/writeOutputs';
import { customerOrderFromBitrixProperties } from './properties';
import { writeOrders } from './run';
import { readOrder, unreadable } from './input';
import { readSettings } from './settings';
import { orderKey, OrderTask } from './task';

const operation: BulkOperation = {
	value: 'createOrUpdateFromBitrixOrder',
	name: 'Create or Update From Bitrix Order',
	action: 'Create or update a customer order from a Bitrix order',
	description: 'Make an order of the store a customer order, to the kopeck and once, or bring the customer order up to date',
	properties: customerOrderFromBitrixProperties,
	async all() {
		const settings = readSettings(this);
		const inputs = await changedBySubWorkflow(this, this.getInputData().map((_, item) => readInput(this, item)));
		const tasks = inputs.filter((input) => input instanceof OrderTask);
		const client = await moySkladClient(this, suppressedBy(this));
		await writeOrders({ context: this, client, sha1, settings }, tasks);
		const results = inputs.map((input) => (input instanceof OrderTask ? (input.result as WriteResult) : input));
		return writeOutputs(this, results, this.getNodeParameter('options.failAfterAll', 0, false) as boolean);
	},
};

/** An item as a task, or its result when it is no order or has a link that is not its own. */
function readInput(context: IExecuteFunctions, item: number): OrderTask | WriteResult {
	let order: Order | undefined;
	try {
		order = readOrder(context.getNodeParameter('order', item));
		const key = orderKey(sha1, order);
		const link: unknown = context.getNodeParameter('options.link', item, context.getInputData()[item]?.json.link ?? null);
		return new OrderTask(item, order, key, readOrderLink(link, { key, flow: order.source.flow }));
	} catch (error) {
		return unreadable(caught(error), order ? orderKey(sha1, order) : '', order?.id ?? null);
	}
}

/**
 * Lets a workflow of the user change the orders (rule C8): an item has `key` and `order`. Which order it is cannot be changed.
 * Throws SUB_WORKFLOW_INVALID; an order that cannot be read any more is a failure of its item.
 */
async function changedBySubWorkflow(context: IExecuteFunctions, inputs: Array<OrderTask | WriteResult>): Promise<Array<OrderTask | WriteResult>> {
	const id = chosenSubWorkflow(context);
	const tasks = inputs.filter((input) => input instanceof OrderTask);
	if (id === undefined || tasks.length === 0) return inputs;
	const items = tasks.map(({ key, order, item }) => ({ json: { key, order: order as unknown as IDataObject }, pairedItem: { item } }));
	const given = await throughSubWorkflow(context, id, items);
	const changed = new Map(tasks.map((task, index) => [task, withOrder(task, objectIn(given[index] ?? {}, 'order', index))]));
	return inputs.map((input) => (input instanceof OrderTask ? (changed.get(input) ?? input) : input));
}

function withOrder({ item, order: { id, source, updatedAt }, key, link }: OrderTask, json: IDataObject): OrderTask | WriteResult {
	try {
		return new OrderTask(item, readOrder({ ...json, id, source, updatedAt }), key, link);
	} catch (error) {
		return unreadable(caught(error), key, id);
	}
}

/** Hangs in the resource Customer Order of MoySklad Entity. */
export const customerOrderFromBitrix: Operation = operation;
