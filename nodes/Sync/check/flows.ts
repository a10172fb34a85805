import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { CheckFlow } from '../../../core';

const FLOW_NAMES: Record<CheckFlow, string> = {
	catalog: 'Catalog',
	counterparties: 'Counterparties and Contacts',
	crm: 'Orders and Customers to Bitrix24',
	deals: 'Deals',
	newGoods: 'New Goods of Bitrix24 to MoySklad',
	orders: 'Orders to MoySklad',
	progress: 'Progress of Orders to the Store',
	documents: 'Payments and Shipments to MoySklad',
	stock: 'Stock',
};

/** What the connections are for: their rights are measured by it. */
export const flowsProperty: INodeProperties = {
	displayName: 'What Is Synchronised',
	name: 'flows',
	type: 'multiOptions',
	options: Object.entries(FLOW_NAMES)
		.map(([flow, label]) => ({ name: label, value: flow }))
		.sort((one, other) => one.name.localeCompare(other.name)),
	default: [],
	description: 'Rights that are missing for it are found, and with a choice those that it does not need. Without one: catalog, stock, orders and their progress.',
};

export const flowsOf = (context: IExecuteFunctions): CheckFlow[] => (context.getNodeParameter('flows', 0, []) as string[]).filter((flow): flow is CheckFlow => flow in FLOW_NAMES);
