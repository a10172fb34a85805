import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { runOperations } from '../shared/dispatcher';
import { operationProperties } from '../shared/properties';
import { confirm } from './offline/confirm';
import { getEvents } from './offline/getEvents';
import { stopEvents } from './offline/stopEvents';

const operations = [getEvents, confirm, stopEvents];

export class BitrixOfflineEvents implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix Offline Events',
		name: 'bitrixOfflineEvents',
		icon: { light: 'file:../../icons/bitrix.svg', dark: 'file:../../icons/bitrix.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Fetch the changes that Bitrix24 keeps for an application, without losing one',
		defaults: { name: 'Bitrix Offline Events' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'bitrixOAuth2Api', required: true }],
		properties: operationProperties(operations),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(operations).call(this);
	}
}
