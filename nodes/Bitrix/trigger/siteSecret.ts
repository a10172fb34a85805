import { createHmac } from 'crypto';
import { signedBytes, SyncError } from '../../../core';
import { isSameText } from '../../shared/webhooks/sameText';

export const SITE_CREDENTIAL = 'bitrixSiteHandlerApi';

/** What the credential *Bitrix Site Handler API* holds. */
export interface BitrixSiteHandlerCredential {
	secret?: string;
	previousSecret?: string;
}

const SHORTEST_SECRET = 32;

/** What is wrong with the secret; undefined when it is good. */
export const siteSecretFault = ({ secret = '' }: BitrixSiteHandlerCredential): SyncError | undefined =>
	secret.trim().length < SHORTEST_SECRET ? new SyncError('BITRIX_SITE_SECRET_WEAK') : undefined;

/** Whether a body was signed with the secret or the previous one; it takes the same time whatever the signature is. */
export function isSigned(
	body: Uint8Array,
	{ timestamp, signature }: { timestamp: string; signature: string },
	{ secret = '', previousSecret = '' }: BitrixSiteHandlerCredential,
): boolean {
	const matches = [secret, previousSecret].map((one) => {
		const known = one.trim();
		const equal = isSameText(signature, signatureOf(body, timestamp, known));
		return equal && known.length >= SHORTEST_SECRET;
	});
	return matches.includes(true);
}

function signatureOf(body: Uint8Array, timestamp: string, secret: string): string {
	const mac = createHmac('sha256', secret);
	for (const bytes of signedBytes(timestamp, body)) mac.update(bytes);
	return mac.digest('hex');
}
