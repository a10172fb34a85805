import { timedAmount } from '../../../../core';
import type { BulkOperation } from '../../../shared/operation';
import { comparisonOutputs } from '../../drift/outputs';
import { overdueAfter, readOverdueAfter, readTolerance, stockTolerance } from '../../drift/parameters';
import { freshAmounts } from '../drift/freshAmounts';
import { compareAmounts } from '../drift/stock';
import { openSession } from '../openSession';
import { optionsProperty } from '../parameters/options';
import { scopeProperty } from '../parameters/scope';
import { stockProperties } from '../parameters/stock';
import { readSettings } from '../settings';
import { readStockEntries } from '../stock/entry';
import { readStockSettings } from '../stock/settings';
import { updateStock } from '../stock/updating';

/** Finds what *Update Stock* with the same parameters would write, and writes nothing. */
export const compareStock: BulkOperation = {
	value: 'compareStock',
	name: 'Compare Stock',
	action: 'Compare stock',
	description: 'Say how the amounts of items in Bitrix differ from those of MoySklad; nothing is written',
	properties: [...stockProperties, scopeProperty, stockTolerance, overdueAfter, optionsProperty('storePairs')],
	async all() {
		const settings = { ...readSettings(this), preview: true };
		const stockSettings = readStockSettings(this);
		const read = readStockEntries(this.getInputData().map(({ json }) => json));
		if (read.entries.length > 0) await updateStock(await openSession(this, settings, []), stockSettings, read.entries);
		const { differences, unread } = compareAmounts(read, readTolerance(this, stockTolerance));
		const fresh = await freshAmounts(this, stockSettings.kind, readOverdueAfter(this), differences);
		return comparisonOutputs({ differences: differences.map((one) => timedAmount(one, fresh)), unread });
	},
};
