import type { IWebhookFunctions } from 'n8n-workflow';
import {
	checkTimestamp,
	CLOCK_TOLERANCE_SECONDS,
	MOST_PORTAL_BYTES,
	MOST_SITE_BYTES,
	readForm,
	readPortalCall,
	readPortalProof,
	readSignature,
	readSiteCall,
	SITE_SIGNATURE_HEADER,
	SITE_TIMESTAMP_HEADER,
	SyncError,
	type BitrixEvent,
	type FormTree,
	type PortalProof,
} from '../../../core';
import { hostOf } from '../../../transport';
import { BITRIX_OAUTH_CREDENTIAL, BITRIX_WEBHOOK_CREDENTIAL, type BitrixOAuth2Credential, type BitrixWebhookCredential } from '../../shared/bitrix';
import { systemClock } from '../../shared/clock';
import { memoryOf } from '../../shared/webhooks/memory';
import { bytesOf, credentialOf, rawBodyOf } from '../../shared/webhooks/reception';
import { isSameText } from '../../shared/webhooks/sameText';
import { checkPart } from './handlerAddress';
import { REFUSALS } from './refusals';
import { SeenCalls } from './seenCalls';
import { receiverOf, sourceOf, type ReceptionOptions } from './settings';
import { isSigned, SITE_CREDENTIAL, type BitrixSiteHandlerCredential } from './siteSecret';

/** What a call brings whose sender has proved who he is. */
export interface BroughtEvents {
	events: BitrixEvent[];
	/** Events that have not the documented form. */
	unreadable: number;
	/** By what the sender proved it; calls of one window that bring the same need no other proof. */
	proof: string;
}

/**
 * Reads a call of the chosen source. Throws the refusal of one that is not genuine, and only then of one that is not understood.
 * `proved`: what proved calls of the open window to be genuine.
 */
export async function genuineCall(context: IWebhookFunctions, options: ReceptionOptions, proved: string | undefined): Promise<BroughtEvents> {
	if (sourceOf(context) === 'siteHandler') return await siteCall(context);
	checkSize(context, MOST_PORTAL_BYTES);
	const form = readForm(context.getBodyData());
	const proof = proofText(context, form);
	if (proved === undefined || !isSameText(proof, proved)) await checkPortal(context, readPortalProof(form), options);
	return { events: [readPortalCall(form)], unreadable: 0, proof };
}

function checkSize(context: IWebhookFunctions, most: number): void {
	const bytes = bytesOf(context);
	if (bytes > most) throw new SyncError('BITRIX_CALL_TOO_LARGE', { size: `${bytes} bytes` });
}

/** All that a portal shows as proof, as one text. */
function proofText(context: IWebhookFunctions, form: FormTree): string {
	const { instance, check } = addressParts(context);
	const { applicationToken, memberId, domain } = readPortalProof(form);
	return JSON.stringify([sourceOf(context), instance, check, applicationToken, memberId, domain]);
}

function addressParts(context: IWebhookFunctions): { instance: string; check: string } {
	const { instance, check } = context.getQueryData() as { instance?: unknown; check?: unknown };
	return { instance: typeof instance === 'string' ? instance : '', check: typeof check === 'string' ? check : '' };
}

async function checkPortal(context: IWebhookFunctions, proof: PortalProof, options: ReceptionOptions): Promise<void> {
	if (sourceOf(context) === 'onlineEvents') await checkApplication(context, proof);
	else await checkOutgoing(context, proof, options);
}

async function checkApplication(context: IWebhookFunctions, proof: PortalProof): Promise<void> {
	const { clientSecret = '', applicationToken = '', oauthTokenData } = await credentialOf<BitrixOAuth2Credential>(context, BITRIX_OAUTH_CREDENTIAL, REFUSALS);
	const { instance, check } = addressParts(context);
	const expected = checkPart(clientSecret, context.getNode().webhookId ?? '', instance);
	if (!isSameText(check, expected) || clientSecret === '') throw new SyncError('BITRIX_CALL_ADDRESS_WRONG');
	// What was published counts, whatever this process believes its address to be: in queue mode others may know better.
	if (instance !== memoryOf(context).instanceKey && instance !== receiverOf(context).instanceKey) throw new SyncError('BITRIX_CALL_OTHER_INSTANCE');
	if (applicationToken.trim() !== '') checkToken(proof, applicationToken);
	const { member_id: memberId = '' } = oauthTokenData ?? {};
	if (memberId !== '' && proof.memberId !== memberId) throw new SyncError('BITRIX_CALL_OTHER_PORTAL');
}

async function checkOutgoing(context: IWebhookFunctions, proof: PortalProof, { anyDomain }: ReceptionOptions): Promise<void> {
	const { applicationToken = '', secretAddress } = await credentialOf<BitrixWebhookCredential>(context, BITRIX_WEBHOOK_CREDENTIAL, REFUSALS);
	checkToken(proof, applicationToken);
	if (!anyDomain && proof.domain !== hostOf(secretAddress.trim()).toLowerCase()) throw new SyncError('BITRIX_CALL_OTHER_PORTAL');
}

function checkToken({ applicationToken: given }: PortalProof, token: string): void {
	const known = token.trim();
	if (given === '') throw new SyncError('BITRIX_CALL_TOKEN_MISSING');
	const equal = isSameText(given, known);
	if (!equal || known === '') throw new SyncError('BITRIX_CALL_TOKEN_WRONG');
}

/** A call is accepted as long before its moment as after it. */
const seen = new SeenCalls(systemClock, 2 * CLOCK_TOLERANCE_SECONDS * 1000);

async function siteCall(context: IWebhookFunctions): Promise<BroughtEvents> {
	checkSize(context, MOST_SITE_BYTES);
	const { [SITE_TIMESTAMP_HEADER]: timestamp, [SITE_SIGNATURE_HEADER]: header } = context.getHeaderData() as Record<string, string | undefined>;
	const signature = readSignature(header);
	checkTimestamp(timestamp, systemClock.now());
	const credential = await credentialOf<BitrixSiteHandlerCredential>(context, SITE_CREDENTIAL, REFUSALS);
	if (!isSigned(rawBodyOf(context), { timestamp: timestamp ?? '', signature }, credential)) throw new SyncError('BITRIX_CALL_SIGNATURE_WRONG');
	if (!seen.isNew(signature)) throw new SyncError('BITRIX_CALL_REPEATED');
	return { ...readSiteCall(context.getBodyData()), proof: signature };
}
