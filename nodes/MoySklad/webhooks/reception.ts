import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	MOST_BYTES,
	readNotification,
	routeNotification,
	SyncError,
	type ErrorCode,
	type Notification,
	type ObjectEvent,
	type Routed,
	type StockEvent,
} from '../../../core';
import { MOYSKLAD_CREDENTIAL, type MoySkladCredential } from '../../shared/moySklad';
import { isCheckString } from './checkString';
import { memoryOf } from './memory';
import { ignoredAuthors, receiverOf, subscriptionsOf } from './triggerSettings';

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

/**
 * Takes a call of MoySklad. What is wanted becomes items, and n8n answers when their execution is stored. What is not genuine or not
 * understood is refused here, without an execution. Nothing is called and nothing is written: MoySklad waits for 1.5 s only.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		await checkSender(context);
		const { immediate, queued } = wantedEvents(context);
		return immediate.length + queued.length === 0 ? {} : { workflowData: [items(immediate), items(queued)] };
	} catch (error) {
		return refuse(context, error);
	}
}

/** Throws when the call is not from MoySklad's webhooks of this n8n. */
async function checkSender(context: IWebhookFunctions): Promise<void> {
	const [key = '', checkString = ''] = pathValues(context);
	if (checkString === '' || checkString.startsWith(':')) throw new SyncError('WEBHOOK_CALL_CHECK_MISSING');
	if (!isCheckString(checkString, await credentialOf(context))) throw new SyncError('WEBHOOK_CALL_CHECK_WRONG');
	// What was published counts, not what this process believes its address to be: in queue mode others may know better.
	if (key !== (memoryOf(context).instanceKey ?? receiverOf(context).instanceKey))
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

function wantedEvents(context: IWebhookFunctions): Routed {
	const notification = notificationOf(context);
	const { accountId } = memoryOf(context);
	if (accountId !== undefined && notification.accountIds.some((id) => id !== accountId))
		throw new SyncError('WEBHOOK_CALL_OTHER_ACCOUNT');
	const routed = routeNotification(notification, subscriptionsOf(context), ignoredAuthors(context));
	// To refuse the call because of some of its events would lose the others for good.
	const lost = [
		...[...new Set(routed.unknown)].slice(0, MOST_NAMED),
		...(notification.unreadable > 0 ? [`${notification.unreadable} unreadable`] : []),
	];
	if (lost.length > 0)
		context.logger.warn(`MoySklad Trigger left events out, for which it has no row: ${lost.join(', ')}`);
	return routed;
}

function notificationOf(context: IWebhookFunctions): Notification {
	const { rawBody } = context.getRequestObject() as unknown as { rawBody?: Uint8Array };
	const bytes = rawBody?.length ?? 0;
	if (bytes > MOST_BYTES) throw new SyncError('WEBHOOK_CALL_TOO_LARGE', { size: `${bytes} bytes` });
	const { requestId } = context.getQueryData() as { requestId?: unknown };
	return readNotification(context.getBodyData(), typeof requestId === 'string' ? requestId : null);
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
