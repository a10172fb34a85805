import type { Portal } from '../portal.cts';
import type { BankDetailRow, RequisiteRow } from './rows.cts';

/** The requisites of a contact or company. */
export const requisitesOf = (portal: Portal, entityTypeId: number, id: number): RequisiteRow[] =>
	portal.store.requisites.where('ENTITY_ID', id).filter((row) => row.ENTITY_TYPE_ID === entityTypeId);

/** Removes a requisite with its bank accounts and addresses; deals and invoices go by none then. */
export function forgetRequisite(portal: Portal, { id }: { id: number }): void {
	const { requisites, bankDetails, addresses, requisiteLinks } = portal.store;
	for (const bank of bankDetails.where('ENTITY_ID', id)) forgetBankDetail(portal, bank);
	for (const address of addresses.where('owner', `8:${id}`)) addresses.remove(address.id);
	for (const link of requisiteLinks.all()) {
		if (link.REQUISITE_ID === id) requisiteLinks.update(link.id, { REQUISITE_ID: 0 });
		if (link.MC_REQUISITE_ID === id) requisiteLinks.update(link.id, { MC_REQUISITE_ID: 0 });
	}
	requisites.remove(id);
}

export function forgetBankDetail(portal: Portal, { id }: Pick<BankDetailRow, 'id'>): void {
	const { bankDetails, requisiteLinks } = portal.store;
	for (const link of requisiteLinks.all()) {
		if (link.BANK_DETAIL_ID === id) requisiteLinks.update(link.id, { BANK_DETAIL_ID: 0 });
		if (link.MC_BANK_DETAIL_ID === id) requisiteLinks.update(link.id, { MC_BANK_DETAIL_ID: 0 });
	}
	bankDetails.remove(id);
}
