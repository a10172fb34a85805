import { asRef, rowsOf, type Ref, type Row } from '../engine/schema.cts';

/** A document that a payment pays for, and how much of it (kopecks). */
export interface Operation extends Ref {
	linkedSum: number;
}

export const operationsOf = (row: Row): Operation[] => (row.operations as Operation[] | undefined) ?? [];

/** Which rows point to which: documents to their base documents and goods, bundles to components, variants to products. */
export class Links {
	private readonly holders = new Map<string, Map<string, Ref>>();
	/** Changes with every row that is followed. */
	version = 0;

	/** Takes note of a row that was kept, changed (`before`) or removed (`row` undefined). */
	follow(row: Row | undefined, before: Row | undefined): void {
		this.version += 1;
		for (const target of before ? targetsOf(before) : []) this.holders.get(target)?.delete(before?.id ?? '');
		for (const target of row ? targetsOf(row) : []) {
			let holders = this.holders.get(target);
			if (!holders) this.holders.set(target, (holders = new Map()));
			if (row) holders.set(row.id, { type: row.type, id: row.id });
		}
	}

	/** The rows of the given types that point to this one. */
	to(id: string, ...types: string[]): Ref[] {
		return [...(this.holders.get(id)?.values() ?? [])].filter(({ type }) => types.length === 0 || types.includes(type));
	}
}

/** Ids of everything that a row points to in a way that counts. */
function targetsOf(row: Row): Set<string> {
	const refs: Array<Ref | undefined> = [
		asRef(row.customerOrder),
		asRef(row.demand),
		asRef(row.product),
		...((row.invoicesOut as Ref[] | undefined) ?? []),
		...((row.demands as Ref[] | undefined) ?? []),
		...operationsOf(row),
		...[...rowsOf(row, 'positions'), ...rowsOf(row, 'components')].map(({ assortment }) => asRef(assortment)),
	];
	return new Set(refs.filter((ref) => ref !== undefined).map(({ id }) => id));
}
