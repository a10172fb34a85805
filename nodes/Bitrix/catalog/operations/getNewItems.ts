import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { SyncError } from '../../../../core';
import { bitrixHost } from '../../../shared/bitrix';
import { bitrixAuthentication } from '../../../shared/bitrixConnection';
import type { BulkOperation } from '../../../shared/operation';
import { ownerFor } from '../../orders/readingProperties';
import { newItemsPage } from '../newItems/page';
import { newItemsProperties, readNewItemsSettings } from '../newItems/properties';
import { openSession } from '../openSession';
import { readSettings } from '../settings';

/** Reads one page. The cursor counts once everything of the page was done. */
export const getNewItems: BulkOperation = {
	value: 'getNewItems',
	name: 'Get New Items',
	action: 'Get new items',
	description: 'Read a page of the items that were made in Bitrix and that MoySklad does not know, with what each becomes there, and the next cursor',
	properties: newItemsProperties,
	async all() {
		const settings = readSettings(this);
		const session = await openSession(this, settings, []);
		if (!session.moySklad) throw new SyncError('CATALOG_NEEDS_MOYSKLAD', { what: 'Get New Items' });
		const owner = ownerFor(this, settings.flow, await bitrixHost(this, bitrixAuthentication(this)));
		const { refused, items, ...page } = await newItemsPage(session, session.moySklad, { ...owner, catalog: settings.catalog }, readNewItemsSettings(this));
		return [[asItem({ items, count: items.length, ...page })], refused.map(asItem)];
	},
};

const asItem = (json: object): INodeExecutionData => ({ json: json as IDataObject, pairedItem: { item: 0 } });
