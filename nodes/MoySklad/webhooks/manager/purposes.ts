import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { purposeOf, type RegisteredWebhook } from '../../../../core';

export const purposeOptions: INodePropertyOptions[] = [
	{ name: 'Catalog', value: 'catalog' },
	{ name: 'Counterparties', value: 'counterparties' },
	{ name: 'Orders', value: 'orders' },
	{ name: 'Other', value: 'other' },
	{ name: 'Payments', value: 'payments' },
	{ name: 'Shipments', value: 'shipments' },
	{ name: 'Stock', value: 'stock' },
];

export const purposesField: INodeProperties = {
	displayName: 'Purposes',
	name: 'purposes',
	type: 'multiOptions',
	options: purposeOptions,
	default: [],
	description: 'Which part of the business is concerned. Nothing chosen: all of it.',
};

/** Whether a webhook serves one of the purposes that an item names. An expression may give one of them, or none. */
export function servesPurpose(context: IExecuteFunctions, item: number): (webhook: RegisteredWebhook) => boolean {
	const purposes = [context.getNodeParameter('purposes', item, [])].flat().map(String).filter(Boolean);
	return (webhook) => purposes.length === 0 || purposes.includes(purposeOf(webhook));
}
