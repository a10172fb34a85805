import type { IExecuteFunctions, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { SyncError } from '../../core';
import { BITRIX_EXCHANGE_CREDENTIAL, type ExchangeSettings } from './bitrixExchange';

const MINUTE = 60_000;

/** For nodes whose *Connection* can be `exchange`. */
export const exchangeCredentials: INodeCredentialDescription[] = [
	{ name: BITRIX_EXCHANGE_CREDENTIAL, required: true, displayOptions: { show: { connection: ['exchange'] } } },
];

/** How the node keeps other processes away from the site; to be shown for the connection `exchange`. */
export const exchangeLockProperties: INodeProperties[] = [
	{
		displayName: 'Lock',
		name: 'exchangeLock',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Lock Workflow', value: 'workflow', description: 'A workflow keeps the lock in a table that all processes of n8n share' },
			{ name: 'Only One Process', value: 'process', description: 'Only this process of n8n exchanges with the site: there are no workers, and no second n8n' },
		],
		default: 'workflow',
		description: 'What keeps other runs from exchanging with the site at the same time, by which both would be spoilt',
	},
	{
		displayName: 'Lock Workflow',
		name: 'lockWorkflow',
		type: 'workflowSelector',
		default: '',
		displayOptions: { show: { exchangeLock: ['workflow'] } },
		description: 'The workflow that keeps the lock. In the templates it is a part of the same workflow.',
	},
];

/** Options of a run over the exchange. */
export const exchangeOptions: INodeProperties[] = [
	{
		displayName: 'Part Size (KB)',
		name: 'partKilobytes',
		type: 'number',
		typeOptions: { minValue: 16, maxValue: 65_536 },
		default: 976,
		description: 'Most bytes of one upload; the site may ask for less. Web servers usually take up to 1 MB.',
	},
	{
		displayName: 'Time Limit of a Call (Minutes)',
		name: 'timeoutMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 60 },
		default: 10,
		description: 'How long one step of the import may take on the site',
	},
	{
		displayName: 'Wait for Other Exchanges (Minutes)',
		name: 'waitMinutes',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 240 },
		default: 10,
		description: 'How long to wait while another run exchanges with the site, before the run fails',
	},
];

/** What was chosen from a list of workflows, or typed in; n8n takes values out of resource locators only. */
function chosen(value: unknown): string {
	const id = typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value;
	return typeof id === 'string' ? id.trim() : '';
}

interface Options {
	partKilobytes?: number;
	timeoutMinutes?: number;
	waitMinutes?: number;
}

/** What the user chose. Throws EXCHANGE_NO_LOCK when no lock workflow is chosen. */
export function exchangeSettings(context: IExecuteFunctions): ExchangeSettings {
	const onlyProcess = context.getNodeParameter('exchangeLock', 0, 'workflow') === 'process';
	const lockWorkflow = onlyProcess ? '' : chosen(context.getNodeParameter('lockWorkflow', 0, ''));
	if (!onlyProcess && lockWorkflow === '') throw new SyncError('EXCHANGE_NO_LOCK', { site: 'the site' });
	const { partKilobytes, timeoutMinutes, waitMinutes } = context.getNodeParameter('options', 0, {}) as Options;
	return {
		onlyProcess,
		...(lockWorkflow !== '' && { lockWorkflow }),
		...(partKilobytes !== undefined && { partBytes: partKilobytes * 1024 }),
		...(timeoutMinutes !== undefined && { timeoutMilliseconds: timeoutMinutes * MINUTE }),
		...(waitMinutes !== undefined && { waitMilliseconds: waitMinutes * MINUTE }),
	};
}
