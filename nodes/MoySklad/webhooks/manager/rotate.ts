import { planMoves, readAddress, SyncError, validCheckString, withCheckString } from '../../../../core';
import { MOYSKLAD_CREDENTIAL, type MoySkladCredential } from '../../../shared/moySklad';
import type { BulkOperation } from '../../../shared/operation';
import { moveWebhooks } from './moving';
import { ownAt, selected } from './ownWebhooks';
import { outputs, termsOf, writeFields } from './writing';

export const rotate: BulkOperation = {
	value: 'rotate',
	name: 'Rotate Check String',
	action: 'Rotate check string of own webhooks',
	description: 'Give the present check string of the credential to all own webhooks that carry the previous one. The trigger takes both, so nothing is missed.',
	properties: [...writeFields],
	async all() {
		const { checkString, previous } = checkStrings(await this.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL));
		const terms = await termsOf(this);
		const chosen = selected(this, terms.present, (item) => {
			const isOwn = ownAt(this, item);
			return ({ url }) => isOwn(url) && readAddress(url)?.checkString === previous;
		});
		const moves = planMoves(
			chosen.map(({ work }) => work),
			terms.present,
			(webhook) => ({ ...webhook, url: withCheckString(webhook.url, checkString) }),
		);
		return outputs(this, await moveWebhooks(moves, chosen, terms));
	},
};

/** Throws what is wrong with them. */
function checkStrings({ checkSecret, previousCheckSecret }: MoySkladCredential): { checkString: string; previous: string } {
	const checkString = validCheckString(checkSecret);
	const previous = previousCheckSecret?.trim() ?? '';
	if (previous === '' || previous === checkString) throw new SyncError('WEBHOOK_PREVIOUS_CHECK_STRING_MISSING');
	return { checkString, previous };
}
