import type { INodeProperties } from 'n8n-workflow';
import { INTO_BITRIX, policyOptions } from '../../../shared/fieldPolicies';
import { identityProperty } from '../../../shared/identityProperty';
import { locator } from '../../../shared/locator';
import { rowsProperty } from '../../../shared/rowsProperty';
import { siteKeyProperty } from '../../orders/readingProperties';
import { DEFAULT_COMMENT } from '../documents/settings';
import { BY_CODE, bitrixId, crmOptions, mappingProperties, responsibleProperties, serviceFieldsOption } from './common';

const PLACEHOLDERS = 'Names of MoySklad fields in braces are replaced by their values, e.g. {name} for the number, {agent} for the counterparty, {state}, {sum}';

const title = (what: string, pattern: string): INodeProperties => ({
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: pattern,
	description: `Title of new ${what}. ${PLACEHOLDERS}.`,
});

const pipeline = locator({
	displayName: 'Pipeline',
	name: 'pipeline',
	searchListMethod: 'pipelines',
	description: 'The pipeline of new deals. The general one when empty. Deals are never moved to another pipeline.',
	typed: bitrixId('0'),
});

const stageMap: INodeProperties = rowsProperty({
	displayName: 'Stage Map',
	name: 'stageMap',
	row: 'Row',
	description: 'The first row that fits an order decides to which stage its deal goes. A state without a row leaves the stage alone, with a warning. Put Fully Shipped and Fully Paid above the states if they are to come first.',
	values: [
		{
			displayName: 'When',
			name: 'when',
			type: 'options',
			options: [
				{ name: 'Deleted in MoySklad', value: 'deleted' },
				{ name: 'Fully Paid', value: 'paid', description: 'The paid sum is the sum of the order; a part is not enough' },
				{ name: 'Fully Shipped', value: 'shipped', description: 'The shipped sum is the sum of the order; a part is not enough' },
				{ name: 'State', value: 'state' },
			],
			default: 'state',
		},
		locator({
			displayName: 'State in MoySklad',
			name: 'state',
			searchListMethod: 'orderStates',
			typed: { displayName: 'By ID or Name', placeholder: 'e.g. Подтверждён' },
			displayOptions: { show: { when: ['state'] } },
		}),
		locator({ displayName: 'Stage in Bitrix', name: 'stage', searchListMethod: 'stages', typed: { displayName: 'By ID', placeholder: 'e.g. C1:NEW' } }),
		{
			displayName: 'Reopen',
			name: 'reopen',
			type: 'boolean',
			default: false,
			description: 'Whether a deal that a person has closed is opened again',
		},
	],
});

/** Rows of goods, and how their products are found. */
const rows: INodeProperties[] = [
	{
		displayName: 'Product Rows',
		name: 'rows',
		type: 'options',
		options: policyOptions(INTO_BITRIX),
		default: 'always',
		description: 'When the positions become rows of goods. They are set all at once, and only when they differ; their sum is that of the document to the kopeck, or nothing is written.',
	},
	locator({
		displayName: 'Catalog',
		name: 'catalog',
		searchListMethod: 'catalogs',
		description: 'The catalog of goods in which the products of rows are found by their XML_ID. Rows have no products when empty.',
		typed: bitrixId('17'),
		displayOptions: { hide: { rows: ['never'] } },
	}),
	{ ...identityProperty(), displayOptions: { hide: { rows: ['never'] } } },
	{
		displayName: 'Goods Missing in the Catalog',
		name: 'unknownGoods',
		type: 'options',
		options: [
			{ name: 'Row Without a Product', value: 'free', description: 'With the name of the good, and a warning' },
			{ name: 'Stop', value: 'stop', description: 'Hand the item to Failed' },
		],
		default: 'free',
		displayOptions: { hide: { rows: ['never'] } },
	},
];

const missingCustomer: INodeProperties = {
	displayName: 'Missing Customer',
	name: 'missingCustomer',
	type: 'options',
	options: [
		{ name: 'Create', value: 'create', description: 'Find or make the contact or company, as Contacts and Companies does with its defaults' },
		{ name: 'Leave Empty', value: 'leave', description: 'With a warning' },
		{ name: 'Stop', value: 'stop', description: 'Hand the item to Failed' },
	],
	default: 'leave',
	description: 'What to do when the counterparty is no contact or company in Bitrix yet. Persons are contacts, firms are companies.',
};

const DEAL_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Comment Text',
		name: 'commentText',
		type: 'string',
		typeOptions: { rows: 2 },
		default: DEFAULT_COMMENT,
		description: `What the timeline is told. ${PLACEHOLDERS}.`,
	},
	{
		displayName: 'Probability, Percent',
		name: 'probability',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 50,
		description: 'Probability of new deals',
	},
	serviceFieldsOption,
	siteKeyProperty('which orders were made from deals of this portal'),
	locator({ displayName: 'Source', name: 'source', searchListMethod: 'sources', description: 'Source of new deals', typed: BY_CODE }),
	{
		displayName: 'Timeline Comments',
		name: 'comments',
		type: 'boolean',
		default: true,
		description: 'Whether the timeline of a deal is told, once, when the state of its order or what is paid or shipped of it has changed. Without links only moves of the stage are told.',
	},
];

const RESPONSIBLE = responsibleProperties(['owner', 'organization', 'salesChannel', 'store']);

/** Parameters of *Deals: Upsert From Orders*. */
export const dealProperties: INodeProperties[] = [
	title('deals', 'Заказ {name}'),
	pipeline,
	stageMap,
	...rows,
	missingCustomer,
	...RESPONSIBLE,
	...mappingProperties(
		'e.g. UF_CRM_DELIVERY, COMMENTS',
		'The preset writes title, responsible, source, probability and openness when it makes a deal, contact, company and comment when they are empty, sum, currency and additional fields always. Each row changes one field.',
	),
	crmOptions(DEAL_OPTIONS),
];

/** Parameters of *Invoices: Upsert From Invoices*. */
export const invoiceProperties: INodeProperties[] = [
	title('invoices', 'Счёт {name}'),
	...rows,
	missingCustomer,
	...RESPONSIBLE,
	...mappingProperties(
		'e.g. comments',
		'The preset writes title, dates, responsible and openness when it makes an invoice, deal, contact, company and comment when they are empty, sum and currency always. Each row changes one field.',
	).slice(0, 1),
	crmOptions([]),
];
