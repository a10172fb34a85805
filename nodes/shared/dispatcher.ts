import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toNodeError, toReport } from './errors';
import type { ItemOperation, ItemOutput, Operation, Resource } from './operation';

/** The one `execute` of every node with resources: finds the operation, runs it, pairs items, and turns errors into n8n's. */
export function runResources(resources: readonly Resource[]): (this: IExecuteFunctions) => Promise<INodeExecutionData[][]> {
	return async function () {
		const resource = this.getNodeParameter('resource', 0) as string;
		return await run(this, resources.find(({ value }) => value === resource)?.operations ?? []);
	};
}

/** The same for nodes that have operations only. */
export function runOperations(operations: readonly Operation[]): (this: IExecuteFunctions) => Promise<INodeExecutionData[][]> {
	return async function () {
		return await run(this, operations);
	};
}

async function run(context: IExecuteFunctions, operations: readonly Operation[]): Promise<INodeExecutionData[][]> {
	const name = context.getNodeParameter('operation', 0) as string;
	const operation = operations.find(({ value }) => value === name);
	if (!operation) throw toNodeError(context.getNode(), new Error(`The operation “${name}” is not known to this version of the node`));
	if ('item' in operation) return [await eachItem(context, operation)];
	try {
		return await operation.all.call(context);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

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
		if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, item);
		return [{ json: { error: { ...toReport(error) } }, pairedItem: { item } }];
	}
}
