import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	divideEvents,
	MOST_BYTES,
	readCallQuery,
	readNotification,
	SyncError,
	wantedEvents,
	type ImmediateLimits,
	type CallQuery,
	type Notification,
	type ObjectEvent,
	type StockEvent,
	type WantedEvent,
} from '../../../core';
import { systemClock } from '../../shared/clock';
import { MOYSKLAD_CREDENTIAL, type MoySkladCredential } from '../../shared/moySklad';
import { memoryOf } from '../../shared/webhooks/memory';
import { answered, bytesOf, credentialOf, gathered, placeOf, type Refusals } from '../../shared/webhooks/reception';
import { isSameText } from '../../shared/webhooks/sameText';
import { Windows } from '../../shared/webhooks/windows';
import { isCheckString } from './checkString';
import { receiverOf, receptionOptions, subscriptionsOf } from './triggerSettings';

const REFUSALS: Refusals = {
	trigger: 'MoySklad Trigger',
	outputs: 2,
	statuses: {
		WEBHOOK_CALL_CHECK_MISSING: 401,
		WEBHOOK_CALL_CHECK_WRONG: 401,
		WEBHOOK_CALL_OTHER_INSTANCE: 403,
		WEBHOOK_CALL_OTHER_ACCOUNT: 403,
		WEBHOOK_CALL_MALFORMED: 400,
		WEBHOOK_CALL_TOO_LARGE: 413,
		WEBHOOK_CALL_UNKNOWN_ENTITY: 422,
	},
	unready: 'WEBHOOK_CALL_UNREADY',
	notStored: 'WEBHOOK_CALL_NOT_STORED',
};

/** Kinds of objects that the log names at most. */
const MOST_NAMED = 20;

/** MoySklad takes an answer for none after 1,500 ms; part of that has passed before n8n hands the call over. */
const PATIENCE_MS = 1_200;

/** Windows of all triggers in this process. */
const windows = new Windows<WantedEvent[]>(systemClock, PATIENCE_MS);

/**
 * Takes a call of MoySklad. What is wanted becomes items, and n8n answers when their execution is stored. What is not genuine or not
 * understood is refused here, without an execution. Nothing is called and nothing is written: MoySklad waits for 1.5 s only.
 */
export const receive = async (context: IWebhookFunctions): Promise<IWebhookResponseData> =>
	await answered(context, REFUSALS, async () => {
		const { gatherFor, limits, ignored } = receptionOptions(context);
		const query = readCallQuery(context.getQueryData() as IDataObject);
		const proof = `${query.instanceKey} ${query.checkString}`;
		const proved = windows.proofAt(placeOf(context));
		// What proved to be genuine as the window was opened stays so for its moment: no credential is read for each call.
		if (proved === undefined || !isSameText(proof, proved)) await checkSender(context, query);
		const wanted = wantedOf(context, query, ignored);
		if (wanted.length === 0) return {};
		const call = { part: wanted, events: wanted.length, proof };
		return await gathered(context, windows, call, gatherFor, REFUSALS, (parts) => execution(parts.flat(), limits));
	});

/** Throws when the call is not from MoySklad's webhooks of this n8n. */
async function checkSender(context: IWebhookFunctions, { instanceKey, checkString }: CallQuery): Promise<void> {
	if (checkString === '') throw new SyncError('WEBHOOK_CALL_CHECK_MISSING');
	if (!isCheckString(checkString, await credentialOf<MoySkladCredential>(context, MOYSKLAD_CREDENTIAL, REFUSALS))) throw new SyncError('WEBHOOK_CALL_CHECK_WRONG');
	// What was published counts, whatever this process believes its address to be: in queue mode others may know better. The address
	// that n8n has now counts as well: when it changes, the webhook guardian makes and moves webhooks without publishing anew.
	if (instanceKey !== memoryOf(context).instanceKey && instanceKey !== receiverOf(context).instanceKey)
		throw new SyncError('WEBHOOK_CALL_OTHER_INSTANCE');
}

function wantedOf(context: IWebhookFunctions, { requestId }: CallQuery, ignored: readonly string[]): WantedEvent[] {
	const notification = notificationOf(context, requestId);
	const { accountId } = memoryOf(context);
	if (accountId !== undefined && notification.accountIds.some((id) => id !== accountId))
		throw new SyncError('WEBHOOK_CALL_OTHER_ACCOUNT');
	const { wanted, unknown } = wantedEvents(notification, subscriptionsOf(context), ignored);
	// To refuse the call because of some of its events would lose the others for good.
	const lost = [
		...[...new Set(unknown)].slice(0, MOST_NAMED),
		...(notification.unreadable > 0 ? [`${notification.unreadable} unreadable`] : []),
	];
	if (lost.length > 0)
		context.logger.warn(`MoySklad Trigger left events out, for which it has no row: ${lost.join(', ')}`);
	return wanted;
}

function notificationOf(context: IWebhookFunctions, requestId: string | null): Notification {
	const bytes = bytesOf(context);
	if (bytes > MOST_BYTES) throw new SyncError('WEBHOOK_CALL_TOO_LARGE', { size: `${bytes} bytes` });
	return readNotification(context.getBodyData(), requestId);
}

function execution(wanted: readonly WantedEvent[], limits: ImmediateLimits): IWebhookResponseData {
	const { immediate, queued } = divideEvents(wanted, limits);
	return { workflowData: [items(immediate), items(queued)] };
}

const items = (events: ReadonlyArray<ObjectEvent | StockEvent>): INodeExecutionData[] =>
	events.map((event) => ({ json: { ...event } as IDataObject }));
