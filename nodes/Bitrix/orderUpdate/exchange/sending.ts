import type { IExecuteFunctions } from 'n8n-workflow';
import { Findings, orderMarkIn, readOrderPage, siteClock, writeOrderDocuments, zipped, type OrderDocument } from '../../../../core';
import { OrderQuery, transferOrders, type ExchangeConnection, type ExchangeFile, type ImportRemark } from '../../../../transport';
import { systemClock } from '../../../shared/clock';
import { siteZone } from '../../orders/exchange/siteZone';

const FILE = 'orders.xml';

/** The bytes of a file of orders, made anew each time. */
function orderFile(context: IExecuteFunctions, documents: readonly OrderDocument[]): () => Iterable<Uint8Array> {
	const { day, time } = siteClock(siteZone(context), systemClock.now());
	return () => writeOrderDocuments(documents, `${day}T${time}`);
}

/** Sends documents in a session of its own; what the site remarks on them. Its word `success` is no proof of anything (rule O7). */
export async function sendOrders(context: IExecuteFunctions, connection: ExchangeConnection, documents: readonly OrderDocument[]): Promise<ImportRemark[]> {
	const bytes = orderFile(context, documents);
	const file: ExchangeFile = {
		name: FILE,
		async *open() {
			yield* bytes();
			await Promise.resolve();
		},
	};
	const changed = new Date(systemClock.now());
	const { documents: imported } = await transferOrders(connection, { files: [file], documents: [FILE], pack: (files) => zipped(files, changed) });
	return imported.flatMap(({ remarks }) => remarks);
}

/**
 * Ids of orders that have changed since the last confirmed export. An import counts as the last change of an order, so that
 * the site would never export what the customer did to it before.
 */
export async function changedOrderIds(context: IExecuteFunctions, connection: ExchangeConnection): Promise<Set<string>> {
	const ids = new Set<string>();
	const query = await OrderQuery.start(connection);
	const reading = { source: { siteKey: 'site', host: '', flow: '' }, zone: siteZone(context), currencies: {} };
	for (let page = await query.next(); page; page = await query.next())
		for await (const record of readOrderPage(page, reading, new Findings())) {
			const mark = orderMarkIn(record);
			if (mark) ids.add(mark[0]);
		}
	return ids;
}

/** The document of a single order, as a preview shows it. */
export function shownDocument(context: IExecuteFunctions, document: OrderDocument): string {
	const decoder = new TextDecoder();
	return [...orderFile(context, [document])()].map((chunk) => decoder.decode(chunk, { stream: true })).join('');
}
