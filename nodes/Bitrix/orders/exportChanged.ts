import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { momentIn, readOrderCursor, SyncError, type ExportPage, type Order } from '../../../core';
import { Batches } from '../../../transport';
import { bitrixClient } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';
import { limited } from '../../shared/limited';
import type { BulkOperation } from '../../shared/operation';
import { readSaleBooks } from './books';
import { changedOrders, type ChangedQuery } from './changedOrders';
import { readOrders } from './reading';
import { ownerOf, ownerProperties, readingOf, readingOptions } from './readingProperties';
import { unreadable } from './unreadable';

const yesOrNo = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	options: [
		{ name: 'All', value: 'all' },
		{ name: 'Yes', value: 'yes' },
		{ name: 'No', value: 'no' },
	],
	default: 'all',
	description,
});

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	default: {},
	placeholder: 'Add Filter',
	description: 'An order that does not fit now is exported when it changes so that it fits',
	options: [
		{ ...yesOrNo('Cancelled', 'canceled', 'Whether orders are exported that were cancelled') },
		{
			displayName: 'Include Orders Born Elsewhere',
			name: 'bornElsewhere',
			type: 'boolean',
			default: false,
			description:
				'Whether orders are exported that came into the store from another system, such as a marketplace or MoySklad itself',
		},
		{ ...yesOrNo('Paid', 'paid', 'Whether orders are exported that are paid') },
		{
			displayName: 'Sites',
			name: 'sites',
			type: 'string',
			default: '',
			placeholder: 'e.g. s1, s2',
			description: 'IDs of the sites of this Bitrix whose orders are exported; all when empty',
		},
		{
			displayName: 'Status Names or IDs',
			name: 'statuses',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getOrderStatuses' },
			default: [],
			description:
				'Orders in other statuses are left out. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	],
};

/** Reads one page of changed orders. The cursor counts only after *Confirm Export*. */
export const exportChanged: BulkOperation = {
	value: 'exportChanged',
	name: 'Export Changed Orders',
	action: 'Export changed orders',
	description:
		'Read a page of the orders that changed since a cursor, and the next cursor. Store the cursor only when Confirm Export gives it back.',
	properties: [
		...ownerProperties,
		{
			displayName: 'Cursor',
			name: 'cursor',
			type: 'json',
			default: '={{ $json.cursor }}',
			description:
				'The cursor that Confirm Export gave last; empty for the very first run, which exports nothing older than Start Date',
		},
		{
			displayName: 'Start Date',
			name: 'startDate',
			type: 'dateTime',
			default: '',
			description:
				'For the first run: orders that were placed before are never exported. The moment of the first run when empty.',
		},
		{
			displayName: 'Orders per Page',
			name: 'pageSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000 },
			default: 200,
			description: 'How many orders one run exports at most',
		},
		filters,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			placeholder: 'Add Option',
			options: [
				...readingOptions,
				{
					displayName: 'Overlap (Minutes)',
					name: 'overlap',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 1440 },
					default: 10,
					description:
						'How far each export reaches back behind the one before, for changes that become visible late. What was exported already is left out.',
				},
			],
		},
	],
	async all() {
		const owner = await ownerOf(this);
		const query = queryOf(this, owner);
		const batches = new Batches(await bitrixClient(this, bitrixAuthentication(this)));
		const { ids, more, cursor } = await changedOrders(batches, query);
		const read =
			ids.length > 0
				? await readOrders({ batches, books: await readSaleBooks(batches), source: owner, reading: readingOf(this) }, ids)
				: [];
		const orders = read.flatMap((one) => ('order' in one ? [one.order] : []));
		const page: ExportPage = { cursor, orders: orders.map(({ id }) => id), more, confirmed: false };
		const failed = read.flatMap((one) =>
			'error' in one && one.error.code !== 'ORDER_NOT_FOUND' ? [unreadable(one.id, one.error)] : [],
		);
		return [orders.map((order) => asItem({ ...order, cursor })), [asItem(page)], failed.map(asItem)];
	},
};

const asItem = (json: Order | ExportPage | object): INodeExecutionData => ({
	json: json as IDataObject,
	pairedItem: { item: 0 },
});

function queryOf(context: IExecuteFunctions, owner: ChangedQuery['owner']): ChangedQuery {
	const chosen = context.getNodeParameter('filters', 0, {}) as {
		statuses?: string[];
		sites?: string;
		paid?: string;
		canceled?: string;
		bornElsewhere?: boolean;
	};
	const sites = (chosen.sites ?? '').split(',').map((site) => site.trim());
	return {
		owner,
		cursor: readOrderCursor(context.getNodeParameter('cursor', 0, undefined), owner),
		start: startOf(context.getNodeParameter('startDate', 0, ''), context.getTimezone()),
		overlapMinutes: limited(context.getNodeParameter('options.overlap', 0, 10), 10, 1, 1440),
		most: Math.floor(limited(context.getNodeParameter('pageSize', 0), 200, 1, 1000)),
		filter: {
			statuses: chosen.statuses ?? [],
			sites: sites.filter((site) => site !== ''),
			paid: choice(chosen.paid),
			canceled: choice(chosen.canceled),
		},
		skipBornElsewhere: chosen.bornElsewhere !== true,
	};
}

const choice = (word: string | undefined): boolean | undefined => (word === 'yes' ? true : word === 'no' ? false : undefined);

/** A date without an offset is one of the workflow's time zone. */
function startOf(value: unknown, zone: string): string | undefined {
	const text = String(value ?? '').trim();
	if (text === '') return undefined;
	const moment = momentIn(zone, text);
	if (Number.isNaN(moment)) throw new SyncError('ORDER_CURSOR_INVALID', { reason: `Start Date is not a moment: ${text}` });
	return new Date(moment).toISOString();
}
