import type { IDataObject } from 'n8n-workflow';
import { hostOf, BitrixClient, BucketLimiter, OperatingBudget, sharedLimiter, type BucketSettings } from '../../transport';
import { systemClock } from './clock';
import { stopSignal, type CallingContext } from './context';
import { n8nSend } from './n8nSend';

export const BITRIX_WEBHOOK_CREDENTIAL = 'bitrixWebhookApi';
export const BITRIX_OAUTH_CREDENTIAL = 'bitrixOAuth2Api';

/** How a node reaches Bitrix over REST. */
export type BitrixAuthentication = 'webhook' | 'oAuth2';

export type BitrixEdition = 'cloud' | 'enterprise' | 'selfHosted';

export interface BitrixWebhookCredential {
	secretAddress: string;
	edition?: BitrixEdition;
}

interface BitrixOAuth2Credential {
	edition?: BitrixEdition;
	oauthTokenData?: IDataObject & { client_endpoint?: string };
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
	const { credential, address, edition } = await target(context, authentication);
	const host = hostOf(address);
	return new BitrixClient({
		send: n8nSend(context, credential, authentication === 'oAuth2' ? address : undefined),
		clock: systemClock,
		limiter: sharedLimiter(`bitrix ${host} ${edition}`, () => new BucketLimiter(RATES[edition], systemClock)),
		operating: sharedLimiter(`bitrix ${host} ${credential} operating`, () => new OperatingBudget(systemClock)),
		signal: stopSignal(context),
	});
}

/** The host that the credential leads to, e.g. for keys of links. */
export async function bitrixHost(context: CallingContext, authentication: BitrixAuthentication): Promise<string> {
	return hostOf((await target(context, authentication)).address);
}

async function target(
	context: CallingContext,
	authentication: BitrixAuthentication,
): Promise<{ credential: string; address: string; edition: BitrixEdition }> {
	if (authentication === 'oAuth2') {
		const { oauthTokenData, edition = 'cloud' } = await context.getCredentials<BitrixOAuth2Credential>(BITRIX_OAUTH_CREDENTIAL);
		return { credential: BITRIX_OAUTH_CREDENTIAL, address: withoutSlash(oauthTokenData?.client_endpoint ?? ''), edition };
	}
	const { secretAddress, edition = 'cloud' } = await context.getCredentials<BitrixWebhookCredential>(BITRIX_WEBHOOK_CREDENTIAL);
	return { credential: BITRIX_WEBHOOK_CREDENTIAL, address: withoutSlash(secretAddress), edition };
}

export const withoutSlash = (address: string): string => address.trim().replace(/\/+$/, '');
