import { stopTasks } from '../../../../core';
import { systemClock } from '../../../shared/clock';
import type { BulkOperation } from '../../../shared/operation';
import { ownAt, selected } from './ownWebhooks';
import { purposesField, servesPurpose } from './purposes';
import { carryOut, outputs, paired, termsOf, writeFields } from './writing';

export const pause: BulkOperation = {
	value: 'pause',
	name: 'Pause',
	action: 'Pause own webhooks',
	description: 'Switch own webhooks off until Resume. Publishing, Ensure and the webhook guardian leave them off.',
	properties: [purposesField, ...writeFields],
	async all() {
		const terms = await termsOf(this);
		const chosen = selected(this, terms.present, (item) => {
			const [isOwn, serves] = [ownAt(this, item), servesPurpose(this, item)];
			return (webhook) => isOwn(webhook.url) && serves(webhook);
		});
		const tasks = stopTasks(
			chosen.map(({ work }) => work),
			'paused',
			systemClock.now(),
		);
		return outputs(this, await carryOut(paired(chosen, tasks), terms));
	},
};
