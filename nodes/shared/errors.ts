import { BaseError, ExecutionBaseError, NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { SyncError, type ErrorReport } from '../../core';

/** What JavaScript itself throws: a defect of this package, whose bare words say nothing to users. */
const DEFECTS = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

/** A code of the catalogue at the end of a description. */
const WITH_CODE = /\([A-Z][A-Z0-9]*(_[A-Z0-9]+)*\)$/;

/** Any error as one that n8n shows with its item, what happened, what to do and the code. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	const { message, advice, code } = caught(error);
	const description = `${advice} (${code})`;
	if (!isOfN8n(error)) return new NodeOperationError(node, message, { itemIndex, description, level: 'warning' });
	// Its own words and its link to a parameter stay, where there is one.
	const told = error instanceof NodeApiError || error instanceof NodeOperationError ? error : new NodeOperationError(node, error, { itemIndex });
	if (!WITH_CODE.test(told.description ?? '')) told.description = [told.description, description].filter(Boolean).join(' ');
	return told;
}

const isDefect = (error: unknown): boolean => error instanceof Error && DEFECTS.includes(error.name);

/** What n8n itself says, of a credential, a parameter or an expression. */
const isOfN8n = (error: unknown): error is Error => error instanceof ExecutionBaseError || error instanceof BaseError;

/** Any error as one of the catalogue. Errors without a code of ours that n8n did not throw are defects of this package and say so. */
export function caught(error: unknown): SyncError {
	if (error instanceof SyncError) return error;
	return new SyncError(isOfN8n(error) ? 'N8N_REFUSED' : 'UNEXPECTED', { reason: error instanceof Error ? error.message : String(error) }, { cause: error });
}

/** Any error as it travels in an item. */
export const toReport = (error: unknown): ErrorReport => caught(error).report();

/** An error that concerns one item; the others go on. Throws what ends the run: connections, rights, what n8n itself says. */
export function itemFailure(error: unknown): SyncError {
	if (error instanceof SyncError && (error.kind === 'data' || error.kind === 'conflict' || error.kind === 'configuration')) return error;
	if (isDefect(error)) return caught(error);
	throw error;
}
