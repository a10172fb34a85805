import { SyncError } from '../../errors';
import { LONGEST_URL, placePattern, type OwnReceiver, type Receiver } from '../../moysklad/webhookUrl';

/** Where a Bitrix Trigger takes the events of an application: `{base}/{endpoint}/{webhookId}/bitrix?instance={instanceKey}&check={check}`. */
export interface HandlerAddress extends OwnReceiver {
	/** 32 hex characters that only n8n and the portal know. */
	check: string;
}

const PLAIN = new RegExp(`${placePattern('bitrix')}$`);
const FILLED = new RegExp(String.raw`${placePattern('bitrix')}\?instance=([0-9a-f]{12})&check=([0-9a-f]{32})$`);

/** The place of a trigger from its webhook URL, as n8n gives it. Throws BITRIX_HANDLER_URL_INVALID. */
export function readHandlerPlace(url: string): Receiver {
	const [, base, endpoint, webhookId] = PLAIN.exec(url.trim()) ?? [];
	if (!base || !endpoint || !webhookId) throw new SyncError('BITRIX_HANDLER_URL_INVALID');
	return { base, endpoint, webhookId };
}

/** The URL of a handler, as it is bound at the portal. Throws BITRIX_HANDLER_URL_TOO_LONG: Bitrix's column for it ends there. */
export function writeHandlerAddress({ base, endpoint, webhookId, instanceKey, check }: HandlerAddress): string {
	const url = `${base}/${endpoint}/${webhookId}/bitrix?instance=${instanceKey}&check=${check}`;
	if (url.length > LONGEST_URL) throw new SyncError('BITRIX_HANDLER_URL_TOO_LONG');
	return url;
}

/** Whether a handler is this trigger of this n8n, whatever its check part: that changes with the secret of the application. */
export function isOwnHandler(url: string, own: OwnReceiver): boolean {
	const [, base, endpoint, webhookId, instanceKey] = FILLED.exec(url) ?? [];
	return base === own.base && endpoint === own.endpoint && webhookId === own.webhookId && instanceKey === own.instanceKey;
}
