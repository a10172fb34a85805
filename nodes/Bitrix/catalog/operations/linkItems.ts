import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isUuid, SyncError, type Identity } from '../../../../core';
import type { BulkOperation } from '../../../shared/operation';
import { failedEntry, type Entries } from '../entry';
import { linkEntry, linkItemsOf } from '../linking';
import { openSession } from '../openSession';
import { optionsProperty } from '../parameters/options';
import { readSettings } from '../settings';
import { handOut } from './withGoods';

const idProperty = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName, name, type: 'string', default: `={{ $json.${name} }}`, required: true, description,
});

/** For items that were in Bitrix before MoySklad had them; what Upsert Items makes is linked already. */
export const linkItems: BulkOperation = {
	value: 'linkItems',
	name: 'Link Items',
	action: 'Link items',
	description: 'Write into items of Bitrix which objects of MoySklad they belong to, so that the other operations find them; nothing else is changed',
	properties: [
		idProperty('Bitrix ID', 'bitrixId', 'ID of the item in the catalog of goods'),
		idProperty('MoySklad ID', 'moySkladId', 'ID of the product, service or bundle in MoySklad'),
		{
			...idProperty('External Code', 'externalCode', 'That of the object in MoySklad, which becomes the XML_ID of the item'),
			displayOptions: { show: { identity: ['externalCode'] } },
		},
		optionsProperty('failAfterAll', 'flow'),
	],
	async all() {
		const settings = readSettings(this);
		const entries: Entries = { goods: [], offers: [], refused: new Map() };
		this.getInputData().forEach((_, item) => {
			try {
				entries.goods.push(readRequest(this, item, settings.identity));
			} catch (error) {
				entries.refused.set(item, failedEntry(error));
			}
		});
		if (entries.goods.length > 0) await linkItemsOf(await openSession(this, settings, []), entries.goods);
		return handOut(this, entries, settings);
	},
};

/** Throws NEW_ITEM_LINK_OPEN and what linkEntry throws. */
function readRequest(context: IExecuteFunctions, item: number, identity: Identity): ReturnType<typeof linkEntry> {
	const read = (name: string): string => String(context.getNodeParameter(name, item, '') ?? '').trim();
	const bitrixId = Number(read('bitrixId'));
	const moySkladId = read('moySkladId');
	if (!Number.isInteger(bitrixId) || bitrixId <= 0) throw new SyncError('NEW_ITEM_LINK_OPEN', { what: 'Bitrix ID' });
	if (!isUuid(moySkladId)) throw new SyncError('NEW_ITEM_LINK_OPEN', { what: 'MoySklad ID' });
	return linkEntry(item, { bitrixId, moySkladId, externalCode: identity === 'externalCode' ? read('externalCode') : null }, identity);
}
