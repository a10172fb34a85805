import { SyncError } from '../errors';

/** A trigger, as far as its place is concerned. */
export interface Receiver {
	/** Scheme, host and the path in front of the endpoint, without a slash at the end. */
	base: string;
	/** `webhook`, `webhook-test`, or what an administrator of n8n renamed them to. */
	endpoint: string;
	webhookId: string;
}

/** A trigger of one n8n at one base address. */
export interface OwnReceiver extends Receiver {
	/** 12 hex characters that name the n8n instance at this base address: hooks with another key are somebody else's (rule W1). */
	instanceKey: string;
}

/**
 * Where a MoySklad Trigger takes calls: `{base}/{endpoint}/{webhookId}/moysklad?instance={instanceKey}&check={checkString}`.
 * What differs by account stands in the query, because n8n finds a path without placeholders in its cache and a path with them only
 * by questions to its database, two a call.
 */
export interface ReceiverAddress extends OwnReceiver {
	/** The secret by which the trigger knows that a call is genuine. */
	checkString: string;
}

/** A pattern of what n8n shows as the address of a trigger with this path. */
export const placePattern = (path: string): string => String.raw`^(https?://[^/?#\s]+(?:/[^?#\s]*)?)/([^/?#\s]+)/([^/?#\s]+)/${path}`;

const PLAIN = new RegExp(`${placePattern('moysklad')}$`);
const FILLED = new RegExp(String.raw`${placePattern('moysklad')}\?instance=([0-9a-f]{12})&check=([A-Za-z0-9._~-]+)$`);

/** The longest address that MoySklad takes. */
export const LONGEST_URL = 255;
const SHORTEST_CHECK_STRING = 16;

/** The parts of the address of a MoySklad Trigger; undefined for any other one. */
export function readAddress(url: string): ReceiverAddress | undefined {
	const [, base, endpoint, webhookId, instanceKey, checkString] = FILLED.exec(url) ?? [];
	if (!base || !endpoint || !webhookId || !instanceKey || !checkString) return undefined;
	return { base, endpoint, webhookId, instanceKey, checkString };
}

/**
 * The place of a trigger from its webhook URL, as n8n gives it or as MoySklad has it.
 * Throws WEBHOOK_URL_NOT_OF_TRIGGER when it is something else.
 */
export function readReceiver(url: string): Receiver {
	const text = url.trim();
	const [, base, endpoint, webhookId] = PLAIN.exec(text) ?? FILLED.exec(text) ?? [];
	if (!base || !endpoint || !webhookId) throw new SyncError('WEBHOOK_URL_NOT_OF_TRIGGER');
	return { base, endpoint, webhookId };
}

/** The URL of an address, however long: see `writeAddress`. */
export const addressText = ({ instanceKey, checkString, ...receiver }: ReceiverAddress): string =>
	`${receiverPrefix(receiver)}/moysklad?instance=${instanceKey}&check=${checkString}`;

/** The address as MoySklad takes it. Throws WEBHOOK_URL_TOO_LONG. */
export function writeAddress(address: ReceiverAddress): string {
	const url = addressText(address);
	if (url.length > LONGEST_URL) throw new SyncError('WEBHOOK_URL_TOO_LONG', { length: url.length });
	return url;
}

/** The address with another check string; what is not of a MoySklad Trigger stays as it is. Throws WEBHOOK_URL_TOO_LONG. */
export function withCheckString(url: string, checkString: string): string {
	const address = readAddress(url);
	return address ? writeAddress({ ...address, checkString }) : url;
}

/**
 * What all webhooks of one trigger begin with, and nobody else's: the address under which nodes that write to MoySklad
 * suppress the echo of what they write (rule W4).
 */
export const receiverPrefix = ({ base, endpoint, webhookId }: Receiver): string => `${base}/${endpoint}/${webhookId}`;

/** Whether an address leads to this trigger of this n8n, whatever its check string. */
export function leadsTo(url: string, { base, endpoint, webhookId, instanceKey }: OwnReceiver): boolean {
	const address = readAddress(url);
	return (
		address?.base === base &&
		address.endpoint === endpoint &&
		address.webhookId === webhookId &&
		address.instanceKey === instanceKey
	);
}

/** What the query of a call tells; empty texts where it does not. */
export interface CallQuery {
	instanceKey: string;
	checkString: string;
	requestId: string | null;
}

/** MoySklad appends its `requestId`: whether with `&` or, as to an address without a query, with `?`, its documents do not say. */
export function readCallQuery({ instance, check, requestId }: Record<string, unknown>): CallQuery {
	const [checkString = '', appended] = textOf(check).split('?', 2);
	const given = textOf(requestId) || new URLSearchParams(appended).get('requestId');
	return { instanceKey: textOf(instance), checkString, requestId: given || null };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The base address that the user entered, without a slash at the end. Throws WEBHOOK_BASE_URL_INVALID. */
export function publicBase(text: string): string {
	const base = text.trim().replace(/\/+$/, '');
	if (!/^https?:\/\/[^/?#\s@]+(\/[^?#\s]*)?$/i.test(base) || !URL.canParse(base))
		throw new SyncError('WEBHOOK_BASE_URL_INVALID');
	return base;
}

/** Scheme, host and port in their usual spelling. Throws TypeError unless the base is an address. */
export const originOf = (base: string): string => new URL(base).origin;

/** What is wrong with a check string; undefined when it is good. */
export function checkStringFault(text: string | undefined): SyncError | undefined {
	const checkString = text?.trim() ?? '';
	if (checkString === '') return new SyncError('WEBHOOK_CHECK_STRING_MISSING');
	const weak = checkString.length < SHORTEST_CHECK_STRING || !/^[A-Za-z0-9._~-]+$/.test(checkString);
	return weak ? new SyncError('WEBHOOK_CHECK_STRING_WEAK') : undefined;
}

/** The check string without spaces around it. Throws WEBHOOK_CHECK_STRING_MISSING or WEBHOOK_CHECK_STRING_WEAK. */
export function validCheckString(text: string | undefined): string {
	const fault = checkStringFault(text);
	if (fault) throw fault;
	return text?.trim() ?? '';
}

/** Numbers count only where all four are there, as `URL` writes them: `10.example.com` is a name of the internet. */
const LOCAL_HOST =
	/^(localhost|.*\.(localhost|local|internal|lan)|0\.0\.0\.0|(127|10)(\.\d+){3}|(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2}|\[(::1?|f[cd].*|fe80:.*)\]|[^.:]+)$/i;

/** Whether an address leads into a private network or to the machine itself, where MoySklad cannot come. Throws TypeError for what is no address. */
export const isLocal = (url: string): boolean => LOCAL_HOST.test(new URL(url).hostname);

/** The host and port; the beginning of what is no address. */
export const hostOfUrl = (url: string): string => (URL.canParse(url) ? new URL(url).host : url.slice(0, 40));

/** An address that may be shown: without a trigger's check string, values of a query, and a login. */
export function shownUrl(url: string): string {
	const own = readAddress(url);
	if (own) return url.slice(0, -own.checkString.length) + '***';
	return url.replace(/^(https?:\/\/)[^/?#@]*@/i, '$1***@').replace(/([?&][^=&#]*=)[^&#]*/g, '$1***');
}
