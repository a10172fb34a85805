import { RunCalls, sharedLimiter, type Send } from '../../transport';
import { systemClock } from './clock';
import type { CallingContext } from './context';

/** The calls of each execution of this process. */
export const runCalls = (): RunCalls => sharedLimiter('calls of runs', () => new RunCalls(systemClock));

/** Sends, and counts the call for the execution that makes it; lists and hooks are no executions. */
export function countedSend(context: CallingContext, send: Send): Send {
	if (!('getExecutionCancelSignal' in context)) return send;
	const run = context.getExecutionId();
	return async (request) => {
		runCalls().note(run);
		return await send(request);
	};
}
