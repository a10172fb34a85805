import {
	CRM_TYPES, DEAL_RULES, INVOICE_RULES, productRowFields, readProductRow, result,
	type CrmType, type Parameter, type Parameters, type PresentRow, type ProductRow, type ResultReference, type Rule, type SalesDocument,
} from '../../../../core';
import { rowsOf, type Command, type ListMethod } from '../../../../transport';

type Call = Pick<Command, 'method' | 'parameters'>;

/** What is particular to deals or to invoices. */
export interface DocumentKind {
	type: Extract<CrmType, 'deal' | 'invoice'>;
	entity: SalesDocument['entity'];
	preset: readonly Rule[];
	fieldsMethod: { method: string; parameters: Parameters };
	/** Makes user fields; undefined where that is another affair. */
	userFieldMethod: string | undefined;
	/** Names of fields that are more than others. */
	names: { sum: string; manual: string; changed: string; contact: string; contacts: string; origin: string; originator: string | null };
	add(fields: Parameters): Call;
	update(id: number, fields: Parameters): Call;
	/** Where the answer of `add` says the id, for later commands of the batch. */
	added: ResultReference;
	addedId(answer: unknown): number;
	/** Adds a contact to those that are there, as the first one. */
	bind(id: number, contact: number, present: Parameters): Call;
	rows: ListMethod & { of(id: number): Call; read(answer: unknown): PresentRow[]; set(id: Parameter, rows: readonly ProductRow[]): Call };
}

const DEAL_ROWS: ListMethod = { method: 'crm.deal.productrows.get' };
const ITEM_ROWS: ListMethod = { method: 'crm.item.productrow.list', rows: 'productRows' };
const INVOICE = CRM_TYPES.invoice;

/** Under which key the command stands that makes a record. */
export const MADE = 'm';

export const DEALS: DocumentKind = {
	type: 'deal',
	entity: 'customerorder',
	preset: DEAL_RULES,
	fieldsMethod: { method: 'crm.deal.fields', parameters: {} },
	userFieldMethod: 'crm.deal.userfield.add',
	names: {
		sum: 'OPPORTUNITY', manual: 'IS_MANUAL_OPPORTUNITY', changed: 'DATE_MODIFY', contact: 'CONTACT_ID', contacts: 'CONTACT_IDS', origin: 'ORIGIN_ID', originator: 'ORIGINATOR_ID',
	},
	add: (fields) => ({ method: 'crm.deal.add', parameters: { fields } }),
	update: (id, fields) => ({ method: 'crm.deal.update', parameters: { id, fields } }),
	added: result(MADE),
	addedId: Number,
	bind: (id, contact) => ({ method: 'crm.deal.contact.add', parameters: { id, fields: { CONTACT_ID: contact, IS_PRIMARY: 'Y' } } }),
	rows: {
		...DEAL_ROWS,
		of: (id) => ({ method: DEAL_ROWS.method, parameters: { id } }),
		read: (answer) => rowsOf(answer, DEAL_ROWS).map((row) => readProductRow(row, 'upper', DEAL_ROWS.method)),
		set: (id, rows) => ({ method: 'crm.deal.productrows.set', parameters: { id, rows: productRowFields(rows, 'upper') } }),
	},
};

const idOf = (answer: unknown): number => Number((answer as { item?: { id?: unknown } } | null)?.item?.id);

export const INVOICES: DocumentKind = {
	type: 'invoice',
	entity: 'invoiceout',
	preset: INVOICE_RULES,
	fieldsMethod: { method: 'crm.item.fields', parameters: { entityTypeId: INVOICE } },
	userFieldMethod: undefined,
	names: {
		sum: 'opportunity', manual: 'isManualOpportunity', changed: 'updatedTime', contact: 'contactId', contacts: 'contactIds', origin: 'xmlId', originator: null,
	},
	add: (fields) => ({ method: 'crm.item.add', parameters: { entityTypeId: INVOICE, fields } }),
	update: (id, fields) => ({ method: 'crm.item.update', parameters: { entityTypeId: INVOICE, id, fields } }),
	added: result(MADE, 'item', 'id'),
	addedId: idOf,
	bind: (id, contact, present) => ({
		method: 'crm.item.update',
		parameters: { entityTypeId: INVOICE, id, fields: { contactIds: [contact, ...others(present.contactIds).filter((other) => other !== contact)] } },
	}),
	rows: {
		...ITEM_ROWS,
		of: (id) => ({ method: ITEM_ROWS.method, parameters: { filter: { '=ownerType': 'SI', '=ownerId': id } } }),
		read: (answer) => rowsOf(answer, ITEM_ROWS).map((row) => readProductRow(row, 'camel', ITEM_ROWS.method)),
		set: (id, rows) => ({ method: 'crm.item.productrow.set', parameters: { ownerType: 'SI', ownerId: id, productRows: productRowFields(rows, 'camel') } }),
	},
};

const others = (value: Parameter): number[] => (Array.isArray(value) ? value.map(Number).filter((id) => id > 0) : []);
