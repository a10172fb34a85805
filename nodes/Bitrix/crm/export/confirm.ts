import type { INodeExecutionData } from 'n8n-workflow';
import { fromJson } from '../../../../core';
import type { BulkOperation } from '../../../shared/operation';
import { confirmation, confirmationProperties } from '../../orders/confirmExport';
import { ownerOf } from '../../orders/readingProperties';
import { dealOwnerProperties } from './properties';

/** Gives the cursor of a page back once all of its deals are stored. Nothing is written into Bitrix. */
export const confirmDeals: BulkOperation = {
	value: 'confirmDeals',
	name: 'Deals: Confirm Export',
	action: 'Confirm an export of deals',
	description: 'Check that every deal of a page has been stored, and give the cursor that may be kept. Deals that failed for good go to Failed.',
	properties: [...dealOwnerProperties, ...confirmationProperties],
	async all() {
		const { given, outputs: [, confirmed = [], failed = []] } = confirmation(this, await ownerOf(this));
		return [[], failed, confirmed.map((item) => withStatistic(item, given))];
	},
};

/** The statistic of a first import goes on with the page that ended it. */
function withStatistic(item: INodeExecutionData, page: unknown): INodeExecutionData {
	const { statistic } = ((typeof page === 'string' ? fromJson(page) : page) ?? {}) as { statistic?: object };
	return statistic === undefined ? item : { ...item, json: { ...item.json, statistic: statistic as INodeExecutionData['json'] } };
}
