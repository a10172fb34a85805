export type Id = number | string;

/** One id, or several: nearly all keys of an index have one row, and a set for each would be most of the memory. */
type Ids = Id | Id[];

/** Rows of a table are never changed in place: a change replaces the row, so a row once read stays as it was. */
export class Table<Row extends { readonly id: Id }> {
	private readonly rows = new Map<Id, Row>();
	private readonly indexes = new Map<string, Map<string, Ids>>();
	/** Ids as they were made; ascending unless somebody brought his own. */
	private readonly ids: Id[] = [];
	private isAscending = true;
	private lastId: number;

	/**
	 * Ids are counted up from `firstId`. `indexed` fields can be looked up without reading the whole table.
	 * @param keysOf for fields that are indexed under several keys, made of their value
	 */
	constructor(
		firstId = 1,
		indexed: ReadonlyArray<keyof Row & string> = [],
		private readonly keysOf: { readonly [Field in keyof Row]?: (value: Row[Field]) => string[] } = {},
	) {
		this.lastId = firstId - 1;
		for (const field of indexed) this.indexes.set(field, new Map());
	}

	get size(): number {
		return this.rows.size;
	}

	/** Gives the row an id, unless it brings one. */
	add(values: Omit<Row, 'id'> & { id?: Row['id'] }): Row {
		const id = values.id ?? this.lastId + 1;
		this.isAscending &&= typeof id === 'number' && id > this.lastId;
		if (typeof id === 'number') this.lastId = Math.max(this.lastId, id);
		const row = { ...values, id } as Row;
		this.rows.set(id, row);
		this.ids.push(id);
		this.index(row);
		return row;
	}

	get(id: Id): Row | undefined {
		return this.rows.get(id);
	}

	/** Throws when there is no such row. */
	update(id: Row['id'], changes: Partial<Omit<Row, 'id'>>): Row {
		const before = this.rows.get(id);
		if (!before) throw new RangeError(`There is no row ${id}`);
		const after = { ...before, ...changes };
		const moved = [...this.indexes.keys()].some((field) => field in changes);
		if (moved) this.unindex(before);
		this.rows.set(id, after);
		if (moved) this.index(after);
		return after;
	}

	remove(id: Row['id']): boolean {
		const row = this.rows.get(id);
		if (!row) return false;
		this.unindex(row);
		this.ids.splice(this.isAscending ? this.placeAfter(Number(id)) - 1 : this.ids.indexOf(id), 1);
		return this.rows.delete(id);
	}

	/** In order of their making. */
	all(): Row[] {
		return [...this.rows.values()];
	}

	[Symbol.iterator](): IterableIterator<Row> {
		return this.rows.values();
	}

	/** Rows with a greater id, in order; all rows where ids are not in order. */
	*after(id: number): Generator<Row, void, undefined> {
		for (let place = this.isAscending ? this.placeAfter(id) : 0; place < this.ids.length; place++) {
			const row = this.rows.get(this.ids[place] ?? '');
			if (row) yield row;
		}
	}

	isIndexed(field: string): boolean {
		return field === 'id' || this.indexes.has(field);
	}

	/** Rows whose indexed field is one of `values`, whatever the case of its letters; in order of their ids. */
	where(field: keyof Row & string, ...values: unknown[]): Row[] {
		const ids = field === 'id' ? values.map((value) => this.idOf(value)) : this.idsWhere(field, values);
		const found = [...new Set(ids)].map((id) => this.rows.get(id)).filter((row) => row !== undefined);
		return found.sort((one, other) => (one.id < other.id ? -1 : 1));
	}

	private idsWhere(field: string, values: unknown[]): Id[] {
		const index = this.indexes.get(field);
		if (!index) throw new RangeError(`${field} is not indexed`);
		return values.flatMap((value) => index.get(indexKey(value)) ?? []);
	}

	private idOf(value: unknown): Id {
		const number = Number(value);
		return this.rows.has(number) ? number : String(value);
	}

	/** Where the first greater id stands. */
	private placeAfter(id: number): number {
		let [low, high] = [0, this.ids.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (Number(this.ids[middle]) <= id) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** Rows without a value cannot be looked up by it. */
	private index(row: Row): void {
		for (const [field, index] of this.indexes)
			for (const key of this.keys(row, field)) {
				const ids = index.get(key);
				if (ids === undefined) index.set(key, row.id);
				else if (Array.isArray(ids)) ids.push(row.id);
				else index.set(key, [ids, row.id]);
			}
	}

	private unindex(row: Row): void {
		for (const [field, index] of this.indexes)
			for (const key of this.keys(row, field)) {
				const ids = index.get(key);
				const left = Array.isArray(ids) ? ids.filter((id) => id !== row.id) : [];
				if (left.length === 0) index.delete(key);
				else index.set(key, left.length === 1 ? (left[0] ?? left) : left);
			}
	}

	private keys(row: Row, field: string): string[] {
		const value = row[field as keyof Row];
		const keys = this.keysOf[field as keyof Row]?.(value) ?? [value];
		return [...new Set(keys.map(indexKey))].filter((key) => key !== '');
	}
}

const indexKey = (value: unknown): string => String(value ?? '').toLowerCase();
