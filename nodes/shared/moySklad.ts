import { createHash } from 'crypto';
import type { INodeCredentialDescription } from 'n8n-workflow';
import { MOYSKLAD_API, SyncError } from '../../core';
import { AccountGuard, measuredLimiter, MoySkladClient, sharedLimiter, WindowLimiter, type Send } from '../../transport';
import { systemClock } from './clock';
import { stopSignal, type CallingContext } from './context';
import { extraHeaders, type ExtraHeaders } from './extraHeaders';
import { egressFilter } from './egress';
import { fetchSend } from './fetchSend';
import { n8nSend } from './n8nSend';
import { countedSend } from './runCalls';
import { MOYSKLAD_TIMEOUT, timeoutMilliseconds } from './timeout';

export const MOYSKLAD_CREDENTIAL = 'moySkladApi';

/**
 * For nodes of Bitrix that also ask MoySklad. One without a condition would be taken by n8n's editor for that of *Authentication*,
 * and Bitrix's credentials offered in its place: so it has a condition that always holds.
 */
export const optionalMoySkladCredential: INodeCredentialDescription = { name: MOYSKLAD_CREDENTIAL, required: false, displayOptions: { show: { '@version': [1] } } };

/** What the credential *MoySklad API* holds. */
export interface MoySkladCredential {
	authentication: 'token' | 'login';
	token?: string;
	login?: string;
	password?: string;
	checkSecret?: string;
	previousCheckSecret?: string;
	processes?: number;
	httpClient?: 'keepAlive' | 'n8n';
	baseUrl?: string;
	timeoutSeconds?: number;
	extraHeaders?: ExtraHeaders;
}

export interface MoySkladOptions {
	/** Webhooks below this address are not fired by what the client writes. */
	disableByPrefix?: string;
}

/** Default rate: a user's token may make 11 calls in 3 s (45 units, 4 a call) and have 5 in flight. */
const RATE = { units: 45, windowMilliseconds: 3000, weight: 4, parallel: 5 };

/**
 * A client for the account of the node's credential; all clients of an account in the process share its limiter.
 * Throws MOYSKLAD_AUTH_FAILED for a token that cannot be one, MOYSKLAD_BASE_URL_INVALID and TIMEOUT_INVALID.
 */
export async function moySkladClient(context: CallingContext, options: MoySkladOptions = {}): Promise<MoySkladClient> {
	const credential = await context.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL);
	// Letters of another alphabet are easily pasted along, and no header takes them.
	if (credential.authentication !== 'login' && !/^[\x21-\x7e]+$/.test(credential.token?.trim() ?? '')) throw new SyncError('MOYSKLAD_AUTH_FAILED');
	const processes = Math.max(1, Math.floor(credential.processes ?? 1));
	const key = `moysklad ${baseUrl(credential)} ${accountHash(credential)} ${processes}`;
	return new MoySkladClient({
		send: countedSend(context, sender(context, credential)),
		clock: systemClock,
		limiter: measuredLimiter(key, { platform: 'moySklad', limit: 'rate', account: accountHash(credential).slice(0, 8) }, () => new WindowLimiter({ ...RATE, processes }, systemClock)),
		guard: sharedLimiter(`${key} guard`, () => new AccountGuard(systemClock)),
		baseUrl: baseUrl(credential),
		timeoutMilliseconds: timeoutMilliseconds(credential.timeoutSeconds, MOYSKLAD_TIMEOUT),
		disableByPrefix: options.disableByPrefix,
		signal: stopSignal(context),
	});
}

/** The headers that prove who calls, and those that a firewall wants. */
export function moySkladHeaders(credential: MoySkladCredential): Record<string, string> {
	const basic = Buffer.from(`${credential.login ?? ''}:${credential.password ?? ''}`).toString('base64');
	const authorization = credential.authentication === 'login' ? `Basic ${basic}` : `Bearer ${credential.token?.trim() ?? ''}`;
	return { ...extraHeaders(credential.extraHeaders), authorization };
}

function sender(context: CallingContext, credential: MoySkladCredential): Send {
	if (credential.httpClient === 'n8n') return n8nSend(context, MOYSKLAD_CREDENTIAL);
	return fetchSend(moySkladHeaders(credential), egressFilter(context));
}

/** The address of the JSON API, without a slash at the end. Throws MOYSKLAD_BASE_URL_INVALID. */
export function baseUrl({ baseUrl: entered }: MoySkladCredential): string {
	const address = (entered?.trim() || MOYSKLAD_API).replace(/\/+$/, '');
	if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) throw new SyncError('MOYSKLAD_BASE_URL_INVALID');
	return address;
}

/** Limits are counted by user, so the user tells accounts apart. */
const accountHash = ({ authentication, login, token }: MoySkladCredential): string =>
	createHash('sha256')
		.update(authentication === 'login' ? `login ${login ?? ''}` : `token ${token?.trim() ?? ''}`)
		.digest('hex')
		.slice(0, 16);
