import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { publicBase, readHandlerPlace, type BitrixAction, type BitrixSubscription, type OwnReceiver } from '../../../core';
import { limited } from '../../shared/limited';
import { instanceKey } from '../../shared/webhooks/instanceKey';
import { USUAL_GATHERING } from '../../shared/webhooks/triggerFields';

type TriggerContext = IHookFunctions | IWebhookFunctions;

/** Where events come from: an application that registers itself, a webhook made by hand, or our own handler on a site. */
export type EventSource = 'onlineEvents' | 'outgoingWebhook' | 'siteHandler';

export const sourceOf = (context: TriggerContext): EventSource => context.getNodeParameter('source') as EventSource;

/** The rows of *Events*. */
export function subscriptionsOf(context: TriggerContext): BitrixSubscription[] {
	const rows = context.getNodeParameter('events.row', []) as Array<{ entity: string; actions?: BitrixAction[] }>;
	return rows.map(({ entity, actions = [] }) => ({ entity, actions }));
}

export const LONGEST_GATHERING = 1_000;

/** How calls are received. */
export interface ReceptionOptions {
	/** Milliseconds for which calls are gathered into one execution; 0 for an execution each. */
	gatherFor: number;
	/** Calls that name another portal than the credential are taken too. */
	anyDomain: boolean;
}

export function receptionOptions(context: IWebhookFunctions): ReceptionOptions {
	const { gatherFor, anyDomain = false } = context.getNodeParameter('options', {}) as { gatherFor?: unknown; anyDomain?: boolean };
	return { gatherFor: limited(gatherFor, USUAL_GATHERING, 0, LONGEST_GATHERING), anyDomain };
}

/** This trigger as Bitrix sees it. Throws BITRIX_HANDLER_URL_INVALID, WEBHOOK_BASE_URL_INVALID. */
export function receiverOf(context: TriggerContext): OwnReceiver {
	const place = readHandlerPlace(context.getNodeWebhookUrl('default') ?? '');
	const entered = String(context.getNodeParameter('publicBaseUrl', '') ?? '').trim();
	const base = entered === '' ? place.base : publicBase(entered);
	return { ...place, base, instanceKey: instanceKey(context.getInstanceId(), base) };
}
