import { SyncError } from '../errors';
import type { StockEvent } from './events';
import { fromMoscow } from './moment';

/** What stock notifications together ask to be read. */
export interface StockChanges {
	/** Whether one of them is about single stores. */
	byStore: boolean;
	/** The earliest moment, which includes all later ones; milliseconds since 1970. */
	changedSince: number;
	/** Places of the notifications among the input items. */
	items: number[];
}

/** An input item as a stock notification. Throws MOYSKLAD_EVENT_INVALID. */
export function toStockEvent(json: Record<string, unknown>): StockEvent {
	const { entity, reportPath } = json;
	if (entity !== 'stock') throw new SyncError('MOYSKLAD_EVENT_FOREIGN', { entity: String(entity) });
	if (typeof reportPath !== 'string' || Number.isNaN(changedSince(reportPath))) throw new SyncError('MOYSKLAD_EVENT_INVALID', { reason: 'no report' });
	return json as unknown as StockEvent;
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
