import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { hostOf, BitrixClient, BitrixFeatures, BucketLimiter, FeatureMemory, measuredLimiter, OperatingBudget, sharedLimiter, type BucketSettings, type Send } from '../../transport';
import { systemClock } from './clock';
import { stopSignal, type CallingContext } from './context';
import { extraHeaders, type ExtraHeaders } from './extraHeaders';
import { n8nSend } from './n8nSend';
import { countedSend } from './runCalls';
import { BITRIX_TIMEOUT, timeoutMilliseconds } from './timeout';

export const BITRIX_WEBHOOK_CREDENTIAL = 'bitrixWebhookApi';
export const BITRIX_OAUTH_CREDENTIAL = 'bitrixOAuth2Api';

/** How a node reaches Bitrix over REST. */
export type BitrixAuthentication = 'webhook' | 'oAuth2';

export type BitrixEdition = 'cloud' | 'enterprise' | 'selfHosted';

export interface BitrixWebhookCredential {
	secretAddress: string;
	edition?: BitrixEdition;
	timeoutSeconds?: number;
	applicationToken?: string;
}

export interface BitrixOAuth2Credential {
	clientSecret?: string;
	edition?: BitrixEdition;
	clientId?: string;
	timeoutSeconds?: number;
	extraHeaders?: ExtraHeaders;
	/** The channel of offline events: what is written by it makes none there. */
	connector?: string;
	applicationToken?: string;
	oauthTokenData?: IDataObject & { client_endpoint?: string; member_id?: string };
}

/**
 * Cloud: the documented bucket, less two places for calls that arrive closer together than they were sent.
 * A server of one's own has no limit, but is shared with the customers of the shop.
 */
const RATES: Record<BitrixEdition, BucketSettings> = {
	cloud: { capacity: 48, drainPerSecond: 2, parallel: 4 },
	enterprise: { capacity: 245, drainPerSecond: 5, parallel: 6 },
	selfHosted: { capacity: 10, drainPerSecond: 5, parallel: 2 },
};

/** A client for the Bitrix of the node's credential; all clients of a host in the process share its limiter. Throws TIMEOUT_INVALID. */
export async function bitrixClient(context: CallingContext, authentication: BitrixAuthentication): Promise<BitrixClient> {
	const { credential, address, edition, headers, connector, timeout } = await bitrixTarget(context, authentication);
	const host = hostOf(address);
	return new BitrixClient({
		send: countedSend(context, withHeaders(headers, n8nSend(context, credential, authentication === 'oAuth2' ? address : undefined))),
		clock: systemClock,
		limiter: measuredLimiter(`bitrix ${host} ${edition}`, { platform: 'bitrix', limit: 'rate', account: host }, () => new BucketLimiter(RATES[edition], systemClock)),
		operating: measuredLimiter(`bitrix ${host} ${credential} operating`, { platform: 'bitrix', limit: 'operating', account: host }, () => new OperatingBudget(systemClock)),
		timeoutMilliseconds: timeoutMilliseconds(timeout, BITRIX_TIMEOUT),
		connector,
		signal: stopSignal(context),
	});
}

/** What the Bitrix of the node's credential can do; asked once for all nodes of the process that use the same webhook or application. */
export async function bitrixFeatures(context: CallingContext, authentication: BitrixAuthentication, client: BitrixClient): Promise<BitrixFeatures> {
	const { account } = await bitrixTarget(context, authentication);
	return new BitrixFeatures(client, sharedLimiter(`bitrix features ${account}`, () => new FeatureMemory(systemClock)));
}

/** The host that the credential leads to, e.g. for keys of links. */
export async function bitrixHost(context: CallingContext, authentication: BitrixAuthentication): Promise<string> {
	return hostOf((await bitrixTarget(context, authentication)).address);
}

const withHeaders =
	(headers: Record<string, string>, send: Send): Send =>
	async (request) =>
		await send({ ...request, headers: { ...request.headers, ...headers } });

interface Target {
	credential: string;
	address: string;
	edition: BitrixEdition;
	/** What n8n does not add by itself: its OAuth2 credentials send no headers of their own. */
	headers: Record<string, string>;
	/** Only applications have one. */
	connector?: string;
	/** Seconds, as they were entered. */
	timeout?: number;
	/** Tells webhooks and applications apart without their secrets: each has rights of its own. */
	account: string;
}

/** Where the node's credential leads, and under which name n8n holds it. */
export async function bitrixTarget(context: CallingContext, authentication: BitrixAuthentication): Promise<Target> {
	if (authentication === 'oAuth2') {
		const { oauthTokenData, edition = 'cloud', extraHeaders: rows, clientId, connector, timeoutSeconds } = await context.getCredentials<BitrixOAuth2Credential>(BITRIX_OAUTH_CREDENTIAL);
		const address = withoutSlash(oauthTokenData?.client_endpoint ?? '');
		const account = hashed(`${address} ${clientId ?? ''}`);
		return { credential: BITRIX_OAUTH_CREDENTIAL, address, edition, headers: extraHeaders(rows), connector: connector?.trim(), timeout: timeoutSeconds, account };
	}
	const { secretAddress, edition = 'cloud', timeoutSeconds } = await context.getCredentials<BitrixWebhookCredential>(BITRIX_WEBHOOK_CREDENTIAL);
	const address = withoutSlash(secretAddress);
	return { credential: BITRIX_WEBHOOK_CREDENTIAL, address, edition, headers: {}, timeout: timeoutSeconds, account: hashed(address) };
}

const hashed = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

export const withoutSlash = (address: string): string => address.trim().replace(/\/+$/, '');
