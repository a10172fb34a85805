import type { ObjectEvent } from './events';

/** Marks that are kept at most; older ones fall out, and what they stand for may come a second time. */
const MOST_MARKS = 5000;

/**
 * Windows of changes overlap. This tells what came already by marks of objects and the moments of their changes; a mark is
 * the beginning of the id, since it is kept for each change of the last minutes, and the moment.
 */
export function unseen(events: readonly ObjectEvent[], marks: Iterable<string>): ObjectEvent[] {
	const known = new Set(marks);
	return events.filter((event) => !known.has(markOf(event)));
}

/** The marks to keep, newest last: those of changes that the next window, which begins at `since` (milliseconds since 1970), can bring again. */
export function keptMarks(marks: readonly string[], events: readonly ObjectEvent[], since: number): string[] {
	const all = new Set([...marks, ...events.map(markOf)]);
	return [...all].filter((mark) => momentOf(mark) >= since).slice(-MOST_MARKS);
}

const markOf = ({ id, moment }: ObjectEvent): string => `${id.slice(0, 8)}.${Date.parse(moment ?? '').toString(36)}`;

const momentOf = (mark: string): number => parseInt(mark.slice(mark.indexOf('.') + 1), 36);
