import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ownerOf, WEBHOOK_PATHS, type CheckFinding, type CheckReport, type RegisteredWebhook, type WebhookFinding } from '../../../core';
import { addressAudited, audited, reachField } from '../../MoySklad/webhooks/manager/audit';
import { expectedFields } from '../../MoySklad/webhooks/manager/expected';
import { triggerUrlField } from '../../MoySklad/webhooks/manager/place';
import { moySkladClient } from '../../shared/moySklad';
import { lookedAt, NOTHING_SEEN } from './attempts';

/** Findings about addresses and not about webhooks. */
const OF_ADDRESS: readonly string[] = ['WEBHOOK_ADDRESS_LOCAL', 'WEBHOOK_NOT_HTTPS', 'WEBHOOK_URL_TOO_LONG', 'WEBHOOK_UNREACHABLE'];

const whenWithTrigger = (property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: { show: { ...property.displayOptions?.show, parts: ['moySklad'] } },
});

export const webhookProperties: INodeProperties[] = [triggerUrlField, ...expectedFields, reachField].map(whenWithTrigger);

/** What *Audit* of MoySklad Webhook Manager finds, and whether the tariff lets webhooks be changed. */
export async function lookAtWebhooks(context: IExecuteFunctions): Promise<CheckReport> {
	return await lookedAt('webhooks', async (attempt) => {
		const audit = await attempt(undefined, async () => await audited(context, 0));
		if (!audit) return { ...NOTHING_SEEN, findings: (await addressAudited(context, 0)).map(toCheckFinding), looked: ['address'] };
		const { subject: { present, own }, findings } = audit;
		const ours = present.filter(({ url, enabled }) => enabled && ownerOf(url, own) === 'ours');
		await attempt(undefined, async () => await saveUnchanged(context, ours));
		const places = [{ area: 'webhooks' as const, what: 'webhooks', value: present.length }, { area: 'webhooks' as const, what: 'ownWebhooks', value: ours.length }];
		return { findings: findings.filter(isWorthKnowing).map(toCheckFinding), facts: places, looked: ['webhooks', 'address'] };
	});
}

/** A tariff without webhooks is only to be seen when one is written: an own one is saved as it is. */
async function saveUnchanged(context: IExecuteFunctions, [webhook]: readonly RegisteredWebhook[]): Promise<void> {
	if (!webhook) return;
	const client = await moySkladClient(context);
	await client.write('PUT', `${WEBHOOK_PATHS[webhook.kind]}/${webhook.id}`, { enabled: webhook.enabled }, { repeatable: true });
}

/** Webhooks of other systems are none of our business. */
const isWorthKnowing = ({ code }: WebhookFinding): boolean => code !== 'WEBHOOK_OF_OTHER_SYSTEM';

const toCheckFinding = ({ code, level, message, advice }: WebhookFinding): CheckFinding => ({
	area: OF_ADDRESS.includes(code) ? 'address' : 'webhooks', severity: level, code, message, advice,
});
