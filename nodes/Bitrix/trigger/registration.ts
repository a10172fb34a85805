import type { IHookFunctions } from 'n8n-workflow';
import {
	isOwnHandler,
	lackingEvents,
	neededEvents,
	planHandlers,
	readBoundEvents,
	readOfferedEvents,
	SyncError,
	type BoundHandler,
	type OwnReceiver,
	type Warning,
} from '../../../core';
import { Batches, resultOf } from '../../../transport';
import { BITRIX_OAUTH_CREDENTIAL, BITRIX_WEBHOOK_CREDENTIAL, bitrixClient, type BitrixOAuth2Credential, type BitrixWebhookCredential } from '../../shared/bitrix';
import { memoryOf } from '../../shared/webhooks/memory';
import { handlerAddress } from './handlerAddress';
import { receiverOf, sourceOf, subscriptionsOf } from './settings';
import { SITE_CREDENTIAL, siteSecretFault, type BitrixSiteHandlerCredential } from './siteSecret';

/** Whether all handlers of the trigger are bound. Ids from earlier runs are never trusted: only addresses count. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	if (sourceOf(context) !== 'onlineEvents') return false;
	const registration = await registrationOf(context);
	const { bind, unbind } = planOf(registration);
	if (bind.length > 0 || unbind.length > 0) return false;
	remember(context, registration);
	return true;
}

/** Binds the handlers that are missing, all of them or none. What a person makes in Bitrix is only checked on this side. */
export async function register(context: IHookFunctions): Promise<boolean> {
	if (sourceOf(context) === 'onlineEvents') {
		const registration = await registrationOf(context);
		await ensure(registration);
		for (const { code, message, advice } of registration.lacking) context.logger.warn(`${context.getNode().name}: ${message}. ${advice} (${code})`);
		remember(context, registration);
	} else await checkByHand(context);
	return true;
}

/** Unbinds the trigger's own handlers, and nobody else's. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	if (sourceOf(context) !== 'onlineEvents') return true;
	const batches = new Batches(await bitrixClient(context, 'oAuth2'));
	const own = receiverOf(context);
	await unbindAll(batches, (await boundHandlers(batches)).filter(({ handler }) => isOwnHandler(handler, own)));
	return true;
}

/** Throws when the trigger could not take calls. */
async function checkByHand(context: IHookFunctions): Promise<void> {
	if (subscriptionsOf(context).every(({ actions }) => actions.length === 0)) throw new SyncError('BITRIX_EVENTS_NOTHING_CHOSEN');
	if (sourceOf(context) === 'siteHandler') {
		const fault = siteSecretFault(await context.getCredentials<BitrixSiteHandlerCredential>(SITE_CREDENTIAL));
		if (fault) throw fault;
		return;
	}
	const { applicationToken = '' } = await context.getCredentials<BitrixWebhookCredential>(BITRIX_WEBHOOK_CREDENTIAL);
	if (applicationToken.trim() === '') throw new SyncError('BITRIX_APPLICATION_TOKEN_MISSING');
}

/** What a published trigger wants of the portal, and what is there. */
interface Registration {
	batches: Batches;
	own: OwnReceiver;
	address: string;
	events: string[];
	/** What is to be said of events that this portal does not offer. */
	lacking: Warning[];
	present: BoundHandler[];
}

async function registrationOf(context: IHookFunctions): Promise<Registration> {
	const credential = await context.getCredentials<BitrixOAuth2Credential>(BITRIX_OAUTH_CREDENTIAL);
	const own = receiverOf(context);
	const address = handlerAddress(own, credential);
	const batches = new Batches(await bitrixClient(context, 'oAuth2'));
	const [offered, bound] = await batches.each(
		[
			{ method: 'events', parameters: {} },
			{ method: 'event.get', parameters: {} },
		],
		{ repeatable: true },
	);
	const needed = neededEvents(subscriptionsOf(context), readOfferedEvents(resultOf(offered)));
	return { batches, own, address, events: needed.names, lacking: lackingEvents(needed), present: readBoundEvents(resultOf(bound)).handlers };
}

const planOf = ({ events, address, present, own }: Registration): ReturnType<typeof planHandlers> =>
	planHandlers(events, address, present, (handler) => isOwnHandler(handler, own));

/** What is new is bound before what is old is unbound: an event may come twice then, but none is missed. */
async function ensure(registration: Registration): Promise<void> {
	const { batches } = registration;
	const { bind, unbind } = planOf(registration);
	const outcomes = await batches.each(bind.map(commandOf('event.bind')), { repeatable: false });
	const failure = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []))[0];
	if (failure) await settle(registration, bind, failure);
	await unbindAll(batches, unbind);
}

/** Of a call whose answer was lost nobody knows what it did: what there is, is read anew. Throws the failure unless all is there. */
async function settle({ batches, present }: Registration, wanted: readonly BoundHandler[], failure: SyncError): Promise<void> {
	const now = await boundHandlers(batches);
	if (wanted.every((one) => includes(now, one))) return;
	const made = wanted.filter((one) => includes(now, one) && !includes(present, one));
	throw await takenBack(batches, made, failure);
}

async function takenBack(batches: Batches, made: readonly BoundHandler[], failure: SyncError): Promise<SyncError> {
	try {
		await unbindAll(batches, made);
		return failure;
	} catch {
		return new SyncError('BITRIX_HANDLERS_LEFT', { reason: failure.message }, { cause: failure });
	}
}

const includes = (handlers: readonly BoundHandler[], { event, handler }: BoundHandler): boolean =>
	handlers.some((one) => one.event === event && one.handler === handler);

async function boundHandlers(batches: Batches): Promise<BoundHandler[]> {
	const [bound] = await batches.each([{ method: 'event.get', parameters: {} }], { repeatable: true });
	return readBoundEvents(resultOf(bound)).handlers;
}

async function unbindAll(batches: Batches, handlers: readonly BoundHandler[]): Promise<void> {
	for (const outcome of await batches.each(handlers.map(commandOf('event.unbind')), { repeatable: true })) resultOf(outcome);
}

const commandOf =
	(method: string) =>
	({ event, handler }: BoundHandler) => ({ method, parameters: { event, handler } });

/** A published trigger has no output to say something on: what there is to be said is kept with the workflow, beside the log. */
function remember(context: IHookFunctions, { own: { instanceKey }, lacking }: Registration): void {
	const memory = memoryOf(context);
	memory.instanceKey = instanceKey;
	if (lacking.length > 0) memory.findings = lacking;
	else delete memory.findings;
}
