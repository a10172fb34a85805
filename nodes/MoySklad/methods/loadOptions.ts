import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { readAll } from '../../../transport';
import { moySkladClient } from '../../shared/moySklad';
import { toEntry } from '../../shared/moySkladLists';

export const loadOptions = {
	async getStores(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return (await readAll(await moySkladClient(this), 'entity/store', { order: 'name,asc' })).map(toEntry);
	},
};
