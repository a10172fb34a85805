import type { INodeProperties } from 'n8n-workflow';
import { ORDER_FIELDS } from '../../../../core';
import { conflictPolicyProperty, policyProperty, type Sides } from '../../../shared/fieldPolicies';
import { locator } from '../../../shared/locator';
import { namedOptions } from '../../../shared/mappingRow';
import { rowsProperty } from '../../../shared/rowsProperty';
import { subWorkflowOption } from '../../../shared/subWorkflow';
import { suppressWebhooksOption } from '../../../shared/suppressWebhooks';
import { failAfterAllOption, previewProperty } from '../../../shared/writeOutputs';
import { counterpartyProperties } from './counterpartyProperties';
import { goodsProperties } from './goodsProperties';

/** The parameters of *Create or Update From Bitrix Order*. Their lists are `moySkladLists` and those of `./lists`. */

const document: INodeProperties[] = [
	{
		displayName: 'Order',
		name: 'order',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'The order as Bitrix Order Export gives it',
	},
	locator({
		displayName: 'Organization',
		name: 'organization',
		searchListMethod: 'organizations',
		required: true,
		description: 'Which of your organizations sells',
	}),
	locator({
		displayName: 'Store',
		name: 'store',
		searchListMethod: 'stores',
		description: 'From which store the goods are reserved and shipped',
	}),
	{
		displayName: 'Document Fields',
		name: 'documentFields',
		type: 'collection',
		default: {},
		placeholder: 'Add Field',
		description: 'What else a new customer order is given',
		options: [
			locator({ displayName: 'Owner (Department)', name: 'group', searchListMethod: 'groups' }),
			locator({ displayName: 'Owner (Employee)', name: 'owner', searchListMethod: 'employees' }),
			locator({ displayName: 'Project', name: 'project', searchListMethod: 'projects' }),
			locator({ displayName: 'Sales Channel', name: 'salesChannel', searchListMethod: 'salesChannels' }),
		],
	},
	{
		displayName: 'Number',
		name: 'numberPolicy',
		type: 'options',
		options: [
			{
				name: "MoySklad's Own",
				value: 'own',
				description: 'MoySklad numbers its orders; the number of the store goes into the description',
			},
			{ name: "Store's Number", value: 'store' },
			{ name: "Prefix and Store's Number", value: 'prefix' },
		],
		default: 'own',
		description: 'A number that is taken gets a suffix',
	},
	{
		displayName: 'Number Prefix',
		name: 'numberPrefix',
		type: 'string',
		default: '',
		placeholder: 'e.g. shop-',
		displayOptions: { show: { numberPolicy: ['prefix'] } },
	},
	{
		displayName: 'Reserve',
		name: 'reserve',
		type: 'options',
		options: [
			{ name: 'Always', value: 'always' },
			{ name: 'Never', value: 'never' },
			{ name: 'When It Has a Status', value: 'status' },
			{ name: 'When Paid', value: 'paid' },
		],
		default: 'always',
		description: 'When the goods of an order are reserved. Those of a cancelled order never are.',
	},
	rowsProperty({
		displayName: 'Statuses That Reserve',
		name: 'reserveStatuses',
		row: 'Status',
		description: 'In which statuses of the store the goods of an order are reserved',
		values: [
			{
				displayName: 'Status in Bitrix',
				name: 'status',
				type: 'string',
				default: '',
				placeholder: 'e.g. P',
				description: 'ID or name of the status',
			},
		],
		displayOptions: { show: { reserve: ['status'] } },
	}),
	{
		displayName: 'When Cancelled',
		name: 'canceledOrders',
		type: 'options',
		options: [
			{ name: 'Keep Posted', value: 'keep' },
			{ name: 'Unpost', value: 'unpost', description: 'Unless it is paid or shipped; one that is reopened is posted again' },
		],
		default: 'keep',
		description: 'What becomes of the customer order of a cancelled order, beside its state and its reserve, which is released in any case',
	},
];

const states: INodeProperties = rowsProperty({
	displayName: 'States',
	name: 'stateMap',
	row: 'State',
	sortable: true,
	description:
		'Which state of MoySklad belongs to what. The row for cancelled orders counts first, then the first row that fits. An order that fits no row keeps its state, with a warning.',
	values: [
		{
			displayName: 'When',
			name: 'when',
			type: 'options',
			options: [
				{ name: 'Order Is Cancelled', value: 'canceled' },
				{ name: 'Order Is Paid', value: 'paid' },
				{ name: 'Order Has Status', value: 'status' },
			],
			default: 'status',
		},
		{
			displayName: 'Status in Bitrix',
			name: 'status',
			type: 'string',
			default: '',
			placeholder: 'e.g. N',
			description: 'ID or name of the status',
			displayOptions: { show: { when: ['status'] } },
		},
		locator({ displayName: 'State in MoySklad', name: 'state', searchListMethod: 'customerOrderStates' }),
	],
});

const SIDES: Sides = { source: 'the store', target: 'MoySklad' };

const shownFor = (source: string): Pick<INodeProperties, 'displayOptions'> => ({ displayOptions: { show: { source: [source] } } });

const mapping: INodeProperties = rowsProperty({
	displayName: 'Changes to the Mapping',
	name: 'attributeMap',
	row: 'Change',
	description:
		'The preset fills comment, delivery address, state (by the States) and number, and follows the store in them. Each row changes one field, or fills an additional one. A field with the policy Never is left to MoySklad.',
	values: [
		locator({
			displayName: 'Field in MoySklad',
			name: 'attribute',
			searchListMethod: 'customerOrderTargets',
			typed: { displayName: 'By Name', placeholder: 'e.g. description, attribute:1f6c…' },
		}),
		{
			displayName: 'Value',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'As in the Preset', value: 'preset', description: 'Only the policy is another' },
				{ name: 'Expression', value: 'expression', description: 'Reckoned for each item, which is slow for thousands of them' },
				{ name: 'From Order Field', value: 'field' },
				{ name: 'From Order Property', value: 'property' },
			],
			default: 'property',
		},
		Object.assign({ displayName: 'Order Field', name: 'field', options: namedOptions(ORDER_FIELDS), default: 'number', ...shownFor('field') }, { type: 'options' as const }),
		{
			displayName: 'Order Property',
			name: 'property',
			type: 'string',
			default: '',
			placeholder: 'e.g. DELIVERY_TIME',
			description: 'Code of the order property in Bitrix',
			...shownFor('property'),
		},
		{ displayName: 'Expression', name: 'expression', type: 'string', default: '', placeholder: 'e.g. {{ $json.customer.email }}', ...shownFor('expression') },
		{
			displayName: 'Value When Empty',
			name: 'whenEmpty',
			type: 'string',
			default: '',
			description: 'For orders that say nothing; MoySklad refuses orders that lack a required field',
			displayOptions: { hide: { source: ['preset'] } },
		},
		policyProperty(SIDES),
	],
});

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	default: {},
	placeholder: 'Add Option',
	options: [
		suppressWebhooksOption,
		conflictPolicyProperty({ name: 'conflicts', sides: SIDES }),
		conflictPolicyProperty({
			name: 'lineConflicts',
			displayName: 'Conflict Policy of Lines',
			sides: SIDES,
			default: 'review',
			description: 'What happens when the lines of an order changed in the store and its positions in MoySklad. Positions of which anything is shipped stay in any case.',
		}),
		failAfterAllOption,
		{
			displayName: 'Fill Empty Fields of Counterparties',
			name: 'fillEmpty',
			type: 'boolean',
			default: false,
			description:
				'Whether empty fields of a counterparty that was found are filled from the order. Filled ones are never changed.',
		},
		{
			displayName: 'Link',
			name: 'link',
			type: 'json',
			default: '={{ $json.link }}',
			description:
				'What the result of the last run called link. With it changes in the store are followed; without it an order that exists is only compared.',
		},
		{
			displayName: 'Link Existing Orders',
			name: 'linkExisting',
			type: 'boolean',
			default: true,
			description:
				'Whether customer orders that another exchange or a person made are found, by external code or by number and sum, before new ones are made',
		},
		subWorkflowOption(
			'Gets an item for each order with its key and the order of the store, and gives them back, changed as you like. The ID of the order, where it comes from and when it was changed stay as they were.',
		),
	],
};

export const customerOrderFromBitrixProperties: INodeProperties[] = [
	...document,
	states,
	...counterpartyProperties,
	...goodsProperties,
	mapping,
	previewProperty,
	options,
];
