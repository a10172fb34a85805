import { readDriftCursor, SyncError } from '../../../../core';
import type { BulkOperation } from '../../../shared/operation';
import { extraItems } from '../drift/extra';
import { pageOutputs } from '../../drift/outputs';
import { pageProperties, readPageSize } from '../../drift/parameters';
import { openSession } from '../openSession';
import { scopeProperty } from '../parameters/scope';
import { readSettings } from '../settings';

const NAME = 'Get Extra Items';

/** The other half of *Compare Items*: begins with what Bitrix has. */
export const getExtraItems: BulkOperation = {
	value: 'getExtraItems',
	name: NAME,
	action: 'Get extra items',
	description: 'Read a page of the visible items that came from MoySklad, and say which of them it has no more, archived, or does not want on the site',
	properties: [scopeProperty, ...pageProperties('Items')],
	async all() {
		const settings = { ...readSettings(this), preview: true };
		const cursor = readDriftCursor(this.getNodeParameter('cursor', 0, undefined), ['goods', 'offers'], NAME);
		const session = await openSession(this, settings, []);
		if (!session.moySklad) throw new SyncError('CATALOG_NEEDS_MOYSKLAD', { what: NAME });
		const { differences, unread, ...page } = await extraItems(session, session.moySklad, cursor, readPageSize(this));
		return pageOutputs({ differences, unread }, page);
	},
};
