import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { runOperations } from '../shared/dispatcher';
import { exchangeCredentials } from '../shared/exchangeProperties';
import { operationProperties } from '../shared/properties';
import { previewProperty, WRITE_OUTPUTS } from '../shared/writeOutputs';
import { exchangeLists } from './orders/exchange/lists';
import { createOrders } from './orderUpdate/create';
import { updateConnectionProperty } from './orderUpdate/properties';
import { updateOrders } from './orderUpdate/update';

const operations = [updateOrders, createOrders];

export class BitrixOrderUpdate implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix Order Update',
		name: 'bitrixOrderUpdate',
		icon: { light: 'file:../../icons/bitrix.svg', dark: 'file:../../icons/bitrix.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Tell a Bitrix store what has happened to its orders: status, payment, shipment, cancellation',
		defaults: { name: 'Bitrix Order Update' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: WRITE_OUTPUTS,
		credentials: exchangeCredentials,
		properties: [updateConnectionProperty, previewProperty, ...operationProperties(operations)],
	};

	methods = { loadOptions: exchangeLists };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(operations).call(this);
	}
}
