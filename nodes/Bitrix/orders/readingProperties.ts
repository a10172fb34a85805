import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { PROPERTY_ROLES, type CursorOwner, type CustomerReading, type PropertyRole, type RoleCodes } from '../../../core';
import { bitrixHost } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';

/** @param derived what is derived from the name */
export function siteKeyProperty(derived: string): INodeProperties {
	return {
		displayName: 'Site Key',
		name: 'siteKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. shop',
		description: `Names the store for ever: ${derived} is derived from it. The host of the credential when empty. Keep it when the store moves to another host; give a copy of the store another one.`,
	};
}

/** The store's own names, which everything that is derived from its orders begins with. */
export const ownerProperties: INodeProperties[] = ownerPropertiesFor('orders');

/** `flow`: the name of the flow unless the user gives another. */
export function ownerPropertiesFor(flow: string): INodeProperties[] {
	return [
		siteKeyProperty('the identity of its orders in MoySklad'),
		{
			displayName: 'Flow',
			name: 'flow',
			type: 'string',
			default: flow,
			required: true,
			description: 'Name of this flow of orders, so that the cursors and links of several flows are not mixed up',
		},
	];
}

const ROLE_NAMES: Record<PropertyRole, string> = {
	address: 'Address',
	city: 'City',
	company: 'Company',
	email: 'E-Mail',
	inn: 'INN',
	kpp: 'KPP',
	legalAddress: 'Legal Address',
	name: 'Name or Contact Person',
	phone: 'Phone',
	zip: 'Postal Code',
};

/** How order properties are understood; nothing needs to be set for a store with usual properties. */
export const readingOptions: INodeProperties[] = [
	{
		displayName: 'Company Payer Type Names or IDs',
		name: 'legalPayerTypes',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getPayerTypes' },
		default: [],
		description:
			'Payer types that are companies. When empty, those that Bitrix keeps as companies, or that ask for an INN or KPP. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Order Properties',
		name: 'roles',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Property',
		description: 'Which order properties tell what of the customer, where their codes are not the usual ones',
		options: [
			{
				displayName: 'Property',
				name: 'role',
				values: [
					{
						displayName: 'Tells',
						name: 'role',
						type: 'options',
						options: [...PROPERTY_ROLES]
							.sort((one, other) => ROLE_NAMES[one].localeCompare(ROLE_NAMES[other]))
							.map((value) => ({ value, name: ROLE_NAMES[value] })),
						default: 'phone',
					},
					{
						displayName: 'Property Name or ID',
						name: 'code',
						type: 'options',
						typeOptions: { loadOptionsMethod: 'getOrderProperties' },
						default: '',
						description:
							'The order property, by its code. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
				],
			},
		],
	},
];

/** The owner of cursors and links. */
export const ownerOf = async (context: IExecuteFunctions): Promise<CursorOwner> => ownerIn(context, await bitrixHost(context, bitrixAuthentication(context)));

/** The same for a host that is known. */
export const ownerIn = (context: IExecuteFunctions, address: string): CursorOwner => ownerFor(context, String(context.getNodeParameter('flow', 0)).trim(), address);

/** The same for a flow that is known too. */
export function ownerFor(context: IExecuteFunctions, flow: string, address: string): CursorOwner {
	const host = address.toLowerCase();
	const siteKey = String(context.getNodeParameter('siteKey', 0, '')).trim();
	return { flow, siteKey: siteKey === '' ? host : siteKey, host };
}

export function readingOf(context: IExecuteFunctions): CustomerReading {
	const rows = context.getNodeParameter('options.roles.role', 0, []) as Array<{ role: PropertyRole; code: string }>;
	return {
		legalPayerTypes: (context.getNodeParameter('options.legalPayerTypes', 0, []) as Array<string | number>).map(String),
		codes: Object.fromEntries(
			rows.filter(({ code }) => code.trim() !== '').map(({ role, code }) => [role, code.trim()]),
		) as RoleCodes,
	};
}
