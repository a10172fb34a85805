import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { withoutSlash } from '../nodes/shared/bitrix';
import { applicationTokenField } from '../nodes/shared/bitrixApplicationToken';
import { bitrixEditionField } from '../nodes/shared/bitrixEdition';
import { extraHeaders, extraHeadersField, type ExtraHeaders } from '../nodes/shared/extraHeaders';
import { BITRIX_TIMEOUT, timeoutField } from '../nodes/shared/timeout';

export class BitrixWebhookApi implements ICredentialType {
	name = 'bitrixWebhookApi';

	displayName = 'Bitrix REST Webhook API';

	icon = { light: 'file:../icons/bitrix.svg', dark: 'file:../icons/bitrix.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-moysklad-bitrix/n8n-nodes-moysklad-bitrix#credentials';

	// The secret is part of the address: a node that shows addresses must not get it.
	restrictToSupportedNodes = true as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Webhook URL',
			name: 'secretAddress',
			type: 'string',
			typeOptions: { password: true },
			placeholder: 'e.g. https://shop.example.com/rest/1/abcdef1234567890/',
			default: '',
			required: true,
			description: 'Address of an inbound webhook made under an administrator, with the permissions catalog, sale and pay_system',
		},
		bitrixEditionField,
		applicationTokenField('For Bitrix Trigger: the token that Bitrix shows beside an outgoing webhook after it was saved'),
		timeoutField(BITRIX_TIMEOUT, 'After how long a call that is not answered is given up, e.g. where a firewall ends calls earlier, or a slow site takes longer.'),
		extraHeadersField,
	];

	/** Relative addresses are below the webhook; the extra headers go along. */
	async authenticate(credentials: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		const headers = { ...request.headers, ...extraHeaders(credentials.extraHeaders as ExtraHeaders | undefined) };
		if (/^https?:/i.test(request.url)) return { ...request, headers };
		return { ...request, headers, baseURL: undefined, url: `${withoutSlash(String(credentials.secretAddress))}/${request.url.replace(/^\/+/, '')}` };
	}

	test: ICredentialTestRequest = {
		request: { method: 'POST', url: '/profile.json' },
	};
}
