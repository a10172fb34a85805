import type { Portal } from '../portal.cts';
import type { Change } from '../store/changes.cts';
import type { Params } from '../wire/params.cts';

/** An event of REST: who may ask for it, and what makes it. */
export interface EventRule {
	/** As the documentation writes it; handlers and deliveries have it in upper case. */
	name: string;
	scope: string;
	/** Entities of changes, by regular expression. */
	entity: RegExp;
	actions: ReadonlyArray<Change['action']>;
	/** `data.FIELDS` */
	fields(portal: Portal, change: Change): Params;
	/** The portal tells each handler once a hit, however many objects the hit saves. */
	oncePerHit?: boolean;
}

const SAVED = ['add', 'update'] as const;

const idOnly = (_portal: Portal, { id }: Change): Params => ({ ID: id });

const exactly = (entity: string): RegExp => new RegExp(`^${entity}$`);

const saleRule = (name: string, entity: string, actions: EventRule['actions'], more: Partial<EventRule> = {}): EventRule => ({
	name,
	scope: 'sale',
	entity: exactly(entity),
	actions,
	fields: idOnly,
	...more,
});

const orderFields =
	(action: string) =>
	({ store }: Portal, { id }: Change): Params => ({ ID: id, XML_ID: store.orders.get(id)?.xmlId ?? '', ACTION: action });

/** In the stored core OnOrderDeleted hangs on the saving of an order, so it proves no deletion. */
const SALE: EventRule[] = [
	saleRule('OnSaleOrderSaved', 'order', SAVED, { fields: orderFields('save'), oncePerHit: true }),
	saleRule('OnSaleBeforeOrderDelete', 'order', ['delete'], { fields: orderFields('delete') }),
	saleRule('OnOrderEntitySaved', 'order', SAVED),
	saleRule('OnOrderDeleted', 'order', SAVED),
	saleRule('OnPaymentEntitySaved', 'payment', SAVED),
	saleRule('OnPaymentDeleted', 'payment', ['delete']),
	saleRule('OnShipmentEntitySaved', 'shipment', SAVED),
	saleRule('OnShipmentDeleted', 'shipment', ['delete']),
	saleRule('OnPropertyValueEntitySaved', 'propertyValue', SAVED),
	saleRule('OnPropertyValueDeleted', 'propertyValue', ['delete']),
];

const ACTIONS = ['add', 'update', 'delete'] as const;

function catalogRules(what: string, entity: string, fields: EventRule['fields'] = idOnly): EventRule[] {
	return ACTIONS.map((action) => ({
		name: `CATALOG.${what}.ON.${action.toUpperCase()}`,
		scope: 'catalog',
		entity: exactly(entity),
		actions: [action],
		fields,
	}));
}

const CATALOG: EventRule[] = [
	...catalogRules('PRODUCT', 'product', ({ store }, { id }) => ({ ID: id, TYPE: store.elements.get(id)?.type ?? '' })),
	...catalogRules('PRICE', 'price'),
	...catalogRules('PRICE.TYPE', 'priceType'),
	...catalogRules('STORE', 'store'),
	...catalogRules('MEASURE', 'measure'),
	...catalogRules('ROUNDING', 'rounding'),
];

function crmRules(what: string, entity: RegExp, fields: EventRule['fields'] = idOnly): EventRule[] {
	return ACTIONS.map((action) => ({
		name: `ONCRM${what}${action.toUpperCase()}`,
		scope: 'crm',
		entity,
		actions: [action],
		fields,
	}));
}

const typeOf = (entity: string): number => Number(entity.slice('item:'.length));

const CRM: EventRule[] = [
	...['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'QUOTE', 'REQUISITE'].flatMap((what) => crmRules(what, exactly(what.toLowerCase()))),
	...crmRules('DYNAMICITEM', /^item:\d+$/, (_portal, { id, entity }) => ({ ID: id, ENTITY_TYPE_ID: typeOf(entity) })),
];

/** The events that a portal knows; a plain site has no CRM. */
export const rulesOf = ({ edition, switches }: Portal): EventRule[] =>
	[...SALE, ...CATALOG, ...(edition === 'site' ? [] : CRM)].filter((rule) => !switches.missingEvents.includes(upperName(rule)));

export const upperName = ({ name }: EventRule): string => name.toUpperCase();
