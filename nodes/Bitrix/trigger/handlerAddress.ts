import { createHmac } from 'crypto';
import { hostOfUrl, isLocal, SyncError, writeHandlerAddress, type OwnReceiver } from '../../../core';
import type { BitrixOAuth2Credential } from '../../shared/bitrix';

/**
 * The part of a handler's address that nobody can guess: 32 hex characters that follow from the secret of the application, so that
 * nothing has to be kept.
 */
export const checkPart = (clientSecret: string, webhookId: string, instanceKey: string): string =>
	createHmac('sha256', clientSecret).update(`bitrix handler ${webhookId} ${instanceKey}`).digest('hex').slice(0, 32);

/** The address that is bound. Throws BITRIX_HANDLER_LOCAL, BITRIX_HANDLER_URL_TOO_LONG. */
export function handlerAddress(own: OwnReceiver, { clientSecret = '', oauthTokenData }: BitrixOAuth2Credential): string {
	const portal = oauthTokenData?.client_endpoint ?? '';
	// A Bitrix that is itself at a local address is a simulator, which reaches local addresses.
	const isSimulated = URL.canParse(portal) && isLocal(portal);
	if (isLocal(own.base) && !isSimulated) throw new SyncError('BITRIX_HANDLER_LOCAL', { host: hostOfUrl(own.base) });
	return writeHandlerAddress({ ...own, check: checkPart(clientSecret, own.webhookId, own.instanceKey) });
}
