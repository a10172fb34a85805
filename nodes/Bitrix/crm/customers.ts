import { SyncError, warning, type Partner } from '../../../core';
import { byOrigin, type CrmRecord, type LookedUp } from './records';
import type { CrmSession } from './session';

/** The contact or company of a counterparty. */
export type Customer = { company: number } | { contact: number };

/** What is known of the customers of documents, by the id of the counterparty. */
export interface Customers {
	found: Map<string, Customer>;
	failed: Map<string, SyncError>;
}

/** Finds the contacts and companies that came from these counterparties, with two calls. */
export async function findCustomers(session: CrmSession, partners: readonly Partner[]): Promise<Customers> {
	const ids = [...new Set(partners.map(({ id }) => id))];
	const [companies, contacts] = await Promise.all([byOrigin(session, 'company', ids, []), byOrigin(session, 'contact', ids, [])]);
	const customers: Customers = { found: new Map(), failed: new Map([...companies.failed, ...contacts.failed]) };
	for (const partner of partners) {
		const customer = one(partner, companies, contacts);
		if (customer instanceof SyncError) customers.failed.set(partner.id, customer);
		else if (customer) customers.found.set(partner.id, customer);
	}
	return customers;
}

/** A counterparty that changed its kind has both; then the record of its present kind counts. */
function one({ id, companyType }: Partner, companies: LookedUp, contacts: LookedUp): Customer | SyncError | undefined {
	const [asCompany, asContact] = [companies.found.get(id) ?? [], contacts.found.get(id) ?? []];
	const isPerson = companyType === 'individual' || asCompany.length === 0;
	const records = isPerson && asContact.length > 0 ? asContact : asCompany;
	const [first, another] = records;
	if (!first) return undefined;
	if (another) return new SyncError('CRM_DUPLICATE', { what: records === asContact ? 'contacts' : 'companies', key: id, ids: idsOf(records) });
	return records === asContact ? { contact: first.id } : { company: first.id };
}

export const idsOf = (records: readonly CrmRecord[]): string => records.map(({ id }) => id).join(', ');

export const customerMissing = () => warning('CRM_CUSTOMER_MISSING');
