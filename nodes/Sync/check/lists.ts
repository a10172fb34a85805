import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { LIVE_LISTS, type LiveList } from '../../../core';
import { readLiveList } from './liveLists';

/** Every live list for the node's own drop-downs, searched here: they are short. */
export const checkLists = Object.fromEntries(
	(Object.keys(LIVE_LISTS) as LiveList[]).map((list) => [
		list,
		async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
			const entries = await readLiveList(this, list);
			const wanted = filter.trim().toLowerCase();
			return { results: entries.filter(({ name }) => name.toLowerCase().includes(wanted)).map(({ id, name }) => ({ name, value: id })) };
		},
	]),
);
