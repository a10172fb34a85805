import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { SaleBooks } from '../../../core';
import { Batches } from '../../../transport';
import { bitrixClient } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';
import { readSaleBooks } from './books';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

const fromBooks = (choose: (books: SaleBooks) => INodePropertyOptions[]): LoadOptions =>
	async function () {
		const client = await bitrixClient(this, bitrixAuthentication(this));
		return choose(await readSaleBooks(new Batches(client))).sort((one, other) => one.name.localeCompare(other.name));
	};

/** Live lists of the store's own books. */
export const orderLists = {
	getOrderStatuses: fromBooks(({ statuses }) =>
		[...statuses].map(([value, name]) => ({ value, name: `${name ?? value} (${value})` })),
	),
	getPayerTypes: fromBooks(({ payerTypes }) => payerTypes.map(({ id, name }) => ({ value: id, name: name ?? id }))),
	/** By their codes, which are the same for all payer types. */
	getOrderProperties: fromBooks(({ properties }) => {
		const byCode = new Map(properties.flatMap(({ code, name }) => (code === null ? [] : [[code, name] as const])));
		return [...byCode].map(([value, name]) => ({ value, name: `${name} (${value})` }));
	}),
};
