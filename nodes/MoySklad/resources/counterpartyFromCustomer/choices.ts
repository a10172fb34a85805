import type { INodeListSearchItems } from 'n8n-workflow';
import { ATTRIBUTE_PREFIX, CARD_LISTS, CARD_VALUES, entityFields, type AttributeDefinition } from '../../../../core';
import { readAttributeDefinitions } from '../../../../transport';
import { shortList, statesOf } from '../../../shared/moySkladLists';

const NOT_MAPPED = ['id', 'syncId', 'tags', 'accounts', 'contactpersons', 'legalAddressFull', 'actualAddressFull'];

const attributeEntry = ({ id, name }: AttributeDefinition): INodeListSearchItems => ({ name: `Additional Field: ${name}`, value: `${ATTRIBUTE_PREFIX}${id}` });

const byName = (one: INodeListSearchItems, other: INodeListSearchItems): number => one.name.localeCompare(other.name);

/** The lists of this operation beside `moySkladLists`. */
export const counterpartyLists = {
	counterpartyStates: statesOf('counterparty'),
	/** Fields that a customer can fill, with the additional ones and the lists. */
	counterpartyTargets: shortList(async (client) => {
		const fields = entityFields('counterparty').filter(({ name, readOnly }) => !readOnly && !NOT_MAPPED.includes(name));
		const attributes = (await readAttributeDefinitions(client, 'counterparty')).filter(({ type }) => type !== 'file');
		const lists = CARD_LISTS.map((list) => ({ name: CARD_VALUES[list].name, value: list }));
		return [...fields.map(({ name, label }) => ({ name: label, value: name })), ...lists, ...attributes.map(attributeEntry)].sort(byName);
	}),
	/** Fields in which the id of another system can be kept. */
	counterpartyKeys: shortList(async (client) => {
		const attributes = (await readAttributeDefinitions(client, 'counterparty')).filter(({ type }) => type === 'string');
		return [{ name: 'External Code', value: 'externalCode' }, { name: 'Code', value: 'code' }, ...attributes.map(attributeEntry)];
	}),
};
