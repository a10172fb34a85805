import type { IDataObject } from 'n8n-workflow';
import type { BulkOperation } from '../../shared/operation';
import { filtersProperty, periodProperties, readFilters, readPeriod, readTally } from './reading';

export const sumUp: BulkOperation = {
	value: 'sumUp',
	name: 'Sum Up Records',
	action: 'Sum up records',
	description: 'One item with the counts of a page of rows. Make Report and Make Metrics take such items in the place of rows, so that no execution holds all rows of a month.',
	properties: [...periodProperties, filtersProperty],
	async all() {
		return [[{ json: readTally(this, readPeriod(this), readFilters(this)) as unknown as IDataObject, pairedItem: { item: 0 } }]];
	},
};
