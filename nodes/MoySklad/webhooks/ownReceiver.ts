import {
	hostOfUrl,
	isLocal,
	publicBase,
	readReceiver,
	SyncError,
	validCheckString,
	writeAddress,
	type OwnReceiver,
} from '../../../core';
import { baseUrl, type MoySkladCredential } from '../../shared/moySklad';
import { instanceKey } from '../../shared/webhooks/instanceKey';

/** What tells where a trigger is. */
export interface ReceiverSource {
	/** Of the trigger, as n8n shows it or as MoySklad has it. */
	webhookUrl: string;
	/** Replaces the base address that n8n believes to have; empty when that one is right. */
	publicBaseUrl: string;
	/** Of this n8n. */
	instanceId: string;
}

/**
 * The trigger as MoySklad sees it. The key depends on the instance and on its public address, so that a clone of n8n elsewhere
 * does not take production's webhooks for its own (rule W1).
 */
export function ownReceiver({ webhookUrl, publicBaseUrl, instanceId }: ReceiverSource): OwnReceiver {
	const receiver = readReceiver(webhookUrl);
	const base = publicBaseUrl.trim() === '' ? receiver.base : publicBase(publicBaseUrl);
	return { ...receiver, base, instanceKey: instanceKey(instanceId, base) };
}

/**
 * The full address for MoySklad, with the check string of the credential.
 * Throws when there is no good check string, when the address is too long, and when MoySklad could not reach it.
 */
export function addressFor(receiver: OwnReceiver, credential: MoySkladCredential): string {
	const checkString = validCheckString(credential.checkSecret);
	checkReach(receiver.base, credential);
	return writeAddress({ ...receiver, checkString });
}

/** Throws WEBHOOK_ADDRESS_LOCAL, and MOYSKLAD_BASE_URL_INVALID. */
export function checkReach(base: string, credential: MoySkladCredential): void {
	if (isLocal(base) && !isSimulated(credential)) throw new SyncError('WEBHOOK_ADDRESS_LOCAL', { host: hostOfUrl(base) });
}

/** A MoySklad that is itself at a local address is a simulator, which reaches local addresses. Throws MOYSKLAD_BASE_URL_INVALID. */
export const isSimulated = (credential: MoySkladCredential): boolean => isLocal(baseUrl(credential));
