import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { EXCHANGE_PATH } from '../core';
import { addressIn, exchangeHeaders, type BitrixExchangeCredential } from '../nodes/shared/bitrixExchange';
import { loginRules } from '../nodes/shared/exchangeLoginRules';
import { extraHeadersField } from '../nodes/shared/extraHeaders';

/** Throws an error without a code: when a test fails, n8n shows the code of an error in place of what it says. */
function scriptAddress(credential: BitrixExchangeCredential): string {
	try {
		return addressIn(credential).url;
	} catch (error) {
		throw withoutCode(error);
	}
}

const withoutCode = (error: unknown): Error => new Error(error instanceof Error ? error.message : String(error));

export class Bitrix1cExchangeApi implements ICredentialType {
	name = 'bitrix1cExchangeApi';

	displayName = 'Bitrix 1C Exchange API';

	icon = { light: 'file:../icons/bitrix.svg', dark: 'file:../icons/bitrix.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-moysklad-bitrix/n8n-nodes-moysklad-bitrix#credentials';

	// The login opens the administration of the site.
	restrictToSupportedNodes = true as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Site Address',
			name: 'siteAddress',
			type: 'string',
			placeholder: 'e.g. https://shop.example.com',
			default: '',
			required: true,
			description: 'As in the browser, with the port if there is one. Whatever follows is left out.',
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			default: EXCHANGE_PATH,
			description: 'Path of the exchange script, if it was moved. A site keeps the mark of confirmed orders by the first 22 characters of it.',
		},
		{
			displayName: 'Login',
			name: 'login',
			type: 'string',
			default: '',
			required: true,
			description: 'Of a user of the site that is kept for the exchange, in one of the groups of its settings',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		extraHeadersField,
	];

	/** Relative addresses, which begin with a question mark, are calls of the exchange script. */
	async authenticate(credentials: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		const credential = credentials as unknown as BitrixExchangeCredential;
		const headers = { ...request.headers, ...exchangeHeaders(credential, request.headers) };
		if (/^https?:/i.test(request.url)) return { ...request, headers };
		return { ...request, headers, baseURL: undefined, url: `${scriptAddress(credential)}${request.url}` };
	}

	/** Asks for goods: a login for orders would take the right to confirm from a run that has just read some. */
	test: ICredentialTestRequest = {
		request: { url: '?type=catalog&mode=checkauth', encoding: 'arraybuffer', disableFollowRedirect: true },
		rules: loginRules,
	};
}
