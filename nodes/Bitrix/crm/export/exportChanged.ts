import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	dealList, EMPTY_STATISTIC, orderOfDeal, readListedDeal, readOrderCursor, withPage,
	type CursorOwner, type Deal, type DealBooks, type DealFilter, type ExportPage, type ExportStatistic, type Order, type OrderCursor, type SyncError,
} from '../../../../core';
import { Batches } from '../../../../transport';
import { bitrixClient, bitrixFeatures } from '../../../shared/bitrix';
import { bitrixAuthentication } from '../../../shared/bitrixConnection';
import { caught } from '../../../shared/errors';
import { limited } from '../../../shared/limited';
import type { BulkOperation } from '../../../shared/operation';
import { changedRows, type ChangedPage, type ChangedQuery, type ChangedRow } from '../../orders/changedRows';
import { startOf } from '../../orders/exportProperties';
import { ownerOf } from '../../orders/readingProperties';
import { unreadable } from '../../orders/unreadable';
import { readFields, readPipelines, type PipelineBooks } from '../books';
import { blocksOf } from '../goods';
import { exportProperties, readExportSettings, type ExportSettings } from './properties';
import { dealsOfOrders, goodsKeys, readWhole, type DealReader, type ReadDeal } from './wholeDeals';

interface FoundDeal extends ChangedRow {
	deal: Deal;
}

/** Reads one page of changed deals. The cursor counts only after *Deals: Confirm Export*. */
export const exportChangedDeals: BulkOperation = {
	value: 'exportDeals',
	name: 'Deals: Export Changed',
	action: 'Export changed deals',
	description: 'Read a page of the deals that changed since a cursor, as orders for Create or Update From Bitrix Order, and the next cursor. Store the cursor only when Deals: Confirm Export gives it back.',
	properties: exportProperties,
	async all() {
		const owner = await ownerOf(this);
		const settings = readExportSettings(this);
		const given = readOrderCursor(this.getNodeParameter('cursor', 0, undefined), owner);
		const reader = await openReader(this, settings);
		const isFirst = settings.first.daysBack !== undefined && (given === undefined || given.statistic !== undefined);
		const page = await changedDeals(reader, queryOf(this, owner, given, settings), settings, isFirst);
		const books = page.found.length > 0 || isFirst ? await readPipelines(reader) : { pipelines: [], stages: [] };
		const { orders, failed, leftOut } = await ordersOf(reader, page, owner, books, settings);
		const statistic = isFirst ? withPage(given?.statistic ?? EMPTY_STATISTIC, orders.map(toCounted), { leftOut: leftOut + page.skipped.length, failed: failed.length }) : undefined;
		return outputs(page, orders.map(({ order }) => order), failed, books, statistic);
	},
};

async function openReader(context: IExecuteFunctions, { originator, catalog }: ExportSettings): Promise<DealReader> {
	const authentication = bitrixAuthentication(context);
	const client = await bitrixClient(context, authentication);
	const reader = { client, batches: new Batches(client), features: await bitrixFeatures(context, authentication, client), settings: { originator } };
	return { ...reader, blocks: catalog === undefined ? {} : await blocksOf(reader, catalog) };
}

function queryOf(context: IExecuteFunctions, owner: CursorOwner, cursor: OrderCursor | undefined, { first }: ExportSettings): ChangedQuery {
	return {
		owner,
		cursor,
		start: first.daysBack === undefined ? startOf(context.getNodeParameter('startDate', 0, ''), context.getTimezone()) : undefined,
		daysBack: first.daysBack === undefined ? undefined : limited(first.daysBack, 30, 1, 3650),
		overlapMinutes: limited(context.getNodeParameter('options.overlap', 0, 10), 10, 1, 1440),
		most: Math.floor(limited(context.getNodeParameter('pageSize', 0), 200, 1, 1000)),
	};
}

/** Deals of the chosen places. Those that MoySklad has sent itself are never sent back (R117). */
async function changedDeals(reader: DealReader, query: ChangedQuery, settings: ExportSettings, isFirst: boolean): Promise<ChangedPage<FoundDeal>> {
	const { pipelines, stages } = isFirst ? settings.first : settings;
	return await changedRows(reader.batches, query, ({ since, start }) => {
		const filter: DealFilter = { since, start, pipelines, stages };
		return {
			list: dealList(filter),
			read: (row): FoundDeal => {
				const deal = readListedDeal(row, filter);
				const isForeign = deal.originator !== '' && !settings.bornElsewhere;
				return { id: deal.id, updatedAt: deal.updatedAt, skip: deal.originator === settings.originator || isForeign, deal };
			},
		};
	});
}

interface Exported {
	deal: Deal;
	order: Order;
}

interface Orders {
	orders: Exported[];
	failed: Array<{ id: string; error: SyncError }>;
	/** Deals of store orders. */
	leftOut: number;
}

async function ordersOf(reader: DealReader, page: ChangedPage<FoundDeal>, owner: CursorOwner, { stages }: PipelineBooks, settings: ExportSettings): Promise<Orders> {
	const deals = page.found.map(({ deal }) => deal);
	const owned = settings.storeOrders ? new Set<number>() : await dealsOfOrders(reader, deals.map(({ id }) => id));
	const own = deals.filter(({ id }) => !owned.has(id));
	if (own.length === 0) return { orders: [], failed: [], leftOut: owned.size };
	const read = await readWhole(reader, own);
	const keys = await goodsKeys(reader, read.flatMap((one) => ('whole' in one ? one.whole.rows : [])));
	const books: DealBooks = { stages, fields: await readFields(reader, 'crm.deal.fields', {}), goodsKeys: keys };
	const made = read.map((one) => toOrder(one, books, owner));
	return {
		orders: made.flatMap((one) => ('order' in one ? [one] : [])),
		failed: made.flatMap((one) => ('error' in one ? [{ id: String(one.deal.id), error: one.error }] : [])),
		leftOut: owned.size,
	};
}

function toOrder(read: ReadDeal, books: DealBooks, owner: CursorOwner): Exported | { deal: Deal; error: SyncError } {
	if ('error' in read) return read;
	try {
		return { deal: read.deal, order: orderOfDeal(read.whole, books, owner) };
	} catch (error) {
		return { deal: read.deal, error: caught(error) };
	}
}

const toCounted = ({ deal: { pipeline, stage, sum, currency } }: Exported) => ({ pipeline, stage, sum, currency });

/** Orders on *Done*, what could not be read on *Failed*, the page on *Cursor*. */
function outputs(page: ChangedPage<FoundDeal>, orders: readonly Order[], failed: Orders['failed'], books: PipelineBooks, statistic: ExportStatistic | undefined): INodeExecutionData[][] {
	const cursor: OrderCursor = { ...page.cursor, statistic: page.more ? statistic : undefined };
	const told: ExportPage = { cursor, orders: orders.map(({ id }) => id), more: page.more, confirmed: false };
	const closing = statistic && !page.more ? { statistic: named(statistic, books) } : {};
	return [
		orders.map((order) => asItem({ ...order, cursor })),
		failed.filter(({ error }) => error.code !== 'BITRIX_NOT_FOUND').map(({ id, error }) => asItem(unreadable(id, error))),
		[asItem({ ...told, ...closing })],
	];
}

const asItem = (json: object): INodeExecutionData => ({ json: json as IDataObject, pairedItem: { item: 0 } });

/** The statistic with the names that people know. */
const named = (statistic: ExportStatistic, { pipelines, stages }: PipelineBooks): object => ({
	...statistic,
	groups: statistic.groups.map((group) => ({
		...group,
		pipelineName: pipelines.find(({ id }) => id === group.pipeline)?.name ?? String(group.pipeline),
		stageName: stages.find(({ id }) => id === group.stage)?.name ?? group.stage,
	})),
});
