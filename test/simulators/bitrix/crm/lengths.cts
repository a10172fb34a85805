import type { Params } from '../wire/params.cts';

/**
 * How many characters texts may have. The documentation leaves open whether a longer one is refused or cut off; here it
 * is cut off without a word, as the database does: the harder case for who compares before he writes.
 */
export type Lengths = Readonly<Record<string, number>>;

const each = (length: number, ...names: string[]): Lengths => Object.fromEntries(names.map((name) => [name, length]));

/** Of leads, deals, contacts, companies and invoices, by the names of `crm.item.*`. */
export const OBJECT_LENGTHS: Lengths = {
	...each(255, 'title', 'companyTitle', 'post', 'originatorId', 'originId', 'originVersion'),
	...each(128, 'honorific'),
	...each(100, 'accountNumber', 'locationId'),
	...each(50, 'name', 'lastName', 'secondName', 'sourceId', 'typeId', 'industry', 'employees'),
	...each(600, 'utmSource', 'utmMedium', 'utmCampaign', 'utmContent', 'utmTerm'),
};

export const MULTIFIELD_LENGTH = 250;

export const PRODUCT_ROW_LENGTHS: Lengths = { productName: 256, measureName: 50 };

export const REQUISITE_LENGTHS: Lengths = {
	...each(300, 'RQ_COMPANY_FULL_NAME'),
	...each(255, 'NAME', 'ORIGINATOR_ID', 'RQ_COMPANY_ID', 'RQ_COMPANY_NAME', 'RQ_EMAIL', 'RQ_IDENT_DOC'),
	...each(255, 'RQ_IDENT_DOC_ISSUED_BY', 'RQ_IFNS', 'RQ_OKVED', 'RQ_BASE_DOC'),
	...each(150, 'RQ_NAME', 'RQ_DIRECTOR', 'RQ_ACCOUNTANT', 'RQ_CEO_NAME', 'RQ_CEO_WORK_POS', 'RQ_CONTACT'),
	...each(50, 'RQ_FIRST_NAME', 'RQ_LAST_NAME', 'RQ_SECOND_NAME', 'RQ_IDENT_TYPE'),
	...each(45, 'CODE', 'XML_ID'),
	...each(30, 'RQ_COMPANY_REG_DATE', 'RQ_PHONE', 'RQ_FAX', 'RQ_IDENT_DOC_DATE', 'RQ_ST_CERT_DATE'),
	...each(25, 'RQ_IDENT_DOC_SER', 'RQ_IDENT_DOC_NUM', 'RQ_IDENT_DOC_DEP_CODE'),
	...each(20, 'RQ_VAT_ID'),
	...each(15, 'RQ_INN', 'RQ_OGRNIP', 'RQ_ST_CERT_NUM'),
	...each(13, 'RQ_OGRN'),
	...each(12, 'RQ_OKPO', 'RQ_IIN', 'RQ_BIN'),
	...each(11, 'RQ_OKTMO'),
	...each(10, 'RQ_ST_CERT_SER'),
	...each(9, 'RQ_KPP'),
};

export const BANK_DETAIL_LENGTHS: Lengths = {
	...each(500, 'COMMENTS'),
	...each(255, 'NAME', 'ORIGINATOR_ID', 'RQ_BANK_NAME', 'RQ_BANK_ADDR'),
	...each(150, 'RQ_ACC_NAME'),
	...each(100, 'RQ_ACC_CURRENCY'),
	...each(45, 'CODE', 'XML_ID'),
	...each(34, 'RQ_ACC_NUM', 'RQ_COR_ACC_NUM', 'RQ_IBAN'),
	...each(11, 'RQ_BIK', 'RQ_SWIFT'),
	...each(6, 'RQ_MFO'),
};

export const ADDRESS_LENGTHS: Lengths = {
	...each(1024, 'ADDRESS_1', 'ADDRESS_2'),
	...each(128, 'CITY', 'REGION', 'PROVINCE', 'COUNTRY'),
	...each(100, 'COUNTRY_CODE'),
	...each(16, 'POSTAL_CODE'),
};

/** The first characters; a character beyond the basic plane counts as one. */
export const cut = (text: string, length: number): string => {
	const characters = Array.from(text);
	return characters.length <= length ? text : characters.slice(0, length).join('');
};

export const cutTexts = <Values extends object>(values: Values, lengths: Lengths): Values =>
	Object.fromEntries(
		Object.entries(values as Params).map(([name, value]) => {
			const length = lengths[name];
			return [name, typeof value === 'string' && length !== undefined ? cut(value, length) : value];
		}),
	) as Values;
