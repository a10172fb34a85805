import type { BulkOperation } from '../../../shared/operation';
import { optionsProperty } from '../parameters/options';
import { priceProperties } from '../parameters/prices';
import { updatePricesOf } from '../priceUpdate';
import { preparePriceRules } from '../rules';
import { goodsOf, withGoods } from './withGoods';

export const updatePrices: BulkOperation = {
	value: 'updatePrices',
	name: 'Update Prices',
	action: 'Update prices',
	description: 'Write the prices of items that are in Bitrix already, and nothing else',
	properties: [...priceProperties, optionsProperty('failAfterAll', 'flow', 'takeOverKeys')],
	async all() {
		return await withGoods(this, async (session, entries) => {
			preparePriceRules(session, goodsOf(entries));
			await updatePricesOf(session, entries);
		});
	},
};
