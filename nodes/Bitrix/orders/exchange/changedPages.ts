import { Findings, orderMarkIn, readOrderPage, type Finding, type OrderReading, type ReadOrder, type SyncError } from '../../../../core';
import type { OrderPage, OrderQuery } from '../../../../transport';

export interface ReadPages {
	/** Each once, as it came last. */
	orders: ReadOrder[];
	failed: Array<{ id: string; error: SyncError }>;
	/** Of all that came, by id. */
	marks: Record<string, string>;
	findings: Finding[];
	/** The site's time when it gave the last page; null when there was none. */
	at: string | null;
}

/** All changed orders of a site, page by page until it has no more. */
export async function readPages(query: OrderQuery, reading: OrderReading): Promise<ReadPages> {
	const orders = new Map<string, ReadOrder>();
	const failed = new Map<string, SyncError>();
	const marks = new Map<string, string>();
	const findings = new Findings();
	let at: string | null = null;
	let schema: string | null = null;
	for (let page = await query.next(); page; page = await query.next()) {
		for await (const record of readOrderPage(page, reading, findings)) {
			const mark = orderMarkIn(record);
			if (mark) marks.set(mark[0], mark[1]);
			if (record.kind === 'formed') {
				at = record.at ?? at;
				schema = record.schema;
			} else {
				if (schema !== null && !showsParts(schema)) findings.add('ORDER_EXCHANGE_OLD', 'КоммерческаяИнформация', null, { version: schema });
				orders.delete(record.id);
				failed.delete(record.id);
				if (record.kind === 'order') orders.set(record.id, record);
				else failed.set(record.id, record.error);
			}
		}
	}
	return {
		orders: [...orders.values()].map(({ order, copy }) => ({ order, copy })),
		failed: [...failed].map(([id, error]) => ({ id, error })),
		marks: Object.fromEntries(marks),
		findings: findings.list,
		at,
	};
}

/** Payments and shipments are documents of their own from 2.1 on; versions are compared as numbers. */
const showsParts = (schema: string): boolean => Number.parseFloat(schema) >= 2.1;

/** Whether all orders of a page are those that were stored. */
export async function isStored(page: OrderPage, marks: Readonly<Record<string, string>>, reading: OrderReading): Promise<boolean> {
	for await (const record of readOrderPage(page, reading, new Findings())) {
		const mark = orderMarkIn(record);
		if (mark && marks[mark[0]] !== mark[1]) return false;
	}
	return true;
}
