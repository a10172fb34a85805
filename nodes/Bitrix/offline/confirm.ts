import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readReservations, type Reservation, type SyncError } from '../../../core';
import { itemFailure, toNodeError, toReport } from '../../shared/errors';
import type { BulkOperation } from '../../shared/operation';
import { openChannel } from './channel';
import { confirmRows } from './confirming';

/** Tells Bitrix what became of events that *Get Events* reserved. */
export const confirm: BulkOperation = {
	value: 'confirm',
	name: 'Confirm',
	action: 'Confirm events',
	description: 'Take events out of the queue that were processed, and mark those that failed. What is not confirmed comes again.',
	properties: [
		{
			displayName: 'Reservations',
			name: 'reservations',
			type: 'json',
			default: '={{ $json.reservations }}',
			required: true,
			description: 'What the item confirms: the field reservations of Get Events',
		},
		{
			displayName: 'Outcome',
			name: 'outcome',
			type: 'options',
			options: [
				{ name: 'Failed', value: 'failed', description: 'The events stay in the queue, marked' },
				{ name: 'Failed When the Item Has an Error', value: 'byError', description: 'By the field error of each item' },
				{ name: 'Processed', value: 'processed', description: 'The events are cleared' },
			],
			default: 'byError',
			description: 'What became of the events',
		},
	],
	async all() {
		const items = this.getInputData().map((item, index) => said(this, item, index));
		await confirmRows(
			await openChannel(this),
			items.flatMap((item) => ('error' in item ? [] : [item])),
		);
		return [items.map((item, index) => output(this, item, index))];
	},
};

type Said = { item: INodeExecutionData } & ({ reservations: Reservation[]; failed: boolean } | { error: SyncError });

function said(context: IExecuteFunctions, item: INodeExecutionData, index: number): Said {
	try {
		const given = context.getNodeParameter('reservations', index);
		const outcome = context.getNodeParameter('outcome', index);
		const failed = outcome === 'failed' || (outcome !== 'processed' && item.json.error !== undefined);
		return { item, reservations: readReservations(parsed(given)), failed };
	} catch (error) {
		return { item, error: itemFailure(error) };
	}
}

/** A parameter of JSON may be its text. */
function parsed(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return undefined;
	}
}

/** The item as it came, with what was said of it. The others are confirmed before one that cannot be ends the run. */
function output(context: IExecuteFunctions, said: Said, item: number): INodeExecutionData {
	if (!('error' in said)) return { json: { ...said.item.json, confirmed: said.failed ? 'failed' : 'cleared' }, pairedItem: { item } };
	if (!context.continueOnFail()) throw toNodeError(context.getNode(), said.error, item);
	return { json: { ...said.item.json, error: { ...toReport(said.error) } }, pairedItem: { item } };
}
