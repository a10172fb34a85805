import { SyncError, type FullOrder, type Parameters } from '../../../../core';
import type { Outcome } from '../../../../transport';
import { letItEnd, ROUNDS } from '../../catalog/writing';
import { fail, finish, type Entry } from './entry';
import { findBorn, xmlIdOf } from './lookup';
import type { OrderSession } from './session';

const METHOD = 'sale.order.add';

/** Orders take long to be made. */
const MOST = 20;

/** What an order cannot do without: by the XML_ID it is found again, by the mark it is not exported. */
const MARKS = ['xmlId', 'externalOrder'];

/**
 * Makes empty orders, which carry the mark of their origin from their first moment on. One whose answer was lost is looked up by its
 * XML_ID before it is made again (trap T13). Throws ORDER_PART_UNSUPPORTED where orders could not be told apart afterwards.
 */
export async function makeHeads(session: OrderSession, entries: readonly Entry[], head: (entry: Entry, order: FullOrder) => Parameters): Promise<void> {
	const open = (): Entry[] => entries.filter(({ result, bitrixId }) => !result && bitrixId === null);
	if (session.settings.preview) return open().forEach(preview);
	if (open().length > 0) await checkMarks(session);
	for (let round = 1; round <= ROUNDS && open().length > 0; round += 1) {
		if (round > 1) {
			await letItEnd(round - 1);
			const lost = open();
			await findBorn(session, lost);
			for (const entry of lost) if (entry.bitrixId !== null) entry.made = true;
		}
		const due = open();
		const commands = due.map((entry) => ({ method: METHOD, parameters: { fields: { ...head(entry, entry.order as FullOrder), xmlId: xmlIdOf(entry), externalOrder: 'Y' } } }));
		const outcomes = await session.batches.each(commands, { repeatable: false, most: MOST, parallel: 2 });
		due.forEach((entry, index) => take(entry, outcomes[index]));
	}
	for (const entry of open()) fail(entry, entry.unsure ?? new SyncError('BITRIX_UNVERIFIED', { call: METHOD }));
	for (const entry of entries) entry.unsure = undefined;
}

function preview(entry: Entry): void {
	entry.changes = [{ field: 'order', from: null, to: entry.order?.number ?? entry.key }];
	finish(entry, 'planned');
}

/** Bitrix drops fields that it does not know without a word (trap T1); orders without marks would be made again and again. */
async function checkMarks({ features }: OrderSession): Promise<void> {
	const fields = await features.fields('sale.order.getFields');
	const lacking = fields && MARKS.find((mark) => !fields.has(mark));
	if (lacking) throw new SyncError('ORDER_PART_UNSUPPORTED', { call: `sale.order.add with ${lacking}`, part: 'no orders can be made' });
}

function take(entry: Entry, outcome: Outcome | undefined): void {
	if (!outcome || 'error' in outcome) {
		entry.unsure = outcome?.error;
		if (outcome && !outcome.error.retryable) fail(entry, outcome.error);
		return;
	}
	const { id, xmlId } = (outcome.result as { order?: { id?: unknown; xmlId?: unknown } } | null)?.order ?? {};
	if (id === undefined || xmlId !== xmlIdOf(entry)) return fail(entry, new SyncError('BITRIX_WRITE_IGNORED', { call: METHOD, field: 'xmlId' }));
	entry.bitrixId = String(id);
	entry.made = true;
	entry.changes.push({ field: 'order', from: null, to: entry.order?.number ?? entry.key });
}
