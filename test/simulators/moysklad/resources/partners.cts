import { address, settleAddress, state } from '../engine/documentKinds.cts';
import * as kinds from '../engine/kinds.cts';
import { reference } from '../engine/references.cts';
import { refuseWhenReferred } from '../engine/removing.cts';
import { rowsOf, type Draft, type Field, type Resource } from '../engine/schema.cts';
import {
	additional,
	archived,
	code,
	created,
	description,
	externalCode,
	kept,
	name,
	noFiles,
	ownership,
	syncId,
	updated,
} from './common.cts';

/** Counterparties and the account's own organizations. */

const text: Field = { kind: kinds.text() };
const sortedText: Field = { kind: kinds.text(), sort: true };
const SMALL_FIRMS = ['entrepreneur', 'individual', 'entrepreneurUZ', 'individualUZ', 'entrepreneurKZ', 'individualKZ'];
const COMPANY_TYPES = ['legal', 'legalUZ', 'legalKZ', ...SMALL_FIRMS];
const LEGAL_ONLY = ['kpp', 'ogrn'];
const PERSON_ONLY = ['legalFirstName', 'legalLastName', 'legalMiddleName', 'ogrnip'];

/** Organizations are sorted by these, counterparties are not. */
const UNSORTED = ['legalTitle', 'legalAddress', 'actualAddress', 'inn', 'kpp'];

const account: Resource = {
	type: 'account',
	fields: {
		updated,
		isDefault: { kind: kinds.boolean, initial: () => false },
		accountNumber: { kind: kinds.text(), required: true },
		bankName: text,
		bankLocation: text,
		correspondentAccount: text,
		bic: text,
		currency: { kind: reference('currency') },
	},
};

const contactperson: Resource = {
	type: 'contactperson',
	fields: { updated, name, phone: text, email: { kind: kinds.email }, position: text, description, externalCode },
};

const note: Resource = {
	type: 'note',
	fields: {
		created: { kind: kinds.moment, readOnly: true, initial: ({ now }) => now },
		description: { kind: kinds.text(4096), required: true },
		author: {
			kind: reference('employee'),
			readOnly: true,
			initial: ({ user }) => (user.kind === 'user' ? user.ref : undefined),
		},
		authorContactPerson: { kind: kinds.opaque },
	},
};

const firm: Record<string, Field> = {
	...ownership,
	updated,
	created,
	name,
	description,
	code,
	externalCode,
	archived,
	syncId,
	companyType: { kind: kinds.choice(...COMPANY_TYPES), initial: () => 'legal' },
	legalTitle: { kind: kinds.text(4096), sort: true },
	legalFirstName: text,
	legalMiddleName: text,
	legalLastName: text,
	legalAddress: sortedText,
	legalAddressFull: { kind: address },
	actualAddress: sortedText,
	actualAddressFull: { kind: address },
	inn: sortedText,
	kpp: sortedText,
	ogrn: text,
	ogrnip: text,
	okpo: text,
	certificateNumber: text,
	certificateDate: { kind: kinds.minute },
	phone: sortedText,
	email: { kind: kinds.email, sort: true },
	fax: sortedText,
	attributes: additional,
	bonusProgram: { kind: kinds.opaque },
	bonusPoints: { kind: kinds.number(), readOnly: true },
};

export const counterparty: Resource = {
	type: 'counterparty',
	page: 'company',
	attributesOf: 'counterparty',
	states: true,
	search: {
		fields: [
			'name',
			'code',
			'legalTitle',
			'discountCardNumber',
			'email',
			'phone',
			'contactpersons.name',
			'contactpersons.email',
			'contactpersons.phone',
		],
		substring: true,
	},
	filters: {
		'accounts.accountnumber': {
			operators: kinds.TEXTUAL,
			literal: (literal) => literal,
			values: (row) => rowsOf(row, 'accounts').map(({ accountNumber }) => String(accountNumber)),
		},
	},
	fields: {
		...firm,
		...Object.fromEntries(
			UNSORTED.map((field): [string, Field] => [field, { ...(firm[field] as Field), sort: false }]),
		),
		tags: { kind: kinds.words, initial: () => [] },
		state: { kind: state },
		discountCardNumber: text,
		birthDate: { kind: kinds.moment },
		sex: { kind: kinds.choice('MALE', 'FEMALE') },
		salesAmount: { kind: kinds.number(), readOnly: true, initial: () => 0 },
		files: noFiles,
		...kept('priceType', 'discounts'),
	},
	collections: {
		accounts: { resource: account, onUpdate: 'replace' },
		contactpersons: { resource: contactperson, onUpdate: 'replace' },
		notes: { resource: note, onUpdate: 'merge' },
	},
	prepare(draft, _before, session, given) {
		prepareFirm(draft, given, (ref) => session.account.find(ref));
		if (given.has('code')) session.account.refuseTakenCode(draft);
	},
	removable: refuseWhenReferred(
		['customerorder', 'agent'],
		['demand', 'agent'],
		['paymentin', 'agent'],
		['cashin', 'agent'],
		['paymentout', 'agent'],
		['cashout', 'agent'],
		['invoiceout', 'agent'],
		['salesreturn', 'agent'],
		['product', 'supplier'],
		['contract', 'agent'],
	),
};

export const organization: Resource = {
	type: 'organization',
	page: 'mycompany',
	attributesOf: 'organization',
	search: { fields: ['name', 'code', 'legalTitle', 'email', 'phone'] },
	fields: {
		...firm,
		isEgaisEnable: { kind: kinds.boolean, initial: () => false },
		payerVat: { kind: kinds.boolean, initial: () => true },
		director: text,
		directorPosition: text,
		chiefAccountant: text,
		...kept('trackingContractNumber', 'trackingContractDate', 'companyVat__ru', 'advancePaymentVat'),
	},
	collections: { accounts: { resource: account, onUpdate: 'replace' } },
	prepare: (draft, _before, session, given) => prepareFirm(draft, given, (ref) => session.account.find(ref)),
	removable: refuseWhenReferred(
		['customerorder', 'organization'],
		['demand', 'organization'],
		['paymentin', 'organization'],
		['cashin', 'organization'],
		['paymentout', 'organization'],
		['cashout', 'organization'],
	),
};

/** Addresses in two forms; fields that do not belong to the kind of firm are dropped; a person's title is made of the names. */
function prepareFirm(draft: Draft, given: ReadonlySet<string>, find: Parameters<typeof settleAddress>[3]): void {
	settleAddress(draft, 'legalAddress', given, find);
	settleAddress(draft, 'actualAddress', given, find);
	const small = SMALL_FIRMS.includes(String(draft.companyType));
	for (const field of small ? LEGAL_ONLY : PERSON_ONLY) draft[field] = undefined;
	if (!small) return;
	const names = [draft.legalLastName, draft.legalFirstName, draft.legalMiddleName].filter((part) => part !== undefined);
	draft.legalTitle =
		names.length > 0 ? [...(draft.companyType === 'entrepreneur' ? ['ИП'] : []), ...names].join(' ') : undefined;
}
