import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	addressText,
	auditAddresses,
	auditWebhooks,
	checkStringFault,
	finding,
	isHealthy,
	ownerOf,
	readAddress,
	type AuditSubject,
	type WebhookFinding,
} from '../../../../core';
import { readWebhooks } from '../../../../transport';
import { MOYSKLAD_CREDENTIAL, moySkladClient, type MoySkladCredential } from '../../../shared/moySklad';
import type { ItemOperation } from '../../../shared/operation';
import { isSimulated } from '../ownReceiver';
import { expectedFields, expectedWebhooks } from './expected';
import { hasTriggerUrl, ownPlace, ownUrl, receiverAt } from './place';
import { unreachable } from './reach';

const formatField: INodeProperties = {
	displayName: 'Output',
	name: 'auditFormat',
	type: 'options',
	options: [
		{ name: 'One Item per Finding', value: 'findings' },
		{
			name: 'Summary',
			value: 'summary',
			description: 'One item with all findings, whether events arrive, and since when some do not',
		},
	],
	default: 'findings',
	description: 'The form in which the findings leave the node',
};

export const reachField: INodeProperties = {
	displayName: 'Call the Trigger',
	name: 'callTrigger',
	type: 'boolean',
	default: true,
	description:
		'Whether an empty notification is sent to the trigger at its public address, as MoySklad sends events. The trigger accepts it and starts nothing.',
};

export const audit: ItemOperation = {
	value: 'audit',
	name: 'Audit',
	action: 'Audit webhooks',
	description: 'Find what keeps events from arriving: what is missing, off, twice, elsewhere, or cannot be reached. Changes nothing.',
	properties: [...expectedFields, reachField, formatField],
	async item(item) {
		const { subject, findings } = await audited(this, item);
		if (this.getNodeParameter('auditFormat', item) === 'summary') return [{ json: summary(subject, findings) }];
		return findings.map((one) => ({ json: { ...one } }));
	},
};

/** The webhooks of the account as the parameters of the item expect them, and all that is wrong with them. */
export async function audited(context: IExecuteFunctions, item: number): Promise<{ subject: AuditSubject; findings: WebhookFinding[] }> {
	const credential = await context.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL);
	const subject: AuditSubject = { ...comparedWith(context, item, credential), present: await readWebhooks(await moySkladClient(context)) };
	return { subject, findings: [...secretFindings(credential), ...auditWebhooks(subject), ...(await reachFindings(context, item, subject))] };
}

/** What is wrong with the address of this n8n, as far as it is to be seen without the account. */
export async function addressAudited(context: IExecuteFunctions, item: number): Promise<WebhookFinding[]> {
	return auditAddresses({ ...comparedWith(context, item, await context.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL)), present: [] });
}

/** Without the URL of a trigger nothing is expected: then only what is there is looked at. */
function comparedWith(context: IExecuteFunctions, item: number, credential: MoySkladCredential): Omit<AuditSubject, 'present'> {
	const receiver = hasTriggerUrl(context, item) ? receiverAt(context, item) : undefined;
	const checkString = credential.checkSecret?.trim() ?? '';
	const address = receiver ? addressText({ ...receiver, checkString }) : null;
	return {
		address,
		expected: address === null ? [] : expectedWebhooks(context, item, address),
		own: ownPlace(context, item),
		isOwn: receiver ? ownUrl(receiver) : () => false,
		checkString,
		previousCheckString: credential.previousCheckSecret?.trim() ?? '',
		local: isSimulated(credential),
	};
}

function secretFindings({ checkSecret }: MoySkladCredential): WebhookFinding[] {
	const fault = checkStringFault(checkSecret);
	return fault ? [finding(fault.code, {}, { level: 'error', cure: null, key: 'credential', webhook: null, slots: null })] : [];
}

/** Only of webhooks that are on, and with a check string of the credential: others are findings anyway. */
async function reachFindings(context: IExecuteFunctions, item: number, subject: AuditSubject): Promise<WebhookFinding[]> {
	if (context.getNodeParameter('callTrigger', item) !== true) return [];
	const { present, own, checkString, previousCheckString } = subject;
	const carriesKnown = (url: string): boolean => [checkString, previousCheckString].includes(readAddress(url)?.checkString ?? '');
	const active = present.filter(({ url, enabled }) => enabled && ownerOf(url, own) === 'ours' && carriesKnown(url));
	return await unreachable(
		context,
		active.map(({ url }) => url),
	);
}

function summary({ present, own }: AuditSubject, findings: readonly WebhookFinding[]): IDataObject {
	const stops = findings.flatMap(({ webhook }) => (webhook?.owner === 'ours' && webhook.since ? [webhook.since] : []));
	return {
		healthy: isHealthy(findings),
		ownWebhooks: present.filter(({ url }) => ownerOf(url, own) === 'ours').length,
		/** The earliest time since which something is paused or unpublished. */
		stoppedSince: stops.sort()[0] ?? null,
		findings: findings as unknown as IDataObject[],
	};
}
