/** Quantities are kept in whole ten-thousandths, so that adding never drifts. */
const SCALE = 10_000;

export const STOCK_TYPES = ['stock', 'freeStock', 'quantity', 'reserve', 'inTransit'] as const;
export type StockType = (typeof STOCK_TYPES)[number];

/** What a document does to one good in one store; `store: null` for an order without a store. */
export interface Movement {
	assortment: string;
	store: string | null;
	stock: number;
	reserve: number;
}

export interface StockLine {
	assortment: string;
	store: string | null;
	/** Units, up to four decimals. */
	stock: number;
	reserve: number;
	inTransit: number;
	/** When physical stock changed last, and when anything did; ms since 1970. */
	stockChanged: number;
	changed: number;
	recalculating: boolean;
}

/** How much of every good lies in every store. It follows documents, and can be set by hand. */
export class StockLedger {
	private readonly lines = new Map<string, StockLine[]>();
	private readonly byDocument = new Map<string, Movement[]>();
	/** When physical stock changed last anywhere. */
	lastChange = 0;

	of(assortment: string): readonly StockLine[] {
		return this.lines.get(assortment) ?? [];
	}

	*all(): Generator<StockLine> {
		for (const lines of this.lines.values()) yield* lines;
	}

	at(assortment: string, store: string | null): StockLine | undefined {
		return this.of(assortment).find((line) => line.store === store);
	}

	/** All stores together. */
	total(assortment: string): Record<StockType, number> {
		const sum = { stock: 0, reserve: 0, inTransit: 0 };
		for (const line of this.of(assortment)) {
			sum.stock = plus(sum.stock, line.stock);
			sum.reserve = plus(sum.reserve, line.reserve);
			sum.inTransit = plus(sum.inTransit, line.inTransit);
		}
		return derived(sum);
	}

	/** What a document does now; what it did before is taken back. */
	setDocument(document: string, movements: Movement[], now: number): void {
		const before = this.byDocument.get(document) ?? [];
		if (movements.length > 0) this.byDocument.set(document, movements);
		else this.byDocument.delete(document);
		for (const { assortment, store, stock, reserve } of netted([...before.map(reversed), ...movements])) {
			const line = this.line(assortment, store);
			this.change(line, plus(line.stock, stock), plus(line.reserve, reserve), now);
		}
	}

	/** Sets physical stock as a stock-taking would. */
	setStock(assortment: string, store: string | null, stock: number, now: number): void {
		const line = this.line(assortment, store);
		this.change(line, plus(stock, 0), line.reserve, now);
	}

	setInTransit(assortment: string, store: string | null, inTransit: number, now: number): void {
		const line = this.line(assortment, store);
		line.inTransit = plus(inTransit, 0);
		line.changed = now;
	}

	/** The lines count as changed now: the good or the store was archived, brought back or removed. */
	touch(lines: Iterable<StockLine>, now: number): void {
		for (const line of lines) Object.assign(line, { stockChanged: now, changed: now });
	}

	/** While it lasts the line is left out of reports, or shown as null. */
	setRecalculating(assortment: string, store: string | null, recalculating: boolean): void {
		this.line(assortment, store).recalculating = recalculating;
	}

	private line(assortment: string, store: string | null): StockLine {
		const known = this.at(assortment, store);
		if (known) return known;
		const line: StockLine = {
			assortment,
			store,
			stock: 0,
			reserve: 0,
			inTransit: 0,
			stockChanged: 0,
			changed: 0,
			recalculating: false,
		};
		this.lines.set(assortment, [...this.of(assortment), line]);
		return line;
	}

	private change(line: StockLine, stock: number, reserve: number, now: number): void {
		if (line.stock !== stock) {
			line.stockChanged = now;
			this.lastChange = Math.max(this.lastChange, now);
		}
		if (line.stock !== stock || line.reserve !== reserve) line.changed = now;
		line.stock = stock;
		line.reserve = reserve;
	}
}

/** The five figures of one line or of a sum of lines. */
export const derived = ({
	stock,
	reserve,
	inTransit,
}: Pick<StockLine, 'stock' | 'reserve' | 'inTransit'>): Record<StockType, number> => ({
	stock,
	reserve,
	inTransit,
	freeStock: plus(stock, -reserve),
	quantity: plus(plus(stock, -reserve), inTransit),
});

export const plus = (one: number, other: number): number =>
	(Math.round(one * SCALE) + Math.round(other * SCALE)) / SCALE;

const reversed = (movement: Movement): Movement => ({
	...movement,
	stock: -movement.stock,
	reserve: -movement.reserve,
});

/** One movement a good and store, so that an unchanged document changes nothing. */
function netted(movements: Movement[]): Movement[] {
	const sums = new Map<string, Movement>();
	for (const movement of movements) {
		const key = `${movement.assortment} ${movement.store}`;
		const sum = sums.get(key);
		if (!sum) sums.set(key, { ...movement });
		else Object.assign(sum, { stock: plus(sum.stock, movement.stock), reserve: plus(sum.reserve, movement.reserve) });
	}
	return [...sums.values()];
}
