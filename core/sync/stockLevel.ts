import { z } from 'zod';
import { SyncError } from '../errors';
import { exactSum, STOCK_TYPES, type StockType } from '../moysklad/stock';

/** What of it customers may buy (rule S1): what is free, what is there, or what is free or on its way. */
export type StockKind = 'free' | 'physical' | 'expected';

/** A number, null while MoySklad is recalculating, undefined where the item does not say it. */
export type Amount = number | null | undefined;

/** Bitrix keeps fourteen digits in front of the point. */
const LARGEST = 99_999_999_999_999;

const amount = z.number().min(-LARGEST).max(LARGEST).nullish();
const amounts = Object.fromEntries(STOCK_TYPES.map((type) => [type, amount])) as Record<StockType, typeof amount>;
const id = z.string().trim().min(1).transform((text) => text.toLowerCase());
const unknown = z.boolean().nullish();

const schema = z.object({
	...amounts,
	id,
	entity: z.string().nullish(),
	unknown,
	stores: z.array(z.object({ ...amounts, id: id.nullable(), unknown })).nullish(),
});

/** Amounts of one product, variant or bundle, as an item carries them. Ids in lower case. */
export type ReadLevel = z.output<typeof schema>;
/** Amounts of one store, or in all, in the unit of the good; null while MoySklad is recalculating. */
export type ReadAmounts = Pick<ReadLevel, StockType | 'unknown'>;

/** An item of MoySklad Entity's Stock. Throws STOCK_ITEM_UNREADABLE. */
export function readStockLevel(json: unknown): ReadLevel {
	const parsed = schema.safeParse(json);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new SyncError('STOCK_ITEM_UNREADABLE', { reason: `${issue?.path.join('.') || 'item'}: ${issue?.message ?? 'unknown form'}` });
}

/** Fields from which each kind can be reckoned, the first that the item has; MoySklad's `quantity` includes what is in transit. */
const SOURCES: Record<StockKind, StockType[][]> = {
	free: [['freeStock'], ['stock', 'reserve']],
	physical: [['stock']],
	expected: [['quantity'], ['freeStock', 'inTransit'], ['stock', 'reserve', 'inTransit']],
};

const WORDS: Record<StockKind, { kind: string; amounts: string }> = {
	free: { kind: 'free', amounts: 'the amount Free, or Physical and Reserved' },
	physical: { kind: 'physically there', amounts: 'the amount Physical' },
	expected: { kind: 'expected', amounts: 'the amount Available, or Free and In Transit' },
};

/** How much there is of a kind, in the unit of the good: below zero where more is reserved than there is. */
export function amountOf(level: ReadAmounts, kind: StockKind): Amount {
	if (level.unknown) return null;
	const source = SOURCES[kind].find((types) => types.every((type) => level[type] !== undefined));
	const values = source?.map((type) => (type === 'reserve' ? negated(level[type]) : level[type]));
	if (values?.some((value) => value === null || value === undefined)) return null;
	return values && exactSum(values as number[]);
}

const negated = (value: Amount): Amount => (typeof value === 'number' ? -value : value);

/** STOCK_KIND_MISSING: the item does not have the amounts from which that kind is reckoned. */
export const kindMissing = (kind: StockKind): SyncError => new SyncError('STOCK_KIND_MISSING', WORDS[kind]);
