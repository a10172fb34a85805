import { ITEM_TYPE, type ElementRow } from './catalog/rows.cts';
import { addElement } from './catalog/elements.cts';
import { ExchangeClient } from './exchangeClient.cts';
import type { RunningBitrix } from './start.cts';
import { lineOf } from './orders/draftLine.cts';
import { placeOrder } from './orders/placeOrders.cts';
import type { DraftLine, DraftOrder } from './orders/randomOrder.cts';
import type { OrderRow } from './sale/rows.cts';
import { readDocuments, type TopNode } from './exchange/xml/documentReader.cts';
import { child, childrenOf, requisiteOf, textOf, type XmlNode } from './exchange/xml/node.cts';

/** A product of the shop's own catalog, as an exchange would have made it. */
export function addProduct(
	{ portal, catalogs }: RunningBitrix,
	xmlId: string,
	values: Record<string, unknown> = {},
): ElementRow {
	const iblock = portal.store.iblocks.get(catalogs.main.products);
	if (!iblock) throw new RangeError('The shop has no catalog');
	return addElement(
		portal,
		{ iblock, properties: [], userId: 1, values: { name: `Товар ${xmlId}`, xmlId, ...values } },
		ITEM_TYPE.simple,
	);
}

/** Places an order of a person who pays in cash, with delivery for 300 roubles. */
export function order({ portal }: RunningBitrix, lines: DraftLine[], more: Partial<DraftOrder> = {}): OrderRow {
	return placeOrder(portal, {
		site: 's1',
		customer: {
			kind: 'person',
			userId: 7,
			properties: {
				FIO: 'Тестов Иван',
				EMAIL: 'ivan@example.com',
				PHONE: '+70000000001',
				ZIP: '101000',
				CITY: 'Москва',
				ADDRESS: 'ул. Примерная, 1',
			},
			comment: 'Позвоните за час',
			discount: 0,
		},
		lines,
		delivery: { service: 'delivery-courier', price: 30_000 },
		payments: [{ paySystem: 'pay-cash', sum: 0, paid: false }],
		statusId: 'N',
		canceled: false,
		shipped: false,
		managerComment: '',
		...more,
	});
}

/** The documents of an answer, containers opened. */
export function documentsIn(xml: string): XmlNode[] {
	const open = (node: TopNode): XmlNode[] => (node.name === 'Контейнер' ? childrenOf(node, 'Документ') : [node]);
	return readDocuments(Buffer.from(xml.replace('windows-1251', 'UTF-8'))).tops.flatMap(open);
}

export const idsIn = (xml: string): string[] => documentsIn(xml).map((document) => textOf(document, 'Ид') ?? '');

export const linesOf = (document: XmlNode | undefined): XmlNode[] => childrenOf(child(document, 'Товары'), 'Товар');

export { child, childrenOf, lineOf, requisiteOf, textOf, type XmlNode };

/** A session of orders of its own, begun with that version. */
export async function orderSession(bitrix: RunningBitrix, version?: string, cmlVersion?: string): Promise<ExchangeClient> {
	const client = await new ExchangeClient(bitrix, 'sale').login();
	await client.call('init', { ...(version !== undefined && { version }), ...(cmlVersion !== undefined && { cmlVersion }) });
	return client;
}

export const queryOrders = async (client: ExchangeClient): Promise<string> => (await client.call('query')).text;
