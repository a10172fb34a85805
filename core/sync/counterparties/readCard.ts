import { z } from 'zod';
import { readCrmCustomer } from '../../bitrix/crmCard';
import { SyncError } from '../../errors';
import { counterpartyOf, customerIdentity, customerKeys, type CompanyType } from '../../model/counterparty';
import { cardFieldsSchema, cardSchema, KINDS, type CustomerCard } from '../../model/customerCard';
import { customerSchema, type Customer } from '../../model/order';
import { firstIssue } from '../issue';
import { readName } from '../matching/partyName';

type Json = Record<string, unknown>;

/** What a payer type of the store stands for. */
export interface PayerTypeRule {
	/** Its id, code or name. */
	payerType: string;
	kind: CompanyType;
}

/** What is to be known to read customers beside what the items say. */
export interface CardReading {
	/** Names the store or portal for ever; empty where the items say it themselves. */
	siteKey: string;
	payerTypes: readonly PayerTypeRule[];
}

/**
 * A customer in any of the forms in which one comes: a card of this package, an order of a store or its customer, a contact or company of
 * Bitrix24 (with `requisites` where they were read), or fields of the card under their own names.
 * Throws COUNTERPARTY_UNREADABLE, COUNTERPARTY_SITE_KEY_MISSING, COUNTERPARTY_NAMELESS.
 */
export function readCard(json: unknown, reading: CardReading): CustomerCard {
	if (typeof json !== 'object' || json === null || Array.isArray(json)) throw unreadable('it is no object');
	const row = json as Json;
	const card = ofOrder(row, reading) ?? ofCard(row) ?? ofCustomer(row, reading) ?? ofCrm(row, reading) ?? ofFields(row, reading);
	const parsed = cardSchema.safeParse(card);
	if (!parsed.success) throw unreadable(firstIssue(parsed.error));
	return withName(parsed.data);
}

/** Whoever has no name is called by what is there. */
function withName(card: CustomerCard): CustomerCard {
	const { name, lastName, firstName, middleName, emails, phones } = card;
	const person = [lastName, firstName, middleName].filter((part) => part !== null).join(' ');
	const called = name ?? (person || emails[0] || phones[0]);
	if (!called) throw new SyncError('COUNTERPARTY_NAMELESS');
	return { ...card, name: called };
}

const unreadable = (reason: string): SyncError => new SyncError('COUNTERPARTY_UNREADABLE', { reason });

type CardInput = z.input<typeof cardSchema>;

const ofCard = (row: Json): CardInput | undefined => (typeof row.source === 'object' && row.source !== null && 'entity' in row.source ? (row as CardInput) : undefined);

const orderSchema = z.object({
	source: z.object({ siteKey: z.string().min(1) }),
	customer: customerSchema,
	address: z.string().nullish(),
	updatedAt: z.string().nullish(),
});

function ofOrder(row: Json, reading: CardReading): CardInput | undefined {
	const parsed = orderSchema.safeParse(row);
	if (!parsed.success) return undefined;
	const { source, customer, address, updatedAt } = parsed.data;
	return { ...cardOfCustomer(customer, { ...reading, siteKey: source.siteKey }), actualAddress: address, updatedAt };
}

function ofCustomer(row: Json, reading: CardReading): CardInput | undefined {
	const parsed = customerSchema.safeParse(row);
	return parsed.success ? cardOfCustomer(parsed.data, reading) : undefined;
}

/** Known under the same identity as the customers of orders, so that both ways lead to one counterparty. */
function cardOfCustomer(customer: Customer, reading: CardReading): CardInput {
	const identity = customerIdentity(customer);
	const counterparty = counterpartyOf(customer, kindOf(customer, reading));
	if (identity === undefined || !counterparty) throw new SyncError('COUNTERPARTY_NAMELESS');
	const { companyType, name, inn, kpp, legalTitle, legalAddress, contactPerson } = counterparty;
	return {
		source: { siteKey: siteKeyOf(reading), entity: 'customer', id: identity },
		kind: companyType,
		name,
		inn,
		kpp,
		legalTitle,
		legalAddress,
		phones: [customer.phone],
		emails: [customer.email],
		contactPersons: contactPerson ? [contactPerson] : [],
	};
}

const kindOf = ({ payerType: { id, name, code }, company, name: person, inn }: Customer, { payerTypes }: CardReading): CompanyType | undefined =>
	payerTypes.find(({ payerType }) => [id, name, code].includes(payerType.trim()))?.kind ?? kindByForm(company ?? person, inn);

/** A company's INN has 10 digits, a person's 12. */
const innLength = (inn: string | null | undefined): number => inn?.replace(/\D/g, '').length ?? 0;

/** An entrepreneur is known by the word before his name, also where nobody asked for an INN. */
const kindByForm = (name: string | null | undefined, inn: string | null | undefined): CompanyType | undefined =>
	readName(name).form?.type === 'entrepreneur' && innLength(inn) !== 10 ? 'entrepreneur' : undefined;

const firmKind = (name: string | null | undefined, inn: string | null | undefined): CompanyType => kindByForm(name, inn) ?? (innLength(inn) === 12 ? 'entrepreneur' : 'legal');

function ofCrm(row: Json, reading: CardReading): CardInput | undefined {
	const found = readCrmCustomer(row);
	if (!found) return undefined;
	const { id, entity, card } = found;
	const siteKey = siteKeyOf(reading);
	const kind = entity === 'contact' ? 'individual' : firmKind(card.legalTitle ?? card.name, card.inn);
	return { ...card, source: { siteKey, entity, id }, kind, externalCode: `bitrix:${siteKey}:${entity}:${id}` };
}

const loose = cardFieldsSchema.extend({
	id: z.union([z.string(), z.number()]).nullish().transform((value) => (value ? String(value) : null)),
	kind: z.enum(KINDS).nullish(),
	phone: cardFieldsSchema.shape.phones,
	email: cardFieldsSchema.shape.emails,
});

function ofFields(row: Json, reading: CardReading): CardInput {
	const parsed = loose.safeParse(row);
	if (!parsed.success) throw unreadable(firstIssue(parsed.error));
	const { id, kind, phone, email, ...fields } = parsed.data;
	const siteKey = siteKeyOf(reading);
	const card = { ...fields, phones: [...fields.phones, ...phone], emails: [...fields.emails, ...email] };
	const said = kind ?? (innLength(fields.inn) > 0 ? firmKind(fields.name, fields.inn) : (readName(fields.name).form?.type ?? 'individual'));
	const identity = id === null ? identityOf(card, said) : `id ${id}`;
	return {
		...card,
		source: { siteKey, entity: 'customer', id: identity },
		kind: said,
		externalCode: fields.externalCode ?? (id === null ? null : `bitrix:${siteKey}:customer:${id}`),
	};
}

/** The same as for a customer of an order with these fields. Throws COUNTERPARTY_NAMELESS. */
function identityOf({ name, inn, kpp, phones, emails }: Pick<CustomerCard, 'name' | 'inn' | 'kpp' | 'phones' | 'emails'>, kind: CompanyType): string {
	const [phone, email] = [phones.join(', ') || null, emails.find((one) => customerKeys({ inn, kpp, phone: null, email: one }).email !== undefined) ?? null];
	const payerType = { id: '', name: null, code: null };
	const isFirm = kind !== 'individual';
	const identity = customerIdentity({ kind: isFirm ? 'legal' : 'person', payerType, userId: null, name, company: isFirm ? name : null, inn, kpp, legalAddress: null, phone, email });
	if (identity === undefined) throw new SyncError('COUNTERPARTY_NAMELESS');
	return identity;
}

function siteKeyOf({ siteKey }: CardReading): string {
	if (siteKey.trim() === '') throw new SyncError('COUNTERPARTY_SITE_KEY_MISSING');
	return siteKey.trim();
}
