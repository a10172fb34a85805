import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { SyncError, type ErrorReport } from '../../core';

/** What JavaScript itself throws: a defect of this package, whose bare words say nothing to users. */
const DEFECTS = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

/** Any error as one that n8n shows with its item, what happened and what to do. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof SyncError) return new NodeOperationError(node, error.message, { itemIndex, description: `${error.advice} (${error.code})`, level: 'warning' });
	if (isDefect(error)) return toNodeError(node, caught(error), itemIndex);
	return new NodeOperationError(node, error instanceof Error ? error : String(error), { itemIndex });
}

const isDefect = (error: unknown): boolean => error instanceof Error && DEFECTS.includes(error.name);

/** Any error as one of the catalogue. Errors without a code of ours are defects of this package and say so. */
export const caught = (error: unknown): SyncError =>
	error instanceof SyncError ? error : new SyncError('UNEXPECTED', { reason: error instanceof Error ? error.message : String(error) }, { cause: error });

/** Any error as it travels in an item. */
export const toReport = (error: unknown): ErrorReport => caught(error).report();

/** An error that concerns one item; the others go on. Throws what ends the run: connections, rights, what n8n itself says. */
export function itemFailure(error: unknown): SyncError {
	if (error instanceof SyncError && (error.kind === 'data' || error.kind === 'conflict' || error.kind === 'configuration')) return error;
	if (isDefect(error)) return caught(error);
	throw error;
}
