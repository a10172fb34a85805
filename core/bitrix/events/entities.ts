import { BITRIX_ACTIONS, type BitrixAction } from './event';

/** An object of Bitrix that reports what happens to it. */
export interface BitrixEventEntity {
	keyword: string;
	/** As Bitrix's English pages call it. */
	name: string;
	/** Whether it is created and updated, or saved. */
	actions: readonly BitrixAction[];
	/** Names of Bitrix's events in upper case. The first one of an action always exists, the others only in some versions. */
	events: Partial<Record<BitrixAction, readonly string[]>>;
	/** Items of all smart processes share their events: of those, only these are meant. */
	entityTypeId?: number;
	/** Whether the handler of a site reports it. */
	onSite: boolean;
}

const CHANGED = ['CREATE', 'UPDATE', 'DELETE'] as const;
const SAVED = ['SAVE', 'DELETE'] as const;

const SMART_INVOICE = 31;

function ofCrm(keyword: string, name: string, word = keyword.toUpperCase()): BitrixEventEntity {
	const events = { CREATE: [`ONCRM${word}ADD`], UPDATE: [`ONCRM${word}UPDATE`], DELETE: [`ONCRM${word}DELETE`] };
	return { keyword, name, actions: CHANGED, events, onSite: false };
}

function ofCatalog(keyword: string, name: string): BitrixEventEntity {
	const word = `CATALOG.${keyword.toUpperCase()}.ON`;
	const events = { CREATE: [`${word}.ADD`], UPDATE: [`${word}.UPDATE`], DELETE: [`${word}.DELETE`] };
	return { keyword, name, actions: CHANGED, events, onSite: false };
}

const ofSale = (keyword: string, name: string, saved: readonly string[], deleted: string, onSite = true): BitrixEventEntity => ({
	keyword,
	name,
	actions: SAVED,
	events: { SAVE: saved, DELETE: [deleted] },
	onSite,
});

/**
 * By name. An order has two events for its saving: the first comes once a request, however many orders that saves, the second
 * for each. OnOrderDeleted proves no deletion and is not among them. Source: github bitrix24/b24restdocs, the pages of events
 * below `api-reference/catalog`, `api-reference/sale` and `api-reference/crm`.
 */
export const BITRIX_EVENT_ENTITIES: readonly BitrixEventEntity[] = [
	ofCrm('company', 'Company'),
	ofCrm('contact', 'Contact'),
	ofCrm('deal', 'Deal'),
	{ ...ofCrm('invoice', 'Invoice', 'DYNAMICITEM'), entityTypeId: SMART_INVOICE },
	ofSale('order', 'Order', ['ONSALEORDERSAVED', 'ONORDERENTITYSAVED'], 'ONSALEBEFOREORDERDELETE'),
	ofSale('orderProperty', 'Order Property Value', ['ONPROPERTYVALUEENTITYSAVED'], 'ONPROPERTYVALUEDELETED', false),
	ofSale('payment', 'Payment', ['ONPAYMENTENTITYSAVED'], 'ONPAYMENTDELETED'),
	ofCatalog('price', 'Price'),
	ofCatalog('product', 'Product'),
	ofCrm('requisite', 'Requisite'),
	ofSale('shipment', 'Shipment', ['ONSHIPMENTENTITYSAVED'], 'ONSHIPMENTDELETED'),
	{ keyword: 'user', name: 'User', actions: SAVED, events: {}, onSite: true },
];

/** The entity with that keyword; undefined for an unknown one. */
export const eventEntity = (keyword: string): BitrixEventEntity | undefined =>
	BITRIX_EVENT_ENTITIES.find((entity) => entity.keyword === keyword);

/** What an event of this name reports; `typeId` is that of items of smart processes. Undefined for what nobody here asks for. */
export function subjectOfEvent(event: string, typeId?: number): { entity: string; action: BitrixAction } | undefined {
	for (const { keyword, events, entityTypeId } of BITRIX_EVENT_ENTITIES) {
		const action = BITRIX_ACTIONS.find((candidate) => events[candidate]?.includes(event));
		if (action && entityTypeId === (entityTypeId === undefined ? undefined : typeId)) return { entity: keyword, action };
	}
	return undefined;
}
