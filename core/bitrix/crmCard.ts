import type { CardAccount, CardFields } from '../model/customerCard';

type Row = Record<string, unknown>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

const rowsIn = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);

const textIn = (row: Row, name: string): string | null => {
	const value = row[name];
	return (typeof value === 'string' || typeof value === 'number') && String(value).trim() !== '' ? String(value).trim() : null;
};

/** A contact or company of Bitrix24, in capitals (`crm.contact.*`) or in camel case (`crm.item.*`); undefined for anything else. */
export function readCrmCustomer(json: Row): CrmCustomer | undefined {
	const row = 'ID' in json ? json : inCapitals(json);
	const id = textIn(row, 'ID');
	if (id === null || !isCrm(json)) return undefined;
	const entity = row.TITLE === undefined ? 'contact' : 'company';
	return { id, entity, card: cardOf(row, entity) };
}

/** A person or company of a portal: its id there, and what its row tells; what the row does not tell is not in the card. */
export interface CrmCustomer {
	id: string;
	entity: 'contact' | 'company';
	card: Partial<CardFields>;
}

/** What only rows of the CRM have. */
const isCrm = (json: Row): boolean => ['ID', 'fm', 'originatorId', 'entityTypeId'].some((name) => name in json) && ['NAME', 'TITLE', 'LAST_NAME', 'name', 'title', 'lastName'].some((name) => name in json);

/** `lastName` → `LAST_NAME`; the list of phones and e-mails as the older methods give it. */
function inCapitals({ fm, ...json }: Row): Row {
	const row = Object.fromEntries(Object.entries(json).map(([name, value]) => [name === 'requisites' ? name : name.replace(/[A-Z]/g, '_$&').toUpperCase(), value]));
	const points = (type: string): Row[] => rowsIn(fm).filter(({ typeId }) => typeId === type).map(({ value }) => ({ VALUE: value }));
	return { ...row, PHONE: points('PHONE'), EMAIL: points('EMAIL'), DATE_MODIFY: row.UPDATED_TIME };
}

const MOYSKLAD = 'MOYSKLAD';

/** Kinds of addresses of requisites, as Bitrix numbers them. */
const ACTUAL = '1';
const LEGAL = '6';

function cardOf(row: Row, entity: CrmCustomer['entity']): CrmCustomer['card'] {
	const [requisite = {}] = rowsIn(row.requisites);
	const [lastName, firstName, middleName] = [textIn(row, 'LAST_NAME'), textIn(row, 'NAME'), textIn(row, 'SECOND_NAME')];
	const person = [lastName, firstName, middleName].filter((part) => part !== null).join(' ');
	const number = (name: string): string | null => textIn(requisite, `RQ_${name}`);
	return {
		moySkladId: textIn(row, 'ORIGINATOR_ID')?.toUpperCase() === MOYSKLAD ? textIn(row, 'ORIGIN_ID') : null,
		name: entity === 'company' ? textIn(row, 'TITLE') : person || null,
		...(entity === 'contact' && { lastName, firstName, middleName }),
		legalTitle: number('COMPANY_FULL_NAME') ?? number('COMPANY_NAME'),
		inn: number('INN'),
		kpp: number('KPP'),
		ogrn: number('OGRN'),
		ogrnip: number('OGRNIP'),
		okpo: number('OKPO'),
		legalAddress: addressOf(requisite, LEGAL),
		actualAddress: addressOf(requisite, ACTUAL) ?? textIn(row, 'ADDRESS'),
		phones: rowsIn(row.PHONE).flatMap((point) => textIn(point, 'VALUE') ?? []),
		emails: rowsIn(row.EMAIL).flatMap((point) => textIn(point, 'VALUE') ?? []),
		description: textIn(row, 'COMMENTS'),
		birthDate: textIn(row, 'BIRTHDATE'),
		accounts: rowsIn(requisite.bankDetails).flatMap(toAccount),
		updatedAt: textIn(row, 'DATE_MODIFY'),
	};
}

function toAccount(detail: Row): CardAccount[] {
	const accountNumber = textIn(detail, 'RQ_ACC_NUM');
	if (accountNumber === null) return [];
	return [{ accountNumber, bic: textIn(detail, 'RQ_BIK'), bankName: textIn(detail, 'RQ_BANK_NAME'), bankLocation: textIn(detail, 'RQ_BANK_ADDR'), correspondentAccount: textIn(detail, 'RQ_COR_ACC_NUM') }];
}

const ADDRESS = ['POSTAL_CODE', 'COUNTRY', 'PROVINCE', 'REGION', 'CITY', 'ADDRESS_1', 'ADDRESS_2'];

function addressOf({ addresses }: Row, kind: string): string | null {
	const row = rowsIn(addresses).find((one) => textIn(one, 'TYPE_ID') === kind);
	return (row && ADDRESS.flatMap((name) => textIn(row, name) ?? []).join(', ')) || null;
}
