import { refusal } from '../errors.cts';
import type { Json } from '../engine/schema.cts';
import type { Parameters } from './parameters.cts';

export interface Page {
	limit: number;
	offset: number;
	/** Whether the caller gave a limit. */
	asked: boolean;
}

export interface PageRule {
	/** Without `limit` in the query. */
	usual: number;
	most: number;
}

const LIST_PAGES: PageRule = { usual: 1000, most: 1000 };
export const AUDIT_PAGES: PageRule = { usual: 25, most: 100 };

/** Throws 1040 for a limit or an offset that is not allowed. */
export function parsePage(query: Parameters, rule: PageRule = LIST_PAGES): Page {
	const limit = wholeNumber(query, 'limit', rule.usual);
	const offset = wholeNumber(query, 'offset', 0);
	if (limit < 1 || limit > rule.most) throw refusal(1040, `limit: 1…${rule.most}`);
	return { limit, offset, asked: query.get('limit') !== undefined };
}

function wholeNumber(query: Parameters, name: string, usual: number): number {
	const text = query.get(name);
	if (text === undefined) return usual;
	if (!/^\d{1,9}$/.test(text)) throw refusal(1040, name);
	return Number(text);
}

/** `meta` of a list: where it is, how much there is, and where it goes on. */
export function pageMeta(url: string, type: string, size: number, { limit, offset }: Page, query: Parameters): Json {
	const at = (start: number): string => `${url}?${query.with({ limit, offset: start })}`;
	const whole = query.with({});
	return {
		href: whole === '' ? url : `${url}?${whole}`,
		type,
		mediaType: 'application/json',
		size,
		limit,
		offset,
		...(offset + limit < size && { nextHref: at(offset + limit) }),
		...(offset > 0 && { previousHref: at(Math.max(0, offset - limit)) }),
	};
}
