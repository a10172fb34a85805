import { NodeConnectionTypes, NodeOperationError, type ExpressionString, type IDataObject, type IExecuteFunctions, type INodeExecutionData, type INodeProperties } from 'n8n-workflow';
import { isFailed, type WriteResult } from '../../core';
import { failuresAreItems } from './context';

/** Outputs of every write node. */
export const WRITE_OUTPUTS = ['Done', 'Failed'];

/**
 * The outputs of a node of which one operation has a third one, for people to decide: an expression that the editor and the engine evaluate
 * by the node's parameters, so that the other operations keep their two.
 */
export const outputsWithReview = (operations: readonly string[]): ExpressionString =>
	`={{ ${JSON.stringify(operations)}.includes($parameter["operation"]) ? ${shown([...WRITE_OUTPUTS, 'Needs Review'])} : ${shown(WRITE_OUTPUTS)} }}`;

const shown = (outputs: readonly string[]): string => JSON.stringify(outputs.map((displayName) => ({ type: NodeConnectionTypes.Main, displayName })));

/** Parameters that every write node has. */
export const previewProperty: INodeProperties = {
	displayName: 'Preview',
	name: 'preview',
	type: 'boolean',
	default: false,
	description: 'Whether to only show what would change, without writing anything',
};

export const failAfterAllOption: INodeProperties = {
	displayName: 'Fail Execution After All Items',
	name: 'failAfterAll',
	type: 'boolean',
	default: false,
	description: 'Whether to end the execution with an error when items failed, after all of them were processed, so that the error workflow starts',
};

/**
 * Results as items of *Done* and *Failed*, each paired with its input: the one in the same place, or that of `pairs`.
 * Failures stay in `json.error`: n8n replaces the json of items whose own `error` is set.
 */
export function writeOutputs(context: IExecuteFunctions, results: readonly WriteResult[], failAfterAll: boolean, pairs?: readonly number[]): INodeExecutionData[][] {
	const outputs = sorted(results, 2, (result) => (isFailed(result) ? 1 : 0), pairs);
	if (failAfterAll) throwForFailed(context, results, results.filter(isFailed));
	return outputs;
}

/** The same with a third output for results that wait for a decision of a person, which are no failures. */
export function reviewOutputs(context: IExecuteFunctions, results: readonly WriteResult[], isReview: (result: WriteResult) => boolean, failAfterAll: boolean): INodeExecutionData[][] {
	const outputs = sorted(results, 3, (result) => (isReview(result) ? 2 : isFailed(result) ? 1 : 0));
	if (failAfterAll) throwForFailed(context, results, results.filter((result) => isFailed(result) && !isReview(result)));
	return outputs;
}

function sorted(results: readonly WriteResult[], count: number, outputOf: (result: WriteResult) => number, pairs?: readonly number[]): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = Array.from({ length: count }, () => []);
	results.forEach((result, index) => outputs[outputOf(result)]?.push({ json: result as unknown as IDataObject, pairedItem: { item: pairs?.[index] ?? index } }));
	return outputs;
}

function throwForFailed(context: IExecuteFunctions, results: readonly WriteResult[], failed: readonly WriteResult[]): void {
	// Whoever goes on at errors finds the failures at their output.
	if (failed.length === 0 || failuresAreItems(context)) return;
	const first = failed[0]?.error;
	throw new NodeOperationError(context.getNode(), `${failed.length} of ${results.length} items failed`, {
		description: first ? `The first of them: ${first.message} ${first.advice} (${first.code})` : undefined,
	});
}
