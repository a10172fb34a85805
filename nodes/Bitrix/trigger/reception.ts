import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { latestOf, SyncError, wantedBitrixEvents, type BitrixEvent } from '../../../core';
import { systemClock } from '../../shared/clock';
import { answered, gathered, placeOf } from '../../shared/webhooks/reception';
import { Windows } from '../../shared/webhooks/windows';
import type { BroughtEvents } from './brought';
import { genuineCall } from './genuine';
import { REFUSALS } from './refusals';
import { receptionOptions, subscriptionsOf } from './settings';

/** Bitrix takes a slow answer for a slow handler, not for a failure; but it does not wait for ever, and repeats nothing. */
const PATIENCE_MS = 3_000;

/** Windows of all triggers in this process. */
const windows = new Windows<BitrixEvent[]>(systemClock, PATIENCE_MS);

/**
 * Takes a call of Bitrix or of a site's handler. What is wanted becomes items, and n8n answers when their execution is stored. What is
 * not genuine or not understood is refused here, without an execution. Nothing is called and nothing is written.
 */
export const receive = async (context: IWebhookFunctions): Promise<IWebhookResponseData> =>
	await answered(context, REFUSALS, async () => {
		const options = receptionOptions(context);
		const brought = await genuineCall(context, options, windows.proofAt(placeOf(context)));
		const wanted = wantedOf(context, brought);
		if (wanted.length === 0) return {};
		const call = { part: wanted, events: wanted.length, proof: brought.proof };
		return await gathered(context, windows, call, options.gatherFor, REFUSALS, (parts) => ({ workflowData: [items(latestOf(parts.flat()))] }));
	});

/** Throws BITRIX_CALL_UNKNOWN_EVENT when no row names any of the events; if only some are unknown, the others go on. */
function wantedOf(context: IWebhookFunctions, { events, unreadable }: BroughtEvents): BitrixEvent[] {
	const { wanted, unknown } = wantedBitrixEvents(events, subscriptionsOf(context));
	if (events.length > 0 && events.every(({ entity }) => unknown.includes(entity))) throw new SyncError('BITRIX_CALL_UNKNOWN_EVENT', { event: unknown.join(', ') });
	const lost = [...unknown, ...(unreadable > 0 ? [`${unreadable} unreadable`] : [])];
	if (lost.length > 0) context.logger.warn(`Bitrix Trigger left events out, for which it has no row: ${lost.join(', ')}`);
	return wanted;
}

const items = (events: readonly BitrixEvent[]): INodeExecutionData[] => events.map((event) => ({ json: { ...event } as IDataObject }));
