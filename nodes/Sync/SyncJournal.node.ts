import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { runOperations } from '../shared/dispatcher';
import { operationProperties } from '../shared/properties';
import { makeMetrics } from './journal/makeMetrics';
import { makeRecords } from './journal/makeRecords';
import { makeReport } from './journal/makeReport';
import { sumUp } from './journal/sumUp';

const operations = [makeMetrics, makeRecords, makeReport, sumUp];

export class SyncJournal implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sync Journal',
		name: 'syncJournal',
		icon: { light: 'file:../../icons/sync.svg', dark: 'file:../../icons/sync.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Make rows of a journal without personal data from results of write nodes, and reports and metrics from those rows',
		defaults: { name: 'Sync Journal' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: operationProperties(operations),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(operations).call(this);
	}
}
