import { differenceOf, groupBy, lyingAmount, planDocuments, SyncError, type Difference, type DocumentPlan, type Place } from '../../../../core';
import { sharedLimiter, Turns } from '../../../../transport';
import { bitrixHost } from '../../../shared/bitrix';
import { bitrixAuthentication } from '../../../shared/bitrixConnection';
import { systemClock } from '../../../shared/clock';
import { partOnly } from '../asking';
import { inRoundsOf, type Underway } from '../rounds';
import { readAmounts } from './amounts';
import { bookDocument, type DocumentMaking } from './document';
import { deleteDrafts } from './drafts';
import { fail, finish, type StockEntry } from './entry';
import { fieldOf, type StockRun } from './run';

/** Lines of one document at most: it is conducted within one call. */
const LINES = 500;

/** The amount of one item in one store on its way. */
interface Work extends Underway {
	entry: StockEntry;
	item: number;
	place: Place;
	/** What is to be offered. */
	offer: number;
	/** What lay there right before the document was conducted that holds it, and what was to lie there. */
	attempt: { from: number; to: number } | undefined;
	result: 'done' | SyncError | undefined;
}

/**
 * With inventory management amounts change by documents, and these say by how much. So one run a store at a time in the process,
 * and what is not certain is looked at again before anything more is booked (rule S4).
 */
export async function bookAmounts(run: StockRun, user: number, entries: readonly StockEntry[]): Promise<void> {
	const { context } = run.session;
	const host = await bitrixHost(context, bitrixAuthentication(context));
	const runId = `${context.getExecutionId()}-${systemClock.now().toString(36)}`;
	const works = entries.flatMap((entry) => (entry.plan?.steps ?? []).map(({ place }) => newWork(entry, place)));
	for (const [store, some] of groupBy(works, ({ place }) => place)) {
		const making = { session: run.session, store, currency: run.settings.currency, user, run: runId, begun: 0 };
		await sharedLimiter(`stock documents ${host} ${store}`, () => new Turns()).take(async () => await bookStore(run, making, some));
	}
	for (const [entry, some] of groupBy(works, (work) => work.entry)) end(run, entry, some);
}

const newWork = (entry: StockEntry, place: Place): Work => ({
	entry, place, item: entry.present?.id ?? 0, offer: entry.plan?.offers.get(place) ?? 0, attempt: undefined, unsure: undefined, result: undefined,
});

function end(run: StockRun, entry: StockEntry, works: readonly Work[]): void {
	const done = works.flatMap(({ result, attempt, place }) => (result === 'done' && attempt ? [{ ...attempt, place, field: fieldOf(run, place) }] : []));
	entry.steps.push(...done);
	const failed = works.find(({ result }) => result !== 'done')?.result;
	if (failed instanceof SyncError) fail(entry, failed);
	else finish(entry, done.length > 0 ? 'updated' : 'unchanged');
}

async function bookStore(run: StockRun, making: DocumentMaking, works: readonly Work[]): Promise<void> {
	await inRoundsOf(works, async (pending) => await bookRound(run, making, pending), (work, error) => (work.result = asSyncError(error)));
	// What could not be booked stays a draft at worst, which the next run deletes.
	if (works.some(({ result }) => result !== 'done')) await deleteDrafts(making.session, making.store).catch(partOnly);
}

const asSyncError = (error: unknown): SyncError => (error instanceof SyncError ? error : new SyncError('UNEXPECTED', { reason: String(error) }));

async function bookRound(run: StockRun, making: DocumentMaking, pending: readonly Work[]): Promise<void> {
	try {
		await deleteDrafts(making.session, making.store);
		const differences = await look(run, making.store, pending);
		const plans = planDocuments([...differences.values()].filter((difference) => difference !== undefined), LINES);
		for (const [part, plan] of plans.entries()) {
			making.session.tell(`${run.inventory.on ? (run.inventory.stores.get(making.store) ?? '') : ''}: document ${part + 1} of ${plans.length}, ${plan.lines.length} items`);
			await bookPlan(run, making, plan, pending);
		}
	} catch (error) {
		leaveOpen(pending, partOnly(error));
	}
}

async function bookPlan(run: StockRun, making: DocumentMaking, plan: DocumentPlan, pending: readonly Work[]): Promise<void> {
	const works = new Map(pending.map((work) => [work.item, work]));
	const own = plan.lines.flatMap(({ elementId }) => works.get(elementId) ?? []);
	try {
		const { booked, refused } = await bookDocument(making, plan, async (items) => {
			const inDraft = new Set(items);
			return await look(run, making.store, own.filter(({ item }) => inDraft.has(item)), true);
		});
		for (const work of own) work.result ??= refused.get(work.item) ?? (booked.has(work.item) ? 'done' : undefined);
	} catch (error) {
		leaveOpen(own, partOnly(error));
	}
}

/** Reads what lies in the store and reckons what is missing. Where nothing is, the work is done. `last`: right before it is conducted. */
async function look({ session, rule }: StockRun, store: Place, works: readonly Work[], last = false): Promise<Map<number, Difference | undefined>> {
	const lying = await readAmounts(session, [store], works.map(({ item }) => item));
	const differences = new Map<number, Difference | undefined>();
	for (const work of works) {
		const failed = lying.failed.get(work.item);
		if (failed) throw failed;
		const { amount, reserved } = lying.in(store, work.item);
		const to = lyingAmount(work.offer, reserved, rule.kind);
		const difference = differenceOf(work.item, amount, to);
		differences.set(work.item, difference);
		if (!difference) work.result = 'done';
		else if (last) work.attempt = { from: amount, to };
	}
	return differences;
}

/** Nobody knows what became of them, or it may be otherwise at the next look; what the user has to change is not tried again. */
function leaveOpen(works: readonly Work[], reason: SyncError): void {
	const isFinal = reason.kind === 'auth' || reason.kind === 'configuration';
	for (const work of works.filter(({ result }) => !result)) {
		if (isFinal) work.result = reason;
		else work.unsure = reason;
		if (!reason.retryable) work.attempt = undefined;
	}
}
