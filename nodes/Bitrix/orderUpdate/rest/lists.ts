import type { ILoadOptionsFunctions, INodeListSearchItems, INodePropertyOptions } from 'n8n-workflow';
import { MOYSKLAD_ORDER_SOURCES, orderPropertyField, readStatuses, STORE_ORDER_FIELDS } from '../../../../core';
import { Batches, readAttributeDefinitions, rowsOf, type BitrixClient, type Row } from '../../../../transport';
import { bitrixClient, bitrixFeatures } from '../../../shared/bitrix';
import { bitrixAuthentication } from '../../../shared/bitrixConnection';
import { MOYSKLAD_CREDENTIAL, moySkladClient } from '../../../shared/moySklad';
import { attributeEntry, attributesOf, moySkladLists, statesOf, type ListMethod } from '../../../shared/moySkladLists';
import { readSaleBooks } from '../../orders/books';
import { orderLists } from '../../orders/lists';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

const fromBitrix = (read: (client: BitrixClient, context: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>): LoadOptions =>
	async function () {
		const options = await read(await bitrixClient(this, bitrixAuthentication(this)), this);
		return options.sort((one, other) => one.name.localeCompare(other.name));
	};

const named = (entries: Iterable<[string, string | null]>): INodePropertyOptions[] => [...entries].map(([value, name]) => ({ value, name: `${name ?? value} (${value})` }));

/** Everything that a mapping can fill; properties of all payer types, with the names of these in front. */
const getOrderTargets = fromBitrix(async (client) => {
	const { properties, payerTypes } = await readSaleBooks(new Batches(client));
	const payer = new Map(payerTypes.map(({ id, name }) => [id, name ?? id]));
	return [
		...Object.entries(STORE_ORDER_FIELDS).map(([value, name]) => ({ value, name })),
		...properties.map(({ id, name, payerTypeId }) => ({ value: orderPropertyField(id), name: `Property (${payer.get(payerTypeId) ?? payerTypeId}): ${name}` })),
	];
});

const getShipmentStatuses = fromBitrix(async (client) => {
	const statuses = { method: 'sale.status.list', rows: 'statuses' };
	const names = { method: 'sale.statusLang.list', rows: 'statusLangs' };
	const rows = rowsOf(await client.read(statuses.method, { filter: { '=type': 'D' } }), statuses);
	return named(readStatuses(rows, rowsOf(await client.read(names.method), names)));
});

/** Most users that a list of options shows. */
const MOST_USERS = 1000;

/** Sites do not tell their users. */
const getUsers = fromBitrix(async (client, context) => {
	const features = await bitrixFeatures(context, bitrixAuthentication(context), client);
	const users: Row[] = [];
	if (!(await features.has('user.get'))) return [];
	for (let start: number | undefined = 0; start !== undefined && users.length < MOST_USERS; ) {
		const { result, next } = await client.call('user.get', { FILTER: { ACTIVE: 'Y' }, start }, { repeatable: true });
		users.push(...rowsOf(result, { method: 'user.get' }));
		start = next !== undefined && next > start ? next : undefined;
	}
	return users.map(({ ID, NAME, LAST_NAME }) => ({ value: String(ID), name: `${[NAME, LAST_NAME].filter(Boolean).join(' ') || 'User'} (${String(ID)})` }));
});

/** Fields of customer orders; the additional fields of the account too, if a MoySklad credential is chosen. */
const moySkladOrderFields: ListMethod = async function (filter = '') {
	const fields = MOYSKLAD_ORDER_SOURCES.map(({ name, label }): INodeListSearchItems => ({ name: label, value: name }));
	const definitions = this.getNode().credentials?.[MOYSKLAD_CREDENTIAL] ? await readAttributeDefinitions(await moySkladClient(this), 'customerorder') : [];
	const all = [...fields, ...definitions.map(attributeEntry)];
	return { results: all.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase())) };
};

/** Live lists of the store for updates over REST. */
export const updateLists = {
	...orderLists,
	getOrderTargets,
	getShipmentStatuses,
	getUsers,
	getPaySystems: fromBitrix(async (client) => named([...(await readSaleBooks(new Batches(client))).paySystems].map(([id, { name }]) => [id, name]))),
	getDeliveries: fromBitrix(async (client) => named((await readSaleBooks(new Batches(client))).deliveries)),
	/** Payer types belong to sites. */
	getSites: fromBitrix(async (client) => {
		const list = { method: 'sale.persontype.list', rows: 'personTypes' };
		const sites = new Set(rowsOf(await client.read(list.method), list).map(({ lid }) => String(lid)));
		return [...sites].map((site) => ({ value: site, name: site }));
	}),
};

/** Live lists of MoySklad that are searched. */
export const updateSearches: Record<string, ListMethod> = {
	customerOrderStates: statesOf('customerorder'),
	demandAttributes: attributesOf('demand'),
	employees: moySkladLists.employees,
	moySkladOrderFields,
	paymentAttributes: attributesOf(() => undefined, ['paymentin', 'cashin']),
	services: moySkladLists.services,
	stores: moySkladLists.stores,
};
