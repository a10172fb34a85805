import { NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeExecutionData, type INodeProperties } from 'n8n-workflow';
import { isFailed, type WriteResult } from '../../core';

/** Outputs of every write node. */
export const WRITE_OUTPUTS = ['Done', 'Failed'];

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
	const outputs: INodeExecutionData[][] = [[], []];
	results.forEach((result, index) => {
		const item = pairs?.[index] ?? index;
		outputs[isFailed(result) ? 1 : 0]?.push({ json: result as unknown as IDataObject, pairedItem: { item } });
	});
	const failed = outputs[1]?.length ?? 0;
	if (failAfterAll && failed > 0) {
		const first = results.find(isFailed)?.error;
		throw new NodeOperationError(context.getNode(), `${failed} of ${results.length} items failed`, {
			description: first ? `The first of them: ${first.message} ${first.advice} (${first.code})` : undefined,
		});
	}
	return outputs;
}
