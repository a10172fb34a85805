import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runResources } from '../shared/dispatcher';
import { WRITE_OUTPUTS } from '../shared/writeOutputs';
import { getWebhooks } from './webhooks/manager/choice';
import { managerProperties, managerResources } from './webhooks/manager/resources';

export class MoySkladWebhookManager implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MoySklad Webhook Manager',
		name: 'moySkladWebhookManager',
		icon: { light: 'file:../../icons/moysklad.svg', dark: 'file:../../icons/moysklad.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Show, make, repair and delete the webhooks of a MoySklad account',
		defaults: { name: 'MoySklad Webhook Manager' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: WRITE_OUTPUTS,
		credentials: [{ name: 'moySkladApi', required: true }],
		properties: managerProperties,
	};

	methods = { loadOptions: { getWebhooks } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runResources(managerResources, WRITE_OUTPUTS).call(this);
	}
}
