import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { explained } from '../shared/webhooks/hookErrors';
import { triggerProperties } from './trigger/properties';
import { receive } from './trigger/reception';
import { isRegistered, register, unregister } from './trigger/registration';
import { testSiteSecret } from './trigger/secretTest';

export class BitrixTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix Trigger',
		name: 'bitrixTrigger',
		icon: { light: 'file:../../icons/bitrix.svg', dark: 'file:../../icons/bitrix.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ ($parameter["events"]["row"] || []).map((row) => row.entity).join(", ") }}',
		description: 'Starts the workflow when orders, deals, customers or goods change in Bitrix',
		eventTriggerDescription: 'Waiting for a change in Bitrix',
		activationMessage: 'Bitrix sends its events to this workflow now.',
		defaults: { name: 'Bitrix Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Events', 'Refused'],
		credentials: [
			{ name: 'bitrixOAuth2Api', required: true, displayOptions: { show: { source: ['onlineEvents'] } } },
			{ name: 'bitrixWebhookApi', required: true, displayOptions: { show: { source: ['outgoingWebhook'] } } },
			// Not shown by its source: the editor would take a parameter whose values all belong to credentials for a choice of credentials, and hide it.
			{ name: 'bitrixSiteHandlerApi', required: true, testedBy: 'testSiteSecret', displayOptions: { hide: { source: ['onlineEvents', 'outgoingWebhook'] } } },
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Express wants a number, which only n8n's types do not allow: an expression would be evaluated for each call.
				responseCode: 200 as unknown as string,
				responseData: 'noData',
				path: 'bitrix',
			},
		],
		properties: triggerProperties,
	};

	methods = { credentialTest: { testSiteSecret } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await explained(this, isRegistered);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await explained(this, register);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await explained(this, unregister);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
