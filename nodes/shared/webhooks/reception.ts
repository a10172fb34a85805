import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { SyncError, type ErrorCode } from '../../../core';
import { idleClock } from '../clock';
import { RefusedCalls, told, type Counted } from './refusedCalls';
import type { WindowPlace, Windows } from './windows';

/** How a trigger answers calls that it does not take. */
export interface Refusals {
	/** The trigger's name, for n8n's log. */
	trigger: string;
	/** Its outputs before *Refused*, which leave nothing when a burst of refused calls is told. */
	outputs: number;
	/** The HTTP status of each refusal; 503 for all others. */
	statuses: Partial<Record<ErrorCode, number>>;
	/** For whatever nobody foresaw. */
	unready: ErrorCode;
	/** The call was gathered with others, and their execution was not stored. */
	notStored: ErrorCode;
}

const NOT_READY = 503;

/** Of all triggers in this process. */
const refusedCalls = new RefusedCalls(idleClock);

/**
 * What `take` makes of a call. A refusal is answered here, with a status and a code of its own; n8n then stores no execution, but for
 * one an hour that tells a burst of them, where the trigger's user wants that.
 */
export async function answered(
	context: IWebhookFunctions,
	refusals: Refusals,
	take: () => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	try {
		return await take();
	} catch (error) {
		return refuse(context, refusals, error);
	}
}

function refuse(context: IWebhookFunctions, refusals: Refusals, error: unknown): IWebhookResponseData {
	const { trigger, statuses, unready } = refusals;
	const refusal = error instanceof SyncError ? error : unchecked(unready, 'see the log of n8n', error);
	const { code, message } = refusal;
	const place = placeOf(context);
	const { isFirst, news } = refusedCalls.count(`${trigger} in workflow ${place.workflowId}`, place, code, context.logger);
	if (isFirst)
		context.logger.warn(`${trigger} refused a call: ${message} (${code})`, {
			cause: refusal.cause instanceof Error ? refusal.cause.message : undefined,
		});
	context
		.getResponseObject()
		.status(statuses[code] ?? NOT_READY)
		.json({ code, message });
	return { noWebhookResponse: true, ...(news && tellsBursts(context) && { workflowData: burstTold(refusals, news) }) };
}

/** A test run is over after its first call. */
const tellsBursts = (context: IWebhookFunctions): boolean => context.getMode() !== 'manual' && context.getNodeParameter('options.tellRefused', false) === true;

function burstTold({ trigger, outputs }: Refusals, byCode: NonNullable<Counted['news']>): INodeExecutionData[][] {
	const burst = new SyncError('CALLS_REFUSED', { trigger, calls: told(Object.entries(byCode)) });
	return [...Array.from({ length: outputs }, () => []), [{ json: { ...burst.report(), calls: byCode } }]];
}

const unchecked = (code: ErrorCode, reason: string, cause: unknown): SyncError => new SyncError(code, { reason }, { cause });

/** The trigger's credential. Throws `unready` when n8n cannot read it. */
export async function credentialOf<Credential extends object>(context: IWebhookFunctions, name: string, { unready }: Refusals): Promise<Credential> {
	try {
		return await context.getCredentials<Credential>(name);
	} catch (error) {
		throw unchecked(unready, 'the credential cannot be read', error);
	}
}

/** A genuine call with what it brings. */
export interface GenuineCall<Part> {
	part: Part;
	events: number;
	/** By what it proved to be genuine: the calls of its window that bring the same need no other proof. */
	proof: string;
}

/**
 * Hands what a call brings to an execution, together with that of others which come within `milliseconds`; each is answered after
 * the execution is stored. With 0, and in a test run, which is over after its first call, it is an execution of its own.
 */
export async function gathered<Part>(
	context: IWebhookFunctions,
	windows: Windows<Part>,
	{ part, events, proof }: GenuineCall<Part>,
	milliseconds: number,
	refusals: Refusals,
	execution: (parts: Part[]) => IWebhookResponseData,
): Promise<IWebhookResponseData> {
	if (milliseconds === 0 || context.getMode() === 'manual') return execution([part]);
	const call = { part, events, bytes: bytesOf(context), response: context.getResponseObject() };
	const fate = await windows.join(placeOf(context), { milliseconds, proof }, call);
	if ('carries' in fate) return execution(fate.carries);
	if (!fate.stored) throw new SyncError(refusals.notStored);
	return {};
}

export const placeOf = (context: IWebhookFunctions): WindowPlace => ({
	workflowId: context.getWorkflow().id ?? '',
	nodeId: context.getNode().id,
});

/** The body as it was sent; empty when there is none. */
export function rawBodyOf(context: IWebhookFunctions): Uint8Array {
	const { rawBody } = context.getRequestObject() as unknown as { rawBody?: Uint8Array };
	return rawBody ?? new Uint8Array();
}

export const bytesOf = (context: IWebhookFunctions): number => rawBodyOf(context).length;
