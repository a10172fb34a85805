import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { runOperations } from '../shared/dispatcher';
import { operationProperties } from '../shared/properties';
import { getChoices } from './check/getChoices';
import { checkLists } from './check/lists';
import { checkCredentials, partsProperties } from './check/parts';
import { runAll } from './check/runAll';
import { suggestMaps } from './check/suggestMaps';

const operations = [runAll, getChoices, suggestMaps];

export class SyncCheck implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sync Check',
		name: 'syncCheck',
		icon: { light: 'file:../../icons/sync.svg', dark: 'file:../../icons/sync.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Check whether MoySklad, Bitrix and n8n are ready to be synchronised, and list what can be chosen',
		defaults: { name: 'Sync Check' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: checkCredentials,
		properties: [...partsProperties, ...operationProperties(operations)],
	};

	methods = { listSearch: checkLists };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(operations).call(this);
	}
}
