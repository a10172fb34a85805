import type { OrderRow } from '../../sale/rows.cts';
import type { ExchangeSite } from '../site.cts';
import { textOf, type XmlNode } from '../xml/node.cts';

/**
 * The order that a document means. A number is first taken for an internal id, then for the id in 1C, then for an order
 * number (with or without the shop's prefix); what is no number, for the last two. Then `Ид` may be the id in 1C.
 */
export function findOrder({ portal, settings }: ExchangeSite, document: XmlNode): OrderRow | undefined {
	const orders = portal.store.orders.all();
	const number = textOf(document, 'Номер') ?? '';
	const id = textOf(document, 'Ид') ?? '';
	const { numberPrefix } = settings;
	const plain = numberPrefix !== '' && number.startsWith(numberPrefix) ? number.slice(numberPrefix.length) : number;
	const byCode = (code: string): OrderRow | undefined =>
		code === '' ? undefined : orders.find(({ id1c }) => id1c === code);
	const byNumber = number === '' ? undefined : orders.find(({ accountNumber }) => [number, plain].includes(accountNumber));
	const byId = /^\d+$/.test(number) ? portal.store.orders.get(Number(number)) : undefined;
	return byId ?? byCode(number) ?? byNumber ?? byCode(id);
}
