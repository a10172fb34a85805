import type { BulkOperation } from '../../../shared/operation';
import { chosenWebhooks, webhooksField } from './choice';
import { carryOutDeletions, outputs, termsOf, writeFields } from './writing';

export const remove: BulkOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete webhooks',
	description: 'Delete one or many webhooks',
	properties: [webhooksField, ...writeFields],
	async all() {
		const terms = await termsOf(this);
		const { found, missing } = chosenWebhooks(this, terms.present);
		return outputs(this, [...missing, ...(await carryOutDeletions(found, terms))]);
	},
};
