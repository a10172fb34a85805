import { internalize } from '../fields/values.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, type Params } from '../wire/params.cts';
import { plainError } from '../wire/restError.cts';
import { contactsOf, primaryOf } from './bindings.cts';
import { deniedLegacy, legacyFields, legacyParams } from './calls.cts';
import { listInCapitals } from './capitals.cts';
import { COMPANY, CONTACT, DEAL, ownerKey, SMART_INVOICE, type CrmEntity } from './entities.cts';
import { REQUISITE_LINK_FIELDS } from './requisiteFields.cts';
import type { CrmRow, RequisiteLinkRow } from './rows.cts';

/** Which requisites a deal or invoice goes by. */
export const requisiteLinkMethods: Method[] = [
	{
		name: 'crm.requisite.link.list',
		scope: 'crm',
		right: 'crm.read',
		denied: deniedLegacy,
		run: ({ portal, params }) => listInCapitals(portal.store.requisiteLinks, REQUISITE_LINK_FIELDS, params),
	},
	{
		name: 'crm.requisite.link.get',
		scope: 'crm',
		right: 'crm.read',
		denied: deniedLegacy,
		run: (call) => ok(getLink(call)),
	},
	{
		name: 'crm.requisite.link.register',
		scope: 'crm',
		right: 'crm.write',
		denied: deniedLegacy,
		run: (call) => ok(register(call)),
	},
	{
		name: 'crm.requisite.link.unregister',
		scope: 'crm',
		right: 'crm.write',
		denied: deniedLegacy,
		run: (call) => {
			const link = linkOf(call);
			if (link) call.portal.store.requisiteLinks.remove(link.id);
			return ok(link !== undefined);
		},
	},
];

/** Its own type and id are numbers, all else are texts. */
function getLink(call: MethodCall): Params {
	const link = linkOf(call);
	if (!link) throw plainError('Not found');
	return {
		ENTITY_TYPE_ID: link.ENTITY_TYPE_ID,
		ENTITY_ID: link.ENTITY_ID,
		REQUISITE_ID: String(link.REQUISITE_ID),
		BANK_DETAIL_ID: String(link.BANK_DETAIL_ID),
		MC_REQUISITE_ID: String(link.MC_REQUISITE_ID),
		MC_BANK_DETAIL_ID: String(link.MC_BANK_DETAIL_ID),
	};
}

function linkOf({ portal, params }: MethodCall): RequisiteLinkRow | undefined {
	const { entitytypeid, entityid } = legacyParams(params);
	if (!entityOfLink(asInteger(entitytypeid))) throw plainError('entityTypeId is not defined or invalid');
	if (asInteger(entityid) <= 0) throw plainError('entityId is not defined or invalid');
	return portal.store.requisiteLinks.where('owner', `${asInteger(entitytypeid)}:${asInteger(entityid)}`)[0];
}

const entityOfLink = (entityTypeId: number): CrmEntity | undefined =>
	[DEAL, SMART_INVOICE].find((entity) => entity.entityTypeId === entityTypeId);

/** Replaces what the object went by. Throws for requisites that are not the client's or the seller's. */
function register(call: MethodCall): boolean {
	const { portal } = call;
	const given = legacyFields(call);
	for (const name of Object.keys(REQUISITE_LINK_FIELDS))
		if (given[name] === undefined) throw plainError(`${name} is not defined or invalid`);
	const values = internalize(REQUISITE_LINK_FIELDS, given, 'add') as unknown as Omit<RequisiteLinkRow, 'id' | 'owner'>;
	const entity = entityOfLink(values.ENTITY_TYPE_ID);
	if (!entity) throw plainError('ENTITY_TYPE_ID is not defined or invalid');
	const object = entity.table(portal).get(values.ENTITY_ID);
	if (!object) throw plainError('Entity is not found');
	checkSide(portal, values.REQUISITE_ID, values.BANK_DETAIL_ID, clientOf(portal, entity, object), '');
	checkSide(portal, values.MC_REQUISITE_ID, values.MC_BANK_DETAIL_ID, sellerOf(portal, object), ' of your company');
	const { requisiteLinks } = portal.store;
	const owner = ownerKey(entity, object.id);
	const known = requisiteLinks.where('owner', owner)[0];
	if (known) requisiteLinks.update(known.id, values);
	else requisiteLinks.add({ ...values, owner });
	return true;
}

/** A contact or company, as messages name it. */
interface Party {
	entityTypeId: number;
	id: number;
	name: string;
}

/** The company, else the first contact. */
function clientOf(portal: Portal, { entityTypeId }: CrmEntity, { id, companyId }: CrmRow): Party {
	if (companyId > 0) return { entityTypeId: COMPANY.entityTypeId, id: companyId, name: 'Company' };
	const contact = primaryOf(contactsOf(entityTypeId).list(portal, id)) ?? 0;
	return { entityTypeId: CONTACT.entityTypeId, id: contact, name: 'Contact' };
}

/** One's own company that is named in the object; any of one's own companies when none is (the sheet is silent on this). */
function sellerOf(portal: Portal, { mycompanyId }: CrmRow): Party {
	const own = portal.store.companies.all().find(({ isMyCompany }) => isMyCompany === 'Y');
	const id = asInteger(mycompanyId) || (own?.id ?? 0);
	return { entityTypeId: COMPANY.entityTypeId, id, name: 'your company' };
}

function checkSide(portal: Portal, requisiteId: number, bankDetailId: number, party: Party, whose: string): void {
	const requisite = portal.store.requisites.get(requisiteId);
	if (requisiteId > 0 && !requisite) throw plainError(`The Requisite${whose} with ID '${requisiteId}' is not found`);
	if (requisite && (requisite.ENTITY_TYPE_ID !== party.entityTypeId || requisite.ENTITY_ID !== party.id))
		throw plainError(`The Requisite with ID '${requisiteId}' is not assigned to ${party.name} with ID '${party.id}'`);
	const bank = portal.store.bankDetails.get(bankDetailId);
	if (bankDetailId > 0 && !bank) throw plainError(`The BankDetail${whose} with ID '${bankDetailId}' is not found`);
	if (bank && bank.ENTITY_ID !== requisiteId) {
		throw plainError(
			`The BankDetail${whose} with ID '${bankDetailId}' is not assigned to Requisite${whose} with ID '${requisiteId}'`,
		);
	}
}
