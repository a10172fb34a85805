import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { ATTRIBUTE_PREFIX, entityFields, readAddress, receiverPrefix, type AttributeDefinition, type Reference } from '../../core';
import { readAll, readAttributeDefinitions, readCustomDictionaries, readPage, readStates, type MoySkladClient } from '../../transport';
import { moySkladClient } from './moySklad';

/** What n8n calls when a user opens a list, types into it, or scrolls to its end. */
export type ListMethod = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;

/** What a list depends on, or how to find it out; undefined while nobody knows it (trap N21). */
export type Parent = string | ((context: ILoadOptionsFunctions) => string | undefined);

const PAGE = 100;

/** Entries of a list that MoySklad searches and pages; ids as values. */
export const searchedList =
	(path: string, entryOf: (row: object) => INodeListSearchItems = toEntry): ListMethod =>
	async function (filter, paginationToken) {
		const offset = Number(paginationToken ?? 0);
		// Found rows come in the order of their relevance.
		const order = filter ? { search: filter } : { order: 'name,asc' };
		const { rows, size } = await readPage(await moySkladClient(this), path, { ...order, limit: PAGE, offset });
		const next = offset + rows.length;
		return { results: rows.map((row) => entryOf(row)), paginationToken: rows.length > 0 && next < size ? String(next) : undefined };
	};

/** Entries of a list that is short enough to be read whole and searched here. */
export const shortList =
	(read: (client: MoySkladClient, context: ILoadOptionsFunctions) => Promise<INodeListSearchItems[]>): ListMethod =>
	async function (filter = '') {
		const entries = await read(await moySkladClient(this), this);
		const wanted = filter.trim().toLowerCase();
		return { results: entries.filter(({ name }) => name.toLowerCase().includes(wanted)) };
	};

/** Entries that belong to a parent; of all `parents`, with their words in front, while it is not known which. */
const dependentList = (parent: Parent, parents: readonly string[], read: (client: MoySkladClient, parent: string) => Promise<object[]>): ListMethod =>
	shortList(async (client, context) => {
		const known = typeof parent === 'string' ? parent : parent(context);
		if (known) return (await read(client, known)).map(toEntry);
		const entries: INodeListSearchItems[] = [];
		for (const one of parents) entries.push(...prefixed(one, await read(client, one)));
		return entries;
	});

/** Statuses of an entity; ids as values. */
export const statesOf = (entity: Parent, entities: readonly string[] = []): ListMethod => dependentList(entity, entities, readStates);

/** Additional fields of an entity; ids of their definitions as values. */
export const attributesOf = (entity: Parent, entities: readonly string[] = []): ListMethod => dependentList(entity, entities, readAttributeDefinitions);

/** An additional field by its name, as mappings know it. */
export const attributeEntry = ({ id, name }: Pick<AttributeDefinition, 'id' | 'name'>): INodeListSearchItems => ({ name: `Additional Field: ${name}`, value: `${ATTRIBUTE_PREFIX}${id}` });

/** Fields of an entity that a mapping can fill: its own but for some, others of the operation's, and the additional ones. */
export const mappedFields = (entity: string, left: readonly string[], others: readonly INodeListSearchItems[] = []): ListMethod =>
	shortList(async (client) => {
		const fields = entityFields(entity).filter(({ name, readOnly }) => !readOnly && !left.includes(name));
		const attributes = (await readAttributeDefinitions(client, entity)).filter(({ type }) => type !== 'file');
		const entries = [...fields.map(({ name, label }) => ({ name: label, value: name })), ...others, ...attributes.map(attributeEntry)];
		return entries.sort((one, other) => one.name.localeCompare(other.name));
	});

/** Entries of a custom dictionary, given by its id; of all, with the names of theirs in front, while it is not known which. */
export const customEntitiesOf = (dictionary: Parent): ListMethod =>
	async function (filter, paginationToken) {
		const known = typeof dictionary === 'string' ? dictionary : dictionary(this);
		return await (known ? searchedList(`entity/customentity/${known}`) : everyCustomEntity).call(this, filter, paginationToken);
	};

const everyCustomEntity = shortList(async (client) => {
	const entries: INodeListSearchItems[] = [];
	for (const { id, name } of await readCustomDictionaries(client)) entries.push(...prefixed(name, await readAll(client, `entity/customentity/${id}`)));
	return entries;
});

const whole = (path: string): ListMethod => shortList(async (client) => (await readAll(client, path)).map(toEntry));

const prefixed = (prefix: string, rows: object[]): INodeListSearchItems[] =>
	rows.map(toEntry).map((entry) => ({ ...entry, name: `${prefix}: ${entry.name}` }));

/** Id and name, with the address of the web page where MoySklad tells it. Folders of one name are told apart by their path. */
export function toEntry(row: object): INodeListSearchItems {
	const { id, name, meta, pathName } = row as { id: string; name?: string; pathName?: string; meta?: { type?: string; uuidHref?: string } };
	const path = meta?.type === 'productfolder' && pathName ? `${pathName}/` : '';
	return { name: `${path}${name ?? id}`, value: id, ...(meta?.uuidHref === undefined ? {} : { url: meta.uuidHref }) };
}

/** What all webhooks of one receiver begin with. The rest of ours is a secret. */
function receiverOf(url: string): string {
	const own = readAddress(url);
	return own ? receiverPrefix(own) : (url.split(/[?#]/, 1)[0] ?? url);
}

/** MoySklad lists no tags: those of its discounts, and of as many counterparties as one call gives. */
async function readTags(client: MoySkladClient): Promise<string[]> {
	const discounts = await readAll(client, 'entity/discount');
	const { rows } = await readPage(client, 'entity/counterparty', { order: 'updated,desc' });
	const tags = [...discounts.map(({ agentTags }) => agentTags), ...rows.map((row) => row.tags)].flatMap((some) => (Array.isArray(some) ? some.map(String) : []));
	return [...new Set(tags)].sort((one, other) => one.localeCompare(other));
}

/** Every list that depends on nothing but the account; ids as values, for webhooks the addresses of their receivers. */
export const moySkladLists = {
	assortment: searchedList('entity/assortment'),
	bundles: searchedList('entity/bundle'),
	contracts: searchedList('entity/contract'),
	counterparties: searchedList('entity/counterparty'),
	counterpartyTags: shortList(async (client) => (await readTags(client)).map((tag) => ({ name: tag, value: tag }))),
	countries: whole('entity/country'),
	currencies: whole('entity/currency'),
	customDictionaries: shortList(async (client) => (await readCustomDictionaries(client)).map(toEntry)),
	customerOrders: searchedList('entity/customerorder'),
	employees: searchedList('entity/employee'),
	expenseItems: searchedList('entity/expenseitem'),
	/** Links as values: they tell products, variants, services and bundles apart. */
	goods: searchedList('entity/assortment', (row) => ({ ...toEntry(row), value: (row as Reference).meta.href })),
	groups: whole('entity/group'),
	organizations: searchedList('entity/organization'),
	priceTypes: whole('context/companysettings/pricetype'),
	productFolders: searchedList('entity/productfolder'),
	products: searchedList('entity/product'),
	projects: searchedList('entity/project'),
	salesChannels: searchedList('entity/saleschannel'),
	services: searchedList('entity/service'),
	stores: searchedList('entity/store'),
	uoms: whole('entity/uom'),
	variants: searchedList('entity/variant'),
	webhooks: shortList(async (client) => {
		const receivers = new Set((await readAll(client, 'entity/webhook')).map(({ url }) => receiverOf(String(url))));
		return [...receivers].map((address) => ({ name: address, value: address }));
	}),
} satisfies Record<string, ListMethod>;
