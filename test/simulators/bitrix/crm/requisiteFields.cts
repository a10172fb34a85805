import { YES_NO, type Field, type FieldTable } from '../fields/fieldTable.cts';

const text: Field = { type: 'string' };
const integer: Field = { type: 'integer' };
const flag: Field = { type: 'char', choices: YES_NO };
const read = (type: Field['type']): Field => ({ type, readOnly: true });
const texts = (...names: string[]): FieldTable => Object.fromEntries(names.map((name) => [name, text]));

const HISTORY: FieldTable = {
	DATE_CREATE: read('datetime'),
	DATE_MODIFY: read('datetime'),
	CREATED_BY_ID: read('integer'),
	MODIFY_BY_ID: read('integer'),
};

export const PRESET_FIELDS: FieldTable = {
	ID: read('integer'),
	ENTITY_TYPE_ID: integer,
	COUNTRY_ID: integer,
	...HISTORY,
	NAME: text,
	XML_ID: text,
	ACTIVE: flag,
	SORT: integer,
};

/** Fields of other countries' requisites are left out but for a few. */
export const REQUISITE_FIELDS: FieldTable = {
	ID: read('integer'),
	ENTITY_TYPE_ID: { ...integer, immutable: true },
	ENTITY_ID: { ...integer, immutable: true },
	PRESET_ID: integer,
	...HISTORY,
	...texts('NAME', 'CODE', 'XML_ID', 'ORIGINATOR_ID'),
	ACTIVE: flag,
	ADDRESS_ONLY: flag,
	SORT: integer,
	...texts('RQ_NAME', 'RQ_FIRST_NAME', 'RQ_LAST_NAME', 'RQ_SECOND_NAME', 'RQ_COMPANY_ID'),
	...texts('RQ_COMPANY_NAME', 'RQ_COMPANY_FULL_NAME', 'RQ_COMPANY_REG_DATE', 'RQ_DIRECTOR', 'RQ_ACCOUNTANT'),
	...texts('RQ_CEO_NAME', 'RQ_CEO_WORK_POS', 'RQ_CONTACT', 'RQ_EMAIL', 'RQ_PHONE', 'RQ_FAX'),
	...texts('RQ_IDENT_TYPE', 'RQ_IDENT_DOC', 'RQ_IDENT_DOC_SER', 'RQ_IDENT_DOC_NUM', 'RQ_IDENT_DOC_DATE'),
	...texts('RQ_IDENT_DOC_ISSUED_BY', 'RQ_IDENT_DOC_DEP_CODE', 'RQ_INN', 'RQ_KPP', 'RQ_IFNS', 'RQ_OGRN', 'RQ_OGRNIP'),
	...texts('RQ_OKPO', 'RQ_OKTMO', 'RQ_OKVED', 'RQ_IIN', 'RQ_BIN', 'RQ_ST_CERT_SER', 'RQ_ST_CERT_NUM', 'RQ_ST_CERT_DATE'),
	RQ_VAT_PAYER: flag,
	...texts('RQ_VAT_ID', 'RQ_BASE_DOC'),
};

export const BANK_DETAIL_FIELDS: FieldTable = {
	ID: read('integer'),
	ENTITY_TYPE_ID: read('integer'),
	ENTITY_ID: { ...integer, immutable: true },
	COUNTRY_ID: integer,
	...HISTORY,
	...texts('NAME', 'CODE', 'XML_ID', 'ORIGINATOR_ID'),
	ACTIVE: flag,
	SORT: integer,
	...texts('RQ_BANK_NAME', 'RQ_BANK_ADDR', 'RQ_BIK', 'RQ_MFO', 'RQ_ACC_NAME', 'RQ_ACC_NUM', 'RQ_ACC_CURRENCY'),
	...texts('RQ_COR_ACC_NUM', 'RQ_IBAN', 'RQ_SWIFT', 'COMMENTS'),
};

export const ADDRESS_FIELDS: FieldTable = {
	TYPE_ID: integer,
	ENTITY_TYPE_ID: integer,
	ENTITY_ID: integer,
	...texts('ADDRESS_1', 'ADDRESS_2', 'CITY', 'POSTAL_CODE', 'REGION', 'PROVINCE', 'COUNTRY', 'COUNTRY_CODE'),
	LOC_ADDR_ID: integer,
	ANCHOR_TYPE_ID: read('integer'),
	ANCHOR_ID: read('integer'),
};

export const REQUISITE_LINK_FIELDS: FieldTable = {
	ENTITY_TYPE_ID: integer,
	ENTITY_ID: integer,
	REQUISITE_ID: integer,
	BANK_DETAIL_ID: integer,
	MC_REQUISITE_ID: integer,
	MC_BANK_DETAIL_ID: integer,
};
