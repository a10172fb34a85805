import type { IExecuteFunctions } from 'n8n-workflow';

const MINUTE = 60_000;

/** Minutes by which the time of the workflow is ahead of UTC at a moment (milliseconds since 1970). */
export function workflowOffset(context: IExecuteFunctions, moment: number): number {
	const parts = new Intl.DateTimeFormat('en-GB', {
		timeZone: context.getTimezone(), hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
	}).formatToParts(moment);
	const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
	const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
	return Math.round((wall - moment) / MINUTE);
}
