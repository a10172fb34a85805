import type { IExecuteFunctions, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { bitrixAuthenticationProperty } from '../../shared/bitrixConnection';
import { BITRIX_OAUTH_CREDENTIAL, BITRIX_WEBHOOK_CREDENTIAL } from '../../shared/bitrix';
import { BITRIX_EXCHANGE_CREDENTIAL } from '../../shared/bitrixExchange';
import { MOYSKLAD_CREDENTIAL } from '../../shared/moySklad';

/** What somebody uses, and so wants to have looked at. */
export type Part = 'moySklad' | 'bitrix' | 'exchange';

export const partsProperties: INodeProperties[] = [
	{
		displayName: 'Sides',
		name: 'parts',
		type: 'multiOptions',
		noDataExpression: true,
		options: [
			{ name: 'Bitrix 1C Exchange', value: 'exchange', description: 'The exchange with 1C of a site' },
			{ name: 'Bitrix REST', value: 'bitrix', description: 'The REST API of Bitrix24 or of a site' },
			{ name: 'MoySklad', value: 'moySklad' },
		],
		default: ['moySklad', 'bitrix'],
		description: 'The connections that are used and shall be looked at',
	},
	bitrixAuthenticationProperty,
];

export const checkCredentials: INodeCredentialDescription[] = [
	{ name: MOYSKLAD_CREDENTIAL, required: true, displayOptions: { show: { parts: ['moySklad'] } } },
	{ name: BITRIX_WEBHOOK_CREDENTIAL, required: true, displayOptions: { show: { parts: ['bitrix'], authentication: ['webhook'] } } },
	{ name: BITRIX_OAUTH_CREDENTIAL, required: true, displayOptions: { show: { parts: ['bitrix'], authentication: ['oAuth2'] } } },
	{ name: BITRIX_EXCHANGE_CREDENTIAL, required: true, displayOptions: { show: { parts: ['exchange'] } } },
];

export const partsOf = (context: IExecuteFunctions): ReadonlySet<Part> => new Set(context.getNodeParameter('parts', 0, []) as Part[]);
