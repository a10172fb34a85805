import type { INodeProperties } from 'n8n-workflow';

/** The field of both Bitrix REST credentials that chooses the limits. */
export const bitrixEditionField: INodeProperties = {
	displayName: 'Edition',
	name: 'edition',
	type: 'options',
	options: [
		{ name: 'Bitrix24 Cloud', value: 'cloud', description: 'Two calls a second, fifty at once' },
		{ name: 'Bitrix24 Cloud Enterprise', value: 'enterprise', description: 'Five calls a second, 250 at once' },
		{ name: 'Own Server (Boxed Bitrix24, 1C-Bitrix Site)', value: 'selfHosted', description: 'No fixed limit; kept to five calls a second so that the shop stays fast' },
	],
	default: 'cloud',
	description: 'Decides how fast the nodes may call',
};
