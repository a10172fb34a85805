import type { IDataObject } from 'n8n-workflow';
import { hostOf, BitrixClient, BucketLimiter, OperatingBudget, sharedLimiter, type BucketSettings, type Send } from '../../transport';
import { systemClock } from './clock';
import { stopSignal, type CallingContext } from './context';
import { extraHeaders, type ExtraHeaders } from './extraHeaders';
import { n8nSend } from './n8nSend';

export const BITRIX_WEBHOOK_CREDENTIAL = 'bitrixWebhookApi';
export const BITRIX_OAUTH_CREDENTIAL = 'bitrixOAuth2Api';

/** How a node reaches Bitrix over REST. */
export type BitrixAuthentication = 'webhook' | 'oAuth2';

export type BitrixEdition = 'cloud' | 'enterprise' | 'selfHosted';

export interface BitrixWebhookCredential {
	secretAddress: string;
	edition?: BitrixEdition;
	applicationToken?: string;
}

export interface BitrixOAuth2Credential {
	clientSecret?: string;
	edition?: BitrixEdition;
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

/** A client for the Bitrix of the node's credential; all clients of a host in the process share its limiter. */
export async function bitrixClient(context: CallingContext, authentication: BitrixAuthentication): Promise<BitrixClient> {
	const { credential, address, edition, headers, connector } = await target(context, authentication);
	const host = hostOf(address);
	return new BitrixClient({
		send: withHeaders(headers, n8nSend(context, credential, authentication === 'oAuth2' ? address : undefined)),
		clock: systemClock,
		limiter: sharedLimiter(`bitrix ${host} ${edition}`, () => new BucketLimiter(RATES[edition], systemClock)),
		operating: sharedLimiter(`bitrix ${host} ${credential} operating`, () => new OperatingBudget(systemClock)),
		connector,
		signal: stopSignal(context),
	});
}

/** The host that the credential leads to, e.g. for keys of links. */
export async function bitrixHost(context: CallingContext, authentication: BitrixAuthentication): Promise<string> {
	return hostOf((await target(context, authentication)).address);
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
}

async function target(context: CallingContext, authentication: BitrixAuthentication): Promise<Target> {
	if (authentication === 'oAuth2') {
		const { oauthTokenData, edition = 'cloud', extraHeaders: rows, connector } = await context.getCredentials<BitrixOAuth2Credential>(BITRIX_OAUTH_CREDENTIAL);
		const address = withoutSlash(oauthTokenData?.client_endpoint ?? '');
		return { credential: BITRIX_OAUTH_CREDENTIAL, address, edition, headers: extraHeaders(rows), connector: connector?.trim() };
	}
	const { secretAddress, edition = 'cloud' } = await context.getCredentials<BitrixWebhookCredential>(BITRIX_WEBHOOK_CREDENTIAL);
	return { credential: BITRIX_WEBHOOK_CREDENTIAL, address: withoutSlash(secretAddress), edition, headers: {} };
}

export const withoutSlash = (address: string): string => address.trim().replace(/\/+$/, '');
