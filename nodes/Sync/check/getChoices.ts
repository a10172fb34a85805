import type { IDataObject } from 'n8n-workflow';
import { LIVE_LISTS } from '../../../core';
import type { BulkOperation } from '../../shared/operation';
import { readLiveLists } from './liveLists';
import { partsOf } from './parts';

export const getChoices: BulkOperation = {
	value: 'getChoices',
	name: 'Get Choices',
	action: 'Get all that can be chosen',
	description: 'Every live list as items: organizations, stores, price types, states, catalogs, statuses and more, e.g. for the drop-downs of a form',
	properties: [],
	async all() {
		const { entries, failures } = await readLiveLists(this, partsOf(this));
		const choices: IDataObject[] = entries.map(({ list, id, name }) => ({ list, side: LIVE_LISTS[list].side, id, name }));
		return [[...choices, ...failures.map((failure) => ({ failure: { ...failure } }))].map((json) => ({ json, pairedItem: { item: 0 } }))];
	},
};
