import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { SyncError } from '../../../core';
import type { MoySkladClient, Query } from '../../../transport';
import { moySkladClient } from '../../shared/moySklad';
import type { ItemOutput, Resource } from '../../shared/operation';
import { optionsProperty } from '../../shared/properties';
import { suppressedBy, suppressWebhooksOption } from '../../shared/suppressWebhooks';
import { manyRows } from './reading/getMany';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const properties: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: ['DELETE', 'GET', 'POST', 'PUT'].map((value) => ({ name: value, value })),
		default: 'GET',
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. entity/supply',
		description: 'What follows /api/remap/1.2/, or a link that MoySklad gave; the server is always that of the credential',
	},
	{
		displayName: 'Query Parameters',
		name: 'query',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Parameter',
		default: {},
		options: [
			{
				displayName: 'Parameter',
				name: 'parameter',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. filter' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	},
	{
		displayName: 'Return All Rows',
		name: 'allRows',
		type: 'boolean',
		default: false,
		displayOptions: { show: { method: ['GET'] } },
		description: 'Whether a list is read page by page to its end and each row leaves as an item',
	},
	{
		displayName: 'Body (JSON)',
		name: 'body',
		type: 'json',
		default: '{}',
		displayOptions: { show: { method: ['POST', 'PUT'] } },
	},
	optionsProperty([
		suppressWebhooksOption,
		{
			displayName: 'Safe to Repeat',
			name: 'repeatable',
			type: 'boolean',
			default: false,
			description: 'Whether a call that changes something may be sent again when its answer was lost, because a second time has no further effect',
		},
	]),
];

export const customApiCall: Resource = {
	value: 'customApiCall',
	name: 'Custom API Call',
	operations: [
		{
			value: 'call',
			name: 'Call',
			action: 'Make custom API call',
			description: 'Call anything else of the API, with the limits, repetitions and errors of this node',
			properties,
			async item(itemIndex) {
				const client = await moySkladClient(this, suppressedBy(this, itemIndex));
				const method = this.getNodeParameter('method', itemIndex) as Method;
				const path = this.getNodeParameter('path', itemIndex) as string;
				const query = queryOf(this, itemIndex);
				if (method === 'GET' && this.getNodeParameter('allRows', itemIndex) === true) return await manyRows(client, path, query, Infinity);
				const answer = method === 'GET' ? await client.get(path, query) : await write(this, itemIndex, client, method, withQuery(path, query));
				return toItems(answer);
			},
		},
	],
};

const queryOf = (context: IExecuteFunctions, item: number): Query =>
	Object.fromEntries((context.getNodeParameter('query.parameter', item, []) as Array<{ name: string; value: string }>).map(({ name, value }) => [name, value]));

async function write(context: IExecuteFunctions, item: number, client: MoySkladClient, method: Exclude<Method, 'GET'>, path: string): Promise<unknown> {
	const repeatable = method !== 'POST' || context.getNodeParameter('options.repeatable', item, false) === true;
	return await client.write(method, path, method === 'DELETE' ? undefined : bodyOf(context, item), { repeatable });
}

function withQuery(path: string, query: Query): string {
	const text = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])).toString();
	return text === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

function bodyOf(context: IExecuteFunctions, item: number): unknown {
	const given = context.getNodeParameter('body', item, {}) as unknown;
	if (typeof given !== 'string') return given;
	try {
		return JSON.parse(given) as unknown;
	} catch {
		throw invalidBody();
	}
}

const invalidBody = (): SyncError => new SyncError('MOYSKLAD_JSON_INVALID', { parameter: 'Body (JSON)', expected: 'JSON' });

/** A bare list leaves as items; an empty answer as one item that says it was done. */
function toItems(answer: unknown): ItemOutput {
	if (Array.isArray(answer)) return answer.map((json) => ({ json: json as IDataObject }));
	return [{ json: answer === undefined ? { success: true } : (answer as IDataObject) }];
}
