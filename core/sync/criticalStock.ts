import { z } from 'zod';
import { SyncError } from '../errors';
import { firstIssue } from './issue';
import { fromJson } from './json';
import { amountOf, kindMissing, type Amount, type ReadLevel, type StockKind } from './stockLevel';
import type { WatchedGood } from './watchedGood';

/**
 * From which amount on, in its own unit, a good is low. Without a product and a folder it is meant for all goods; without a
 * store for the total of all stores.
 */
export interface Threshold {
	product?: string;
	folder?: string;
	store?: string;
	amount: number;
}

/** A good that became low (`crossed`: its amount is the threshold or less) or is not low any more, in the unit of the good. */
export interface CriticalChange {
	change: 'crossed' | 'restored';
	good: WatchedGood;
	/** Id in MoySklad; null for the total of all stores. */
	store: string | null;
	amount: number;
	threshold: number;
}

/** What is new since the report before, and what the next one has to be told. */
export interface CriticalReport {
	changes: CriticalChange[];
	/** Places that are low now, in order: what the next run has to know. */
	low: string[];
	/** Places that MoySklad is recalculating: they stay what they were. */
	unknown: number;
}

/** The amount of a good in one store, or of all of them. */
interface Place {
	key: string;
	id: string;
	store: string | null;
	amount: Amount;
}

const TOTAL = '';
const keyOf = (id: string, store: string | null): string => (store === null ? id : `${id} ${store}`);
const storeIn = (key: string): string => key.split(' ')[1] ?? TOTAL;

/** The thresholds of one store, or of the total. Of equal ones the highest holds, so that their order does not matter. */
class StoreThresholds {
	readonly products = new Map<string, number>();
	readonly folders = new Map<string, number>();
	all: number | undefined;

	put({ product, folder, amount }: Threshold): void {
		if (product !== undefined) raise(this.products, product, amount);
		else if (folder !== undefined) raise(this.folders, folder, amount);
		else this.all = Math.max(this.all ?? amount, amount);
	}

	/** The good itself, its product, the nearest folder, then all goods. */
	of({ id, parent = '', folders }: WatchedGood): number | undefined {
		const near = folders.find((folder) => this.folders.has(folder)) ?? '';
		return this.products.get(id) ?? this.products.get(parent) ?? this.folders.get(near) ?? this.all;
	}

	get highest(): number {
		return [...this.products.values(), ...this.folders.values(), this.all ?? -Infinity].reduce((one, other) => Math.max(one, other), -Infinity);
	}
}

const raise = (amounts: Map<string, number>, key: string, amount: number): void => void amounts.set(key, Math.max(amounts.get(key) ?? amount, amount));

/** Which goods are low where, by thresholds that people set, and what of it is new. */
export class CriticalStock {
	private readonly byStore = new Map<string, StoreThresholds>();

	/** `highestMinimum` is the highest of MoySklad's own minimums, which hold for totals without another threshold; null when they are not wanted. */
	constructor(
		private readonly kind: StockKind,
		thresholds: readonly Threshold[],
		private readonly highestMinimum: number | null = null,
	) {
		for (const threshold of thresholds) {
			const store = threshold.store ?? TOTAL;
			const own = this.byStore.get(store) ?? new StoreThresholds();
			own.put(threshold);
			this.byStore.set(store, own);
		}
	}

	/** Ids of the goods that may be low or were low: only of these must be known where they belong. */
	candidates(levels: readonly ReadLevel[], low: Iterable<string>): string[] {
		const before = new Set(low);
		const highest = new Map([...this.byStore].map(([store, thresholds]) => [store, thresholds.highest]));
		if (this.highestMinimum !== null) highest.set(TOTAL, Math.max(highest.get(TOTAL) ?? -Infinity, this.highestMinimum));
		const isNear = ({ key, store, amount }: Place): boolean => before.has(key) || (typeof amount === 'number' && amount <= (highest.get(store ?? TOTAL) ?? -Infinity));
		return levels.filter((level) => this.places(level).some(isNear)).map(({ id }) => id);
	}

	/**
	 * What became low and what is not low any more, each told once: `low` is what the report before said. A good that `goods` does not
	 * have (archived or deleted) and a place without a threshold are watched no more; what the levels do not speak of stays as it was.
	 */
	compare(levels: readonly ReadLevel[], goods: ReadonlyMap<string, WatchedGood>, low: Iterable<string>): CriticalReport {
		const now = new Set(low);
		const changes: CriticalChange[] = [];
		let unknown = 0;
		for (const { key, id, store, amount } of levels.flatMap((level) => this.places(level))) {
			const good = goods.get(id);
			const threshold = good && this.thresholdOf(good, store);
			if (typeof amount !== 'number') unknown += 1;
			else if (good === undefined || threshold === undefined) now.delete(key);
			else if (amount <= threshold !== now.has(key)) {
				const change = now.has(key) ? 'restored' : 'crossed';
				changes.push({ change, good, store, amount, threshold });
				if (change === 'crossed') now.add(key);
				else now.delete(key);
			}
		}
		return { changes, low: [...now].filter((key) => this.isWatched(storeIn(key))).sort(), unknown };
	}

	private isWatched(store: string): boolean {
		return this.byStore.has(store) || (store === TOTAL && this.highestMinimum !== null);
	}

	private thresholdOf(good: WatchedGood, store: string | null): number | undefined {
		const own = this.byStore.get(store ?? TOTAL)?.of(good);
		return own ?? (store === null && this.highestMinimum !== null ? good.minimum : undefined);
	}

	/** Where a level is watched. Throws STOCK_KIND_MISSING and STOCK_STORES_MISSING. A store that it does not name is not known, not empty. */
	private places(level: ReadLevel): Place[] {
		const { id, stores } = level;
		const total = this.isWatched(TOTAL) ? [{ key: keyOf(id, null), id, store: null, amount: this.amount(level) }] : [];
		const wanted = [...this.byStore.keys()].filter((store) => store !== TOTAL).sort();
		if (wanted.length > 0 && !stores) throw new SyncError('STOCK_STORES_MISSING');
		return [
			...total,
			...wanted.flatMap((store) => {
				const own = stores?.find((one) => one.id === store);
				return own ? [{ key: keyOf(id, store), id, store, amount: this.amount(own) }] : [];
			}),
		];
	}

	private amount(amounts: Parameters<typeof amountOf>[0]): Amount {
		const amount = amountOf(amounts, this.kind);
		if (amount === undefined) throw kindMissing(this.kind);
		return amount;
	}
}

const stateSchema = z.object({ low: z.array(z.string()) });

/** What the run before has left, as text or as an object; nothing before the first one. Throws STOCK_STATE_UNREADABLE. */
export function readLow(state: unknown): string[] {
	if (state === undefined || state === null || (typeof state === 'string' && state.trim() === '')) return [];
	const parsed = stateSchema.safeParse(typeof state === 'string' ? fromJson(state) : state);
	if (!parsed.success) throw new SyncError('STOCK_STATE_UNREADABLE', { reason: firstIssue(parsed.error) });
	return parsed.data.low;
}

/** What `readLow` reads in the next run: JSON. */
export const lowState = (low: readonly string[]): string => JSON.stringify({ low });
