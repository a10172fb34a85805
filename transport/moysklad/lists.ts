import { anyOf, endsWithBackslash, filterText, SyncError, wellFormed, type Condition } from '../../core';
import { inParallel } from '../parallel';
import type { MoySkladClient, Query } from './client';

/** An object as MoySklad's JSON has it: money in kopecks, dates in Moscow time. */
export type Entity = Record<string, unknown>;

/** One page of a list. */
export interface Page {
	rows: Entity[];
	/** Rows of the whole list, as far as MoySklad says. */
	size: number;
	offset: number;
	/** Most rows that the page can have. */
	limit: number;
}

/**
 * MoySklad ignores `expand` and `fields` silently when more than 100 rows are asked for. Source: github
 * moysklad/api-remap-1.2-doc, `md/_restrictions.md`, `md/_general.md`.
 */
export const PAGE = 1000;
/** Rows of a page with `expand` or `fields`. */
export const PAGE_WITH_EXPAND = 100;

/** Ids in one filter, and the length of its encoded text, so that the address and the other headers stay below 8 KB. */
const IDS = 150;
const FILTER_LENGTH = 6800;

/** MoySklad's texts have at most so many letters: of longer values nothing can be found, and they would burst the address. */
const LONGEST_VALUE = 255;

/** Calls under way for one list of ids; the limiter decides how many really are. */
const LANES = 5;

/** Rows that MoySklad gives at most for one call of a list. */
const mostRows = ({ expand, fields }: Query): number => (expand || fields ? PAGE_WITH_EXPAND : PAGE);

/** One page. `limit` is lowered to 100 where `expand` or `fields` would otherwise be ignored. Throws ANSWER_UNEXPECTED for what is no list. */
export async function readPage(client: MoySkladClient, path: string, query: Query = {}): Promise<Page & { next?: string }> {
	const limit = Math.min(Number(query.limit ?? PAGE), mostRows(query));
	return toPage(await client.get(path, { ...query, limit }), path);
}

/**
 * Pages by `nextHref` until there are `most` rows; the next one is under way while the caller works on this one. Throws
 * ANSWER_UNEXPECTED for what is no list.
 */
export async function* readPages(client: MoySkladClient, path: string, query: Query = {}, most = Infinity): AsyncGenerator<Page> {
	let coming: Promise<Page & { next?: string }> | undefined = readPage(client, path, query);
	for (let rows = 0; coming; ) {
		const page: Page & { next?: string } = await coming;
		const { next } = page;
		rows += page.rows.length;
		coming = next === undefined || rows >= most ? undefined : client.get(next).then((answer) => toPage(answer, path));
		// A caller that stops early leaves this promise behind; its failure then concerns nobody.
		coming?.catch(() => undefined);
		yield page;
	}
}

/**
 * All rows of a list. For lists that are known to be small: dictionaries, metadata. Throws ANSWER_UNEXPECTED for what is no
 * list, and what `MoySkladClient` throws.
 */
export async function readAll(client: MoySkladClient, path: string, query: Query = {}): Promise<Entity[]> {
	const rows: Entity[] = [];
	for await (const page of readPages(client, path, query)) rows.push(...page.rows);
	return rows;
}

/** What a look-up by values asks for beside them. */
export interface ValuesQuery {
	/** What the rows must fulfil besides. */
	conditions?: readonly Condition[];
	/** Parameters of the list beside `filter`. */
	query?: Query;
}

/**
 * The rows whose `field` has one of the values, in as few calls as the length of an address allows. Throws MOYSKLAD_FILTER_VALUE
 * when a condition beside them ends with a backslash too, ANSWER_UNEXPECTED for what is no list, and what `MoySkladClient`
 * throws.
 */
export async function readByValues(
	client: MoySkladClient,
	path: string,
	field: string,
	values: readonly string[],
	{ conditions = [], query = {} }: ValuesQuery = {},
): Promise<Entity[]> {
	const unique = [...new Set(values)].filter(({ length }) => length <= LONGEST_VALUE);
	const pages = await inParallel(cut(unique, field, query.expand ? PAGE_WITH_EXPAND : IDS), LANES, async (some) =>
		await readAll(client, path, { ...query, filter: filterText([...anyOf(field, some), ...conditions]) }),
	);
	return pages.flat();
}

/** At most `size` values, a filter that leaves room for the rest of the 8 KB of headers, and at most one value that ends with a backslash in each piece. */
function cut(values: readonly string[], field: string, size: number): string[][] {
	const pieces: string[][] = [];
	let length = Infinity;
	for (const value of [...values].sort((left, right) => Number(endsWithBackslash(left)) - Number(endsWithBackslash(right)))) {
		const cost = encodeURIComponent(wellFormed(`${field}=${value};`)).length;
		if (length + cost > FILTER_LENGTH || endsWithBackslash(value) || (pieces.at(-1)?.length ?? 0) >= size) {
			pieces.push([]);
			length = 0;
		}
		pieces.at(-1)?.push(value);
		length += cost;
	}
	return pieces;
}

/** Bare arrays (price types, current stock) count as one page. */
function toPage(answer: unknown, path: string): Page & { next?: string } {
	if (Array.isArray(answer)) return { rows: objectsIn(answer, path), size: answer.length, offset: 0, limit: answer.length };
	const { rows, meta } = (answer ?? {}) as { rows?: unknown; meta?: { size?: number; offset?: number; limit?: number; nextHref?: string } };
	if (!Array.isArray(rows)) throw new SyncError('ANSWER_UNEXPECTED', { call: `GET ${path}`, reason: 'no rows' });
	const { size = rows.length, offset = 0, limit = PAGE, nextHref } = meta ?? {};
	return { rows: objectsIn(rows, path), size, offset, limit, next: nextHref };
}

function objectsIn(rows: readonly unknown[], path: string): Entity[] {
	if (rows.every((row) => typeof row === 'object' && row !== null)) return rows as Entity[];
	throw new SyncError('ANSWER_UNEXPECTED', { call: `GET ${path}`, reason: 'a row that is no object' });
}

