import type { INodeProperties } from 'n8n-workflow';

/** The field of both Bitrix REST credentials by which Bitrix Trigger knows that a call comes from the portal. */
export const applicationTokenField = (description: string): INodeProperties => ({
	displayName: 'Application Token',
	name: 'applicationToken',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description,
});
