import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { itemFailure } from '../../../shared/errors';

/** The input items as events, and items of *Failed* for those that are none. `toEvent` throws what is wrong with an item. */
export function eventItems<Event>(
	context: IExecuteFunctions, toEvent: (json: INodeExecutionData['json']) => Event,
): { events: Array<{ event: Event; item: number }>; failed: INodeExecutionData[] } {
	const events: Array<{ event: Event; item: number }> = [];
	const failed: INodeExecutionData[] = [];
	context.getInputData().forEach(({ json }, item) => {
		try {
			events.push({ event: toEvent(json), item });
		} catch (error) {
			failed.push({ json: { event: json, error: { ...itemFailure(error).report() } }, pairedItem: { item } });
		}
	});
	return { events, failed };
}
