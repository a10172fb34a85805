import { readPartner, type Partner } from '../../../../core';
import { readByValues } from '../../../../transport';
import type { Customer, Customers } from '../customers';
import type { CrmSession } from '../session';
import { writeAll } from './run';
import { settingsForCustomers } from './settings';
import { PartnerTask } from './task';

/** Makes contacts and companies of counterparties that have none yet; those that the rules find are bound, and otherwise left as they are. */
export async function createCustomers(session: CrmSession, partners: readonly Partner[]): Promise<Customers> {
	const tasks = (await whole(session, partners)).map(taskOf);
	await writeAll(session, settingsForCustomers(session.settings), tasks);
	const customers: Customers = { found: new Map(), failed: new Map() };
	for (const { source, bitrixId, type, failure } of tasks) {
		if (bitrixId !== undefined && !failure) customers.found.set(source.id, (type === 'company' ? { company: bitrixId } : { contact: bitrixId }) as Customer);
		else if (failure) customers.failed.set(source.id, failure);
	}
	return customers;
}

/** With their accounts and contact persons, where MoySklad can be asked. */
async function whole({ moySklad }: CrmSession, partners: readonly Partner[]): Promise<Partner[]> {
	if (!moySklad) return [...partners];
	const query = { expand: 'accounts,contactpersons', limit: 100 };
	const rows = await readByValues(moySklad, 'entity/counterparty', 'id', partners.map(({ id }) => id), { query });
	const byId = new Map(rows.map((row) => [String(row.id), row]));
	return partners.map((partner) => (byId.has(partner.id) ? readPartner(byId.get(partner.id)) : partner));
}

/** A counterparty as a task of the kind of record that it becomes. */
function taskOf(partner: Partner): PartnerTask {
	const { id, externalCode, updated, companyType } = partner;
	return new PartnerTask(undefined, companyType === 'individual' ? 'contact' : 'company', { id, externalCode, updated, partner, position: null }, undefined);
}

