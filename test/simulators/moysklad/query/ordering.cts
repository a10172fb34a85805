import { refusal } from '../errors.cts';
import { valueOf, type Comparable, type Resource, type Row } from '../engine/schema.cts';
import type { Session } from '../session.cts';

export interface OrderKey {
	field: string;
	descending: boolean;
}

/** `updated,asc;id,desc` → keys. Throws 1042 for a direction and 1063 for a field that cannot be sorted by. */
export function parseOrder(text: string, sortable: (field: string) => boolean): OrderKey[] {
	return text
		.split(';')
		.filter((part) => part.trim() !== '')
		.map((part) => {
			const [field = '', direction = 'asc'] = part.split(',').map((word) => word.trim());
			if (!sortable(field)) throw refusal(1063, field);
			if (direction !== 'asc' && direction !== 'desc') throw refusal(1042, direction, field);
			return { field, descending: direction === 'desc' };
		});
}

/** Text is compared as people do: punctuation and case count little, Latin before Cyrillic. */
const collator = new Intl.Collator('en', { ignorePunctuation: true });

/** A sorted copy; empty values come first. Rows that are equal keep their order. */
export function sorted(
	rows: readonly Row[],
	keys: readonly OrderKey[],
	resourceOf: (row: Row) => Resource,
	session: Session,
): Row[] {
	const columns = keys.map(({ field }) => rows.map((row) => sortValue(row, field, resourceOf(row), session)));
	const places = rows.map((_, index) => index);
	places.sort((one, other) => {
		for (const [index, { descending }] of keys.entries()) {
			const compared = compare(columns[index]?.[one], columns[index]?.[other]);
			if (compared !== 0) return descending ? -compared : compared;
		}
		return one - other;
	});
	return places.map((place) => rows[place] as Row);
}

function sortValue(row: Row, name: string, resource: Resource, session: Session): Comparable | undefined {
	const field = resource.fields[name];
	return (field ? valueOf(row, name, field, session) : row[name]) as Comparable | undefined;
}

function compare(one: Comparable | undefined, other: Comparable | undefined): number {
	if (one === other) return 0;
	if (one === undefined) return -1;
	if (other === undefined) return 1;
	if (typeof one === 'string' && typeof other === 'string') return collator.compare(one, other);
	return one < other ? -1 : 1;
}
