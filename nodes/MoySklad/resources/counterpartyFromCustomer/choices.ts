import { CARD_LISTS, CARD_VALUES } from '../../../../core';
import { readAttributeDefinitions } from '../../../../transport';
import { attributeEntry, mappedFields, shortList, statesOf } from '../../../shared/moySkladLists';

const NOT_MAPPED = ['id', 'syncId', 'tags', 'accounts', 'contactpersons', 'legalAddressFull', 'actualAddressFull'];

/** The lists of this operation beside `moySkladLists`. */
export const counterpartyLists = {
	counterpartyStates: statesOf('counterparty'),
	/** Fields that a customer can fill, with the additional ones and the lists. */
	counterpartyTargets: mappedFields('counterparty', NOT_MAPPED, CARD_LISTS.map((list) => ({ name: CARD_VALUES[list].name, value: list }))),
	/** Fields in which the id of another system can be kept. */
	counterpartyKeys: shortList(async (client) => {
		const attributes = (await readAttributeDefinitions(client, 'counterparty')).filter(({ type }) => type === 'string');
		return [{ name: 'External Code', value: 'externalCode' }, { name: 'Code', value: 'code' }, ...attributes.map(attributeEntry)];
	}),
};
