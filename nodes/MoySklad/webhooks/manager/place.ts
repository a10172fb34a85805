import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { leadsTo, publicBase, SyncError, type OwnPlace, type OwnReceiver, type OwnUrl } from '../../../../core';
import { instanceKey } from '../../../shared/webhooks/instanceKey';
import { webhookBase } from '../../../shared/webhooks/webhookBase';
import { ownReceiver } from '../ownReceiver';

/** The address of test runs: webhooks there would only be heard while somebody tests. */
const TEST_ENDPOINT = 'webhook-test';

export const triggerUrlField: INodeProperties = {
	displayName: 'Webhook URL of the Trigger',
	name: 'triggerUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/…/moysklad',
	description:
		'The Production URL of the MoySklad Trigger that receives the events, copied as it is (open the trigger, Webhook URLs). It tells which webhooks are of this n8n.',
};

export const publicBaseUrlOption: INodeProperties = {
	displayName: 'Public Base URL',
	name: 'publicBaseUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com',
	description: 'The same as in the trigger, if one is entered there',
};

/** The trigger whose URL was pasted. Throws when it is none, or only its test address. */
export function receiverAt(context: IExecuteFunctions, item: number): OwnReceiver {
	const receiver = ownReceiver({
		webhookUrl: String(context.getNodeParameter('triggerUrl', item, '')),
		publicBaseUrl: publicBaseUrlAt(context, item),
		instanceId: context.getInstanceId(),
	});
	if (receiver.endpoint === TEST_ENDPOINT) throw new SyncError('WEBHOOK_URL_NOT_OF_TRIGGER');
	return receiver;
}

/** This n8n: at the address of the trigger; where none was pasted, at the public address that was entered, or at which it takes webhooks. */
export function ownPlace(context: IExecuteFunctions, item: number): OwnPlace {
	if (hasTriggerUrl(context, item)) return receiverAt(context, item);
	const base = publicBase(publicBaseUrlAt(context, item) || webhookBase(context));
	return { base, instanceKey: instanceKey(context.getInstanceId(), base) };
}

/** Whether the URL of a trigger was pasted. */
export const hasTriggerUrl = (context: IExecuteFunctions, item: number): boolean => String(context.getNodeParameter('triggerUrl', item, '')).trim() !== '';

/** Tells the addresses of a trigger from all others. */
export const ownUrl =
	(receiver: OwnReceiver): OwnUrl =>
	(url) =>
		leadsTo(url, receiver);

/** What was entered as *Public Base URL*; empty where nothing was. */
export const publicBaseUrlAt = (context: IExecuteFunctions, item: number): string =>
	(context.getNodeParameter('options', item, {}) as IDataObject & { publicBaseUrl?: string }).publicBaseUrl?.trim() ??
	'';
