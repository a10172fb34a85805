/** MoySklad's link to an object. Only `href` and `type` are needed on write. */
export interface Meta {
	href: string;
	type: string;
	mediaType?: string;
	metadataHref?: string;
	uuidHref?: string;
	downloadHref?: string;
	size?: number;
	limit?: number;
	offset?: number;
	nextHref?: string;
}

/** How a body names another object. */
export interface Reference {
	meta: Meta;
}

/** The API that hrefs in bodies must name, whatever address the requests go to. */
export const MOYSKLAD_API = 'https://api.moysklad.ru/api/remap/1.2';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * The id at the end of an href. Reports add a query to hrefs, old accounts another host: only the path counts.
 * Undefined when there is no UUID in it.
 */
export function idOf(reference: Reference | Meta | string | undefined | null): string | undefined {
	const href = hrefIn(reference);
	if (typeof href !== 'string') return undefined;
	const path = href.split(/[?#]/, 1)[0] ?? '';
	return path.match(UUID)?.at(-1)?.toLowerCase();
}

/** What users and answers hand in is not always what it should be. */
function hrefIn(reference: unknown): unknown {
	if (typeof reference !== 'object' || reference === null) return reference;
	const { meta, href } = reference as { meta?: { href?: unknown } | null; href?: unknown };
	return meta === undefined ? href : meta?.href;
}

/** Whether the text is a UUID and nothing else, in letters of either case. */
export const isUuid = (text: string): boolean => new RegExp(`^${UUID.source}$`, 'i').test(text);

/** The path below `/api/remap/1.2`, with the query, of any href of the API, so that it can be put behind another base address. */
export function pathOf(href: string): string {
	const match = /\/api\/remap\/[\d.]+(\/.*)$/.exec(href);
	return match?.[1] ?? (href.startsWith('/') ? href : `/${href}`);
}

/** A link for a request body. `path` is e.g. `entity/product/<id>` or `entity/customerorder/metadata/states/<id>`. */
export const referenceTo = (type: string, path: string): Reference => ({
	meta: { href: `${MOYSKLAD_API}/${path}`, type, mediaType: 'application/json' },
});

/** A link to an entity by its id. */
export const entityReference = (type: string, id: string): Reference => referenceTo(type, `entity/${type}/${id}`);
