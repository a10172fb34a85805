import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { SyncError } from '../../core';
import { failuresAreItems, isAgentTool } from './context';
import { caught, toNodeError, toReport } from './errors';
import type { ItemOperation, ItemOutput, Operation, Resource } from './operation';

/**
 * The one `execute` of every node with resources: finds the operation, runs it, pairs items, and turns errors into n8n's.
 * `outputNames`: those of the node's description; not needed where its outputs are an expression, or none is called *Failed*.
 */
export function runResources(resources: readonly Resource[], outputNames?: readonly string[]): (this: IExecuteFunctions) => Promise<INodeExecutionData[][]> {
	return async function () {
		const resource = this.getNodeParameter('resource', 0) as string;
		return await run(this, resources.find(({ value }) => value === resource)?.operations ?? [], outputNames);
	};
}

/** The same for nodes that have operations only. */
export function runOperations(operations: readonly Operation[], outputNames?: readonly string[]): (this: IExecuteFunctions) => Promise<INodeExecutionData[][]> {
	return async function () {
		return await run(this, operations, outputNames);
	};
}

/** An agent gets from n8n what comes out of a node first, so all of it comes out there. */
async function run(context: IExecuteFunctions, operations: readonly Operation[], outputNames?: readonly string[]): Promise<INodeExecutionData[][]> {
	const outputs = await chosenOperation(context, operations, outputNames);
	return isAgentTool(context) ? [outputs.flat()] : outputs;
}

async function chosenOperation(context: IExecuteFunctions, operations: readonly Operation[], outputNames?: readonly string[]): Promise<INodeExecutionData[][]> {
	const name = context.getNodeParameter('operation', 0) as string;
	const operation = operations.find(({ value }) => value === name);
	if (!operation) throw toNodeError(context.getNode(), new SyncError('OPERATION_UNKNOWN', { name }));
	if ('item' in operation) return [await eachItem(context, operation)];
	try {
		return await operation.all.call(context);
	} catch (error) {
		if (!failuresAreItems(context) || caught(error).code === 'STOPPED') throw toNodeError(context.getNode(), error);
		return failedOutputs(context, outputNames ?? namesIn(context), error);
	}
}

/**
 * The failure of a whole run at each of its items, where the user chose to go on: at the output *Failed*, where there is one. Were it
 * thrown, n8n would hand the input on at the first output, as if it had been done.
 */
function failedOutputs(context: IExecuteFunctions, names: readonly string[], error: unknown): INodeExecutionData[][] {
	const report = toReport(error);
	const failed = context.getInputData().map((_input, item) => ({ json: { error: { ...report } }, pairedItem: { item } }));
	// n8n moves failures to its own error output from any other, and repeats a run only for those at the first.
	const before = context.getNode().onError === 'continueErrorOutput' ? 0 : Math.max(0, names.indexOf('Failed'));
	return [...Array.from({ length: before }, () => []), failed];
}

/** Outputs that stand with their names in the type's description, which are those of an expression. */
const namesIn = (context: IExecuteFunctions): string[] => context.getNodeOutputs().map(({ displayName = '' }) => displayName);

async function eachItem(context: IExecuteFunctions, operation: ItemOperation): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	for (let item = 0; item < context.getInputData().length; item += 1)
		output.push(...(await itemOutput(context, item, async () => await operation.item.call(context, item))));
	return output;
}

/** What was made of one item, paired with it; its failure as an item where the user chose to go on. Throws n8n's errors otherwise. */
export async function itemOutput(context: IExecuteFunctions, item: number, make: () => Promise<ItemOutput>): Promise<ItemOutput> {
	try {
		return (await make()).map((made) => ({ ...made, pairedItem: { item } }));
	} catch (error) {
		if (!failuresAreItems(context)) throw toNodeError(context.getNode(), error, item);
		return [{ json: { error: { ...toReport(error) } }, pairedItem: { item } }];
	}
}
