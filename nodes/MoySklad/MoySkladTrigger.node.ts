import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { explained } from '../shared/webhooks/hookErrors';
import { receive } from './webhooks/reception';
import { isRegistered, register, unregister } from './webhooks/registration';
import { triggerProperties } from './webhooks/triggerProperties';

export class MoySkladTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MoySklad Trigger',
		name: 'moySkladTrigger',
		icon: { light: 'file:../../icons/moysklad.svg', dark: 'file:../../icons/moysklad.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ [...($parameter["events"]["row"] || []).map((row) => row.entity), ...($parameter["stock"]["row"] || []).map(() => "stock")].join(", ") }}',
		description: 'Starts the workflow when objects or stock change in MoySklad',
		eventTriggerDescription: 'Waiting for a change in MoySklad',
		activationMessage: 'MoySklad sends its events to this workflow now.',
		defaults: { name: 'MoySklad Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Immediate', 'Queued', 'Refused'],
		credentials: [{ name: 'moySkladApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Express wants a number, which only n8n's types do not allow: an expression would be evaluated for each call.
				responseCode: 204 as unknown as string,
				responseData: 'noData',
				path: 'moysklad',
			},
		],
		properties: triggerProperties,
	};

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
