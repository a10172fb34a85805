import type { Portal } from '../portal.cts';
import type { Id, Table } from '../store/table.cts';
import type { CompanyBindingRow, ContactBindingRow } from './rows.cts';

/** One of several things that an object is bound to. */
export interface Binding {
	id: number;
	sort: number;
	isPrimary: boolean;
}

/** Where an object's bindings are kept, and which of the two ends is theirs. */
interface BindingStore {
	/** In their order: the primary one need not be the first. */
	list(portal: Portal, owner: number): Binding[];
	/** Replaces them all. */
	set(portal: Portal, owner: number, bindings: readonly Binding[]): void;
}

/** The contacts of a lead, deal or invoice. */
export const contactsOf = (entityTypeId: number): BindingStore => ({
	list: (portal, owner) =>
		inOrder(portal.store.contactBindings.where('owner', `${entityTypeId}:${owner}`), ({ contactId }) => contactId),
	set: (portal, owner, bindings) => {
		const { contactBindings } = portal.store;
		const key = `${entityTypeId}:${owner}`;
		replace<ContactBindingRow>(contactBindings, contactBindings.where('owner', key), bindings, (id) => ({
			owner: key,
			contactId: id,
		}));
	},
});

/** The companies of a contact. */
export const companiesOfContact: BindingStore = {
	list: (portal, owner) => inOrder(portal.store.companyBindings.where('contactId', owner), ({ companyId }) => companyId),
	set: (portal, owner, bindings) => {
		const { companyBindings } = portal.store;
		replace<CompanyBindingRow>(companyBindings, companyBindings.where('contactId', owner), bindings, (id) => ({
			contactId: owner,
			companyId: id,
		}));
	},
};

/** The contacts of a company: the same bindings from the other end. Which company is a contact's first stays the contact's affair. */
export const contactsOfCompany: BindingStore = {
	list: (portal, owner) =>
		inOrder(portal.store.companyBindings.where('companyId', owner), ({ contactId }) => contactId).map((binding, index) => ({
			...binding,
			isPrimary: index === 0,
		})),
	set: (portal, owner, bindings) => {
		const { companyBindings } = portal.store;
		const known = companyBindings.where('companyId', owner);
		for (const { id, contactId } of known)
			if (!bindings.some((binding) => binding.id === contactId)) companyBindings.remove(id);
		for (const { id, sort } of bindings) {
			const row = known.find(({ contactId }) => contactId === id);
			const isFirst = companyBindings.where('contactId', id).length === 0;
			if (row) companyBindings.update(row.id, { sort });
			else companyBindings.add({ contactId: id, companyId: owner, sort, isPrimary: isFirst ? 'Y' : 'N' });
		}
	},
};

/** Ids in an order as bindings; the first is the primary one, unless another is named. */
export function bindingsOf(ids: readonly number[], primary = ids[0]): Binding[] {
	const once = [...new Set(ids)];
	return once.map((id, index) => ({ id, sort: (index + 1) * 10, isPrimary: id === primary }));
}

/** Makes one of them the primary one, and adds it when it is not there yet. 0 = none is left. */
export function withPrimary(bindings: readonly Binding[], id: number): Binding[] {
	if (id <= 0) return [];
	const others = bindings.map((binding) => ({ ...binding, isPrimary: binding.id === id }));
	return others.some((binding) => binding.isPrimary)
		? others
		: [...others, { id, sort: (others.length + 1) * 10, isPrimary: true }];
}

export const primaryOf = (bindings: readonly Binding[]): number | undefined =>
	(bindings.find(({ isPrimary }) => isPrimary) ?? bindings[0])?.id;

/** What hangs on a contact or company that goes. */
export function forgetContact(portal: Portal, contactId: number): void {
	const { contactBindings, companyBindings } = portal.store;
	for (const { id } of contactBindings.where('contactId', contactId)) contactBindings.remove(id);
	for (const { id } of companyBindings.where('contactId', contactId)) companyBindings.remove(id);
}

export function forgetCompany(portal: Portal, companyId: number): void {
	const { companyBindings } = portal.store;
	for (const { id } of companyBindings.where('companyId', companyId)) companyBindings.remove(id);
}

const inOrder = <Row extends ContactBindingRow | CompanyBindingRow>(rows: Row[], end: (row: Row) => number): Binding[] =>
	rows
		.sort((one, other) => one.sort - other.sort || one.id - other.id)
		.map((row) => ({ id: end(row), sort: row.sort, isPrimary: row.isPrimary === 'Y' }));

function replace<Row extends { readonly id: Id; sort: number; isPrimary: 'Y' | 'N' }>(
	table: Table<Row>,
	known: readonly Row[],
	bindings: readonly Binding[],
	ends: (id: number) => Omit<Row, 'id' | 'sort' | 'isPrimary'>,
): void {
	for (const { id } of known) table.remove(id);
	const primary = primaryOf(bindings);
	for (const { id, sort } of bindings)
		table.add({ ...ends(id), sort, isPrimary: id === primary ? 'Y' : 'N' } as unknown as Omit<Row, 'id'>);
}
