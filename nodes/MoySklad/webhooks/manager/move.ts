import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	ownerOf,
	planMoves,
	publicBase,
	readAddress,
	SyncError,
	writeAddress,
	type OwnPlace,
	type OwnUrl,
	type ReceiverAddress,
} from '../../../../core';
import { MOYSKLAD_CREDENTIAL, type MoySkladCredential } from '../../../shared/moySklad';
import type { BulkOperation } from '../../../shared/operation';
import { instanceKey } from '../../../shared/webhooks/instanceKey';
import { checkReach } from '../ownReceiver';
import { moveWebhooks } from './moving';
import { selected } from './ownWebhooks';
import { hasTriggerUrl, ownPlace, receiverAt } from './place';
import { outputs, termsOf, writeFields } from './writing';

const oldBaseUrlField: INodeProperties = {
	displayName: 'Old Base URL',
	name: 'oldBaseUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://old.example.com',
	description:
		'The address under which MoySklad reached this n8n before. Its webhooks are given the new one: that of the trigger or, without its URL, the public base URL.',
};

export const move: BulkOperation = {
	value: 'move',
	name: 'Move',
	action: 'Move own webhooks',
	description: 'Give the webhooks of this n8n at an old address its new one; those that are at the new one already are deleted at the old',
	properties: [oldBaseUrlField, ...writeFields],
	async all() {
		const credential = await this.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL);
		const terms = await termsOf(this);
		const routes = this.getInputData().map((_item, item) => routeAt(this, item, credential));
		const chosen = selected(this, terms.present, (item) => ({ url }) => routes[item]?.isOld(url) ?? false);
		const places = new Map(chosen.map(({ item, work }) => [work.id, routes[item]?.place]));
		const moves = planMoves(
			chosen.map(({ work }) => work),
			terms.present,
			(webhook) => ({ ...webhook, url: writeAddress({ ...(readAddress(webhook.url) as ReceiverAddress), ...places.get(webhook.id) }) }),
		);
		// What was chosen carries the key of this n8n at the old address, so it is ours though not at our present place.
		return outputs(this, await moveWebhooks(moves, chosen, { ...terms, includeForeign: true }));
	},
};

interface Route {
	/** Tells the webhooks of this n8n at the old address. */
	isOld: OwnUrl;
	/** The new one. */
	place: OwnPlace;
}

function routeAt(context: IExecuteFunctions, item: number, credential: MoySkladCredential): Route {
	const base = publicBase(String(context.getNodeParameter('oldBaseUrl', item)));
	const { base: newBase, instanceKey: newKey } = ownPlace(context, item);
	if (base === newBase) throw new SyncError('WEBHOOK_AT_HOME');
	checkReach(newBase, credential);
	const old = { base, instanceKey: instanceKey(context.getInstanceId(), base) };
	const webhookId = hasTriggerUrl(context, item) ? receiverAt(context, item).webhookId : undefined;
	const isOld: OwnUrl = (url) => ownerOf(url, old) === 'ours' && (webhookId === undefined || readAddress(url)?.webhookId === webhookId);
	return { isOld, place: { base: newBase, instanceKey: newKey } };
}
