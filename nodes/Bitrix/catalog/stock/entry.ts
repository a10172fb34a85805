import { readStockLevel, warning, type FieldChange, type PlacedAmounts, type Place, type PresentItem, type ReadLevel, type SyncError, type Warning, type WriteResult, type WriteStatus } from '../../../../core';
import { toReport } from '../../../shared/errors';
import type { Underway } from '../rounds';

/** One amount that differs, with the words for it that users see. */
export interface Step extends FieldChange {
	place: Place;
	from: number;
	to: number;
}

/** What is to be done with the amounts of an item, and how much of it can be bought before and after. */
export interface StockPlan {
	steps: Step[];
	before: number;
	after: number;
	/** What is to be offered in each place. */
	offers: ReadonlyMap<Place, number>;
}

/** The amounts of one object of MoySklad on their way. */
export interface StockEntry extends Underway {
	/** Place among the input items. */
	input: number;
	level: ReadLevel;
	amounts: PlacedAmounts | undefined;
	present: PresentItem | undefined;
	/** Undefined while nobody knows how it stands in Bitrix. */
	plan: StockPlan | undefined;
	/** What was written, or may have been: the result tells what was done in all. */
	steps: Step[];
	unsure: SyncError | undefined;
	result: WriteResult | undefined;
}

/** The items of a run. */
export interface StockEntries {
	entries: StockEntry[];
	/** Results for inputs that never became an entry. */
	refused: Map<number, WriteResult>;
}

const BLANK = { key: '', moySkladId: null, bitrixId: null, changes: [], warnings: [] };

/** Of several items of one object the last one counts. */
export function readStockEntries(items: readonly unknown[]): StockEntries {
	const refused = new Map<number, WriteResult>();
	const read = new Map<string, StockEntry>();
	items.forEach((item, input) => {
		try {
			const level = readStockLevel(item);
			const earlier = read.get(level.id);
			if (earlier) refused.set(earlier.input, { ...frame(earlier), status: 'skipped', warnings: [warning('CATALOG_REPEATED_ITEM')] });
			read.set(level.id, { input, level, amounts: undefined, present: undefined, plan: undefined, steps: [], unsure: undefined, result: undefined });
		} catch (error) {
			refused.set(input, { ...BLANK, status: 'failed', error: toReport(error) });
		}
	});
	return { entries: [...read.values()], refused };
}

/** Ends the way of an item. */
export function finish(entry: StockEntry, status: WriteStatus, warnings: Warning[] = []): void {
	entry.result = { ...frame(entry), status, warnings };
}

/** Leaves an item alone, and says why. */
export const skip = (entry: StockEntry, why: Warning): void => finish(entry, 'skipped', [why]);

/** Ends the way of an item with an error; errors of the kind *conflict* need a person. */
export function fail(entry: StockEntry, error: unknown): void {
	const report = toReport(error);
	entry.result = { ...frame(entry), status: report.kind === 'conflict' ? 'conflict' : 'failed', error: report };
}

const frame = ({ level, present, steps }: StockEntry): Omit<WriteResult, 'status'> => ({
	key: present?.xmlId ?? '',
	moySkladId: level.id,
	bitrixId: present ? String(present.id) : null,
	changes: steps.map(({ field, from, to }) => ({ field, from, to })),
	warnings: [],
});

/** The results in the order of the inputs. */
export function resultsOf({ entries, refused }: StockEntries, inputs: number): WriteResult[] {
	const results = new Map(refused);
	for (const { input, result } of entries) if (result) results.set(input, result);
	return Array.from({ length: inputs }, (_, input) => results.get(input) ?? { ...BLANK, status: 'failed', error: toReport(new Error('The item was lost on its way')) });
}
