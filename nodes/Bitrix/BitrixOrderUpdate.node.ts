import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeCredentialDescription,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { bitrixConnectionProperties, bitrixRestCredentials, isExchange } from '../shared/bitrixConnection';
import { runOperations } from '../shared/dispatcher';
import { exchangeCredentials } from '../shared/exchangeProperties';
import { MOYSKLAD_CREDENTIAL } from '../shared/moySklad';
import { operationProperties } from '../shared/properties';
import { previewProperty, WRITE_OUTPUTS } from '../shared/writeOutputs';
import { exchangeLists } from './orders/exchange/lists';
import * as exchange from './orderUpdate/exchange';
import * as rest from './orderUpdate/rest';

const operations = [rest.updateOrders, rest.createOrders, rest.compareOrders, rest.getExtraOrders];
const exchangeOperations = [exchange.updateOrders, exchange.createOrders];

/** MoySklad is only asked for its lists, and for what the items do not hold. */
const moySkladCredential: INodeCredentialDescription = { name: MOYSKLAD_CREDENTIAL, required: false, displayOptions: { show: { connection: ['rest'] } } };
const credentials: INodeCredentialDescription[] = [...bitrixRestCredentials, ...exchangeCredentials, moySkladCredential];

/** What only reads has nothing to preview. */
const previewOfWrites: INodeProperties = { ...previewProperty, displayOptions: { hide: { operation: [rest.compareOrders, rest.getExtraOrders].map(({ value }) => value) } } };

export class BitrixOrderUpdate implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix Order Update',
		name: 'bitrixOrderUpdate',
		icon: { light: 'file:../../icons/bitrix.svg', dark: 'file:../../icons/bitrix.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Tell a Bitrix store what has happened to its orders: status, payment, shipment, cancellation; make orders there',
		defaults: { name: 'Bitrix Order Update' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: WRITE_OUTPUTS,
		credentials,
		properties: [
			...bitrixConnectionProperties,
			...operationProperties(operations, { connection: ['rest'] }, [previewOfWrites]),
			...operationProperties(exchangeOperations, { connection: ['exchange'] }, [previewOfWrites]),
		],
	};

	methods = { loadOptions: { ...rest.updateLists, ...exchangeLists }, listSearch: rest.updateSearches };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(isExchange(this) ? exchangeOperations : operations, WRITE_OUTPUTS).call(this);
	}
}
