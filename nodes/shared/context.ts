import type { IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

/** The places in n8n from which a platform is called. */
export type CallingContext = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Fires when the user stops the execution; lists and hooks cannot be stopped. */
export const stopSignal = (context: CallingContext): AbortSignal | undefined =>
	'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

/** n8n makes a type of its own of each node that is a tool of an AI agent. */
export const isAgentTool = (context: IExecuteFunctions): boolean => context.getNode().type.endsWith('Tool');

/** Whether failures become items: where the user chose to go on, and for an agent, whose model hears of an error that is thrown no code and no advice. */
export const failuresAreItems = (context: IExecuteFunctions): boolean => context.continueOnFail() || isAgentTool(context);
