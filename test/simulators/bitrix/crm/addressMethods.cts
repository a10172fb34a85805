import { internalize } from '../fields/values.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, type Params } from '../wire/params.cts';
import { plainError } from '../wire/restError.cts';
import { deniedLegacy, legacyFields } from './calls.cts';
import { listInCapitals } from './capitals.cts';
import { ADDRESS_LENGTHS, cutTexts } from './lengths.cts';
import { ADDRESS_FIELDS } from './requisiteFields.cts';
import { ENTITY_TYPE, type AddressRow } from './rows.cts';

/** Of a postal address, of registration, the legal one, the beneficiary's, of delivery. */
const TYPES = [1, 4, 6, 9, 11];

/** Addresses have no id: one of each type belongs to a requisite (or lead). */
export const addressMethods: Method[] = [
	{
		name: 'crm.address.list',
		scope: 'crm',
		right: 'crm.read',
		denied: deniedLegacy,
		run: ({ portal, params }) => listInCapitals(portal.store.addresses, ADDRESS_FIELDS, params),
	},
	writes('add', (portal, known, values) => {
		if (known) throw plainError('TypeAddress exists.');
		portal.store.addresses.add({ ...values, ...anchorOf(portal, values) } as unknown as AddressRow);
	}),
	writes('update', (portal, known, values) => {
		if (!known) throw plainError('TypeAddress not found.');
		portal.store.addresses.update(known.id, values);
	}),
	writes('delete', (portal, known) => {
		if (!known) throw plainError('TypeAddress not found.');
		portal.store.addresses.remove(known.id);
	}),
];

function writes(name: string, write: (portal: Portal, known: AddressRow | undefined, values: Params) => void): Method {
	return {
		name: `crm.address.${name}`,
		scope: 'crm',
		right: 'crm.write',
		denied: deniedLegacy,
		run: (call) => {
			const values = readAddress(call);
			const known = call.portal.store.addresses
				.where('owner', values.owner)
				.find(({ TYPE_ID }) => TYPE_ID === values.TYPE_ID);
			write(call.portal, known, values);
			return ok(true);
		},
	};
}

/** Throws when type or owner are not named, or there is no such owner. */
function readAddress(call: MethodCall): Params {
	const values = cutTexts(internalize(ADDRESS_FIELDS, legacyFields(call), 'add'), ADDRESS_LENGTHS);
	const { requisites, leads } = call.portal.store;
	const id = asInteger(values.ENTITY_ID);
	if (!TYPES.includes(asInteger(values.TYPE_ID))) throw plainError('TYPE_ID is not defined or invalid.');
	const owners = values.ENTITY_TYPE_ID === ENTITY_TYPE.requisite ? requisites : leads;
	if (values.ENTITY_TYPE_ID !== ENTITY_TYPE.requisite && values.ENTITY_TYPE_ID !== ENTITY_TYPE.lead)
		throw plainError('ENTITY_TYPE_ID is not defined or invalid.');
	if (!owners.get(id)) throw plainError('ENTITY_ID is not defined or invalid.');
	return { ...values, owner: `${values.ENTITY_TYPE_ID}:${id}` };
}

/** Whose the requisite is. */
function anchorOf(portal: Portal, { ENTITY_TYPE_ID, ENTITY_ID }: Params): Params {
	const requisite = ENTITY_TYPE_ID === ENTITY_TYPE.requisite && portal.store.requisites.get(asInteger(ENTITY_ID));
	return requisite
		? { ANCHOR_TYPE_ID: requisite.ENTITY_TYPE_ID, ANCHOR_ID: requisite.ENTITY_ID }
		: { ANCHOR_TYPE_ID: ENTITY_TYPE_ID, ANCHOR_ID: ENTITY_ID };
}
