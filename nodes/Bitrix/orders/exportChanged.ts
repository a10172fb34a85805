import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readOrderCursor, type ExportPage, type Order, type Warning } from '../../../core';
import { Batches } from '../../../transport';
import { bitrixClient } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';
import { limited } from '../../shared/limited';
import type { BulkOperation } from '../../shared/operation';
import { readSaleBooks } from './books';
import { changedOrders, type ChangedOrdersQuery } from './changedOrders';
import { cursorProperty, filtersProperty, orderFilterOf, startDateProperty, startOf } from './exportProperties';
import { readOrders } from './reading';
import { ownerOf, ownerProperties, readingOf, readingOptions } from './readingProperties';
import { unreadable } from './unreadable';

/** Reads one page of changed orders. The cursor counts only after *Confirm Export*. */
export const exportChanged: BulkOperation = {
	value: 'exportChanged',
	name: 'Export Changed Orders',
	action: 'Export changed orders',
	description:
		'Read a page of the orders that changed since a cursor, and the next cursor. Store the cursor only when Confirm Export gives it back.',
	properties: [
		...ownerProperties,
		cursorProperty,
		startDateProperty,
		{
			displayName: 'Orders per Page',
			name: 'pageSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000 },
			default: 200,
			description: 'How many orders one run exports at most',
		},
		filtersProperty(['canceled', 'bornElsewhere', 'paid', 'sites', 'statuses'], 'getOrderStatuses'),
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
		const books = ids.length > 0 ? await readSaleBooks(batches) : undefined;
		const read = books ? await readOrders({ batches, books, source: owner, reading: readingOf(this) }, ids) : [];
		const orders = read.flatMap((one) => ('order' in one ? [one.order] : []));
		const findings = books?.findings ?? [];
		const page: ExportPage & { findings?: Warning[] } = { cursor, orders: orders.map(({ id }) => id), more, confirmed: false, ...(findings.length > 0 && { findings }) };
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

function queryOf(context: IExecuteFunctions, owner: ChangedOrdersQuery['owner']): ChangedOrdersQuery {
	return {
		owner,
		cursor: readOrderCursor(context.getNodeParameter('cursor', 0, undefined), owner),
		start: startOf(context.getNodeParameter('startDate', 0, ''), context.getTimezone()),
		overlapMinutes: limited(context.getNodeParameter('options.overlap', 0, 10), 10, 1, 1440),
		most: Math.floor(limited(context.getNodeParameter('pageSize', 0), 200, 1, 1000)),
		filter: orderFilterOf(context),
		skipBornElsewhere: context.getNodeParameter('filters.bornElsewhere', 0, false) !== true,
	};
}
