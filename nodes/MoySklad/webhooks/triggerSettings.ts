import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import {
	SyncError,
	type EventAction,
	type Execution,
	type ImmediateLimits,
	type OwnReceiver,
	type StockReportType,
	type Subscriptions,
} from '../../../core';
import { USUAL_GATHERING } from '../../shared/webhooks/triggerFields';
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

/** How calls are received. */
export interface ReceptionOptions {
	/** Milliseconds for which calls are gathered into one execution; 0 for an execution each. */
	gatherFor: number;
	limits: ImmediateLimits;
	/** Logins whose changes are not wanted. */
	ignored: string[];
}

/** Longer, and answers would come after MoySklad has given up. */
export const LONGEST_GATHERING = 500;
export const MOST_IMMEDIATE = 100;

export function receptionOptions(context: IWebhookFunctions): ReceptionOptions {
	const {
		gatherFor = USUAL_GATHERING,
		mostImmediate = MOST_IMMEDIATE,
		massEditsImmediate = true,
		ignoreChangesBy = [],
	} = context.getNodeParameter('options', {}) as {
		gatherFor?: number;
		mostImmediate?: number;
		massEditsImmediate?: boolean;
		ignoreChangesBy?: string[];
	};
	return {
		gatherFor: Math.min(Math.max(gatherFor, 0), LONGEST_GATHERING),
		limits: { most: mostImmediate, together: massEditsImmediate },
		ignored: ignoreChangesBy.filter((login) => login.trim() !== ''),
	};
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
