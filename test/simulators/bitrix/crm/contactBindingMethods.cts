import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, asList, isMap, type Params } from '../wire/params.cts';
import { plainError } from '../wire/restError.cts';
import { companiesOfContact, contactsOf, contactsOfCompany, withPrimary, type Binding } from './bindings.cts';
import { authorOf, deniedLegacy, legacyFields, legacyParams } from './calls.cts';
import { COMPANY, CONTACT, DEAL, LEAD, type CrmEntity } from './entities.cts';
import type { CrmRow } from './rows.cts';
import { touchObject } from './writes.cts';

/** One pair of methods families: the contacts of a deal, the companies of a contact, … */
interface Kind {
	/** `crm.deal.contact` */
	prefix: string;
	owner: CrmEntity;
	/** What is bound, and its field: `CONTACT_ID`. */
	bound: CrmEntity;
	field: string;
	store: {
		list(portal: Portal, owner: number): Binding[];
		set(portal: Portal, owner: number, bindings: readonly Binding[]): void;
	};
}

const KINDS: Kind[] = [
	{ prefix: 'crm.deal.contact', owner: DEAL, bound: CONTACT, field: 'CONTACT_ID', store: contactsOf(DEAL.entityTypeId) },
	{ prefix: 'crm.lead.contact', owner: LEAD, bound: CONTACT, field: 'CONTACT_ID', store: contactsOf(LEAD.entityTypeId) },
	{ prefix: 'crm.contact.company', owner: CONTACT, bound: COMPANY, field: 'COMPANY_ID', store: companiesOfContact },
	{ prefix: 'crm.company.contact', owner: COMPANY, bound: CONTACT, field: 'CONTACT_ID', store: contactsOfCompany },
];

/** What an object is bound to: all at once (`items.get`, `items.set`, `items.delete`) or one by one (`add`, `delete`). */
export const contactBindingMethods: Method[] = KINDS.flatMap((kind) => {
	const method = (
		name: string,
		right: 'crm.read' | 'crm.write',
		run: (call: MethodCall, owner: CrmRow) => unknown,
	): Method => ({
		name: `${kind.prefix}.${name}`,
		scope: 'crm',
		right,
		denied: deniedLegacy,
		run: (call) => ok(run(call, ownerOf(call, kind))),
	});
	return [
		method('items.get', 'crm.read', ({ portal }, { id }) =>
			kind.store.list(portal, id).map((binding) => show(kind, binding)),
		),
		method('items.set', 'crm.write', (call, { id }) => setAll(call, kind, id)),
		method('items.delete', 'crm.write', (call, { id }) => change(call, kind, id, [])),
		method('add', 'crm.write', (call, { id }) => addOne(call, kind, id)),
		method('delete', 'crm.write', (call, { id }) => deleteOne(call, kind, id)),
	];
});

const show = ({ field }: Kind, { id, sort, isPrimary }: Binding): Params => ({
	[field]: id,
	SORT: sort,
	ROLE_ID: 0,
	IS_PRIMARY: isPrimary ? 'Y' : 'N',
});

function setAll(call: MethodCall, kind: Kind, ownerId: number): boolean {
	const items = asList(legacyParams(call.params).items);
	if (!items) throw plainError('The parameter items must be array.');
	const bindings = items
		.filter(isMap)
		.map((item, index) => readBinding(kind, item, (index + 1) * 10))
		.filter(({ id }, index, all) => exists(call, kind, id) && all.findIndex((other) => other.id === id) === index);
	return change(call, kind, ownerId, withOnePrimary(bindings));
}

/** False = it was bound already. */
function addOne(call: MethodCall, kind: Kind, ownerId: number): boolean {
	const known = kind.store.list(call.portal, ownerId);
	const binding = readBinding(kind, legacyFields(call), (known.length + 1) * 10);
	if (binding.id <= 0) throw plainError("The parameter 'fields' is not valid.");
	if (!exists(call, kind, binding.id) || known.some(({ id }) => id === binding.id)) return false;
	const all = [...known, binding];
	return change(call, kind, ownerId, binding.isPrimary ? withPrimary(all, binding.id) : withOnePrimary(all));
}

/** False = it was not bound. */
function deleteOne(call: MethodCall, kind: Kind, ownerId: number): boolean {
	const known = kind.store.list(call.portal, ownerId);
	const { id } = readBinding(kind, legacyFields(call), 0);
	if (!known.some((binding) => binding.id === id)) return false;
	return change(call, kind, ownerId, withOnePrimary(known.filter((binding) => binding.id !== id)));
}

function change(call: MethodCall, { owner, store }: Kind, ownerId: number, bindings: Binding[]): boolean {
	store.set(call.portal, ownerId, bindings);
	touchObject(authorOf(call, 'legacy'), owner, ownerId);
	return true;
}

const readBinding = ({ field }: Kind, item: Params, sort: number): Binding => ({
	id: asInteger(item[field]),
	sort: item.SORT === undefined ? sort : asInteger(item.SORT),
	isPrimary: item.IS_PRIMARY === 'Y',
});

/** The first that is marked; the first of all when none is. */
function withOnePrimary(bindings: readonly Binding[]): Binding[] {
	const primary = bindings.findIndex(({ isPrimary }) => isPrimary);
	return bindings.map((binding, index) => ({ ...binding, isPrimary: index === Math.max(0, primary) }));
}

const exists = ({ portal }: MethodCall, { bound }: Kind, id: number): boolean => bound.table(portal).get(id) !== undefined;

function ownerOf({ portal, params }: MethodCall, { owner }: Kind): CrmRow {
	const id = asInteger(legacyParams(params).id);
	if (id <= 0) throw plainError('The parameter ownerEntityID is invalid or not defined.');
	const row = owner.table(portal).get(id);
	if (!row) throw plainError('Not found.');
	return row;
}
