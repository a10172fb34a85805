import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { SyncError } from '../../../core';
import { Batches, rowsOf } from '../../../transport';
import { bitrixClient } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';
import type { BulkOperation } from '../../shared/operation';
import { readSaleBooks } from './books';
import { readOrders, type ReadOrder } from './reading';
import { ownerOf, ownerProperties, readingOf, readingOptions } from './readingProperties';
import { unreadable } from './unreadable';

const BY_NUMBER = { method: 'sale.order.list', rows: 'orders' };

/** Whole orders by id or number, for all items in few calls. */
export const getOrder: BulkOperation = {
	value: 'get',
	name: 'Get Order',
	action: 'Get an order',
	description: 'Read whole orders by their IDs or numbers',
	properties: [
		...ownerProperties,
		{
			displayName: 'Look Up By',
			name: 'lookUpBy',
			type: 'options',
			options: [
				{ name: 'ID', value: 'id' },
				{ name: 'Number', value: 'number' },
			],
			default: 'id',
		},
		{
			displayName: 'Order',
			name: 'order',
			type: 'string',
			default: '={{ $json.id }}',
			required: true,
			description: 'ID or number of the order',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			placeholder: 'Add Option',
			options: readingOptions,
		},
	],
	async all() {
		const source = await ownerOf(this);
		const batches = new Batches(await bitrixClient(this, bitrixAuthentication(this)));
		const asked = this.getInputData().map((_, item) => String(this.getNodeParameter('order', item, '')).trim());
		const found = await idsOf(this, batches, asked);
		const ids = [...new Set(found.filter((one) => typeof one === 'string'))];
		const books = await readSaleBooks(batches);
		const read = await readOrders({ batches, books, source, reading: readingOf(this) }, ids);
		const byId = new Map(read.map((one) => [one.id, one]));
		return outputs(
			found.map((one, item) => (typeof one === 'string' ? (byId.get(one) as ReadOrder) : { id: asked[item] ?? '', error: one })),
		);
	},
};

function outputs(read: readonly ReadOrder[]): INodeExecutionData[][] {
	const all: INodeExecutionData[][] = [[], [], []];
	read.forEach((one, item) => {
		const json = ('order' in one ? one.order : unreadable(one.id, one.error)) as unknown as IDataObject;
		all['order' in one ? 0 : 2]?.push({ json, pairedItem: { item } });
	});
	return all;
}

/** The id of each order that was asked for, or why there is none. */
async function idsOf(context: IExecuteFunctions, batches: Batches, asked: readonly string[]): Promise<Array<string | SyncError>> {
	if (context.getNodeParameter('lookUpBy', 0) === 'id')
		return asked.map((id) => (/^\d+$/.test(id) ? id : new SyncError('ORDER_NOT_FOUND', { id: id || '?' })));
	const numbers = [...new Set(asked)];
	const outcomes = await batches.each(numbers.map(byNumber), { repeatable: true });
	const ids = new Map(numbers.map((number, index) => [number, idIn(outcomes[index], number)]));
	return asked.map((number) => ids.get(number) ?? new SyncError('ORDER_NOT_FOUND', { id: number }));
}

const byNumber = (number: string) => ({
	method: BY_NUMBER.method,
	parameters: { select: ['id', 'accountNumber'], filter: { '=accountNumber': number }, order: { id: 'ASC' }, start: -1 },
});

/** A filter that Bitrix dropped brings other orders, so each row is looked at (trap T1). */
function idIn(outcome: Awaited<ReturnType<Batches['each']>>[number] | undefined, number: string): string | SyncError {
	if (!outcome || 'error' in outcome)
		throw outcome?.error ?? new SyncError('ANSWER_UNEXPECTED', { call: BY_NUMBER.method, reason: 'no answer' });
	const rows = rowsOf(outcome.result, BY_NUMBER);
	if (rows.some(({ accountNumber }) => String(accountNumber) !== number))
		throw new SyncError('BITRIX_FILTER_IGNORED', { call: BY_NUMBER.method });
	const [first, second] = rows;
	if (!first) return new SyncError('ORDER_NOT_FOUND', { id: number });
	return second ? new SyncError('ORDER_NUMBER_AMBIGUOUS', { id: number }) : String(first.id);
}
