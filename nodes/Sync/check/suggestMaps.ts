import type { IDataObject } from 'n8n-workflow';
import { suggestPairs, type LiveEntry } from '../../../core';
import type { BulkOperation } from '../../shared/operation';
import { readLiveLists } from './liveLists';
import { partsOf } from './parts';

export const suggestMaps: BulkOperation = {
	value: 'suggestMaps',
	name: 'Suggest Maps',
	action: 'Suggest maps of statuses prices stores and units',
	description: 'Pairs of states and statuses, price types, stores and units that probably mean the same, by their names. Nothing is mapped until a person confirms it.',
	properties: [],
	async all() {
		const { entries, failures } = await readLiveLists(this, partsOf(this));
		const shown = ({ list, id, name }: LiveEntry) => ({ list, id, name });
		const pairs: IDataObject[] = suggestPairs(entries).map(({ left, right, by }) => ({ left: shown(left), right: shown(right), by }));
		return [[...pairs, ...failures.map((failure) => ({ failure: { ...failure } }))].map((json) => ({ json, pairedItem: { item: 0 } }))];
	},
};
