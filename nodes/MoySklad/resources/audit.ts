import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { anyToMoscow, filterText, idOf, type Condition } from '../../../core';
import { moySkladClient } from '../../shared/moySklad';
import type { ItemOperation, Resource } from '../../shared/operation';
import { optionsProperty } from '../../shared/properties';
import { amountOf, amountProperties, manyRows } from './reading/getMany';

/** MoySklad gives at most 100 records of the audit in a call. */
const PAGE = 100;

const ACTIONS = [
	{ name: 'Any', value: '' },
	{ name: 'Created', value: 'create' },
	{ name: 'Deleted', value: 'delete' },
	{ name: 'Moved to Archive', value: 'puttoarchive' },
	{ name: 'Moved to Recycle Bin', value: 'puttorecyclebin' },
	{ name: 'Restored From Archive', value: 'restorefromarchive' },
	{ name: 'Restored From Recycle Bin', value: 'restorefromrecyclebin' },
	{ name: 'Updated', value: 'update' },
];

const feedProperties: INodeProperties[] = [
	...amountProperties,
	optionsProperty([
		{
			displayName: 'Action',
			name: 'eventType',
			type: 'options',
			options: ACTIONS,
			default: '',
		},
		{
			displayName: 'Before',
			name: 'until',
			type: 'dateTime',
			default: '',
			description: 'Only what happened until this moment',
		},
		{
			displayName: 'Entity',
			name: 'entityType',
			type: 'string',
			default: '',
			placeholder: 'e.g. customerorder',
			description: 'Only records about this kind of object, by its keyword',
		},
		{
			displayName: 'Since',
			name: 'since',
			type: 'dateTime',
			default: '',
			description: 'Only what happened since this moment',
		},
		{
			displayName: 'Source',
			name: 'source',
			type: 'string',
			default: '',
			placeholder: 'e.g. jsonapi',
			description: 'Only what was done by this means',
		},
	]),
];

interface FeedOptions {
	eventType?: string;
	entityType?: string;
	source?: string;
	since?: string;
	until?: string;
}

function feedConditions({ since, until, ...equal }: FeedOptions): Condition[] {
	return [
		...Object.entries(equal).flatMap(([field, value]) => (value ? [{ field, operator: '=' as const, value: String(value) }] : [])),
		...(since ? [{ field: 'moment', operator: '>=' as const, value: anyToMoscow(since) }] : []),
		...(until ? [{ field: 'moment', operator: '<=' as const, value: anyToMoscow(until) }] : []),
	];
}

const rowsOf = async (context: IExecuteFunctions, item: number, path: string, filter = ''): Promise<Array<{ json: IDataObject }>> =>
	await manyRows(await moySkladClient(context), path, { filter }, amountOf(context, item), { page: PAGE });

const recordProperty: INodeProperties = {
	displayName: 'Record ID',
	name: 'recordId',
	type: 'string',
	required: true,
	default: '',
	description: 'The ID of a record that Get Many gave',
};

const getMany: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many audit records',
	description: 'Read the records of all changes, newest first; each stands for one or more objects. Administrators only.',
	properties: feedProperties,
	async item(itemIndex) {
		return await rowsOf(this, itemIndex, 'audit', filterText(feedConditions(this.getNodeParameter('options', itemIndex, {}) as FeedOptions)));
	},
};

const getEvents: ItemOperation = {
	value: 'getEvents',
	name: 'Get Events of Record',
	action: 'Get events of audit record',
	description: 'Read which objects a record is about and what changed in each',
	properties: [recordProperty, ...amountProperties],
	async item(itemIndex) {
		const record = idOf(String(this.getNodeParameter('recordId', itemIndex)));
		return await rowsOf(this, itemIndex, `audit/${record ?? ''}/events`);
	},
};

const getHistory: ItemOperation = {
	value: 'getHistory',
	name: 'Get History of Object',
	action: 'Get history of object',
	description: 'Read all changes of one object',
	properties: [
		{
			displayName: 'Entity',
			name: 'entity',
			type: 'string',
			required: true,
			default: 'customerorder',
			description: 'The kind of object, by its keyword',
		},
		{ displayName: 'Object ID', name: 'objectId', type: 'string', required: true, default: '' },
		...amountProperties,
	],
	async item(itemIndex) {
		const entity = String(this.getNodeParameter('entity', itemIndex));
		const object = idOf(String(this.getNodeParameter('objectId', itemIndex)));
		return await rowsOf(this, itemIndex, `entity/${encodeURIComponent(entity)}/${object ?? ''}/audit`);
	},
};

export const audit: Resource = { value: 'audit', name: 'Audit', operations: [getEvents, getHistory, getMany] };
