import type { INodeListSearchItems } from 'n8n-workflow';
import { entityFields, type EntityField } from '../../../core';
import { readAttributeDefinitions } from '../../../transport';
import { attributeEntry, moySkladLists, searchedList, shortList, type ListMethod } from '../../shared/moySkladLists';
import { counterpartyLists } from '../resources/counterpartyFromCustomer/choices';
import { customerOrderLists } from '../resources/customerOrderFromBitrix/lists';
import { currentKind } from './currentKind';

/** Objects of the resource that is chosen. */
const objects: ListMethod = async function (filter, paginationToken) {
	const kind = currentKind(this);
	return kind ? await searchedList(`entity/${kind.entity}`).call(this, filter, paginationToken) : { results: [] };
};

/** Fields of the resource that a list can be filtered by. */
const filterFields: ListMethod = shortList(async (client, context) => {
	const kind = currentKind(context);
	if (!kind) return [];
	const attributes = await readAttributeDefinitions(client, kind.entity);
	return [...entityFields(kind.entity).filter((field) => !field.unfiltered).map(fieldEntry), ...attributes.filter(({ type }) => type !== 'file').map(attributeEntry)].sort(byName);
});

const fieldEntry = ({ name, label }: EntityField): INodeListSearchItems => ({ name: label, value: name });

const byName = (one: INodeListSearchItems, other: INodeListSearchItems): number => one.name.localeCompare(other.name);

export const listSearch: Record<string, ListMethod> = { ...moySkladLists, ...customerOrderLists, ...counterpartyLists, objects, filterFields };
