import { readDriftCursor, SyncError } from '../../../../../core';
import { bitrixClient } from '../../../../shared/bitrix';
import { bitrixAuthentication } from '../../../../shared/bitrixConnection';
import { MOYSKLAD_CREDENTIAL, moySkladClient } from '../../../../shared/moySklad';
import type { BulkOperation } from '../../../../shared/operation';
import { Batches } from '../../../../../transport';
import { pageOutputs } from '../../../drift/outputs';
import { pageProperties, readPageSize } from '../../../drift/parameters';
import { ownerOf, ownerProperties } from '../../../orders/readingProperties';
import { placedSinceProperty } from '../properties/order';
import { readPlacedSince } from '../settings';
import { extraOrders } from './extra';

const NAME = 'Get Extra Orders';

/** The other half of *Compare Orders*: begins with what the store has. */
export const getExtraOrders: BulkOperation = {
	value: 'getExtra',
	name: NAME,
	action: 'Get extra orders',
	description: 'Read a page of the orders of the store, and say which of them MoySklad does not have',
	properties: [
		...ownerProperties,
		placedSinceProperty,
		...pageProperties('Orders'),
		{
			displayName: 'Include Orders Born Elsewhere',
			name: 'bornElsewhere',
			type: 'boolean',
			default: false,
			description: 'Whether orders count that came into the store from another system, such as a marketplace',
		},
	],
	async all() {
		const cursor = readDriftCursor(this.getNodeParameter('cursor', 0, undefined), ['orders'], NAME);
		const since = readPlacedSince(this);
		const bornElsewhere = this.getNodeParameter('bornElsewhere', 0, false) === true;
		if (!this.getNode().credentials?.[MOYSKLAD_CREDENTIAL]) throw new SyncError('DRIFT_NEEDS_MOYSKLAD', { what: NAME });
		const batches = new Batches(await bitrixClient(this, bitrixAuthentication(this)));
		const { siteKey } = await ownerOf(this);
		const page = await extraOrders({ batches, moySklad: await moySkladClient(this), siteKey, since, bornElsewhere }, cursor.after, readPageSize(this));
		return pageOutputs({ differences: page.differences, unread: [] }, { looked: page.looked, cursor: page.cursor });
	},
};
