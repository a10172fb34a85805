import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { SyncError } from '../../../core';
import { toNodeError } from '../errors';

/** Runs a step of publishing. Of its error n8n shows the message only, so that one says also what to do. */
export async function explained(
	context: IHookFunctions,
	step: (context: IHookFunctions) => Promise<boolean>,
): Promise<boolean> {
	try {
		return await step(context);
	} catch (error) {
		throw publishingError(context, error);
	}
}

function publishingError(context: IHookFunctions, error: unknown): Error {
	if (!(error instanceof SyncError)) return toNodeError(context.getNode(), error);
	return new NodeOperationError(context.getNode(), `${error.message}. ${error.advice} (${error.code})`, {
		level: 'warning',
	});
}
