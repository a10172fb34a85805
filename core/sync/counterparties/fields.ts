import { emailKeys, validEmail } from '../../model/email';
import { internationalPhone, phoneKeys } from '../../model/phone';
import type { CompanyType } from '../../model/counterparty';
import type { CustomerCard } from '../../model/customerCard';
import { toParty, type Party } from '../matching/party';
import type { Rule } from '../mapping';

/** What of a customer can fill a field, as lists show it. Null where nothing is known. */
export const CARD_VALUES = {
	accounts: { name: 'Bank Accounts', read: ({ accounts }: CustomerCard) => accounts },
	actualAddress: { name: 'Actual Address', read: ({ actualAddress }: CustomerCard) => actualAddress },
	birthDate: { name: 'Birth Date', read: ({ birthDate }: CustomerCard) => birthDate },
	companyType: { name: 'Kind', read: ({ kind }: CustomerCard) => kind },
	contactPersons: { name: 'Contact Persons', read: ({ contactPersons }: CustomerCard) => contactPersons },
	description: { name: 'Description', read: ({ description }: CustomerCard) => description },
	email: { name: 'E-Mail', read: ({ emails }: CustomerCard) => emails.flatMap((email) => validEmail(email) ?? emailKeys(email))[0] ?? null },
	externalCode: { name: 'External Code', read: ({ externalCode }: CustomerCard) => externalCode },
	fax: { name: 'Fax', read: ({ fax }: CustomerCard) => fax },
	firstName: { name: 'First Name', read: ({ firstName }: CustomerCard) => firstName },
	inn: { name: 'INN', read: ({ inn }: CustomerCard) => digits(inn) },
	kpp: { name: 'KPP', read: ({ kpp }: CustomerCard) => digits(kpp) },
	lastName: { name: 'Last Name', read: ({ lastName }: CustomerCard) => lastName },
	legalAddress: { name: 'Legal Address', read: ({ legalAddress }: CustomerCard) => legalAddress },
	legalTitle: { name: 'Legal Name', read: ({ legalTitle, name, kind }: CustomerCard) => legalTitle ?? (kind === 'legal' ? name : null) },
	middleName: { name: 'Middle Name', read: ({ middleName }: CustomerCard) => middleName },
	name: { name: 'Name', read: ({ name }: CustomerCard) => name },
	ogrn: { name: 'OGRN', read: ({ ogrn }: CustomerCard) => digits(ogrn) },
	ogrnip: { name: 'OGRNIP', read: ({ ogrnip }: CustomerCard) => digits(ogrnip) },
	okpo: { name: 'OKPO', read: ({ okpo }: CustomerCard) => digits(okpo) },
	phone: { name: 'Phone', read: ({ phones }: CustomerCard) => phones.map(internationalPhone).join(', ') || null },
	siteKey: { name: 'Site Key', read: ({ source }: CustomerCard) => source.siteKey },
	sourceId: { name: 'ID on the Other Side', read: ({ source }: CustomerCard) => (source.entity === 'customer' ? null : source.id) },
	tags: { name: 'Groups', read: ({ tags }: CustomerCard) => tags },
} satisfies Record<string, { name: string; read(card: CustomerCard): unknown }>;

/** A key of CARD_VALUES; mappings name it as their source. */
export type CardValue = keyof typeof CARD_VALUES;

const digits = (text: string | null): string | null => text?.replace(/\D/g, '') || null;

/** Lists inside a counterparty: what is missing in them is added, nothing is ever taken away. */
export const CARD_LISTS = ['accounts', 'contactPersons', 'tags'] as const;
/** MoySklad's keyword of one of these lists. */
export type CardList = (typeof CARD_LISTS)[number];

/** Whether the field is a list to which is only added. */
export const isCardList = (target: string): target is CardList => (CARD_LISTS as readonly string[]).includes(target);

const rule = (target: string, policy: Rule['policy'], field: CardValue = target as CardValue): Rule => ({ target, source: { field }, policy });

/** The mapping that works untouched: what is filled in MoySklad is left as it is (rule O4). */
export const COUNTERPARTY_PRESET: readonly Rule[] = [
	rule('companyType', 'creating'),
	rule('externalCode', 'creating'),
	...(['name', 'legalTitle', 'inn', 'kpp', 'ogrn', 'ogrnip', 'okpo', 'legalAddress', 'actualAddress', 'phone', 'email', 'fax', 'description', 'birthDate'] as const).map((target) => rule(target, 'empty')),
	rule('legalLastName', 'empty', 'lastName'),
	rule('legalFirstName', 'empty', 'firstName'),
	rule('legalMiddleName', 'empty', 'middleName'),
	rule('tags', 'always'),
	rule('contactPersons', 'always'),
	rule('accounts', 'always'),
];

/** Fields that MoySklad ignores or makes itself for a kind of counterparty: sent, they would differ for ever. */
const NOT_OF: Record<CompanyType, readonly string[]> = {
	legal: ['ogrnip', 'legalLastName', 'legalFirstName', 'legalMiddleName'],
	entrepreneur: ['kpp', 'ogrn', 'legalTitle'],
	individual: ['kpp', 'ogrn', 'legalTitle'],
};

/** Whether a counterparty of the kind has the field. */
export const belongsTo = (kind: unknown, field: string): boolean => !(NOT_OF[kind as CompanyType] as readonly string[] | undefined)?.includes(field);

/** A value in the form in which two of them are compared, however people wrote them. */
export function comparable(field: string, value: unknown): unknown {
	if (typeof value !== 'string') return value ?? null;
	if (field === 'email') return value.trim().toLowerCase();
	if (field === 'phone' || field === 'fax') return phoneKeys(value).sort().join(' ') || value.trim();
	if (['inn', 'kpp', 'ogrn', 'ogrnip', 'okpo'].includes(field)) return value.replace(/\D/g, '');
	return value.replace(/\s+/g, ' ').trim();
}

/** Lists of more phones or e-mails are not of one customer, and each phone is looked for with a call. */
const MOST_CONTACTS = 100;

/** The customer as he is looked for. His contact persons are he, too. */
export function partyOfCard(id: string, { kind, name, legalTitle, inn, kpp, externalCode, phones, emails, contactPersons }: CustomerCard): Party {
	const party = toParty({
		id,
		kind,
		inn,
		kpp,
		externalIds: [externalCode],
		phones: [...phones, ...contactPersons.map(({ phone }) => phone)],
		emails: [...emails, ...contactPersons.map(({ email }) => email)],
		names: [name, legalTitle],
	});
	return { ...party, phones: party.phones.slice(0, MOST_CONTACTS), emails: party.emails.slice(0, MOST_CONTACTS) };
}
