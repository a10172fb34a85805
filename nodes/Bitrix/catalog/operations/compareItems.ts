import type { BulkOperation } from '../../../shared/operation';
import { compareEntries } from '../drift/items';
import { timedOutputs } from '../../drift/outputs';
import { overdueAfter, priceTolerance, readTolerance } from '../../drift/parameters';
import { optionsProperty } from '../parameters/options';
import { readSettings } from '../settings';
import { comparedProperties, COMPARED_OPTIONS, upsertAll } from './upsertItems';
import { withGoods } from './withGoods';

/** Finds what *Upsert Items* with the same parameters would write, and writes nothing. */
export const compareItems: BulkOperation = {
	value: 'compareItems',
	name: 'Compare Items',
	action: 'Compare items',
	description: 'Say how items of Bitrix differ from those of MoySklad: missing ones, fields, prices, visibility; nothing is written',
	properties: [...comparedProperties, priceTolerance, overdueAfter, optionsProperty(...COMPARED_OPTIONS)],
	async all() {
		const settings = { ...readSettings(this), preview: true };
		const tolerance = readTolerance(this, priceTolerance);
		return await withGoods(this, upsertAll, { settings, hand: (_, entries) => timedOutputs(this, compareEntries(entries, tolerance)) });
	},
};
