import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import {
	SyncError,
	type EventAction,
	type Execution,
	type OwnReceiver,
	type StockReportType,
	type Subscriptions,
} from '../../../core';
import { ownReceiver } from './ownReceiver';

type TriggerContext = IHookFunctions | IWebhookFunctions;

interface EventRow {
	entity: string;
	actions?: EventAction[];
	changedFields?: boolean;
	execution: Execution;
}

interface StockRow {
	reportType: StockReportType;
	execution: Execution;
}

/** The rows of *Events* and *Stock*. */
export function subscriptionsOf(context: TriggerContext): Subscriptions {
	const events = context.getNodeParameter('events.row', []) as EventRow[];
	const stock = context.getNodeParameter('stock.row', []) as StockRow[];
	return {
		objects: events.map(({ entity, actions = [], changedFields = true, execution }) => ({
			entity,
			actions,
			diffType: changedFields ? 'FIELDS' : 'NONE',
			execution,
		})),
		stock: stock.map(({ reportType, execution }) => ({ reportType, execution })),
	};
}

/** Logins whose changes are not wanted. */
export function ignoredAuthors(context: TriggerContext): string[] {
	const { ignoreChangesBy = [] } = context.getNodeParameter('options', {}) as IDataObject & {
		ignoreChangesBy?: string[];
	};
	return ignoreChangesBy.filter((login) => login.trim() !== '');
}

/** Whether the trigger looks after the webhooks itself. */
export const registersWebhooks = (context: TriggerContext): boolean =>
	context.getNodeParameter('registerWebhooks') === 'onPublish';

/** This trigger as MoySklad sees it. Throws when n8n has no address for it. */
export function receiverOf(context: TriggerContext): OwnReceiver {
	if (context.getNode().webhookId === undefined) throw new SyncError('WEBHOOK_ID_MISSING');
	return ownReceiver({
		webhookUrl: context.getNodeWebhookUrl('default') ?? '',
		publicBaseUrl: context.getNodeParameter('publicBaseUrl', '') as string,
		instanceId: context.getInstanceId(),
	});
}
