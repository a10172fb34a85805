import type { Resource, Row } from '../engine/schema.cts';
import { rowsOf, valueOf } from '../engine/schema.cts';
import type { Session } from '../session.cts';

/**
 * The `search` parameter: rows that match, best first.
 * By default every word must begin a word of one of the main fields; for some entities the text must occur in one field.
 * `contactpersons.name` looks into a nested collection.
 */
export function search(
	rows: readonly Row[],
	text: string,
	resourceOf: (row: Row) => Resource,
	session: Session,
): Row[] {
	const wanted = fold(text.trim());
	if (wanted === '') return [...rows];
	const ranks = new Map<Row, number>();
	for (const row of rows) {
		const resource = resourceOf(row);
		const { fields, substring = false } = resource.search ?? { fields: ['name'] };
		const texts = fields.flatMap((field) => textsOf(row, field, resource, session)).map(fold);
		const found = substring ? texts.some((one) => one.includes(wanted)) : startsAllWords(texts, wanted);
		if (found) ranks.set(row, rank(texts, wanted));
	}
	return [...ranks].sort(([, one], [, other]) => one - other).map(([row]) => row);
}

function startsAllWords(texts: string[], wanted: string): boolean {
	const words = texts.flatMap(wordsOf);
	return wordsOf(wanted).every((part) => words.some((word) => word.startsWith(part)));
}

/** The whole field first, then its beginning, then anything. */
function rank(texts: string[], wanted: string): number {
	if (texts.includes(wanted)) return 0;
	return texts.some((one) => one.startsWith(wanted)) ? 1 : 2;
}

function textsOf(row: Row, name: string, resource: Resource, session: Session): string[] {
	const [first = '', second] = name.split('.');
	const field = resource.fields[first];
	const own = field ? [valueOf(row, first, field, session)] : [];
	const values = second === undefined ? own : rowsOf(row, first).map((inner) => inner[second]);
	return values.filter((value): value is string => typeof value === 'string');
}

const fold = (text: string): string => text.toLowerCase().replace(/ё/g, 'е');
const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
