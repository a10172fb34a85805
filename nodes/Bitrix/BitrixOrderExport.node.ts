import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { bitrixConnectionProperties, bitrixRestCredentials } from '../shared/bitrixConnection';
import { runOperations } from '../shared/dispatcher';
import { operationProperties } from '../shared/properties';
import { confirmExport } from './orders/confirmExport';
import { exportChanged } from './orders/exportChanged';
import { getOrder } from './orders/getOrder';
import { orderLists } from './orders/lists';

const operations = [exportChanged, getOrder, confirmExport];

export class BitrixOrderExport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix Order Export',
		name: 'bitrixOrderExport',
		icon: { light: 'file:../../icons/bitrix.svg', dark: 'file:../../icons/bitrix.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Read the orders of a Bitrix store that changed, whole and without losing one',
		defaults: { name: 'Bitrix Order Export' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Orders', 'Cursor', 'Failed'],
		credentials: bitrixRestCredentials,
		properties: [...bitrixConnectionProperties, ...operationProperties(operations)],
	};

	methods = { loadOptions: orderLists };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(operations).call(this);
	}
}
