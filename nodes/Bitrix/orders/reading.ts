import { readSaleOrder, SyncError, toOrder, type CustomerReading, type Order, type SaleBooks } from '../../../core';
import type { Batches, Outcome } from '../../../transport';
import { caught } from '../../shared/errors';

const METHOD = 'sale.order.get';

/** Whole orders are long answers. */
const ORDERS_IN_A_BATCH = 20;

/** Refusals of single commands, e.g. for their working time, are asked for again so many times. */
const ROUNDS = 3;

/** What became of one order: read, unreadable, or gone. */
export type Read<T> = { id: string; order: T } | { id: string; error: SyncError };
export type ReadOrder = Read<Order>;

export interface Reader {
	batches: Batches;
	books: SaleBooks;
	source: Order['source'];
	reading: CustomerReading;
}

/**
 * Whole orders by their ids, in the order of the ids. An error that is the order's own is given in its place;
 * any other one, e.g. of the connection, is thrown: then no part of the page counts.
 */
export async function readOrders({ batches, books, source, reading }: Reader, ids: readonly string[]): Promise<ReadOrder[]> {
	return await readWith(batches, ids, (json) => toOrder(json, books, source, reading));
}

/** The same as the store has them. */
export const readStoreOrders = async (batches: Batches, ids: readonly string[]): Promise<Array<Read<StoreOrder>>> => await readWith(batches, ids, readSaleOrder);

export type StoreOrder = ReturnType<typeof readSaleOrder>;

async function readWith<T>(batches: Batches, ids: readonly string[], read: (json: unknown) => T): Promise<Array<Read<T>>> {
	const outcomes = await outcomesOf(batches, ids);
	return ids.map((id) => {
		const outcome = outcomes.get(id);
		if (!outcome || 'error' in outcome) return { id, error: ownError(id, outcome) };
		try {
			return { id, order: read((outcome.result as { order?: unknown } | null)?.order) };
		} catch (error) {
			return { id, error: caught(error) };
		}
	});
}

async function outcomesOf(batches: Batches, ids: readonly string[]): Promise<Map<string, Outcome>> {
	const outcomes = new Map<string, Outcome>();
	let open = [...ids];
	for (let round = 1; round <= ROUNDS && open.length > 0; round += 1) {
		const commands = open.map((id) => ({ method: METHOD, parameters: { id } }));
		const answers = await batches.each(commands, { repeatable: true, most: ORDERS_IN_A_BATCH, parallel: 2 });
		open.forEach((id, index) => outcomes.set(id, answers[index] as Outcome));
		open = open.filter((id) => mayPass(outcomes.get(id)));
	}
	return outcomes;
}

const mayPass = (outcome: Outcome | undefined): boolean => !outcome || ('error' in outcome && outcome.error.retryable);

/** The store fails at an order of its own accord while it gives the others of the same batch. */
const failsAtOrder = ({ code, details }: SyncError): boolean => code === 'BITRIX_SERVER_ERROR' && details.call === METHOD;

function ownError(id: string, outcome: { error: SyncError } | undefined): SyncError {
	if (!outcome) throw new SyncError('ANSWER_UNEXPECTED', { call: METHOD, reason: 'no answer' });
	const { error } = outcome;
	if (error.code === 'BITRIX_NOT_FOUND') return new SyncError('ORDER_NOT_FOUND', { id }, { cause: error });
	if (error.kind === 'data' || failsAtOrder(error)) return error;
	throw error;
}
