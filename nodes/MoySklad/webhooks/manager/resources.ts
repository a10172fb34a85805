import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../../../shared/operation';
import { resourceProperties } from '../../../shared/properties';
import { audit } from './audit';
import { create } from './create';
import { ensure } from './ensure';
import { getMany } from './getMany';
import { move } from './move';
import { pause } from './pause';
import { publicBaseUrlOption, triggerUrlField } from './place';
import { remove } from './remove';
import { resume } from './resume';
import { rotate } from './rotate';
import { update } from './update';
import { writeOptions } from './writing';

/** Single webhooks of anybody; and those of this n8n as a whole. */
export const managerResources: Resource[] = [
	{ value: 'webhook', name: 'Webhook', operations: [getMany, create, update, remove] },
	{ value: 'ownWebhooks', name: 'Own Webhooks', operations: [ensure, audit, move, pause, resume, rotate] },
];

const notWhenReading = writeOptions.map((option) => ({
	...option,
	displayOptions: { hide: { '/operation': [getMany.value, audit.value] } },
}));

/** Parameters of MoySklad Webhook Manager. */
export const managerProperties: INodeProperties[] = [
	{
		displayName: 'Webhooks of other systems are shown too. Leave them alone: those systems stop working without them.',
		name: 'foreignNotice',
		type: 'notice',
		displayOptions: { show: { operation: [update.value, remove.value] } },
		default: '',
	},
	...resourceProperties(managerResources),
	triggerUrlField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...notWhenReading, publicBaseUrlOption],
	},
];
