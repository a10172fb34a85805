import type { INodeProperties } from 'n8n-workflow';

/** The address of n8n as a platform sees it. */
export const publicBaseUrlField = (platform: string, displayOptions?: INodeProperties['displayOptions']): INodeProperties => ({
	displayName: 'Public Base URL',
	name: 'publicBaseUrl',
	type: 'string',
	...(displayOptions && { displayOptions }),
	default: '',
	placeholder: 'e.g. https://n8n.example.com',
	description: `Address under which ${platform} reaches this n8n, if it is not the one of the webhook URLs above: it replaces what stands in front of /webhook/`,
});

export const USUAL_GATHERING = 250;

/** Whether a burst of refused calls is told by the output *Refused*. */
export const tellRefusedField: INodeProperties = {
	displayName: 'Tell Bursts of Refused Calls',
	name: 'tellRefused',
	type: 'boolean',
	default: false,
	description: 'Whether a burst of calls that are not genuine starts an execution by the output Refused, once an hour at most. Refused calls start none otherwise. Each process that takes calls counts for itself.',
};

/** How long a trigger's window stays open; `longest` in milliseconds. */
export const gatherForField = (longest: number): INodeProperties => ({
	displayName: 'Gather For (Milliseconds)',
	name: 'gatherFor',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: longest },
	default: USUAL_GATHERING,
	description:
		'For how long calls are gathered into one execution, after which all of them are answered. With 0 each call starts an execution of its own, of which n8n stores some dozens a second. Test runs never gather.',
});
