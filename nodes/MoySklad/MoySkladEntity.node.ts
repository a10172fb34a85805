import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { runResources } from '../shared/dispatcher';
import { resourceProperties } from '../shared/properties';
import { outputsWithReview } from '../shared/writeOutputs';
import { listSearch } from './methods/listSearch';
import { loadOptions } from './methods/loadOptions';
import { resourceMapping } from './methods/resourceMapping';
import { resources } from './resources';

export class MoySkladEntity implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MoySklad Entity',
		name: 'moySkladEntity',
		icon: { light: 'file:../../icons/moysklad.svg', dark: 'file:../../icons/moysklad.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Reads and writes goods, stock, orders, payments and customers in MoySklad',
		defaults: { name: 'MoySklad Entity' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsWithReview(['createOrUpdateFromCustomer']),
		usableAsTool: true,
		credentials: [{ name: 'moySkladApi', required: true }],
		properties: resourceProperties(resources),
	};

	methods = { listSearch, loadOptions, resourceMapping };

	execute = runResources(resources);
}
