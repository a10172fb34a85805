import { attributesByName } from './attributes';
import { idOf, type Meta } from './reference';

type Json = Record<string, unknown>;

/** Fields that only matter to MoySklad itself. */
const NOISE = new Set(['meta', 'accountId', 'owner', 'group', 'shared', 'files', 'context']);

/**
 * An object without what is only in the way: references as ids (as objects where they were included), lists without their
 * frames, additional fields by name. Money stays in kopecks, dates in Moscow time. Adds the object's `entity`.
 */
export function simplified(row: Json): Json {
	const { meta, attributes, ...fields } = row as Json & { meta?: Meta };
	return {
		...(meta?.type === undefined ? {} : { entity: meta.type }),
		...simpleFields(fields),
		...(attributes === undefined ? {} : { attributesByName: attributesByName(attributes) }),
	};
}

const simpleFields = (fields: Json): Json =>
	Object.fromEntries(
		Object.entries(fields)
			.filter(([name]) => !NOISE.has(name))
			.map(([name, value]) => [name, simple(value)])
			.filter(([, value]) => value !== undefined),
	);

function simple(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(simple);
	if (typeof value !== 'object' || value === null) return value;
	const { meta, rows, ...rest } = value as { meta?: Meta; rows?: unknown };
	if (Array.isArray(rows)) return rows.map(simple);
	if (Object.keys(rest).length > 0) return 'attributes' in rest ? simplified(value as Json) : simpleFields(rest);
	return isCollection(meta) ? undefined : idOf(meta);
}

/** The link of a list that was not included. */
const isCollection = (meta: Meta | undefined): boolean => meta?.size !== undefined;
