import {
	findingIn, groupBy, ignoredByStore, moySkladOrigin, planStoreOrder, storeOrderLink, SyncError, warning,
	type BirthRules, type StoreOrderPlan, type StoreOrderRules, type StoreWrite,
} from '../../../../core';
import { runSequences, type Outcome } from '../../../../transport';
import { letItEnd, ROUNDS } from '../../catalog/writing';
import { readStoreOrders, type Read, type StoreOrder } from '../../orders/reading';
import type { Abilities } from './abilities';
import { fail, finish, skip, type Entry } from './entry';
import type { OrderSession } from './session';
import type { StoreOrderSettings } from './settings';

/** How entries become orders that are as they should be. */
export interface Work {
	session: OrderSession;
	abilities: Abilities;
	/** What an order that was born in MoySklad is given; undefined for updates. */
	birthOf?(entry: Entry): BirthRules;
	/** Called with the orders of the store before anything is planned for the first time. */
	prepare(found: ReadonlyMap<Entry, StoreOrder>): Promise<void>;
	/** What makes a failure of an order that is as it was planned, once it was read again. */
	verify?(entry: Entry, order: StoreOrder): SyncError | undefined;
}

/** Lines, what a new order lacks, and the rest: each is planned on the order that the one before made. */
const STAGES = 3;

/**
 * Reads the orders of the store in bulk, compares, and writes only what differs, as often as what is written asks for another look.
 * What was lost on the way is looked up before anything is sent again (trap T13). Every entry gets a result.
 */
export async function bringAbout(work: Work, entries: readonly Entry[]): Promise<void> {
	let open = entries.filter(({ result }) => !result);
	let lost = 0;
	for (let round = 1; open.length > 0; round += 1) {
		const failed = open.some(({ unsure }) => unsure);
		if (failed && ++lost >= ROUNDS) break;
		if (failed) await letItEnd(lost);
		if (round > ROUNDS + STAGES) break;
		for (const entry of open) entry.unsure = undefined;
		await oneRound(work, open, round === 1);
		open = open.filter(({ result }) => !result);
	}
	for (const entry of open) fail(entry, entry.unsure ?? new SyncError('UNEXPECTED', { reason: 'the order did not become what was planned' }));
}

async function oneRound(work: Work, entries: readonly Entry[], first: boolean): Promise<void> {
	const found = await readAll(work, entries, first);
	if (first) {
		judge(work, found);
		await work.prepare(new Map([...found].filter(([{ result }]) => !result)));
	}
	const planned = new Map<Entry, StoreOrderPlan>();
	for (const [entry, order] of found) if (!entry.result) plan(work, entry, order, planned);
	const writing = [...planned].filter(([{ result }]) => !result);
	const outcomes = await runSequences(work.session.batches, writing.map(([, { writes }]) => writes));
	writing.forEach(([entry, made], index) => settle(work, entry, made, outcomes[index] ?? []));
	if (writing.length > 0) work.session.tell(`${writing.length} orders written`);
}

/**
 * The orders of the store; entries whose order is gone or cannot be read get their result. Once something was written, a failure that
 * concerns all of them is one of each, so that what was done is still said.
 */
async function readAll({ session }: Work, entries: readonly Entry[], first: boolean): Promise<Map<Entry, StoreOrder>> {
	const found = new Map<Entry, StoreOrder>();
	const read = await readStoreOrders(session.batches, entries.map(({ bitrixId }) => bitrixId ?? '')).catch((error: unknown) => failures(findingIn(error), entries, first));
	entries.forEach((entry, index) => {
		const one = read[index];
		if (one && 'order' in one && one.order.id === entry.bitrixId) found.set(entry, one.order);
		else if (one && 'error' in one && one.error.retryable) entry.unsure = one.error;
		else fail(entry, one && 'error' in one ? one.error : new SyncError('BITRIX_FILTER_IGNORED', { call: 'sale.order.get' }));
	});
	return found;
}

function failures(error: SyncError, entries: readonly Entry[], first: boolean): Array<Read<StoreOrder>> {
	if (first || error.code === 'STOPPED') throw error;
	return entries.map(({ bitrixId }) => ({ id: bitrixId ?? '', error }));
}

/** Leaves out orders that this flow has no business with (rule O6). */
function judge({ abilities: { settings } }: Work, found: ReadonlyMap<Entry, StoreOrder>): void {
	for (const [entry, order] of found) {
		const ours = moySkladOrigin(order.xmlId)?.kind === 'order';
		if (settings.placedSince !== undefined && Date.parse(order.dateInsert) < settings.placedSince) skip(entry, warning('ORDER_BEFORE_START', { id: order.id }));
		else if (order.externalOrder && !ours && !settings.bornElsewhere) skip(entry, warning('ORDER_BORN_ELSEWHERE', { id: order.id }));
	}
}

/** Plans an order. It ends its way here when nothing is to be written, or this is a preview. */
function plan(work: Work, entry: Entry, order: StoreOrder, planned: Map<Entry, StoreOrderPlan>): void {
	if (!entry.wish) return;
	try {
		const made = planStoreOrder(order, entry.wish, rulesFor(work, entry), { written: entry.link?.written, updatedAt: entry.order?.updatedAt ?? null });
		confirm(entry, made);
		if (made.writes.length > 0 && !work.session.settings.preview) planned.set(entry, made);
		else conclude(work, entry, order, made);
	} catch (error) {
		fail(entry, findingIn(error));
	}
}

/** What is not planned again was carried out, though its answer was lost. */
function confirm(entry: Entry, { writes }: StoreOrderPlan): void {
	const again = new Set(writes.flatMap(({ changes }) => changes.map(({ field }) => field)));
	entry.changes.push(...entry.open.filter(({ field }) => !again.has(field)));
	entry.open = [];
}

function conclude(work: Work, entry: Entry, order: StoreOrder, made: StoreOrderPlan): void {
	if (made.writes.length === 0) {
		const wrong = work.verify?.(entry, order);
		if (wrong) fail(entry, wrong, made.warnings);
		else done(work, entry, made);
		return;
	}
	entry.changes = [...made.writes.flatMap(({ changes }) => changes), ...made.later];
	finish(entry, 'planned', made.warnings);
}

function done({ session }: Work, entry: Entry, { warnings, written }: StoreOrderPlan): void {
	const { key, moySkladId, bitrixId, order } = entry;
	const link = bitrixId === null || session.settings.preview ? undefined : storeOrderLink({ key, moySkladId, externalCode: order?.externalCode ?? null, bitrixId, written }, session.owner);
	finish(entry, entry.made ? 'created' : entry.changes.length > 0 ? 'updated' : 'unchanged', warnings, link);
}

function rulesFor({ session, abilities: { settings }, birthOf }: Work, entry: Entry): StoreOrderRules {
	const birth = birthOf?.(entry) ?? null;
	return {
		conflicts: settings.conflicts,
		lines: settings.lines,
		header: {
			statuses: new Set(session.books.statuses.keys()),
			finalStatuses: settings.finalStatuses,
			beyondFinal: new Set(settings.statusMap.filter(({ beyondFinal }) => beyondFinal).map(({ status }) => status)),
			onlyWhenEmpty: new Set(Object.keys(entry.wish?.fields ?? {}).filter((field) => isOnlyWhenEmpty(field, settings, birth !== null))),
			noOneC: settings.noOneC,
		},
		payments: { protectedSystems: settings.protectedSystems, removed: settings.removedPayments, open: settings.openPayments },
		paySystem: settings.paySystem,
		shipments: { deduct: settings.deduct, removed: settings.removedShipments, status: settings.shippedStatus },
		goods: { products: session.products, unknownGoods: settings.unknownGoods },
		identity: session.identity,
		birth,
	};
}

/** What a new order gets of its customer beside the mapping belongs to the store afterwards. */
function isOnlyWhenEmpty(field: string, { fields }: StoreOrderSettings, birth: boolean): boolean {
	const row = fields.find(({ target }) => target === field);
	return row ? row.policy !== 'always' : birth && field !== 'responsibleId';
}

/** What became of the writes of an order. What failed for good ends its way; what is not known, or asks for more, comes again. */
function settle(work: Work, entry: Entry, made: StoreOrderPlan, outcomes: ReadonlyArray<Outcome | undefined>): void {
	const sent = made.writes.map((write, index) => ({ write, outcome: outcomes[index] })).filter(({ outcome }) => outcome);
	const carried = sent.map(({ write, outcome }) => ({ write, error: errorOf(write, outcome) }));
	entry.changes.push(...carried.filter(({ error }) => !error).flatMap(({ write }) => write.changes));
	const errors = carried.flatMap(({ error }) => error ?? []);
	const final = errors.find(({ retryable }) => !retryable);
	entry.unsure = errors[0];
	entry.open = carried.filter(({ error }) => error).flatMap(({ write }) => write.changes);
	if (made.more) entry.remarks.push(...made.warnings);
	if (final) fail(entry, final, made.warnings);
	else if (!entry.unsure && !made.more && !work.verify) done(work, entry, made);
}

function errorOf(write: StoreWrite, outcome: Outcome | undefined): SyncError | undefined {
	if (!outcome) return undefined;
	if ('error' in outcome) return outcome.error;
	const field = ignoredByStore(outcome.result, write);
	return field === undefined ? undefined : new SyncError('BITRIX_WRITE_IGNORED', { call: write.method, field });
}

/** Entries by what became of them, for the log. */
export const summary = (entries: readonly Entry[]): string => [...groupBy(entries, ({ result }) => result?.status ?? 'open')].map(([status, some]) => `${some.length} ${status}`).join(', ');
