import { countsOwnReserve, lyingAmount, offered, placedAmounts, readQuantities, sameAmount, warning, WHOLE, SyncError, type Place } from '../../../../core';
import { readAmounts, type LyingAmounts } from './amounts';
import { fail, finish, skip, type StockEntry, type StockPlan, type Step } from './entry';
import { findItems } from './items';
import { fieldOf, type StockRun } from './run';

/** Reads what MoySklad says of the items. Ends the way of those of which it says nothing, or is not sure (rule S3). */
export function readPlaced({ rule }: StockRun, entries: readonly StockEntry[]): void {
	for (const entry of entries) {
		try {
			entry.amounts = placedAmounts(entry.level, rule);
		} catch (error) {
			if (error instanceof SyncError && error.code === 'STOCK_UNKNOWN') skip(entry, warning(error.code));
			else fail(entry, error);
		}
	}
}

/** Looks how the items stand in Bitrix and plans what differs. */
export async function compare(run: StockRun, entries: readonly StockEntry[]): Promise<void> {
	const { session, rule, inventory } = run;
	await findItems(session, entries);
	const found = entries.filter(({ result, unsure }) => !result && !unsure);
	const places = rule.places ? [...new Set(rule.places.values())] : [rule.total];
	const lying = inventory.on ? await readAmounts(session, places, found.map(({ present }) => present?.id ?? 0)) : undefined;
	for (const entry of found) {
		const failed = lying?.failed.get(entry.present?.id ?? 0);
		if (failed?.retryable) entry.unsure = failed;
		else if (failed) fail(entry, failed);
		else planOrFail(run, entry, lying);
	}
}

function planOrFail(run: StockRun, entry: StockEntry, lying: LyingAmounts | undefined): void {
	try {
		entry.plan = lying ? planLying(run, entry, lying) : planWhole(run, entry);
	} catch (error) {
		fail(entry, error);
	}
}

const differing = (steps: Step[]): Step[] => steps.filter(({ from, to }) => !sameAmount(from, to));

/** Without inventory management: one quantity, from which Bitrix has taken its own reserve already. */
function planWhole(run: StockRun, entry: StockEntry): StockPlan {
	const { quantity, reserved } = readQuantities(entry.present?.row ?? {});
	const offers = offersOf(run, entry, countsOwnReserve(run.rule.kind) ? reserved : 0);
	const to = offers.get(WHOLE) ?? 0;
	return { offers, before: quantity, after: to, steps: differing([{ place: WHOLE, field: fieldOf(run, WHOLE), from: quantity, to }]) };
}

/** With inventory management: what lies in each store. */
function planLying(run: StockRun, entry: StockEntry, lying: LyingAmounts): StockPlan {
	const offers = offersOf(run, entry, 0);
	const plan: StockPlan = { offers, before: 0, after: 0, steps: [] };
	for (const [place, offer] of offers) {
		const { amount, reserved } = lying.in(place, entry.present?.id ?? 0);
		const to = lyingAmount(offer, reserved, run.rule.kind);
		plan.before += Math.max(0, amount - reserved);
		plan.after += Math.max(0, to - reserved);
		plan.steps.push(...differing([{ place, field: fieldOf(run, place), from: amount, to }]));
	}
	return plan;
}

function offersOf({ rule, ordered }: StockRun, { amounts, present }: StockEntry, reserved: number): ReadonlyMap<Place, number> {
	const taken = (ordered.get(present?.id ?? 0) ?? 0) + reserved;
	return offered(amounts ?? { places: new Map(), storeless: 0 }, taken, rule.buffer);
}

/** Ends the way of items in which nothing differs, any more or at all. */
export function finishEqual(entries: readonly StockEntry[]): void {
	for (const entry of entries) if (entry.plan?.steps.length === 0 && !entry.result) finish(entry, entry.steps.length > 0 ? 'updated' : 'unchanged');
}
