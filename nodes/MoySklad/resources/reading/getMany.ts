import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { filterText, type Condition } from '../../../../core';
import { Attributes, expandFor, PAGE, PAGE_WITH_EXPAND, readPage, readPages, type Entity, type MoySkladClient, type Query } from '../../../../transport';
import { moySkladClient } from '../../../shared/moySklad';
import type { ItemOperation, ItemOutput } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import type { EntityKind } from '../entityKind';
import { oncePerRun } from '../oncePerRun';
import { filterConditions, filtersProperty } from './filters';
import { listOptions, optionConditions, type ListOptions } from './listOptions';
import { includeProperty, Output, readOptions, type OutputOptions } from './outputOptions';

/** The two parameters of every list. */
export const amountProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/** How many rows are wanted; Infinity for all. */
export const amountOf = (context: IExecuteFunctions, item: number): number =>
	context.getNodeParameter('returnAll', item) === true ? Infinity : (context.getNodeParameter('limit', item) as number);

interface Run {
	client: MoySkladClient;
	attributes: Attributes;
	output: Output;
}

export function getMany(kind: EntityKind): ItemOperation {
	const path = `entity/${kind.entity}`;
	const runOf = oncePerRun<Run>(async (context) => {
		const client = await moySkladClient(context);
		return { client, attributes: new Attributes(client, kind.entity), output: new Output(client) };
	});
	return {
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${kind.plural}`,
		description: 'Read a list, filtered and page by page. Sums are in kopecks, moments in Moscow time.',
		properties: [...amountProperties, filtersProperty, ...includeProperty(kind), optionsProperty(listOptions(kind))],
		async item(itemIndex) {
			const { client, attributes, output } = await runOf(this);
			const options = readOptions<ListOptions>(this, itemIndex);
			const conditions = await filterConditions(this, itemIndex, kind, attributes);
			const query = listQuery(kind, options, conditions);
			const amount = amountOf(this, itemIndex);
			const shape = async (rows: Entity[]): Promise<IDataObject[]> => await output.of(rows, options);
			if (options.onePage) return await onePage(client, path, { ...query, limit: Math.min(amount, PAGE) }, shape);
			if (query.expand) hintAboutExpand(this);
			return await manyRows(client, path, query, amount, { shape });
		},
	};
}

function listQuery(kind: EntityKind, options: ListOptions & OutputOptions, conditions: Condition[]): Query {
	const { search, order, offset, filterText: more = '', extraData, expand = '', include } = options;
	const usualOrder = kind.entity === 'assortment' ? 'name,asc;code,asc' : 'id,asc';
	return {
		filter: [filterText([...conditions, ...optionConditions(kind, options)]), more.trim()].filter(Boolean).join(';'),
		search,
		// What is found comes in the order of its relevance.
		order: order || (search ? undefined : usualOrder),
		offset: offset || undefined,
		expand: [expandFor(kind.entity, include), expand.replace(/\s+/g, '')].filter(Boolean).join(',') || undefined,
		fields: extraData || undefined,
	};
}

export type Shape = (rows: Entity[]) => Promise<IDataObject[]>;

/** One item that holds a page, and where the next one begins (null at the end). */
export async function onePage(client: MoySkladClient, path: string, query: Query, shape: Shape): Promise<ItemOutput> {
	const page = await readPage(client, path, query);
	const end = page.offset + page.rows.length;
	const next = page.rows.length > 0 && end < page.size ? end : null;
	return [{ json: { rows: await shape(page.rows), size: page.size, offset: page.offset, limit: page.limit, next } }];
}

interface RowsSettings {
	/** What becomes of the rows of a page. */
	shape?: Shape;
	/** Rows in a call. */
	page?: number;
}

const asTheyAre: Shape = async (rows) => await Promise.resolve(rows as IDataObject[]);

/** The first so many rows of a list, each once: rows can move to another page while pages are read. */
export async function manyRows(
	client: MoySkladClient, path: string, query: Query, amount: number, { shape = asTheyAre, page = PAGE }: RowsSettings = {},
): Promise<ItemOutput> {
	const items: ItemOutput = [];
	const seen = new Set<unknown>();
	for await (const { rows } of readPages(client, path, { ...query, limit: Math.min(amount, page) }, amount)) {
		const fresh = rows.filter(({ id }) => id === undefined || (!seen.has(id) && seen.add(id))).slice(0, amount - items.length);
		for (const json of await shape(fresh)) items.push({ json });
	}
	return items;
}

function hintAboutExpand(context: IExecuteFunctions): void {
	context.addExecutionHints({
		message: `Read ${PAGE_WITH_EXPAND} objects a call instead of ${PAGE}, because MoySklad ignores expand on longer pages`,
		location: 'outputPane',
	});
}
