import type { IExecuteFunctions } from 'n8n-workflow';
import { invoiceKey, readInvoiceLink, SyncError, type ConflictPolicy, type InvoiceSettings, type WriteResult } from '../../../../core';
import { caught } from '../../../shared/errors';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation, Operation } from '../../../shared/operation';
import { suppressedBy } from '../../../shared/suppressWebhooks';
import { writeOutputs } from '../../../shared/writeOutputs';
import { sha1 } from '../../../shared/sha1';
import { unreadable } from '../customerOrderFromBitrix/input';
import { idIn } from '../customerOrderFromBitrix/settings';
import { invoiceFromOrderProperties } from './properties';
import { makeInvoices } from './run';
import { InvoiceTask } from './task';

const operation: BulkOperation = {
	value: 'createFromCustomerOrder',
	name: 'Create From Customer Order',
	action: 'Create an invoice from a customer order',
	description: 'Make the invoice of a customer order once, with its positions and sum, and keep it like the order',
	properties: invoiceFromOrderProperties,
	async all() {
		const flow = String(this.getNodeParameter('options.flow', 0, 'invoices'));
		const inputs = this.getInputData().map((_, item) => readInput(this, item, flow));
		const tasks = inputs.filter((input) => input instanceof InvoiceTask);
		const client = await moySkladClient(this, suppressedBy(this));
		await makeInvoices({ client, settings: readSettings(this), flow, preview: this.getNodeParameter('preview', 0) as boolean }, tasks);
		const results = inputs.map((input) => (input instanceof InvoiceTask ? (input.result as WriteResult) : input));
		return writeOutputs(this, results, this.getNodeParameter('options.failAfterAll', 0, false) as boolean);
	},
};

function readSettings(context: IExecuteFunctions): InvoiceSettings {
	const days = context.getNodeParameter('options.paymentDays', 0, null) as number | null;
	return {
		states: (context.getNodeParameter('states.row', 0, []) as Array<{ state: unknown }>).flatMap(({ state }) => idIn(state) ?? []),
		conflicts: context.getNodeParameter('conflicts', 0) as ConflictPolicy,
		...(days !== null && { paymentDays: days }),
	};
}

function readInput(context: IExecuteFunctions, item: number, flow: string): InvoiceTask | WriteResult {
	let key = '';
	try {
		const given: unknown = context.getNodeParameter('customerOrder', item);
		const id = idIn(given);
		if (id === undefined) throw new SyncError('MOYSKLAD_NOT_FOUND', { call: `customer order “${String(given)}”` });
		key = invoiceKey(sha1, id).syncId;
		const link: unknown = context.getNodeParameter('options.link', item, context.getInputData()[item]?.json.link ?? null);
		return new InvoiceTask(sha1, id, isForeign(link) ? undefined : readInvoiceLink(link, { key, flow }));
	} catch (error) {
		return unreadable(caught(error), key, null);
	}
}

/** The item of a customer order that was just written carries the link of that order. */
const isForeign = (link: unknown): boolean => typeof link === 'object' && link !== null && 'type' in link && link.type !== 'invoiceout';

/** Hangs in the resource Invoice of MoySklad Entity. */
export const invoiceFromOrder: Operation = operation;
