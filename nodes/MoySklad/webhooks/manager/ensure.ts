import type { IExecuteFunctions } from 'n8n-workflow';
import { SyncError } from '../../../../core';
import { MOYSKLAD_CREDENTIAL, type MoySkladCredential } from '../../../shared/moySklad';
import type { BulkOperation } from '../../../shared/operation';
import { addressFor } from '../ownReceiver';
import { ensureWishes, type Wish } from './ensuring';
import { expectedFields, expectedWebhooks } from './expected';
import { ownUrl, receiverAt } from './place';
import { writeFields } from './writing';

export const ensure: BulkOperation = {
	value: 'ensure',
	name: 'Ensure',
	action: 'Ensure own webhooks',
	description: 'Make the webhooks of the chosen profiles that are missing, and switch on those that are off',
	properties: [...expectedFields, ...writeFields],
	async all() {
		const credential = await this.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL);
		return await ensureWishes(this, (item) => wishAt(this, item, credential));
	},
};

function wishAt(context: IExecuteFunctions, item: number, credential: MoySkladCredential): Wish {
	const receiver = receiverAt(context, item);
	const webhooks = expectedWebhooks(context, item, addressFor(receiver, credential));
	if (webhooks.length === 0) throw new SyncError('WEBHOOK_NOTHING_CHOSEN');
	return { webhooks, isOwn: ownUrl(receiver) };
}
