import { z } from 'zod';
import { SyncError } from '../errors';
import type { Attribute } from '../model/catalog';
import type { CompanyType } from '../model/counterparty';
import type { Kopecks } from '../model/money';
import { wellFormed } from '../model/wellFormed';
import { optional, rows } from './collection';
import { attributesSchema } from './goodsSchema';
import { toAttribute } from './goods';
import { anyMoment } from './moment';
import { idOf, type Meta } from './reference';

/** An address; lines that only a person can divide are in `rest`. */
export interface PostalAddress {
	postalCode: string | null;
	country: string | null;
	region: string | null;
	city: string | null;
	street: string | null;
	house: string | null;
	apartment: string | null;
	/** The whole address where MoySklad has it in one line, else what was added to it. */
	rest: string | null;
}

/** A bank account of a counterparty. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_counterparty.md`. */
export interface BankAccount {
	id: string;
	number: string;
	bank: string | null;
	location: string | null;
	bic: string | null;
	correspondent: string | null;
	main: boolean;
}

/** A contact person of a counterparty; one without a name is left out. */
export interface ContactPerson {
	id: string;
	externalCode: string | null;
	name: string;
	phone: string | null;
	email: string | null;
	position: string | null;
}

/** A counterparty, or an organization that stands in its place, with everything that a CRM wants to know of it. */
export interface Partner {
	id: string;
	externalCode: string | null;
	/** Null when it is only known by a link. */
	name: string | null;
	/** Null when it is only known by a link. */
	companyType: CompanyType | null;
	archived: boolean;
	code: string | null;
	description: string | null;
	inn: string | null;
	kpp: string | null;
	ogrn: string | null;
	ogrnip: string | null;
	okpo: string | null;
	legalTitle: string | null;
	lastName: string | null;
	firstName: string | null;
	middleName: string | null;
	legalAddress: PostalAddress | null;
	actualAddress: PostalAddress | null;
	phone: string | null;
	fax: string | null;
	email: string | null;
	birthDate: string | null;
	tags: string[];
	stateName: string | null;
	ownerId: string | null;
	/** Kopecks, as the report of counterparties says it, where the item carries it; below zero it owes. */
	balance: Kopecks | null;
	/** Null: the item does not include them. */
	accounts: BankAccount[] | null;
	people: ContactPerson[] | null;
	attributes: Attribute[];
	/** ISO 8601 in UTC. */
	updated: string | null;
	/** Its page in MoySklad. */
	page: string | null;
}

/** A contact person as a counterparty of its own: what a CRM keeps as a contact. */
export const partnerOfPerson = ({ id, externalCode, name, phone, email }: ContactPerson, { updated }: Pick<Partner, 'updated'>): Partner => ({
	...NOBODY, id, externalCode, name, phone, email, updated,
});

const text = optional(z.union([z.string(), z.number()]).transform((value) => wellFormed(String(value)).trim())).transform((value) => value || null);

const meta = z.object({ href: z.string(), type: z.string().optional(), uuidHref: z.string().optional() });
const named = optional(z.object({ meta: meta.optional(), id: text, name: text }));

const addressFull = optional(
	z.object({ postalCode: text, country: named, region: named, city: text, street: text, house: text, apartment: text, addInfo: text }),
);

const account = z.object({
	id: text, meta: meta.optional(), accountNumber: text, bankName: text, bankLocation: text, bic: text, correspondentAccount: text,
	isDefault: z.boolean().nullish(),
});

const person = z.object({ id: text, meta: meta.optional(), externalCode: text, name: text, phone: text, email: text, position: text });

const partnerSchema = z.object({
	id: text, meta: meta.optional(), externalCode: text, name: text, companyType: text, archived: z.boolean().nullish(), code: text, description: text,
	inn: text, kpp: text, ogrn: text, ogrnip: text, okpo: text, legalTitle: text, legalLastName: text, legalFirstName: text, legalMiddleName: text,
	legalAddress: text, legalAddressFull: addressFull, actualAddress: text, actualAddressFull: addressFull, phone: text, fax: text, email: text,
	birthDate: text, tags: optional(z.array(z.string())), state: named, owner: named, balance: optional(z.number().finite()),
	accounts: rows(account), contactpersons: rows(person), attributes: attributesSchema, updated: text,
});

type PartnerJson = z.output<typeof partnerSchema>;

/**
 * A counterparty as MoySklad's API gives it, or a link to one. Throws CRM_ITEM_UNREADABLE, and CATALOG_ITEM_UNREADABLE for an
 * additional field without an id.
 */
export function readPartner(json: unknown): Partner {
	const parsed = partnerSchema.safeParse(json);
	if (!parsed.success) throw unreadable(parsed.error.issues[0]);
	const row = parsed.data;
	return {
		id: identified(row),
		externalCode: row.externalCode, name: row.name, companyType: row.name === null ? null : typeOf(row.companyType), archived: row.archived === true,
		code: row.code, description: row.description, inn: row.inn, kpp: row.kpp, ogrn: row.ogrn, ogrnip: row.ogrnip, okpo: row.okpo,
		legalTitle: row.legalTitle, lastName: row.legalLastName, firstName: row.legalFirstName, middleName: row.legalMiddleName,
		legalAddress: toAddress(row.legalAddressFull, row.legalAddress), actualAddress: toAddress(row.actualAddressFull, row.actualAddress),
		phone: row.phone, fax: row.fax, email: row.email, birthDate: anyMoment(row.birthDate), tags: row.tags ?? [],
		stateName: row.state?.name ?? null, ownerId: idOf(row.owner?.meta as Meta | undefined) ?? null,
		balance: row.balance === null ? null : Math.round(row.balance),
		accounts: row.accounts && row.accounts.flatMap(toAccount),
		people: row.contactpersons && row.contactpersons.flatMap(toPerson),
		attributes: (row.attributes ?? []).flatMap(toAttribute),
		updated: anyMoment(row.updated),
		page: row.meta?.uuidHref ?? null,
	};
}

const unreadable = (issue: { path: Array<string | number>; message: string } | undefined): SyncError =>
	new SyncError('CRM_ITEM_UNREADABLE', { what: 'counterparty', reason: `${issue?.path.join('.') || 'item'}: ${issue?.message ?? 'unknown form'}` });

function identified({ id, meta: own }: Pick<PartnerJson, 'id' | 'meta'>): string {
	const kind = own?.type ?? 'counterparty';
	const found = id?.toLowerCase() ?? idOf(own as Meta | undefined);
	if (found && ['counterparty', 'organization'].includes(kind)) return found;
	throw unreadable({ path: ['meta'], message: found ? `its kind is ${kind}` : 'it has no id' });
}

/** The kinds of other countries are the same three. */
function typeOf(word: string | null): CompanyType {
	if (word?.startsWith('individual')) return 'individual';
	return word?.startsWith('entrepreneur') ? 'entrepreneur' : 'legal';
}

function toAddress(full: PartnerJson['legalAddressFull'], line: string | null): PostalAddress | null {
	if (full === null) return line === null ? null : { ...NOWHERE, rest: line };
	const { postalCode, country, region, city, street, house, apartment, addInfo } = full;
	const address = { postalCode, country: country?.name ?? null, region: region?.name ?? null, city, street, house, apartment, rest: addInfo };
	const isEmpty = [postalCode, city, street, house, apartment, addInfo].every((part) => part === null);
	return isEmpty ? toAddress(null, line) : address;
}

const NOWHERE: PostalAddress = { postalCode: null, country: null, region: null, city: null, street: null, house: null, apartment: null, rest: null };

function toAccount({ id, meta: own, accountNumber, bankName, bankLocation, bic, correspondentAccount, isDefault }: z.output<typeof account>): BankAccount[] {
	if (accountNumber === null) return [];
	const known = id?.toLowerCase() ?? idOf(own as Meta | undefined) ?? accountNumber;
	return [{ id: known, number: accountNumber, bank: bankName, location: bankLocation, bic, correspondent: correspondentAccount, main: isDefault === true }];
}

function toPerson({ id, meta: own, externalCode, name, phone, email, position }: z.output<typeof person>): ContactPerson[] {
	const known = id?.toLowerCase() ?? idOf(own as Meta | undefined);
	return known === undefined || name === null ? [] : [{ id: known, externalCode, name, phone, email, position }];
}

const NOBODY: Omit<Partner, 'id'> = {
	externalCode: null, name: null, companyType: 'individual', archived: false, code: null, description: null, inn: null, kpp: null, ogrn: null, ogrnip: null,
	okpo: null, legalTitle: null, lastName: null, firstName: null, middleName: null, legalAddress: null, actualAddress: null, phone: null, fax: null, email: null,
	birthDate: null, tags: [], stateName: null, ownerId: null, balance: null, accounts: [], people: [], attributes: [], updated: null, page: null,
};
