import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { extraHeadersField } from '../nodes/shared/extraHeaders';
import { moySkladHeaders, type MoySkladCredential } from '../nodes/shared/moySklad';
import { MOYSKLAD_TIMEOUT, timeoutField } from '../nodes/shared/timeout';

export class MoySkladApi implements ICredentialType {
	name = 'moySkladApi';

	displayName = 'MoySklad API';

	icon = { light: 'file:../icons/moysklad.svg', dark: 'file:../icons/moysklad.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-moysklad-bitrix/n8n-nodes-moysklad-bitrix#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Token', value: 'token' },
				{ name: 'Login and Password', value: 'login' },
			],
			default: 'token',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { authentication: ['token'] } },
			default: '',
			description: 'Access token of a MoySklad user: Settings → Users → Access Tokens. Webhooks need an administrator.',
		},
		{
			displayName: 'Login',
			name: 'login',
			type: 'string',
			placeholder: 'e.g. admin@company',
			displayOptions: { show: { authentication: ['login'] } },
			default: '',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { authentication: ['login'] } },
			default: '',
		},
		{
			displayName: 'Check String',
			name: 'checkSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'A secret of letters and digits in the address of the webhooks, by which MoySklad Trigger knows that a call is genuine. Make one up, e.g. 32 random characters.',
		},
		{
			displayName: 'Previous Check String',
			name: 'previousCheckSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Accepted too while the webhooks are moved from the old check string to the new one',
		},
		{
			displayName: 'Processes Sharing This Account',
			name: 'processes',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 20 },
			default: 1,
			description: 'How many n8n processes (main and workers) call MoySklad with this user. MoySklad allows five calls at a time for all of them.',
		},
		{
			displayName: 'HTTP Client',
			name: 'httpClient',
			type: 'options',
			options: [
				{
					name: 'Keep Connections Open',
					value: 'keepAlive',
					description: 'Recommended by MoySklad, which bans clients that open a connection for each call',
				},
				{
					name: 'Client of N8n',
					value: 'n8n',
					description: 'Only if n8n reaches the internet through a proxy: uses its proxy settings, but a new connection for each call',
				},
			],
			default: 'keepAlive',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.moysklad.ru/api/remap/1.2',
			description: 'Address of the JSON API. Change it only for tests against a simulator.',
		},
		timeoutField(MOYSKLAD_TIMEOUT, 'After how long a call that is not answered is given up, e.g. where a proxy ends calls earlier. MoySklad may need 300 s for a report or many objects.'),
		extraHeadersField,
	];

	async authenticate(credentials: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		return { ...request, headers: { ...request.headers, ...moySkladHeaders(credentials as unknown as MoySkladCredential) } };
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/context/employee',
			headers: { Accept: 'application/json;charset=utf-8', 'Accept-Encoding': 'gzip' },
		},
	};
}
