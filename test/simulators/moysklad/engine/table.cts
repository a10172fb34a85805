import type { Row } from './schema.cts';

/** All rows of one type, in the order in which they were made. */
export class Table {
	private readonly rows = new Map<string, Row>();
	private readonly syncIds = new Map<string, string>();
	private views = new Map<string, Row[]>();
	/** Changes with every write. */
	version = 0;

	get size(): number {
		return this.rows.size;
	}

	get(id: string): Row | undefined {
		return this.rows.get(id);
	}

	bySyncId(syncId: string): Row | undefined {
		return this.rows.get(this.syncIds.get(syncId) ?? '');
	}

	all(): Row[] {
		return this.view('', () => [...this.rows.values()]);
	}

	put(row: Row): void {
		this.rows.set(row.id, row);
		if (typeof row.syncId === 'string') this.syncIds.set(row.syncId, row.id);
		this.changed();
	}

	remove(row: Row): void {
		this.rows.delete(row.id);
		if (typeof row.syncId === 'string') this.syncIds.delete(row.syncId);
		this.changed();
	}

	/** A list that is made from all rows once and kept until something changes. */
	view(key: string, make: () => Row[]): Row[] {
		const known = this.views.get(key);
		if (known) return known;
		const made = make();
		this.views.set(key, made);
		return made;
	}

	private changed(): void {
		this.version += 1;
		if (this.views.size > 0) this.views = new Map();
	}
}
