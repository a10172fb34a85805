import type { INodeProperties } from 'n8n-workflow';
import { INTO_BITRIX, policyOptions } from '../../../shared/fieldPolicies';
import { locator } from '../../../shared/locator';
import { rowsProperty } from '../../../shared/rowsProperty';
import { bitrixId, BY_CODE, crmOptions, mappingProperties, responsibleProperties, serviceFieldsOption } from './common';

const matchRules: INodeProperties = {
	displayName: 'Match By',
	name: 'matchRules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	default: { rule: [{ by: 'innKpp' }, { by: 'phone' }, { by: 'email' }] },
	placeholder: 'Add Rule',
	description: 'By what a contact or company is looked for before one is made, in this order; the first rule by which any fits decides. Those that came from MoySklad are always found by their origin. Several that fit go to Failed, with their IDs.',
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				{
					displayName: 'By',
					name: 'by',
					type: 'options',
					options: [
						{ name: 'E-Mail', value: 'email' },
						{ name: 'INN and KPP', value: 'innKpp' },
						{ name: 'Phone', value: 'phone', description: 'By its digits, in whatever way it is written' },
					],
					default: 'innKpp',
				},
			],
		},
	],
};

const balanceField = locator({
	displayName: 'Field for the Balance',
	name: 'balanceField',
	searchListMethod: 'targets',
	description: 'A field that always gets the balance of the counterparty, in the currency of the account, as the field balance of the item has it (kopecks, from the report of counterparties). A name beginning with UF_CRM_ that is missing is made.',
	typed: { displayName: 'By Name', placeholder: 'e.g. UF_CRM_BALANCE' },
});

const PARTNER_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Addresses',
		name: 'addresses',
		type: 'options',
		options: policyOptions(INTO_BITRIX),
		default: 'empty',
		description: 'When the legal and the actual address are written into the requisites',
	},
	locator({ displayName: 'Company Type', name: 'companyType', searchListMethod: 'companyTypes', description: 'Type of new companies; customer when empty', typed: BY_CODE }),
	{
		displayName: 'Contact Persons',
		name: 'people',
		type: 'boolean',
		default: true,
		description: 'Whether the contact persons of companies become contacts that are bound to them',
	},
	locator({ displayName: 'Contact Type', name: 'contactType', searchListMethod: 'contactTypes', description: 'Type of new contacts; clients when empty', typed: BY_CODE }),
	rowsProperty({
		displayName: 'Presets of Requisites',
		name: 'presets',
		row: 'Preset',
		description: 'Which preset the requisites of a kind of counterparty get. Those whose name says it when empty.',
		values: [
			{
				displayName: 'Kind',
				name: 'kind',
				type: 'options',
				options: [
					{ name: 'Entrepreneur', value: 'entrepreneur' },
					{ name: 'Individual', value: 'individual' },
					{ name: 'Legal Entity', value: 'legal' },
				],
				default: 'legal',
			},
			locator({ displayName: 'Preset', name: 'preset', searchListMethod: 'presets', typed: bitrixId('1') }),
		],
	}),
	{
		displayName: 'Requisites',
		name: 'requisites',
		type: 'boolean',
		default: true,
		description: 'Whether requisites, bank accounts and addresses are written',
	},
	serviceFieldsOption,
];

/** Parameters of *Contacts and Companies: Upsert From Counterparties*. */
export const partnerProperties: INodeProperties[] = [
	matchRules,
	balanceField,
	...responsibleProperties(['owner']),
	...mappingProperties(
		'e.g. UF_CRM_GROUP, COMMENTS',
		'The preset writes names, types, responsible and openness when it makes a record, comment and birth date when they are empty, additional fields always. Phones and e-mails are added to those that are there. Each row changes one field; it counts for contacts and companies alike.',
	),
	crmOptions(PARTNER_OPTIONS),
];
