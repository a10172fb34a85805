import { refusal } from './errors.cts';

/** The host that the platform's documentation uses; also accepted in bodies and filters. */
const DOCUMENTED_BASE = 'https://api.moysklad.ru/api/remap/1.2';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => UUID.test(text);

/** The segments behind the base URL, without a query. Throws 1059 for another host; undefined for a malformed address. */
export function hrefPath(href: string, base: string): string[] | undefined {
	if (!URL.canParse(href)) return undefined;
	const url = new URL(href);
	const home = [base, DOCUMENTED_BASE].find((candidate) => new URL(candidate).origin === url.origin);
	if (home === undefined) throw refusal(1059, href);
	const root = `${new URL(home).pathname}/`;
	return url.pathname.startsWith(root) ? url.pathname.slice(root.length).split('/') : undefined;
}

/** What `/entity/<type>/<id>` points to; nested rows and dictionary elements have longer addresses. */
export function entityAddress(path: string[] | undefined): { type: string; id: string; parent?: string } | undefined {
	if (path?.[0] !== 'entity') return undefined;
	const [, type = '', first = '', collection, last] = path;
	if (type === 'customentity' && collection !== undefined && isUuid(collection))
		return { type, id: collection, parent: first };
	if (collection !== undefined && last !== undefined && isUuid(last))
		return { type: collection, id: last, parent: first };
	return path.length === 3 && isUuid(first) ? { type, id: first } : undefined;
}

const MASK = [0x5b, 0xd1, 0xe9, 0x95] as const;

/** The id that the UI uses for a good; applying it twice gives the API's id back. */
export function pageId(id: string): string {
	const head = MASK.map((mask, index) =>
		(parseInt(id.slice(index * 2, index * 2 + 2), 16) ^ mask).toString(16).padStart(2, '0'),
	);
	return head.join('') + id.slice(8);
}
