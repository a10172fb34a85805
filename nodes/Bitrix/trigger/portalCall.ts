import type { IWebhookFunctions } from 'n8n-workflow';
import { MOST_PORTAL_BYTES, readForm, readPortalCall, readPortalProof, SyncError, type FormTree, type PortalProof } from '../../../core';
import { hostOf } from '../../../transport';
import { BITRIX_OAUTH_CREDENTIAL, BITRIX_WEBHOOK_CREDENTIAL, type BitrixOAuth2Credential, type BitrixWebhookCredential } from '../../shared/bitrix';
import { memoryOf } from '../../shared/webhooks/memory';
import { credentialOf } from '../../shared/webhooks/reception';
import { isSameText } from '../../shared/webhooks/sameText';
import { checkSize, type BroughtEvents } from './brought';
import { checkPart } from './handlerAddress';
import { REFUSALS } from './refusals';
import { receiverOf, sourceOf, type ReceptionOptions } from './settings';

/**
 * Reads a call of a portal, to the handler of an application or to an outgoing webhook. Throws the refusal of one that is not genuine,
 * and only then of one that is not understood. `proved`: what proved calls of the open window to be genuine.
 */
export async function portalCall(context: IWebhookFunctions, options: ReceptionOptions, proved: string | undefined): Promise<BroughtEvents> {
	checkSize(context, MOST_PORTAL_BYTES);
	const form = readForm(context.getBodyData());
	const proof = proofText(context, form);
	if (proved === undefined || !isSameText(proof, proved)) await checkPortal(context, readPortalProof(form), options);
	return { events: [readPortalCall(form)], unreadable: 0, proof };
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
