import type { RequisitePreset } from '../../bitrix/crm/requisite';
import type { CompanyType } from '../../model/counterparty';
import type { BankAccount, Partner, PostalAddress } from '../../moysklad/partner';

/** Fields of requisites by Bitrix' names; what the counterparty does not say is left out. */
export type RequisiteFields = Record<string, string>;

/** Preset ids that the user chose; undefined = to be found by their names. */
export type PresetChoice = Partial<Record<CompanyType, number>>;

/** How the presets of a Russian portal are called, in its languages. */
const PRESET_NAMES: Record<CompanyType, RegExp> = {
	legal: /организац|юр\.?\s*лиц|юридич|legal|company/i,
	entrepreneur: /^ип($|[^а-яё])|предпринимат|entrepreneur|sole/i,
	individual: /физ|person/i,
};

/** The preset for a kind of counterparty: the chosen one, else the only one whose name says it. */
export function requisitePreset(kind: CompanyType, presets: readonly RequisitePreset[], chosen: PresetChoice): number | undefined {
	const choice = chosen[kind];
	if (choice !== undefined) return presets.find(({ id }) => id === choice)?.id;
	const named = presets.filter(({ name }) => PRESET_NAMES[kind].test(name.trim()));
	return named.length === 1 ? named[0]?.id : undefined;
}

/** The requisites of a counterparty; undefined when it has none worth a record of their own. */
export function requisitesOf(partner: Partner): RequisiteFields | undefined {
	const { companyType: kind, inn, kpp, ogrn, ogrnip, okpo } = partner;
	const isLegal = kind === 'legal';
	const numbers = given({
		RQ_INN: inn,
		RQ_KPP: isLegal ? kpp : null,
		RQ_OGRN: isLegal ? ogrn : null,
		RQ_OGRNIP: kind === 'entrepreneur' ? ogrnip : null,
		RQ_OKPO: okpo,
	});
	const isWorthwhile = Object.keys(numbers).length > 0 || hasPlaces(partner);
	return isWorthwhile ? { ...namesOf(partner), ...numbers } : undefined;
}

function namesOf({ companyType, name, legalTitle, lastName, firstName, middleName }: Partner): RequisiteFields {
	const person = { RQ_LAST_NAME: lastName, RQ_FIRST_NAME: firstName, RQ_SECOND_NAME: middleName };
	if (companyType === 'legal') return given({ RQ_COMPANY_NAME: name, RQ_COMPANY_FULL_NAME: legalTitle });
	return given(companyType === 'entrepreneur' ? { RQ_COMPANY_NAME: legalTitle ?? name, ...person } : person);
}

/** Bank accounts and addresses hang on requisites. */
const hasPlaces = ({ accounts, legalAddress, actualAddress }: Partner): boolean =>
	(accounts?.length ?? 0) > 0 || legalAddress !== null || actualAddress !== null;

/** `fields` of `crm.requisite.bankdetail.add`. */
export const bankFields = ({ number, bank, location, bic, correspondent }: BankAccount): RequisiteFields =>
	given({
		NAME: [bank, number].filter((part) => part !== null).join(' '),
		RQ_ACC_NUM: number,
		RQ_BANK_NAME: bank,
		RQ_BANK_ADDR: location,
		RQ_BIK: bic,
		RQ_COR_ACC_NUM: correspondent,
	});

/** `fields` of `crm.address.add`. An address in one line goes whole into the first of Bitrix' two lines: only a person can divide it. */
export function addressFields({ postalCode, country, region, city, street, house, apartment, rest }: PostalAddress): RequisiteFields {
	const line = joined(street, house);
	return given({
		ADDRESS_1: line === '' ? rest : line,
		ADDRESS_2: joined(apartment, line === '' ? null : rest),
		CITY: city,
		POSTAL_CODE: postalCode,
		PROVINCE: region,
		COUNTRY: country,
	});
}

const joined = (...parts: Array<string | null>): string => parts.filter((part) => part !== null).join(', ');

const LONGEST = 255;

const given = (fields: Record<string, string | null>): RequisiteFields =>
	Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === null || value.trim() === '' ? [] : [[name, value.trim().slice(0, LONGEST).trim()]])));
