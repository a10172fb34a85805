import { idOf, type Meta } from './reference';

type Json = Record<string, unknown>;

/** A place in an object where a link stands. */
export interface OpenReference {
	holder: Json;
	field: string;
	id: string;
	meta: Meta;
}

/**
 * The links at a path of fields, e.g. `['components', 'rows', 'assortment']`. Lists on the way are gone through.
 * Places that hold an object already are passed over.
 */
export function openReferences(holders: readonly Json[], path: readonly string[]): OpenReference[] {
	const [field = '', ...rest] = path;
	if (rest.length > 0) return openReferences(holders.flatMap((holder) => objectsIn(holder[field])), rest);
	return holders.flatMap((holder) => {
		const { meta, id: opened } = (holder[field] ?? {}) as { meta?: Meta; id?: unknown };
		const id = idOf(meta);
		return meta === undefined || id === undefined || opened !== undefined ? [] : [{ holder, field, id, meta }];
	});
}

const objectsIn = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : typeof value === 'object' && value !== null ? [value as Json] : []);

/** Puts objects in the place of the links to them; a link whose object is not there stays. */
export function attachObjects(references: readonly OpenReference[], objects: ReadonlyMap<string, Json>): void {
	for (const { holder, field, id } of references) {
		const object = objects.get(id);
		if (object) holder[field] = object;
	}
}
