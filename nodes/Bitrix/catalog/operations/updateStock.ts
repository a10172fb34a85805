import type { BulkOperation } from '../../../shared/operation';
import { writeOutputs } from '../../../shared/writeOutputs';
import { openSession } from '../openSession';
import { optionsProperty } from '../parameters/options';
import { scopeProperty } from '../parameters/scope';
import { stockProperties } from '../parameters/stock';
import { readSettings } from '../settings';
import { readStockEntries, resultsOf } from '../stock/entry';
import { readStockSettings } from '../stock/settings';
import { updateStock as updateStockOf } from '../stock/updating';

export const updateStock: BulkOperation = {
	value: 'updateStock',
	name: 'Update Stock',
	action: 'Update stock',
	description: 'Write the amounts of items that are in Bitrix already, as quantities or by inventory documents; write differences only',
	properties: [...stockProperties, scopeProperty, optionsProperty('documentCurrency', 'failAfterAll', 'fewestEmptied', 'largestEmptied', 'storePairs')],
	async all() {
		const settings = readSettings(this);
		const stockSettings = readStockSettings(this);
		const items = this.getInputData();
		const read = readStockEntries(items.map(({ json }) => json));
		if (read.entries.length > 0) await updateStockOf(await openSession(this, settings, []), stockSettings, read.entries);
		return writeOutputs(this, resultsOf(read, items.length), settings.failAfterAll);
	},
};
