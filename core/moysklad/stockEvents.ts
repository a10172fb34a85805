import { SyncError } from '../errors';
import type { StockEvent } from './events';
import { fromMoscow, toMoscow } from './moment';

/** MoySklad counts a receipt some time after it told of it. */
const RECEIPT_OVERLAP = 10 * 60_000;

/** What stock notifications together ask to be read. */
export interface StockChanges {
	/** Whether one of them is about single stores. */
	byStore: boolean;
	/** The earliest moment, which includes all later ones; milliseconds since 1970. */
	changedSince: number;
	/** Places of the notifications among the input items. */
	items: number[];
}

/**
 * An input item as a stock notification. A receipt (`enter`) is one as well (rule W2): the report of what changed since then.
 * Throws MOYSKLAD_EVENT_FOREIGN for an event of another object, MOYSKLAD_EVENT_INVALID for one without a report.
 */
export function toStockEvent(json: Record<string, unknown>): StockEvent {
	const { entity, reportPath } = json;
	if (entity === 'enter') return ofReceipt(json);
	if (entity !== 'stock') throw new SyncError('MOYSKLAD_EVENT_FOREIGN', { entity: String(entity) });
	if (typeof reportPath !== 'string' || Number.isNaN(changedSince(reportPath))) throw new SyncError('MOYSKLAD_EVENT_INVALID', { reason: 'no report' });
	return json as unknown as StockEvent;
}

/** A receipt that does not say when it was made asks for the whole report. */
function ofReceipt({ moment, requestId, accountId }: Record<string, unknown>): StockEvent {
	const made = typeof moment === 'string' ? Date.parse(moment) : NaN;
	const since = Number.isNaN(made) ? 0 : made - RECEIPT_OVERLAP;
	const reportPath = `/report/stock/all/current?changedSince=${encodeURIComponent(toMoscow(since).slice(0, -'.000'.length))}`;
	const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
	return {
		entity: 'stock', action: 'UPDATE', reportType: 'all', stockType: 'stock', reportPath,
		moment: null, author: null, requestId: text(requestId), index: 0, accountId: text(accountId),
	};
}

/** One reading for all notifications; undefined when there is none. `item` is the place of the notification's item. */
export function foldStockEvents(events: ReadonlyArray<{ event: StockEvent; item: number }>): StockChanges | undefined {
	if (events.length === 0) return undefined;
	return {
		byStore: events.some(({ event }) => event.reportPath.includes('/stock/bystore/')),
		changedSince: Math.min(...events.map(({ event }) => changedSince(event.reportPath))),
		items: events.map(({ item }) => item),
	};
}

function changedSince(reportPath: string): number {
	try {
		const text = new URLSearchParams(reportPath.split('?', 2)[1] ?? '').get('changedSince');
		return text === null ? NaN : fromMoscow(text);
	} catch {
		return NaN;
	}
}
