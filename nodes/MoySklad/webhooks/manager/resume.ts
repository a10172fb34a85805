import type { INodeProperties } from 'n8n-workflow';
import { isFailed, markedStop, planMoves, resumed, validCheckString } from '../../../../core';
import { MOYSKLAD_CREDENTIAL, type MoySkladCredential } from '../../../shared/moySklad';
import type { BulkOperation } from '../../../shared/operation';
import { moveWebhooks } from './moving';
import { ownAt, selected } from './ownWebhooks';
import { purposesField, servesPurpose } from './purposes';
import type { WebhookResult } from './results';
import { outputs, termsOf, writeFields } from './writing';

const reasonsField: INodeProperties = {
	displayName: 'Switched Off By',
	name: 'reasons',
	type: 'multiOptions',
	options: [
		{ name: 'Pause', value: 'paused' },
		{
			name: 'Unpublishing',
			value: 'unpublished',
			description: 'For triggers that do not register webhooks themselves any more; others switch theirs on when they are published',
		},
	],
	default: ['paused'],
	description: 'Which of the webhooks that are off are switched on again',
};

export const resume: BulkOperation = {
	value: 'resume',
	name: 'Resume',
	action: 'Resume own webhooks',
	description: 'Switch paused webhooks on again, and say from when on to catch up (catchUpFrom, a cursor for Get Changes)',
	properties: [reasonsField, purposesField, ...writeFields],
	async all() {
		const { checkSecret } = await this.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL);
		const checkString = validCheckString(checkSecret);
		const terms = await termsOf(this);
		const chosen = selected(this, terms.present, (item) => {
			const [isOwn, serves] = [ownAt(this, item), servesPurpose(this, item)];
			const reasons = [this.getNodeParameter('reasons', item)].flat().map(String);
			return (webhook) => isOwn(webhook.url) && serves(webhook) && reasons.includes(markedStop(webhook.url)?.reason ?? '');
		});
		const moves = planMoves(
			chosen.map(({ work }) => work),
			terms.present,
			(webhook) => resumed(webhook, checkString),
		);
		const done = await moveWebhooks(moves, chosen, terms);
		const times = new Map(chosen.map(({ work }) => [work.id, markedStop(work.url)?.since]));
		return outputs(
			this,
			done.map(({ item, work }) => ({ item, work: withTime(work, times.get(work.moySkladId ?? '')) })),
		);
	},
};

const withTime = (result: WebhookResult, catchUpFrom: string | undefined): WebhookResult =>
	isFailed(result) || catchUpFrom === undefined ? result : { ...result, catchUpFrom };
