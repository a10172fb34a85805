import type { CompanyType, CustomerKeys } from '../../model/counterparty';
import { emailKeys } from '../../model/email';
import { phoneKeys } from '../../model/phone';
import { readName, type PartyName } from './partyName';

/** Somebody whom either side knows (a customer, a counterparty, a contact, a company), with all by which he is known again. */
export interface Party {
	/** Tells him from the others of the same list. */
	id: string;
	/** Undefined when nobody said it. */
	kind?: CompanyType;
	inn?: string;
	kpp?: string;
	/** Keys of another system under which he is known: external codes, XML_ID, the ids of a link. */
	externalIds: readonly string[];
	/** In the form of `phoneKeys`; those of his contact persons too. */
	phones: readonly string[];
	/** In the form of `emailKeys`; those of his contact persons too. */
	emails: readonly string[];
	/** All under which he goes. Empty when his name is not to count. */
	names: readonly PartyName[];
	archived: boolean;
	/** When he was made; later ones compare greater. */
	created: string;
}

/** The same as people and platforms write it. */
export interface PartyWords {
	id: string;
	kind?: string | null;
	inn?: string | null;
	kpp?: string | null;
	externalIds?: ReadonlyArray<string | null | undefined>;
	phones?: ReadonlyArray<string | null | undefined>;
	emails?: ReadonlyArray<string | null | undefined>;
	names?: ReadonlyArray<string | null | undefined>;
	archived?: boolean;
	created?: string;
}

const KINDS: readonly CompanyType[] = ['legal', 'entrepreneur', 'individual'];

/** MoySklad's kinds of other countries (`legalUZ`) count as ours. */
const kindOf = (text: string | null | undefined): CompanyType | undefined => KINDS.find((kind) => text?.startsWith(kind));

const unique = (texts: ReadonlyArray<string | null | undefined>): string[] => [...new Set(texts.map((text) => text?.trim() ?? ''))].filter((text) => text !== '');

const digitsOf = (text: string | null | undefined): string | undefined => text?.replace(/\D/g, '') || undefined;

/** Brings everything into the form in which it is compared. */
export function toParty({ id, kind, inn, kpp, externalIds = [], phones = [], emails = [], names = [], archived = false, created = '' }: PartyWords): Party {
	return {
		id,
		kind: kindOf(kind),
		inn: digitsOf(inn),
		kpp: digitsOf(kpp),
		externalIds: unique(externalIds),
		phones: [...new Set(phones.flatMap(phoneKeys))],
		emails: [...new Set(emails.flatMap(emailKeys))],
		names: unique(names).map(readName).filter(({ words }) => words.length > 0),
		archived,
		created,
	};
}

/** A customer of whom only his keys count: what he is follows from whether he has an INN, and his name contradicts nothing. */
export const partyOfKeys = (id: string, { inn, kpp, email, phones }: CustomerKeys): Party => ({
	id,
	inn,
	kpp,
	externalIds: [],
	phones,
	emails: email === undefined ? [] : [email],
	names: [],
	archived: false,
	created: '',
});
