import type { Portal } from '../portal.cts';
import type { Change } from '../store/changes.cts';
import type { Table } from '../store/table.cts';
import { COMPANY_FIELDS, CONTACT_FIELDS, DEAL_FIELDS, LEAD_FIELDS, SMART_INVOICE_FIELDS } from './entityFields.cts';
import { fieldsOfForm, type CrmFields, type Form, type FormField } from './fields.cts';
import { ENTITY_TYPE, type CrmEntityTypeId, type CrmRow } from './rows.cts';
import { userFieldsOfForm } from './userFields.cts';

/** A kind of CRM objects. */
export interface CrmEntity {
	entityTypeId: CrmEntityTypeId;
	/** `crm.deal`; smart invoices have no methods of the older form. */
	prefix?: string;
	/** What an object without a name is called, with its id: `Сделка #12`. */
	noun: string;
	/** Says whose a product row is: `D`. */
	ownerType: string;
	/** Whose the user fields are: `CRM_DEAL`. */
	userFieldsOf: string;
	announced: Change['entity'];
	fields: CrmFields;
	/** Under way, won, lost. */
	hasStages: boolean;
	hasMultifields: boolean;
	/** What `get` of the older form says when there is no such object. */
	notFound: string;
	table(portal: Portal): Table<CrmRow>;
}

export const LEAD: CrmEntity = {
	entityTypeId: ENTITY_TYPE.lead,
	prefix: 'crm.lead',
	noun: 'Лид',
	ownerType: 'L',
	userFieldsOf: 'CRM_LEAD',
	announced: 'lead',
	fields: LEAD_FIELDS,
	hasStages: true,
	hasMultifields: true,
	notFound: 'Not found',
	table: ({ store }) => store.leads,
};

export const DEAL: CrmEntity = {
	entityTypeId: ENTITY_TYPE.deal,
	prefix: 'crm.deal',
	noun: 'Сделка',
	ownerType: 'D',
	userFieldsOf: 'CRM_DEAL',
	announced: 'deal',
	fields: DEAL_FIELDS,
	hasStages: true,
	hasMultifields: false,
	notFound: 'Not found',
	table: ({ store }) => store.deals,
};

export const CONTACT: CrmEntity = {
	entityTypeId: ENTITY_TYPE.contact,
	prefix: 'crm.contact',
	noun: 'Контакт',
	ownerType: 'C',
	userFieldsOf: 'CRM_CONTACT',
	announced: 'contact',
	fields: CONTACT_FIELDS,
	hasStages: false,
	hasMultifields: true,
	notFound: 'Not found',
	table: ({ store }) => store.contacts,
};

export const COMPANY: CrmEntity = {
	entityTypeId: ENTITY_TYPE.company,
	prefix: 'crm.company',
	noun: 'Компания',
	ownerType: 'CO',
	userFieldsOf: 'CRM_COMPANY',
	announced: 'company',
	fields: COMPANY_FIELDS,
	hasStages: false,
	hasMultifields: true,
	notFound: 'Not found',
	table: ({ store }) => store.companies,
};

export const SMART_INVOICE: CrmEntity = {
	entityTypeId: ENTITY_TYPE.smartInvoice,
	noun: 'Счёт',
	ownerType: 'SI',
	userFieldsOf: 'CRM_SMART_INVOICE',
	announced: 'item:31',
	fields: SMART_INVOICE_FIELDS,
	hasStages: true,
	hasMultifields: false,
	notFound: 'Not found',
	table: ({ store }) => store.smartInvoices,
};

export const CRM_ENTITIES: readonly CrmEntity[] = [LEAD, DEAL, CONTACT, COMPANY, SMART_INVOICE];

export const entityOfType = (entityTypeId: number): CrmEntity | undefined =>
	CRM_ENTITIES.find((entity) => entity.entityTypeId === entityTypeId);

/** `2:55`: says whose a binding, phone or product row is. */
export const ownerKey = ({ entityTypeId }: { entityTypeId: number }, id: number): string => `${entityTypeId}:${id}`;

const systemFields = new Map<CrmEntity, Record<Form, Map<string, FormField>>>();

/** All fields of a form by their names there, with those that the portal's people added. */
export function fieldsOf(portal: Portal, entity: CrmEntity, form: Form, originalUfNames = true): Map<string, FormField> {
	const known = systemFields.get(entity) ?? {
		legacy: fieldsOfForm(entity.fields, 'legacy'),
		item: fieldsOfForm(entity.fields, 'item'),
	};
	systemFields.set(entity, known);
	return new Map([...known[form], ...userFieldsOfForm(portal, entity.userFieldsOf, form, originalUfNames)]);
}
