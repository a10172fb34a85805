import type { IWebhookFunctions } from 'n8n-workflow';
import {
	checkTimestamp,
	CLOCK_TOLERANCE_SECONDS,
	MOST_SITE_BYTES,
	readSignature,
	readSiteCall,
	SITE_SIGNATURE_HEADER,
	SITE_TIMESTAMP_HEADER,
	SyncError,
} from '../../../core';
import { systemClock } from '../../shared/clock';
import { credentialOf, rawBodyOf } from '../../shared/webhooks/reception';
import { checkSize, type BroughtEvents } from './brought';
import { REFUSALS } from './refusals';
import { SeenCalls } from './seenCalls';
import { isSigned, SITE_CREDENTIAL, type BitrixSiteHandlerCredential } from './siteSecret';

/** A call is accepted as long before its moment as after it. */
const seen = new SeenCalls(systemClock, 2 * CLOCK_TOLERANCE_SECONDS * 1000);

/** Reads a call of the handler of a site. Throws the refusal of one that was not signed, not lately, or came before. */
export async function siteCall(context: IWebhookFunctions): Promise<BroughtEvents> {
	checkSize(context, MOST_SITE_BYTES);
	const { [SITE_TIMESTAMP_HEADER]: timestamp, [SITE_SIGNATURE_HEADER]: header } = context.getHeaderData() as Record<string, string | undefined>;
	const signature = readSignature(header);
	checkTimestamp(timestamp, systemClock.now());
	const credential = await credentialOf<BitrixSiteHandlerCredential>(context, SITE_CREDENTIAL, REFUSALS);
	if (!isSigned(rawBodyOf(context), { timestamp: timestamp ?? '', signature }, credential)) throw new SyncError('BITRIX_CALL_SIGNATURE_WRONG');
	if (!seen.isNew(signature)) throw new SyncError('BITRIX_CALL_REPEATED');
	return { ...readSiteCall(context.getBodyData()), proof: signature };
}
