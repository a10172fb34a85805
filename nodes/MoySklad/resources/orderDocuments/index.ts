import type { IExecuteFunctions } from 'n8n-workflow';
import type { WriteResult } from '../../../../core';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation, Operation } from '../../../shared/operation';
import { suppressedBy } from '../../../shared/suppressWebhooks';
import { writeOutputs } from '../../../shared/writeOutputs';
import { readOrder } from '../customerOrderFromBitrix/input';
import { sha1 } from '../../../shared/sha1';
import { readTask } from './input';
import { orderDocumentsProperties } from './properties';
import { writeDocuments } from './run';
import { readSettings } from './settings';
import { DocumentsTask } from './task';

const operation: BulkOperation = {
	value: 'createOrUpdateDocumentsFromBitrixOrder',
	name: 'Create or Update Documents From Bitrix Order',
	action: 'Create or update the documents of a customer order from a Bitrix order',
	description: 'Make payments and shipments of the store documents of the customer order, to the kopeck and once, or bring them up to date',
	properties: orderDocumentsProperties,
	async all() {
		const settings = readSettings(this);
		const inputs = this.getInputData().map((_, item) => readInput(this, item));
		const tasks = inputs.filter((input) => input instanceof DocumentsTask);
		const client = await moySkladClient(this, suppressedBy(this));
		await writeDocuments({ client, sha1, settings }, tasks);
		const results = inputs.map((input) => (input instanceof DocumentsTask ? (input.result as WriteResult) : input));
		return writeOutputs(this, results, this.getNodeParameter('options.failAfterAll', 0, false) as boolean);
	},
};

const readInput = (context: IExecuteFunctions, item: number): DocumentsTask | WriteResult =>
	readTask(
		context,
		item,
		() => readOrder(context.getNodeParameter('order', item)),
		(order, { link, orderLink }) => new DocumentsTask(item, order, sha1, link, orderLink),
	);

/** Hangs in the resource Customer Order of MoySklad Entity. */
export const orderDocuments: Operation = operation;
