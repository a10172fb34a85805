import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { applicationTokenField } from '../nodes/shared/bitrixApplicationToken';
import { bitrixEditionField } from '../nodes/shared/bitrixEdition';
import { extraHeadersField } from '../nodes/shared/extraHeaders';
import { BITRIX_TIMEOUT, timeoutField } from '../nodes/shared/timeout';

export class BitrixOAuth2Api implements ICredentialType {
	name = 'bitrixOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Bitrix OAuth2 API';

	icon = { light: 'file:../icons/bitrix.svg', dark: 'file:../icons/bitrix.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-moysklad-bitrix/n8n-nodes-moysklad-bitrix#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Portal Address',
			name: 'portal',
			type: 'string',
			placeholder: 'e.g. https://company.bitrix24.ru',
			default: '',
			required: true,
			description: 'Address of the Bitrix24, without a path',
		},
		{
			displayName: 'Authorization Server',
			name: 'server',
			type: 'options',
			options: [
				{ name: 'Russia, Belarus, Kazakhstan', value: 'https://oauth.bitrix24.tech' },
				{ name: 'Other Countries', value: 'https://oauth.bitrix.info' },
				{ name: 'Other Address', value: 'other' },
			],
			default: 'https://oauth.bitrix24.tech',
			description: 'Where tokens are issued; it depends on the region of the portal',
		},
		{
			displayName: 'Authorization Server Address',
			name: 'otherServer',
			type: 'string',
			displayOptions: { show: { server: ['other'] } },
			default: '',
		},
		bitrixEditionField,
		{
			displayName: 'Connector Name',
			name: 'connector',
			type: 'string',
			placeholder: 'e.g. moysklad',
			default: '',
			description: 'Names this exchange to Bitrix: what the nodes write makes no events in Bitrix Offline Events with the same credential. Needs a plan with the feature rest_auth_connector (Professional and above).',
		},
		applicationTokenField('For Bitrix Trigger: the token that Bitrix sends to the application together with ONAPPINSTALL. Without it events are known by their address alone.'),
		timeoutField(BITRIX_TIMEOUT, 'After how long a call that is not answered is given up, e.g. where a firewall ends calls earlier, or a slow site takes longer.'),
		extraHeadersField,
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: '={{$self["portal"].replace(/\\/+$/, "")}}/oauth/authorize/',
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{($self["server"] === "other" ? $self["otherServer"] : $self["server"]).replace(/\\/+$/, "")}}/oauth/token/',
			required: true,
		},
		// Bitrix takes the permissions from the application's card.
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];
}
