import { z } from 'zod';
import { printable } from './printable';

const filled = z.union([z.string(), z.number()]).transform((value) => printable(String(value)).trim());
const text = filled.nullish().transform((value) => value || null);
const texts = z
	.union([filled, z.array(filled.nullable())])
	.nullish()
	.transform((value) => [value ?? []].flat().flatMap((one) => one || []));

/** An account at a bank. */
const accountSchema = z.object({
	accountNumber: filled.pipe(z.string().min(1)),
	bic: text,
	bankName: text,
	bankLocation: text,
	correspondentAccount: text,
});

/** Somebody to talk to. */
const contactPersonSchema = z.object({ name: text, phone: text, email: text, position: text, description: text });

/** What a customer can be said to be. */
export const KINDS = ['individual', 'entrepreneur', 'legal'] as const;

/** What is known of a customer, wherever he comes from. Nothing has to be known but a name, or something to know him again by. */
export const cardFieldsSchema = z.object({
	/** MoySklad's id, where the other side keeps it. */
	moySkladId: text,
	/** The external code under which MoySklad has him or is to have him. */
	externalCode: text,
	/** Of a company its title. */
	name: text,
	lastName: text,
	firstName: text,
	middleName: text,
	legalTitle: text,
	inn: text,
	kpp: text,
	ogrn: text,
	ogrnip: text,
	okpo: text,
	/** In one line. */
	legalAddress: text,
	actualAddress: text,
	phones: texts,
	emails: texts,
	fax: text,
	description: text,
	/** ISO 8601. */
	birthDate: text,
	/** Groups, in MoySklad's words. */
	tags: texts,
	accounts: z.array(accountSchema).default([]),
	contactPersons: z.array(contactPersonSchema).default([]),
	/** When the other side changed him last, ISO 8601. */
	updatedAt: text,
});

/** A card together with where it comes from. */
export const cardSchema = cardFieldsSchema.extend({
	/** Who he is on the other side. The site key names the store or portal for ever. */
	source: z.object({ siteKey: z.string().min(1), entity: z.enum(['customer', 'contact', 'company']), id: z.string().min(1) }),
	kind: z.enum(KINDS),
});

/** A customer of a store or a CRM on his way into MoySklad. */
export type CustomerCard = z.output<typeof cardSchema>;
/** What is known of a customer, without where he comes from. Texts that are not known are null. */
export type CardFields = z.output<typeof cardFieldsSchema>;
/** A person of a company, as the card names him. */
export type CardContactPerson = z.output<typeof contactPersonSchema>;
/** A bank account; only its number is always there. */
export type CardAccount = z.output<typeof accountSchema>;
