import type { IExecuteFunctions, ILoadOptionsFunctions, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { BITRIX_OAUTH_CREDENTIAL, BITRIX_WEBHOOK_CREDENTIAL, type BitrixAuthentication } from './bitrix';
import type { CallingContext } from './context';

/**
 * How REST is entered. n8n's editor puts it into the choice of the credential, and hides with it every parameter on which it depends:
 * so it has no condition, also where another connection has no use for it.
 */
export const bitrixAuthenticationProperty: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Webhook', value: 'webhook', description: 'An inbound webhook; the only way into a site' },
		{ name: 'OAuth2', value: 'oAuth2', description: 'A local application of Bitrix24' },
	],
	default: 'webhook',
};

/** How a Bitrix node reaches the store. */
export const bitrixConnectionProperties: INodeProperties[] = [
	{
		displayName: 'Connection',
		name: 'connection',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'REST', value: 'rest', description: 'The REST API of Bitrix24 or of a site' },
			{ name: '1C Exchange', value: 'exchange', description: 'The exchange with 1C that every site has, for sites without REST' },
		],
		default: 'rest',
	},
	bitrixAuthenticationProperty,
];

export const bitrixRestCredentials: INodeCredentialDescription[] = [
	{ name: BITRIX_WEBHOOK_CREDENTIAL, required: true, displayOptions: { show: { connection: ['rest'], authentication: ['webhook'] } } },
	{ name: BITRIX_OAUTH_CREDENTIAL, required: true, displayOptions: { show: { connection: ['rest'], authentication: ['oAuth2'] } } },
];

/** The same for nodes that have no other connection. */
export const bitrixOnlyRestCredentials: INodeCredentialDescription[] = [
	{ name: BITRIX_WEBHOOK_CREDENTIAL, required: true, displayOptions: { show: { authentication: ['webhook'] } } },
	{ name: BITRIX_OAUTH_CREDENTIAL, required: true, displayOptions: { show: { authentication: ['oAuth2'] } } },
];

/** Whether the user chose the exchange with 1C as *Connection*. */
export const isExchange = (context: IExecuteFunctions): boolean => context.getNodeParameter('connection', 0, 'rest') === 'exchange';

/** What the user chose as *Authentication*; in lists as well as in runs. */
export function bitrixAuthentication(context: CallingContext): BitrixAuthentication {
	const chosen = isList(context)
		? context.getCurrentNodeParameter('authentication')
		: context.getNodeParameter('authentication', 0);
	return chosen === 'oAuth2' ? 'oAuth2' : 'webhook';
}

const isList = (context: CallingContext): context is ILoadOptionsFunctions => 'getCurrentNodeParameter' in context;
