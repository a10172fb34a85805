import type { IHookFunctions } from 'n8n-workflow';
import {
	isDone,
	leadsTo,
	planWebhooks,
	stopOf,
	subscribedWebhooks,
	stopTasks,
	SyncError,
	undoing,
	type OwnReceiver,
	type RegisteredWebhook,
	type Webhook,
	type WebhookTask,
} from '../../../core';
import {
	deleteWebhooks,
	readWebhooks,
	writeWebhooks,
	type MoySkladClient,
	type WebhookOutcome,
} from '../../../transport';
import { systemClock } from '../../shared/clock';
import { MOYSKLAD_CREDENTIAL, moySkladClient, type MoySkladCredential } from '../../shared/moySklad';
import { isTestRun, memoryOf } from '../../shared/webhooks/memory';
import { addressFor } from './ownReceiver';
import { receiverOf, registersWebhooks, subscriptionsOf } from './triggerSettings';

/** What a published trigger wants of MoySklad. */
interface Registration {
	client: MoySkladClient;
	receiver: OwnReceiver;
	wanted: Webhook[];
}

/** Whether all webhooks of the trigger are there and switched on. Ids from earlier runs are never trusted: only addresses count. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const registration = await registrationOf(context);
	if (!registersWebhooks(context)) return false;
	const present = await readWebhooks(registration.client);
	const { tasks, surplus } = plan(registration, present);
	if (surplus.length > 0 || !tasks.every(isDone)) return false;
	await remember(
		context,
		registration,
		tasks.flatMap(({ found }) => found ?? []),
	);
	return true;
}

/** Makes the webhooks that are missing and switches on those that are off, all of them or none. */
export async function register(context: IHookFunctions): Promise<boolean> {
	const registration = await registrationOf(context);
	const registered = registersWebhooks(context) ? await ensure(registration) : [];
	await remember(context, registration, registered);
	return true;
}

/** Switches the trigger's webhooks off, and keeps since when; those of a test run are deleted. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	if (!registersWebhooks(context)) return true;
	const client = await moySkladClient(context);
	const receiver = receiverOf(context);
	const own = (await readWebhooks(client)).filter(({ url }) => leadsTo(url, receiver));
	// Those that MoySklad switched off are marked as well, so that nobody switches them on for a trigger that does not listen.
	const running = own.filter((webhook) => stopOf(webhook) === undefined);
	const outcomes = isTestRun(context) ? await deleteWebhooks(client, own) : await writeWebhooks(client, unpublishTasks(running));
	registered(outcomes);
	return true;
}

async function registrationOf(context: IHookFunctions): Promise<Registration> {
	const credential = await context.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL);
	const receiver = receiverOf(context);
	const wanted = subscribedWebhooks(subscriptionsOf(context), addressFor(receiver, credential));
	if (wanted.length === 0) throw new SyncError('WEBHOOK_NOTHING_CHOSEN');
	return { client: await moySkladClient(context), receiver, wanted };
}

/** A pause outlasts publishing (rule W2): n8n publishes anew at each of its starts. */
const plan = ({ wanted, receiver }: Registration, present: readonly RegisteredWebhook[]) =>
	planWebhooks(wanted, present, (url) => leadsTo(url, receiver), ['paused']);

/** Since when they are off stays in their addresses, so that the webhook guardian knows from when on to catch up (rule W1). */
const unpublishTasks = (webhooks: readonly RegisteredWebhook[]): WebhookTask[] => stopTasks(webhooks, 'unpublished', systemClock.now());

async function ensure(registration: Registration): Promise<RegisteredWebhook[]> {
	const { client } = registration;
	const before = await readWebhooks(client);
	const { tasks, surplus } = plan(registration, before);
	try {
		return registered(await writeWebhooks(client, [...tasks, ...unpublishTasks(surplus)]));
	} catch (error) {
		throw await rolledBack(registration, before, error);
	}
}

/** The webhooks of outcomes. Throws the first failure. */
function registered(outcomes: readonly WebhookOutcome[]): RegisteredWebhook[] {
	return outcomes.map((outcome) => {
		if ('error' in outcome) throw outcome.error;
		return outcome.webhook;
	});
}

/**
 * Takes back what a registration made before it failed, and gives the error to report. What there is, is listed anew:
 * of a call whose answer was lost nobody knows what it made.
 */
async function rolledBack(
	{ client, receiver }: Registration,
	before: readonly RegisteredWebhook[],
	failure: unknown,
): Promise<unknown> {
	try {
		const { remove, restore } = undoing(before, await readWebhooks(client), (url) => leadsTo(url, receiver));
		registered([...(await deleteWebhooks(client, remove)), ...(await writeWebhooks(client, restore))]);
		return failure;
	} catch {
		const reason = failure instanceof Error ? failure.message : String(failure);
		return new SyncError('WEBHOOK_ROLLBACK_FAILED', { reason }, { cause: failure });
	}
}

/** The account is that of its webhooks; where the trigger registers none, that of the credential's user. */
async function remember(
	context: IHookFunctions,
	{ client, receiver }: Registration,
	webhooks: readonly RegisteredWebhook[],
): Promise<void> {
	const memory = memoryOf(context);
	memory.accountId = webhooks.find(({ accountId }) => accountId !== null)?.accountId ?? (await accountOfUser(client));
	memory.instanceKey = receiver.instanceKey;
	if (context.getMode() === 'manual') memory.testRun = true;
}

async function accountOfUser(client: MoySkladClient): Promise<string> {
	const { accountId } = ((await client.get('/context/employee')) ?? {}) as { accountId?: unknown };
	if (typeof accountId === 'string') return accountId;
	throw new SyncError('ANSWER_UNEXPECTED', { call: 'GET /context/employee', reason: 'no accountId' });
}
