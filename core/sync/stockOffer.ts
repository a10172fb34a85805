import { SyncError } from '../errors';
import { Decimal } from '../model/decimal';
import { exactSum } from '../moysklad/stock';
import { amountOf, kindMissing, type Amount, type ReadAmounts, type ReadLevel, type StockKind } from './stockLevel';

/** Where an amount lies in Bitrix: the ID of a store, or 0 for the item as a whole where Bitrix keeps only one total. */
export type Place = number;
/** The place of a Bitrix that keeps one total. */
export const WHOLE: Place = 0;

/** Which amounts of MoySklad go where. */
export interface StockRule {
	kind: StockKind;
	/** Stores of MoySklad and their places; a place may have several stores. Undefined: the total of everything goes to `total`. */
	places: ReadonlyMap<string, Place> | undefined;
	total: Place;
	/** The store of MoySklad that orders without a store lower (rule S3); undefined: they lower all places, the first one first. */
	defaultStore: string | undefined;
	/** Kept back in each place, in the unit of the good. */
	buffer: number;
}

/** What MoySklad has of an item, in the unit of the good. */
export interface PlacedAmounts {
	/** In the order in which they give what no place is said for. */
	places: Map<Place, number>;
	/** Of orders that name no store: negative for reserves, positive for what they bring. */
	storeless: number;
}

/**
 * The amounts of an item by place. Throws STOCK_UNKNOWN when one of them is being recalculated: that is never zero (rule S3);
 * STOCK_KIND_MISSING and STOCK_STORES_MISSING when the item does not say them.
 */
export function placedAmounts(level: ReadLevel, rule: StockRule): PlacedAmounts {
	const { kind, places, total } = rule;
	if (!places) return { places: new Map([[total, known(amountOf(level, kind), kind)]]), storeless: 0 };
	if (!level.stores) throw new SyncError('STOCK_STORES_MISSING');
	if (![level, ...level.stores].some((row) => amountOf(row, kind) !== undefined)) throw kindMissing(kind);
	const placed = new Map(inOrder(places, rule.defaultStore).map((place) => [place, 0]));
	for (const store of level.stores) {
		const place = store.id === null ? undefined : places.get(store.id);
		if (place !== undefined) placed.set(place, exactSum([placed.get(place) ?? 0, known(amountOf(store, kind), kind)]));
	}
	return { places: placed, storeless: storelessAmount(level.stores, rule) };
}

/** Places as they were chosen, that of the default store before all others. */
function inOrder(places: ReadonlyMap<string, Place>, defaultStore: string | undefined): Place[] {
	const home = defaultStore === undefined ? undefined : places.get(defaultStore);
	return [...new Set([...(home === undefined ? [] : [home]), ...places.values()])];
}

/** Orders without a store that lower a store which is not among those chosen lower nothing here. */
function storelessAmount(stores: ReadonlyArray<ReadAmounts & { id: string | null }>, { kind, places, defaultStore }: StockRule): number {
	const row = stores.find(({ id }) => id === null);
	const concerns = defaultStore === undefined || places?.has(defaultStore);
	return row && concerns ? known(amountOf(row, kind), kind) : 0;
}

function known(amount: Amount, kind: StockKind): number {
	if (amount === null) throw new SyncError('STOCK_UNKNOWN');
	if (amount === undefined) throw kindMissing(kind);
	return amount;
}

/** Bitrix keeps four decimals of a quantity. */
const SCALE = 4;

/**
 * What is offered in each place, in the item's measure: never less than nothing, rounded down to whole pieces unless MoySklad
 * itself has fractions. `taken` is what nobody has told MoySklad of yet. What a place cannot give of that, and of orders without
 * a store, the next one gives, so that the places together never offer more than there is.
 */
export function offered({ places, storeless }: PlacedAmounts, taken: number, buffer: number): Map<Place, number> {
	const scale = [...places.values(), storeless].every(Number.isInteger) ? 0 : SCALE;
	const left = taking(places, Decimal.of(taken).minus(storeless));
	return new Map([...left].map(([place, amount]) => [place, atLeastZero(amount.minus(buffer)).floor(scale).toNumber()]));
}

function taking(places: ReadonlyMap<Place, number>, wanted: Decimal): Map<Place, Decimal> {
	let missing = wanted;
	return new Map([...places].map(([place, amount]) => {
		const there = Decimal.of(amount);
		// What orders without a store bring lies in the first place.
		const given = smaller(missing, atLeastZero(there));
		missing = missing.minus(given);
		return [place, there.minus(given)];
	}));
}

const smaller = (one: Decimal, other: Decimal): Decimal => (one.compare(other) < 0 ? one : other);
const atLeastZero = (amount: Decimal): Decimal => (amount.compare(0) < 0 ? Decimal.zero : amount);

/** Whether two amounts are the same as far as Bitrix keeps them, four decimals. */
export const sameAmount = (one: number, other: number): boolean => Decimal.of(one).minus(other).round(SCALE).equals(0);

/** Each reserve counts once (rule S2): *Free* and *Expected* count MoySklad's, which has the store's orders too; *Physical* the store's own. */
export const countsOwnReserve = (kind: StockKind): boolean => kind === 'physical';

/** What has to lie in a store, so that this much is offered, both in the item's measure: Bitrix takes its own reserve off by itself. */
export const lyingAmount = (offer: number, reserved: number, kind: StockKind): number =>
	countsOwnReserve(kind) ? offer : Math.max(0, exactSum([offer, reserved]));

/** How much of an item could be bought before and after, in its measure. */
export interface OfferChange {
	before: number;
	after: number;
}

/**
 * STOCK_TOO_MANY_EMPTIED when more than `percent` % of the items that can be bought now, and at least `fewest`, would be set to zero
 * (rule S6): then rather the source is wrong.
 */
export function tooManyEmptied(items: readonly OfferChange[], percent: number, fewest: number): SyncError | undefined {
	const offeredNow = items.filter(({ before }) => before > 0);
	const emptied = offeredNow.filter(({ after }) => after <= 0).length;
	if (emptied < Math.max(1, fewest) || emptied * 100 <= offeredNow.length * percent) return undefined;
	return new SyncError('STOCK_TOO_MANY_EMPTIED', { count: emptied, total: offeredNow.length, percent });
}
