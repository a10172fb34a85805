import { validEmail } from './email';
import type { Customer } from './order';
import { internationalPhone, lastDigits, phoneKeys } from './phone';

/** What a counterparty is; MoySklad ignores fields that do not belong to the kind. */
export type CompanyType = 'legal' | 'entrepreneur' | 'individual';

/** A counterparty as the customer of an order describes it. */
export interface Counterparty {
	companyType: CompanyType;
	name: string;
	inn?: string;
	kpp?: string;
	legalTitle?: string;
	legalAddress?: string;
	phone?: string;
	email?: string;
	/** Of a company: whom to talk to. */
	contactPerson?: { name: string; phone?: string; email?: string };
}

/** By what a counterparty is known again. All in one form, whatever way people wrote them. */
export interface CustomerKeys {
	inn?: string;
	kpp?: string;
	email?: string;
	phones: string[];
}

const digits = (text: string | null): string => (text ?? '').replace(/\D/g, '');

const trimmed = (text: string | null): string | undefined => text?.trim() || undefined;

/** A company's INN has 10 digits, a person's 12. */
export function customerKeys({ inn, kpp, email, phone }: Pick<Customer, 'inn' | 'kpp' | 'email' | 'phone'>): CustomerKeys {
	const number = digits(inn);
	const known = number.length === 10 || number.length === 12;
	return {
		...(known && { inn: number }),
		...(known && digits(kpp).length === 9 && { kpp: digits(kpp) }),
		email: validEmail(email)?.toLowerCase(),
		phones: phoneKeys(phone),
	};
}

/**
 * The counterparty that a customer is. Undefined when he has neither a name nor anything else to call him by. `said`: what he is
 * by somebody who knows better.
 */
export function counterpartyOf(customer: Customer, said?: CompanyType): Counterparty | undefined {
	const { inn, kpp } = customerKeys(customer);
	const phone = trimmed(customer.phone) && internationalPhone(customer.phone ?? '');
	const email = validEmail(customer.email);
	const person = trimmed(customer.name);
	const company = trimmed(customer.company);
	const companyType = said ?? companyTypeOf(customer, inn);
	const name = (companyType === 'individual' ? (person ?? company) : (company ?? person)) ?? email ?? phone;
	if (name === undefined) return undefined;
	const common = { companyType, name, ...(inn && { inn }), ...(phone && { phone }), ...(email && { email }) };
	if (companyType === 'individual') return common;
	return {
		...common,
		...(companyType === 'legal' && kpp && { kpp }),
		...(companyType === 'legal' && { legalTitle: name }),
		...(trimmed(customer.legalAddress) && { legalAddress: trimmed(customer.legalAddress) }),
		...(person !== undefined &&
			person !== name && { contactPerson: { name: person, ...(phone && { phone }), ...(email && { email }) } }),
	};
}

function companyTypeOf({ kind }: Customer, inn: string | undefined): CompanyType {
	if (kind === 'person') return 'individual';
	return inn?.length === 12 ? 'entrepreneur' : 'legal';
}

/**
 * Which customer of the store this is. Guests share an account of the store, and one account orders for several companies,
 * so the account alone is not enough. Undefined when nothing tells the customer from others.
 */
export function customerIdentity(customer: Customer): string | undefined {
	const { inn, kpp, email, phones } = customerKeys(customer);
	if (inn !== undefined) return JSON.stringify(['inn', inn, customer.kind === 'legal' ? (kpp ?? '') : '']);
	const contacts = [email, ...phones.map(lastDigits)].filter((key) => key !== undefined);
	const name = (trimmed(customer.company) ?? trimmed(customer.name) ?? '').toLowerCase();
	if (contacts.length === 0 && name === '') return undefined;
	return JSON.stringify([
		customer.kind,
		customer.userId ?? '',
		...(contacts.length > 0 ? contacts : [name]),
		...(customer.kind === 'legal' ? [name] : []),
	]);
}
