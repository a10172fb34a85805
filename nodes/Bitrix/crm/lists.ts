import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import {
	DOCUMENT_SOURCES, isWritableCrmField, PARTNER_SOURCES, readCrmFields, textOf, type CrmField,
} from '../../../core';
import { Batches, readAttributeDefinitions, rowsOf, type BitrixClient, type ListMethod as Rows } from '../../../transport';
import { bitrixClient, bitrixFeatures } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';
import { moySkladClient, MOYSKLAD_CREDENTIAL } from '../../shared/moySklad';
import { attributeEntry, moySkladLists, statesOf, type ListMethod } from '../../shared/moySkladLists';
import { bitrixList, catalogLists, matching } from '../catalog/lists';
import { readPipelines, type PipelineBooks } from './books';
import { chats } from './chats/list';
import { namedEntry } from './namedEntry';

type Operation = 'upsertDeals' | 'upsertPartners' | 'upsertInvoices';

const operationOf = (context: ILoadOptionsFunctions): Operation => context.getCurrentNodeParameter('operation') as Operation;

async function booksOf(context: ILoadOptionsFunctions, client: BitrixClient): Promise<PipelineBooks> {
	const features = await bitrixFeatures(context, bitrixAuthentication(context), client);
	return await readPipelines({ client, batches: new Batches(client), features });
}

const pipelines = bitrixList(async (client, context) => (await booksOf(context, client)).pipelines.map(({ id, name }) => ({ name: `${name} (${id})`, value: id })));

const stages = bitrixList(async (client, context) => stageEntries(await booksOf(context, client)));

const stageEntries = ({ pipelines: all, stages: some }: PipelineBooks): Array<{ name: string; value: string }> =>
	some.map(({ id, name, pipeline }) => ({ name: `${all.find((one) => one.id === pipeline)?.name ?? pipeline}: ${name} (${id})`, value: id }));

/** Entries of one of the books of the CRM. */
const statuses = (entity: string): ListMethod =>
	bitrixList(async (client) => {
		const list: Rows = { method: 'crm.status.list' };
		const rows = rowsOf(await client.read(list.method, { filter: { ENTITY_ID: entity }, order: { SORT: 'ASC' } }), list);
		return rows.map(({ STATUS_ID, NAME }) => namedEntry(NAME, STATUS_ID));
	});

/** The first page is enough for a list that is searched in the portal. */
const users: ListMethod = async function (filter = '', paginationToken) {
	const client = await bitrixClient(this, bitrixAuthentication(this));
	const search = filter.trim() === '' ? {} : { NAME_SEARCH: filter.trim() };
	const { result, next } = await client.call('user.get', { FILTER: { ACTIVE: true, ...search }, SORT: 'ID', ORDER: 'ASC', start: Number(paginationToken ?? 0) }, { repeatable: true });
	const rows = rowsOf(result, { method: 'user.get' });
	const nameOf = (row: Record<string, unknown>): string => [row.LAST_NAME, row.NAME].flatMap((part) => textOf(part)?.trim() || []).join(' ');
	const results = rows.map((row) => ({ name: `${nameOf(row) || 'User'} (${textOf(row.ID) ?? ''})`, value: Number(row.ID) }));
	return { results, paginationToken: next === undefined ? undefined : String(next) };
};

const presets = bitrixList(async (client) => {
	const list: Rows = { method: 'crm.requisite.preset.list' };
	return rowsOf(await client.read(list.method), list).map(({ ID, NAME }) => ({ name: `${textOf(NAME) ?? ''} (${textOf(ID) ?? ''})`, value: Number(ID) }));
});

const FIELD_METHODS: Record<Operation, Array<{ method: string; parameters: { entityTypeId?: number } }>> = {
	upsertDeals: [{ method: 'crm.deal.fields', parameters: {} }],
	upsertPartners: [{ method: 'crm.company.fields', parameters: {} }, { method: 'crm.contact.fields', parameters: {} }],
	upsertInvoices: [{ method: 'crm.item.fields', parameters: { entityTypeId: 31 } }],
};

/** Everything that a mapping can fill; fields that contacts and companies both have come once. */
const targets = bitrixList(async (client, context) => {
	const fields = new Map<string, CrmField>();
	for (const { method, parameters } of FIELD_METHODS[operationOf(context)] ?? [])
		for (const [name, field] of readCrmFields(await client.read(method, parameters))) if (isWritableCrmField(field)) fields.set(name, field);
	return [...fields.values()].map(({ name, label }) => ({ name: label === name ? name : `${label} (${name})`, value: name }));
});

/** What the settings of the node make. */
const OWN_SOURCES: Record<Operation, Array<[name: string, label: string]>> = {
	upsertDeals: [
		['company', 'Company'], ['contact', 'Contact'], ['currency', 'Currency'], ['opened', 'Open to All by Options'], ['probability', 'Probability by Options'],
		['responsible', 'Responsible by Settings'], ['source', 'Source by Options'], ['title', 'Title by Pattern'],
	],
	upsertInvoices: [
		['company', 'Company'], ['contact', 'Contact'], ['currency', 'Currency'], ['deal', 'Deal of the Order'], ['opened', 'Open to All by Options'],
		['responsible', 'Responsible by Settings'], ['title', 'Title by Pattern'],
	],
	upsertPartners: [
		['companyType', 'Company Type by Options'], ['contactType', 'Contact Type by Options'], ['firstName', 'First Name'], ['lastName', 'Last Name'],
		['opened', 'Open to All by Options'], ['position', 'Position'], ['responsible', 'Responsible by Settings'], ['secondName', 'Second Name'],
	],
};

const ENTITIES: Record<Operation, string> = { upsertDeals: 'customerorder', upsertInvoices: 'invoiceout', upsertPartners: 'counterparty' };

/** Fields of MoySklad; the additional fields of the account too, if a MoySklad credential is chosen. */
async function moySkladFields(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const operation = operationOf(this);
	const sources = operation === 'upsertPartners' ? PARTNER_SOURCES : DOCUMENT_SOURCES;
	const fields: INodeListSearchItems[] = [...sources.map(({ name, label }) => ({ name: label, value: name })), ...(OWN_SOURCES[operation] ?? []).map(([value, name]) => ({ name, value }))];
	fields.sort((one, other) => one.name.localeCompare(other.name));
	if (!this.getNode().credentials?.[MOYSKLAD_CREDENTIAL])
		return matching([{ name: 'Choose a MoySklad API Credential for Additional Fields', value: '' }, ...fields], filter);
	const attributes = await readAttributeDefinitions(await moySkladClient(this), ENTITIES[operation] ?? 'customerorder');
	return matching([...fields, ...attributes.map(attributeEntry)], filter);
}

/** Lists of the node from which one entry is chosen. */
export const crmLists = {
	catalogs: catalogLists.catalogs,
	chats,
	companyTypes: statuses('COMPANY_TYPE'),
	contactTypes: statuses('CONTACT_TYPE'),
	employees: moySkladLists.employees,
	moySkladFields,
	orderStates: statesOf('customerorder'),
	organizations: moySkladLists.organizations,
	pipelines,
	presets,
	salesChannels: moySkladLists.salesChannels,
	sources: statuses('SOURCE'),
	stages,
	stores: moySkladLists.stores,
	targets,
	users,
};

/** Lists of the node from which several entries are chosen. */
export const crmOptionLists = {
	async getPipelines(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const { pipelines: all } = await booksOf(this, await bitrixClient(this, bitrixAuthentication(this)));
		return all.map(({ id, name }) => ({ name, value: id }));
	},
	async getStages(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return stageEntries(await booksOf(this, await bitrixClient(this, bitrixAuthentication(this))));
	},
};
