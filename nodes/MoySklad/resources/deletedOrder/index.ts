import type { IExecuteFunctions } from 'n8n-workflow';
import { momentIn, SyncError, type ConflictPolicy, type DocumentsLink, type WithdrawalPolicy, type WriteResult } from '../../../../core';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation, Operation } from '../../../shared/operation';
import { suppressedBy } from '../../../shared/suppressWebhooks';
import { writeOutputs } from '../../../shared/writeOutputs';
import { sha1 } from '../../../shared/sha1';
import type { Identified } from '../customerOrderFromBitrix/task';
import { readTask } from '../orderDocuments/input';
import { FollowingTask } from '../orderDocuments/task';
import { deletedOrderProperties } from './properties';
import { settleDeleted, type DeletedTask } from './run';

const operation: BulkOperation = {
	value: 'settleDeletedBitrixOrder',
	name: 'Settle Deleted Bitrix Order',
	action: 'Settle a deleted bitrix order in a customer order',
	description: 'Take the customer order of an order that was deleted in the store, and its documents, out of the books, or report it',
	properties: deletedOrderProperties,
	async all() {
		const inputs = this.getInputData().map((_, item) => readInput(this, item));
		const tasks = inputs.filter((input) => input instanceof FollowingTask) as DeletedTask[];
		const policy = {
			withdrawal: this.getNodeParameter('withdrawal', 0) as WithdrawalPolicy,
			conflicts: this.getNodeParameter('conflicts', 0) as ConflictPolicy,
		};
		const client = await moySkladClient(this, suppressedBy(this));
		await settleDeleted({ client, sha1, policy, preview: this.getNodeParameter('preview', 0) as boolean }, tasks);
		const results = inputs.map((input) => (input instanceof FollowingTask ? (input.result as WriteResult) : input));
		return writeOutputs(this, results, this.getNodeParameter('options.failAfterAll', 0, false) as boolean);
	},
};

const readInput = (context: IExecuteFunctions, item: number): DeletedTask | WriteResult =>
	readTask(
		context,
		item,
		() => readIdentity(context, item),
		(order, { link, orderLink }) => new FollowingTask<Identified>(item, lastOf(order, link), sha1, link, orderLink),
	);

/** Nothing comes after a deletion, whatever the clocks of the store and of n8n say. */
const lastOf = (order: Identified, link: DocumentsLink | undefined): Identified =>
	Date.parse(order.updatedAt) < Date.parse(link?.snapshot.updatedAt ?? '') ? { ...order, updatedAt: link?.snapshot.updatedAt ?? '' } : order;

/** Throws ORDER_UNREADABLE. */
function readIdentity(context: IExecuteFunctions, item: number): Identified {
	const text = (name: string): string => String(context.getNodeParameter(name, item, '') ?? '').trim();
	const [id, siteKey, deletedAt] = [text('orderId'), text('siteKey'), momentIn(context.getTimezone(), text('deletedAt'))];
	if (id === '' || siteKey === '' || Number.isNaN(deletedAt))
		throw new SyncError('ORDER_UNREADABLE', { id: id || '?', reason: 'Order ID, Site Key and Deleted At are all needed' });
	return { id, source: { siteKey, host: '', flow: text('flow') }, updatedAt: new Date(deletedAt).toISOString() };
}

/** Hangs in the resource Customer Order of MoySklad Entity. */
export const deletedOrder: Operation = operation;
