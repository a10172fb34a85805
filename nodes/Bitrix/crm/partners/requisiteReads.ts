import {
	CRM_TYPES, readBankDetail, readCrmAddress, readPreset, readRequisite, type BankDetail, type CrmAddress, type Requisite, type RequisitePreset,
} from '../../../../core';
import { rowsOf, type ListMethod } from '../../../../transport';
import type { Asking } from '../../catalog/asking';
import { belonging } from '../belonging';
import type { PartnerType } from './fields';

const PRESETS: ListMethod = { method: 'crm.requisite.preset.list', idField: 'ID' };
const REQUISITES: ListMethod = { method: 'crm.requisite.list', idField: 'ID' };
const BANK_DETAILS: ListMethod = { method: 'crm.requisite.bankdetail.list', idField: 'ID' };
/** Addresses have no id: of each kind there is one. */
const ADDRESSES: ListMethod = { method: 'crm.address.list', idField: 'TYPE_ID' };

/** Owners asked for at once: most have one, and more than a page of fifty takes another call. */
const OWNERS_AT_ONCE = 25;
/** At most five kinds of addresses each. */
const ADDRESS_OWNERS_AT_ONCE = 10;

export async function readPresets(session: Asking): Promise<RequisitePreset[]> {
	return rowsOf(await session.client.read(PRESETS.method, { order: { SORT: 'ASC' } }), PRESETS).map(readPreset);
}

/** Requisites of contacts or companies, by their owner. */
export const requisitesOf = async (session: Asking, type: PartnerType, owners: readonly number[]): Promise<Map<number, Requisite[]>> =>
	await belonging(session, owners, {
		list: REQUISITES,
		size: OWNERS_AT_ONCE,
		query: (part) => ({ filter: { '=ENTITY_TYPE_ID': CRM_TYPES[type], '@ENTITY_ID': part }, select: ['*'] }),
		read: readRequisite,
		keyOf: ({ ownerId }) => ownerId,
	});

/** Requisites with one of these INNs, by INN. */
export const requisitesByInn = async (session: Asking, type: PartnerType, inns: readonly string[]): Promise<Map<string, Requisite[]>> =>
	await belonging(session, inns, {
		list: REQUISITES,
		size: OWNERS_AT_ONCE,
		query: (part) => ({ filter: { '=ENTITY_TYPE_ID': CRM_TYPES[type], '@RQ_INN': part }, select: ['ID', 'ENTITY_TYPE_ID', 'ENTITY_ID', 'RQ_INN'] }),
		read: readRequisite,
		keyOf: ({ fields }) => fields.RQ_INN ?? '',
	});

/** Bank accounts, by requisites. */
export const bankDetailsOf = async (session: Asking, requisites: readonly number[]): Promise<Map<number, BankDetail[]>> =>
	await belonging(session, requisites, {
		list: BANK_DETAILS,
		size: OWNERS_AT_ONCE,
		query: (part) => ({ filter: { '@ENTITY_ID': part }, select: ['*'] }),
		read: readBankDetail,
		keyOf: ({ requisiteId }) => requisiteId,
	});

/** Addresses, by requisites. */
export const addressesOf = async (session: Asking, requisites: readonly number[]): Promise<Map<number, CrmAddress[]>> =>
	await belonging(session, requisites, {
		list: ADDRESSES,
		size: ADDRESS_OWNERS_AT_ONCE,
		query: (part) => ({ filter: { '=ENTITY_TYPE_ID': CRM_TYPES.requisite, '@ENTITY_ID': part }, select: ['*'] }),
		read: readCrmAddress,
		keyOf: ({ requisiteId }) => requisiteId,
	});
