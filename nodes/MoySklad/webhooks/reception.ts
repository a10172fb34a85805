import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	divideEvents,
	MOST_BYTES,
	readNotification,
	SyncError,
	wantedEvents,
	type ErrorCode,
	type ImmediateLimits,
	type Notification,
	type ObjectEvent,
	type StockEvent,
	type WantedEvent,
} from '../../../core';
import { systemClock } from '../../shared/clock';
import { MOYSKLAD_CREDENTIAL, type MoySkladCredential } from '../../shared/moySklad';
import { isCheckString, isSameText } from './checkString';
import { memoryOf } from './memory';
import { receiverOf, receptionOptions, subscriptionsOf, type ReceptionOptions } from './triggerSettings';
import { Windows, type WindowPlace } from './windows';

/** The HTTP status of each refusal. */
const STATUS: Partial<Record<ErrorCode, number>> = {
	WEBHOOK_CALL_CHECK_MISSING: 401,
	WEBHOOK_CALL_CHECK_WRONG: 401,
	WEBHOOK_CALL_OTHER_INSTANCE: 403,
	WEBHOOK_CALL_OTHER_ACCOUNT: 403,
	WEBHOOK_CALL_MALFORMED: 400,
	WEBHOOK_CALL_TOO_LARGE: 413,
	WEBHOOK_CALL_UNKNOWN_ENTITY: 422,
};
const NOT_READY = 503;

/** Kinds of objects that the log names at most. */
const MOST_NAMED = 20;

/** Windows of all triggers in this process. */
const windows = new Windows<WantedEvent[]>(systemClock);

/**
 * Takes a call of MoySklad. What is wanted becomes items, and n8n answers when their execution is stored. What is not genuine or not
 * understood is refused here, without an execution. Nothing is called and nothing is written: MoySklad waits for 1.5 s only.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const options = receptionOptions(context);
		const place = placeOf(context);
		const address = pathValues(context).join('/');
		const proved = windows.addressAt(place);
		// What proved to be genuine as the window was opened stays so for its moment: no credential is read for each call.
		if (proved === undefined || !isSameText(address, proved)) await checkSender(context);
		const wanted = wantedOf(context, options);
		if (wanted.length === 0) return {};
		// A test run is over after its first call.
		if (options.gatherFor === 0 || context.getMode() === 'manual') return execution(wanted, options.limits);
		return await gather(context, options, { place, address, wanted });
	} catch (error) {
		return refuse(context, error);
	}
}

async function gather(
	context: IWebhookFunctions,
	{ gatherFor, limits }: ReceptionOptions,
	{ place, address, wanted }: { place: WindowPlace; address: string; wanted: WantedEvent[] },
): Promise<IWebhookResponseData> {
	const call = { part: wanted, events: wanted.length, bytes: bytesOf(context), response: context.getResponseObject() };
	const fate = await windows.join(place, { milliseconds: gatherFor, address }, call);
	if ('carries' in fate) return execution(fate.carries.flat(), limits);
	if (!fate.stored) throw new SyncError('WEBHOOK_CALL_NOT_STORED');
	return {};
}

const placeOf = (context: IWebhookFunctions): WindowPlace => ({
	workflowId: context.getWorkflow().id ?? '',
	nodeId: context.getNode().id,
});

/** Throws when the call is not from MoySklad's webhooks of this n8n. */
async function checkSender(context: IWebhookFunctions): Promise<void> {
	const [key = '', checkString = ''] = pathValues(context);
	if (checkString === '' || checkString.startsWith(':')) throw new SyncError('WEBHOOK_CALL_CHECK_MISSING');
	if (!isCheckString(checkString, await credentialOf(context))) throw new SyncError('WEBHOOK_CALL_CHECK_WRONG');
	// What was published counts, whatever this process believes its address to be: in queue mode others may know better. The address
	// that n8n has now counts as well: when it changes, the webhook guardian makes and moves webhooks without publishing anew.
	if (key !== memoryOf(context).instanceKey && key !== receiverOf(context).instanceKey)
		throw new SyncError('WEBHOOK_CALL_OTHER_INSTANCE');
}

/** The two placeholders of the path, in its order. */
const pathValues = (context: IWebhookFunctions): string[] =>
	Object.values(context.getParamsData() as Record<string, string>);

async function credentialOf(context: IWebhookFunctions): Promise<MoySkladCredential> {
	try {
		return await context.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL);
	} catch (error) {
		throw unready('the credential cannot be read', error);
	}
}

const unready = (reason: string, cause: unknown): SyncError =>
	new SyncError('WEBHOOK_CALL_UNREADY', { reason }, { cause });

function wantedOf(context: IWebhookFunctions, { ignored }: ReceptionOptions): WantedEvent[] {
	const notification = notificationOf(context);
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

function notificationOf(context: IWebhookFunctions): Notification {
	const bytes = bytesOf(context);
	if (bytes > MOST_BYTES) throw new SyncError('WEBHOOK_CALL_TOO_LARGE', { size: `${bytes} bytes` });
	const { requestId } = context.getQueryData() as { requestId?: unknown };
	return readNotification(context.getBodyData(), typeof requestId === 'string' ? requestId : null);
}

function bytesOf(context: IWebhookFunctions): number {
	const { rawBody } = context.getRequestObject() as unknown as { rawBody?: Uint8Array };
	return rawBody?.length ?? 0;
}

function execution(wanted: readonly WantedEvent[], limits: ImmediateLimits): IWebhookResponseData {
	const { immediate, queued } = divideEvents(wanted, limits);
	return { workflowData: [items(immediate), items(queued)] };
}

const items = (events: ReadonlyArray<ObjectEvent | StockEvent>): INodeExecutionData[] =>
	events.map((event) => ({ json: { ...event } as IDataObject }));

/** Answers with a status and a code of its own; n8n then stores no execution. */
function refuse(context: IWebhookFunctions, error: unknown): IWebhookResponseData {
	const refusal = error instanceof SyncError ? error : unready('see the log of n8n', error);
	const { code, message } = refusal;
	context.logger.warn(`MoySklad Trigger refused a call: ${message} (${code})`, {
		cause: refusal.cause instanceof Error ? refusal.cause.message : undefined,
	});
	context
		.getResponseObject()
		.status(STATUS[code] ?? NOT_READY)
		.json({ code, message });
	return { noWebhookResponse: true };
}
