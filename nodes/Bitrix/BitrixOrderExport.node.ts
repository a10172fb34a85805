import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeCredentialDescription,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { bitrixConnectionProperties, bitrixRestCredentials, isExchange } from '../shared/bitrixConnection';
import { runOperations } from '../shared/dispatcher';
import { exchangeCredentials } from '../shared/exchangeProperties';
import { operationProperties } from '../shared/properties';
import { confirmExport } from './orders/confirmExport';
import { exchangeConfirmExport } from './orders/exchange/confirmExport';
import { exchangeExportChanged } from './orders/exchange/exportChanged';
import { exchangeLists } from './orders/exchange/lists';
import { exportChanged } from './orders/exportChanged';
import { getOrder } from './orders/getOrder';
import { orderLists } from './orders/lists';

const operations = [exportChanged, getOrder, confirmExport];

/** A single order cannot be asked for there. */
const exchangeOperations = [exchangeExportChanged, exchangeConfirmExport];

const credentials: INodeCredentialDescription[] = [...bitrixRestCredentials, ...exchangeCredentials];

const OUTPUTS = ['Orders', 'Cursor', 'Failed'];

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
		outputNames: OUTPUTS,
		credentials,
		properties: [
			...bitrixConnectionProperties,
			...operationProperties(operations, { connection: ['rest'] }),
			...operationProperties(exchangeOperations, { connection: ['exchange'] }),
		],
	};

	methods = { loadOptions: { ...orderLists, ...exchangeLists } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(isExchange(this) ? exchangeOperations : operations, OUTPUTS).call(this);
	}
}
