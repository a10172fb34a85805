import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Warning } from '../../../core';

/** What publishing finds out and the receipt of calls needs: n8n's static data of the node, written by publishing only (trap N7). */
export interface Memory {
	/** The MoySklad account from which calls are expected. */
	accountId?: string;
	instanceKey?: string;
	/** The webhooks are those of a test run: they go when it ends. */
	testRun?: boolean;
	/** What publishing has to say although it went well. */
	findings?: Warning[];
}

export const memoryOf = (context: IHookFunctions | IWebhookFunctions): Memory =>
	context.getWorkflowStaticData('node') as Memory;

/** Whether what is registered lives only as long as a test run. */
export const isTestRun = (context: IHookFunctions): boolean => context.getMode() === 'manual' || memoryOf(context).testRun === true;
