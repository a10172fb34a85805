import type { INodeProperties } from 'n8n-workflow';

/** Headers that a firewall in front of the platform wants to see. */
export interface ExtraHeaders {
	header?: Array<{ name: string; value: string }>;
}

/** Names in lower case; rows without a name are left out. */
export const extraHeaders = (rows: ExtraHeaders | undefined): Record<string, string> =>
	Object.fromEntries((rows?.header ?? []).filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim().toLowerCase(), value]));

/** The field of a credential in which they are entered. */
export const extraHeadersField: INodeProperties = {
	displayName: 'Extra Headers',
	name: 'extraHeaders',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Header',
	description: 'Headers that a firewall or proxy in front of the server expects on every call',
	options: [
		{
			displayName: 'Header',
			name: 'header',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '' },
				{ displayName: 'Value', name: 'value', type: 'string', typeOptions: { password: true }, default: '' },
			],
		},
	],
};
