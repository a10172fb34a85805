import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { ASYNC, WEBHOOK_ENTITIES } from '../../../core';

/** Fields that choose what a webhook reports, shared by the rows of the trigger and the operations of the manager. */

const entityOptions: INodePropertyOptions[] = WEBHOOK_ENTITIES.map(({ keyword, name }) => ({ name, value: keyword }));

export const entityField: INodeProperties = {
	displayName: 'Object',
	name: 'entity',
	type: 'options',
	options: entityOptions,
	default: 'customerorder',
	description: 'The kind of object whose changes are reported',
};

export const actionsField: INodeProperties = {
	displayName: 'Actions',
	name: 'actions',
	type: 'multiOptions',
	displayOptions: { hide: { entity: [ASYNC] } },
	options: [
		{ name: 'Created', value: 'CREATE' },
		{ name: 'Updated', value: 'UPDATE' },
		{ name: 'Deleted', value: 'DELETE' },
	],
	default: ['CREATE', 'UPDATE', 'DELETE'],
	description:
		'Which changes are reported. Each action is a webhook of its own; MoySklad allows five for each object and action.',
};

export const changedFieldsField: INodeProperties = {
	displayName: 'Name Changed Fields',
	name: 'changedFields',
	type: 'boolean',
	default: true,
	description: 'Whether events of updates say which fields were changed',
};

export const stockReportField: INodeProperties = {
	displayName: 'Report',
	name: 'reportType',
	type: 'options',
	options: [
		{ name: 'All Stores Together', value: 'all' },
		{ name: 'By Store', value: 'bystore' },
	],
	default: 'bystore',
	description: 'Which stock report the events refer to. Only physical stock is reported, not reserves.',
};
