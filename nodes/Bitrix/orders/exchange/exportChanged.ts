import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { orderCopyLink, readOrderCursor, type CursorOwner, type ExportPage, type Order, type OrderCursor } from '../../../../core';
import { OrderQuery } from '../../../../transport';
import { exchangeKey, openExchange, openQueries } from '../../../shared/bitrixExchange';
import { systemClock } from '../../../shared/clock';
import { exchangeLockProperties, exchangeSettings } from '../../../shared/exchangeProperties';
import type { BulkOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { cursorProperty, filtersProperty, orderFilterOf, startDateProperty, startOf, type ChosenFilter } from '../exportProperties';
import { ownerProperties } from '../readingProperties';
import { unreadable } from '../unreadable';
import { readPages, type ReadPages } from './changedPages';
import { exchangeOwner, exchangeReading, exchangeReadingOptions } from './properties';

/** Reads all changed orders. The site counts them as taken only after *Confirm Export*. */
export const exchangeExportChanged: BulkOperation = {
	value: 'exportChanged',
	name: 'Export Changed Orders',
	action: 'Export changed orders',
	description: 'Read all orders that changed since the last confirmation. The site gives them again until Confirm Export is run in the same execution.',
	properties: [
		...exchangeLockProperties,
		...ownerProperties,
		cursorProperty,
		startDateProperty,
		filtersProperty(['statuses', 'sites', 'paid', 'canceled'], 'getExchangeStatuses'),
		optionsProperty(exchangeReadingOptions),
	],
	async all() {
		const owner = await exchangeOwner(this);
		const cursor = readOrderCursor(this.getNodeParameter('cursor', 0, undefined), owner);
		const given = startOf(this.getNodeParameter('startDate', 0, ''), this.getTimezone());
		return outputs(this, await readChanged(this, owner), owner, cursor?.start ?? given);
	},
};

/**
 * The session stays for *Confirm Export*; the right to exchange does not: if somebody else exchanges in between, the site
 * refuses the confirmation of this session, and the orders are compared anew.
 */
async function readChanged(context: IExecuteFunctions, owner: CursorOwner): Promise<ReadPages> {
	const connection = await openExchange(context, exchangeSettings(context));
	try {
		const query = await OrderQuery.start(connection);
		const pages = await readPages(query, exchangeReading(context, owner));
		openQueries().put(await exchangeKey(context), { query, hold: connection.hold });
		return pages;
	} finally {
		await connection.hold.release();
	}
}

function outputs(context: IExecuteFunctions, pages: ReadPages, owner: CursorOwner, given: string | undefined): INodeExecutionData[][] {
	const at = pages.at ?? new Date(systemClock.now()).toISOString();
	const start = given ?? at;
	const cursor: OrderCursor = { version: 1, ...owner, start, at, since: at, after: null, seen: {} };
	const filter = orderFilterOf(context);
	const orders = pages.orders.filter(({ order }) => Date.parse(order.createdAt) >= Date.parse(start) && fits(order, filter));
	const page: ExportPage = { cursor, orders: orders.map(({ order }) => order.id), more: false, confirmed: false };
	return [
		orders.map(({ order, copy }) => asItem({ ...order, cursor, snapshot: orderCopyLink(owner.flow, copy) })),
		[asItem({ ...page, marks: pages.marks, findings: pages.findings })],
		pages.failed.map(({ id, error }) => asItem(unreadable(id, error))),
	];
}

/** The site cannot be asked for some of them only. */
const fits = ({ status, site, paid, canceled }: Order, filter: ChosenFilter): boolean =>
	(filter.statuses.length === 0 || filter.statuses.includes(status.id)) &&
	(filter.sites.length === 0 || filter.sites.includes(site ?? '')) &&
	(filter.paid === undefined || filter.paid === paid) &&
	(filter.canceled === undefined || filter.canceled === canceled);

const asItem = (json: object): INodeExecutionData => ({ json: json as IDataObject, pairedItem: { item: 0 } });
