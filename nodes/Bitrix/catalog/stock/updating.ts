import { tooManyEmptied } from '../../../../core';
import { inRoundsOf } from '../rounds';
import type { CatalogSession } from '../session';
import { bookAmounts } from './booking';
import { compare, finishEqual, readPlaced } from './comparing';
import { fail, finish, type StockEntry } from './entry';
import { readInventory, ruleFor } from './inventory';
import { orderedSince } from './orders';
import { writeQuantities } from './quantities';
import type { StockRun } from './run';
import { leaveOutOfScope } from './scope';
import type { StockSettings } from './settings';

const FIELDS = ['quantity', 'quantityReserved'];

/**
 * Brings the amounts of Bitrix in line with those of the items. Every entry gets a result. Throws STOCK_TOO_MANY_EMPTIED before
 * anything is written (rule S6).
 */
export async function updateStock(session: CatalogSession, settings: StockSettings, entries: readonly StockEntry[]): Promise<void> {
	session.moreFields = FIELDS;
	const inventory = await readInventory(session);
	const rule = ruleFor(settings, inventory);
	const ordered = settings.ordersSince === undefined ? new Map<number, number>() : await orderedSince(session, settings.ordersSince);
	const run: StockRun = { session, settings, inventory, rule, ordered };
	readPlaced(run, entries);
	const known = entries.filter(({ result }) => !result);
	await inRoundsOf(known, async (pending) => await compare(run, pending), fail, ({ result, plan }) => !result && !plan);
	finishEqual(known);
	const differing = (): StockEntry[] => known.filter(({ result }) => !result);
	await leaveOutOfScope(session, differing());
	session.tell(`${known.length} amounts compared, ${differing().length} differ`);
	guard(run, known.filter(({ result, plan }) => plan && result?.status !== 'skipped'));
	if (session.settings.preview) for (const entry of differing()) finishPlanned(entry);
	else if (inventory.on) await bookAmounts(run, inventory.user, differing());
	else await writeQuantities(run, differing());
}

/** In a preview the items are shown that would stop the run. */
function guard({ session, settings }: StockRun, entries: readonly StockEntry[]): void {
	const error = tooManyEmptied(entries.flatMap(({ plan }) => plan ?? []), settings.largestEmptied, settings.fewestEmptied);
	if (!error) return;
	if (!session.settings.preview) throw error;
	session.hint(`${error.message}. ${error.advice}`);
}

function finishPlanned(entry: StockEntry): void {
	entry.steps = entry.plan?.steps ?? [];
	finish(entry, 'planned');
}
