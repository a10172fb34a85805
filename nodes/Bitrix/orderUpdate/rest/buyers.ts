import { groupBy, internationalPhone, orderSourceText, propertiesFor, SyncError, warning, type PropertyRole, type RoleCodes } from '../../../../core';
import { BITRIX_PAGE, chunks, rowsOf, type ListMethod, type Row } from '../../../../transport';
import { fail, type Entry } from './entry';
import type { OrderSession } from './session';

const VALUES: ListMethod = { method: 'sale.propertyvalue.list', rows: 'propertyValues' };
const ORDERS: ListMethod = { method: 'sale.order.list', rows: 'orders' };

/** Something that tells a customer from others, and the order properties that hold it. */
interface Contact {
	entry: Entry;
	properties: string[];
	value: string;
}

/**
 * The users under which orders are placed: whoever ordered with the same e-mail or phone before, else the one for all others. Entries
 * for which there is none get their result.
 */
export async function findBuyers(session: OrderSession, entries: readonly Entry[], codes: RoleCodes): Promise<Map<Entry, string>> {
	const { context } = session;
	const otherwise = String(context.getNodeParameter('buyerId', 0, '') ?? '').trim();
	const contacts = context.getNodeParameter('buyer', 0, 'earlier') === 'earlier' ? entries.flatMap((entry) => contactsOf(session, entry, codes)) : [];
	const orders = await ordersWith(session, contacts);
	const users = await usersOf(session, [...new Set([...orders.values()].flat())]);
	const buyers = new Map<Entry, string>();
	for (const entry of entries) {
		// The user for all others has orders of many customers.
		const found = [...new Set((orders.get(entry) ?? []).flatMap((id) => users.get(id) ?? []))].filter((id) => id !== otherwise);
		if (found.length > 1) entry.remarks.push(warning('ORDER_BUYER_AMBIGUOUS', { ids: found.join(', ') }));
		const buyer = found.length === 1 ? (found[0] ?? '') : otherwise;
		if (!/^\d+$/.test(buyer)) fail(entry, new SyncError('ORDER_BUYER_UNKNOWN'));
		else buyers.set(entry, buyer);
	}
	return buyers;
}

function contactsOf({ books }: OrderSession, entry: Entry, codes: RoleCodes): Contact[] {
	if (!entry.order) return [];
	const of = (role: PropertyRole, values: ReadonlyArray<string | null>): Contact[] => {
		const properties = [...new Set(books.payerTypes.flatMap(({ id }) => propertiesFor(role, id, books, codes)))];
		const known = [...new Set(values.flatMap((value) => value ?? []))];
		return properties.length === 0 ? [] : known.map((value) => ({ entry, properties, value }));
	};
	const phone = orderSourceText(entry.order, 'agentPhone');
	return [...of('email', [orderSourceText(entry.order, 'agentEmail')]), ...of('phone', [phone, phone === null ? null : internationalPhone(phone)])];
}

/** Ids of the newest orders in which each contact is found. */
async function ordersWith({ batches }: OrderSession, contacts: readonly Contact[]): Promise<Map<Entry, string[]>> {
	const commands = contacts.map(({ properties, value }) => ({
		method: VALUES.method,
		parameters: { select: ['id', 'orderId', 'orderPropsId', 'value'], filter: { '@orderPropsId': properties, '=value': value }, order: { id: 'DESC' }, start: 0 },
	}));
	const outcomes = await batches.each(commands, { repeatable: true });
	const found = contacts.flatMap((contact, index) => {
		const outcome = outcomes[index];
		if (!outcome || 'error' in outcome) throw outcome?.error ?? new SyncError('ANSWER_UNEXPECTED', { call: VALUES.method, reason: 'no answer' });
		return rowsOf(outcome.result, VALUES).filter((row) => isOf(row, contact)).map(({ orderId }) => ({ entry: contact.entry, orderId: String(orderId) }));
	});
	return new Map([...groupBy(found, ({ entry }) => entry)].map(([entry, some]) => [entry, some.map(({ orderId }) => orderId)]));
}

/** A filter that this version does not know is dropped: what was not asked for is nobody's (trap T1). */
const isOf = ({ orderPropsId, value }: Row, contact: Contact): boolean => contact.properties.includes(String(orderPropsId)) && String(value).trim().toLowerCase() === contact.value.toLowerCase();

async function usersOf({ batches }: OrderSession, orders: readonly string[]): Promise<Map<string, string>> {
	const parts = chunks(orders, BITRIX_PAGE);
	const outcomes = await batches.each(
		parts.map((part) => ({ method: ORDERS.method, parameters: { select: ['id', 'userId'], filter: { '@id': part }, order: { id: 'ASC' }, start: -1 } })),
		{ repeatable: true },
	);
	const users = new Map<string, string>();
	parts.forEach((part, index) => {
		const outcome = outcomes[index];
		if (!outcome || 'error' in outcome) throw outcome?.error ?? new SyncError('ANSWER_UNEXPECTED', { call: ORDERS.method, reason: 'no answer' });
		for (const { id, userId } of rowsOf(outcome.result, ORDERS)) if (part.includes(String(id)) && Number(userId) > 0) users.set(String(id), String(userId));
	});
	return users;
}
