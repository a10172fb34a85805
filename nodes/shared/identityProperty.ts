import type { INodeProperties } from 'n8n-workflow';

/** By which key of MoySklad goods are known in Bitrix, for nodes whose orders and deals refer to them. */
export const identityProperty = (more = 'the same as in Bitrix Catalog Upsert'): INodeProperties => ({
	displayName: 'Identity',
	name: 'identity',
	type: 'options',
	options: [
		{ name: 'External Code', value: 'externalCode', description: 'The XML_ID in Bitrix is the external code, as in the exchange of MoySklad itself' },
		{ name: 'ID', value: 'id', description: 'The XML_ID in Bitrix is the ID in MoySklad' },
	],
	default: 'externalCode',
	description: `Which key of MoySklad is the XML_ID of goods in Bitrix; ${more}`,
});
