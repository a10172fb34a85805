import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { attributesPath, filterText, hiddenToo, idOf } from '../../../core';
import { readCharacteristics, readCustomDictionaries, readStates, type MoySkladClient } from '../../../transport';
import { locator } from '../../shared/locator';
import { moySkladClient } from '../../shared/moySklad';
import type { ItemOutput, Resource } from '../../shared/operation';
import { optionsProperty } from '../../shared/properties';
import { amountOf, amountProperties, manyRows } from './reading/getMany';

/** Lists below the API that are paged like those of objects. */
const PATHS: Record<string, string> = {
	contracts: 'entity/contract',
	countries: 'entity/country',
	currencies: 'entity/currency',
	employees: 'entity/employee',
	groups: 'entity/group',
	organizations: 'entity/organization',
	priceTypes: 'context/companysettings/pricetype',
	projects: 'entity/project',
	regions: 'entity/region',
	salesChannels: 'entity/saleschannel',
	stores: 'entity/store',
	uoms: 'entity/uom',
};

const ENTITIES: INodeProperties = {
	displayName: 'Of',
	name: 'dictionaryEntity',
	type: 'options',
	options: [
		{ name: 'Cash In', value: 'cashin' },
		{ name: 'Contract', value: 'contract' },
		{ name: 'Counterparty', value: 'counterparty' },
		{ name: 'Customer Order', value: 'customerorder' },
		{ name: 'Employee', value: 'employee' },
		{ name: 'Incoming Payment', value: 'paymentin' },
		{ name: 'Invoice', value: 'invoiceout' },
		{ name: 'Organization', value: 'organization' },
		{ name: 'Product, Service, Bundle', value: 'product' },
		{ name: 'Project', value: 'project' },
		{ name: 'Sales Return', value: 'salesreturn' },
		{ name: 'Shipment', value: 'demand' },
		{ name: 'Store', value: 'store' },
	],
	default: 'product',
	displayOptions: { show: { dictionary: ['attributes', 'states'] } },
	description: 'The kind of object that the additional fields or states belong to',
};

const properties: INodeProperties[] = [
	{
		displayName: 'Dictionary',
		name: 'dictionary',
		type: 'options',
		options: [
			{ name: 'Additional Fields', value: 'attributes', description: 'With their types, and whether they are required' },
			{ name: 'Characteristics', value: 'characteristics', description: 'By which variants differ' },
			{ name: 'Contracts', value: 'contracts' },
			{ name: 'Countries', value: 'countries' },
			{ name: 'Currencies', value: 'currencies' },
			{ name: 'Custom Dictionaries', value: 'customDictionaries', description: 'Those that the account made itself' },
			{ name: 'Departments', value: 'groups' },
			{ name: 'Employees', value: 'employees' },
			{ name: 'Entries of a Custom Dictionary', value: 'customEntities' },
			{ name: 'Organizations', value: 'organizations', description: 'With their bank accounts' },
			{ name: 'Price Types', value: 'priceTypes' },
			{ name: 'Projects', value: 'projects' },
			{ name: 'Regions', value: 'regions' },
			{ name: 'Sales Channels', value: 'salesChannels' },
			{ name: 'States', value: 'states', description: 'Of a kind of document, or of counterparties' },
			{ name: 'Stores', value: 'stores' },
			{ name: 'Units of Measure', value: 'uoms' },
		],
		default: 'stores',
		description: 'The list to read',
	},
	ENTITIES,
	{
		...locator({ displayName: 'Custom Dictionary', name: 'customDictionary', searchListMethod: 'customDictionaries', required: true }),
		displayOptions: { show: { dictionary: ['customEntities'] } },
	},
	...amountProperties,
	optionsProperty([
		{
			displayName: 'Include Archived',
			name: 'archived',
			type: 'boolean',
			default: false,
			description: 'Whether archived entries come as well',
		},
		{
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			description: 'Words in the name, where the list can be searched',
		},
	]),
];

export const dictionary: Resource = {
	value: 'dictionary',
	name: 'Dictionary',
	operations: [
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many dictionary entries',
			description: 'Read a list that objects refer to, or its definitions',
			properties,
			async item(itemIndex) {
				const client = await moySkladClient(this);
				const name = this.getNodeParameter('dictionary', itemIndex) as string;
				const amount = amountOf(this, itemIndex);
				const short = await shortRows(this, itemIndex, client, name);
				if (short) return short.slice(0, amount).map((row) => ({ json: row as IDataObject }));
				return await pagedRows(this, itemIndex, client, name, amount);
			},
		},
	],
};

/** Lists that are part of something larger, and so come in one piece. */
async function shortRows(context: IExecuteFunctions, item: number, client: MoySkladClient, name: string): Promise<object[] | undefined> {
	if (name === 'characteristics') return await readCharacteristics(client);
	if (name === 'customDictionaries') return await readCustomDictionaries(client);
	if (name === 'states') return await readStates(client, context.getNodeParameter('dictionaryEntity', item) as string);
	return undefined;
}

async function pagedRows(context: IExecuteFunctions, item: number, client: MoySkladClient, name: string, amount: number): Promise<ItemOutput> {
	const { archived = false, search } = context.getNodeParameter('options', item, {}) as { archived?: boolean; search?: string };
	const path = pathOf(context, item, name);
	const conditions = archived ? hiddenToo(path.split('/')[1] ?? '') : [];
	const expand = name === 'organizations' ? 'accounts' : undefined;
	return await manyRows(client, path, { filter: filterText(conditions), search: search || undefined, expand }, amount);
}

function pathOf(context: IExecuteFunctions, item: number, name: string): string {
	if (name === 'attributes') return attributesPath(context.getNodeParameter('dictionaryEntity', item) as string) ?? '';
	if (name !== 'customEntities') return PATHS[name] ?? '';
	const id = idOf(String(context.getNodeParameter('customDictionary', item, '', { extractValue: true })));
	return `entity/customentity/${id ?? ''}`;
}
