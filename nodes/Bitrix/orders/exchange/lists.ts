import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { readShopInfo, type ShopBooks } from '../../../../core';
import { readShopBooks } from '../../../../transport';
import { withExchangeForList } from '../../../shared/bitrixExchange';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

const fromSite = (list: keyof ShopBooks): LoadOptions =>
	async function () {
		const { bytes } = await withExchangeForList(this, readShopBooks);
		const books = await readShopInfo([bytes]);
		return books[list].map(({ id, name }) => ({ value: id, name: `${name} (${id})` })).sort((one, other) => one.name.localeCompare(other.name));
	};

/** Live lists that the exchange gives. */
export const exchangeLists = {
	getExchangeStatuses: fromSite('statuses'),
	getExchangePaySystems: fromSite('paySystems'),
};
