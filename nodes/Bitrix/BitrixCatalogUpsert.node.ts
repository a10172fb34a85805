import { NodeConnectionTypes, type IExecuteFunctions, type INodeCredentialDescription, type INodeExecutionData, type INodeProperties, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { bitrixConnectionProperties, bitrixRestCredentials } from '../shared/bitrixConnection';
import { runOperations } from '../shared/dispatcher';
import { exchangeCredentials } from '../shared/exchangeProperties';
import { optionalMoySkladCredential } from '../shared/moySklad';
import { operationProperties } from '../shared/properties';
import { previewProperty, WRITE_OUTPUTS } from '../shared/writeOutputs';
import { overBoth, overRest } from './catalog/exchange/connections';
import * as exchange from './catalog/exchange/operations';
import { catalogLists } from './catalog/lists';
import { compareItems } from './catalog/operations/compareItems';
import { compareStock } from './catalog/operations/compareStock';
import { deactivateMissing } from './catalog/operations/deactivateMissing';
import { getExtraItems } from './catalog/operations/getExtraItems';
import { getNewItems } from './catalog/operations/getNewItems';
import { linkItems } from './catalog/operations/linkItems';
import { updatePrices } from './catalog/operations/updatePrices';
import { updateStock } from './catalog/operations/updateStock';
import { upsertItems } from './catalog/operations/upsertItems';
import { upsertSections } from './catalog/operations/upsertSections';
import { targetProperties } from './catalog/parameters/target';

const operations = [
	overBoth(upsertItems, exchange.upsertItems),
	overBoth(upsertSections, exchange.upsertSections),
	overBoth(updatePrices, exchange.updatePrices),
	overBoth(updateStock, exchange.updateStock),
	overBoth(deactivateMissing, exchange.deactivateMissing),
	overRest(compareItems),
	overRest(compareStock),
	overRest(getExtraItems),
	overRest(getNewItems),
	overRest(linkItems),
];

/** MoySklad is only asked for pictures, currencies, what is missing and what is new. */
const credentials: INodeCredentialDescription[] = [...bitrixRestCredentials, ...exchangeCredentials, optionalMoySkladCredential];

/** What only reads has nothing to preview. */
const previewOfWrites: INodeProperties = { ...previewProperty, displayOptions: { hide: { operation: [compareItems, compareStock, getExtraItems, getNewItems].map(({ value }) => value) } } };

export class BitrixCatalogUpsert implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix Catalog Upsert',
		name: 'bitrixCatalogUpsert',
		icon: { light: 'file:../../icons/bitrix.svg', dark: 'file:../../icons/bitrix.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Make the catalog of a Bitrix store follow the goods of MoySklad; only differences are written',
		defaults: { name: 'Bitrix Catalog Upsert' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: WRITE_OUTPUTS,
		credentials,
		properties: [...bitrixConnectionProperties, ...operationProperties(operations, {}, [...targetProperties, previewOfWrites])],
	};

	methods = { listSearch: catalogLists };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(operations, WRITE_OUTPUTS).call(this);
	}
}
