import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class BitrixSiteHandlerApi implements ICredentialType {
	name = 'bitrixSiteHandlerApi';

	displayName = 'Bitrix Site Handler API';

	icon = { light: 'file:../icons/bitrix.svg', dark: 'file:../icons/bitrix.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-moysklad-bitrix/n8n-nodes-moysklad-bitrix#credentials';

	// Whoever has the secret can make events up.
	restrictToSupportedNodes = true as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'By which the handler on the site signs what it sends. Make up 64 random letters and digits, and enter the same in the settings of the handler.',
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Accepted too while the handler on the site still has the old secret',
		},
	];
}
