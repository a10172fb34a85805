import type { INodeProperties } from 'n8n-workflow';

const text = (displayName: string, name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({ displayName, name, type: 'string', default: '', ...more });

/** How an item tells of a customer. */
export const customerProperties: INodeProperties[] = [
	{
		displayName: 'Customer Data',
		name: 'customerData',
		type: 'options',
		options: [
			{ name: 'Define Below', value: 'fields', description: 'Each field is entered or comes from an expression' },
			{ name: 'From Item', value: 'item', description: 'An order of a store or its customer, a contact or company of Bitrix24, or an object with the fields that Define Below has' },
		],
		default: 'item',
	},
	{
		displayName: 'Customer',
		name: 'customer',
		type: 'json',
		default: '={{ $json.customer && $json.customer.source ? $json.customer : $json }}',
		required: true,
		displayOptions: { show: { customerData: ['item'] } },
		description: 'An order as Bitrix Order Export gives it, a contact or company of Bitrix24 with its requisites, or an item of the output Needs Review with a decision',
	},
	{
		displayName: 'Customer Fields',
		name: 'customerFields',
		type: 'collection',
		default: {},
		placeholder: 'Add Field',
		displayOptions: { show: { customerData: ['fields'] } },
		description: 'Fields that are left out or empty are not known',
		options: [
			text('Actual Address', 'actualAddress'),
			text('Changed', 'updatedAt', { type: 'dateTime', description: 'When the other side changed the customer last, for the conflict policy Newer Wins' }),
			text('Comment', 'description'),
			text('E-Mail', 'email', { placeholder: 'name@email.com' }),
			text('External Code', 'externalCode', { description: 'Under which MoySklad has the customer or is to have it' }),
			text('First Name', 'firstName'),
			text('Groups', 'tags'),
			text('ID', 'id', { description: 'What the other side knows the customer by, for ever' }),
			text('INN', 'inn'),
			{
				displayName: 'Kind',
				name: 'kind',
				type: 'options',
				options: [
					{ name: 'Entrepreneur', value: 'entrepreneur' },
					{ name: 'Individual', value: 'individual' },
					{ name: 'Legal Entity', value: 'legal' },
				],
				default: 'individual',
				description: 'When it is left out, the INN and the word before the name say it',
			},
			text('KPP', 'kpp'),
			text('Last Name', 'lastName'),
			text('Legal Address', 'legalAddress'),
			text('Legal Name', 'legalTitle'),
			text('Middle Name', 'middleName'),
			text('Name', 'name', { description: 'Of a company its title' }),
			text('OGRN', 'ogrn'),
			text('OGRNIP', 'ogrnip'),
			text('OKPO', 'okpo'),
			text('Phone', 'phone', { description: 'One or several, in any form' }),
		],
	},
	text('Site Key', 'siteKey', {
		placeholder: 'e.g. shop',
		description: 'Names the store or portal for ever: the identity of its customers in MoySklad is derived from it. Orders say it themselves.',
	}),
];
