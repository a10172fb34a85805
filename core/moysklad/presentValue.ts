import { ATTRIBUTE_PREFIX } from './attributes';
import { rowsIn } from './counterparty';
import { idOf, type Reference } from './reference';

type Json = Record<string, unknown>;

/** The id in the name of an additional field, `attribute:<id>`; undefined for any other field. */
const attributeId = (target: string): string | undefined => (target.startsWith(ATTRIBUTE_PREFIX) ? target.slice(ATTRIBUTE_PREFIX.length) : undefined);

/** What a row of MoySklad has in a field or an additional field. */
export function presentValue(row: Json, target: string): unknown {
	const id = attributeId(target);
	return id === undefined ? row[target] : rowsIn(row.attributes).find((one) => idOf(one as unknown as Reference) === id || one.id === id)?.value;
}

/** Additional fields and references by what they hold. */
export function plainValue(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	const inner = 'value' in value ? value.value : value;
	return typeof inner === 'object' && inner !== null && 'meta' in inner ? idOf(inner as Reference) : inner;
}

/** Several fields as one body: additional fields in one list. Values of these have their `meta`. */
export function fieldsBody(fields: ReadonlyArray<{ target: string; value: unknown }>): Json {
	const attributes = fields.filter(({ target }) => attributeId(target) !== undefined).map(({ value }) => value);
	const own = fields.filter(({ target }) => attributeId(target) === undefined).map(({ target, value }) => [target, value]);
	return { ...(Object.fromEntries(own) as Json), ...(attributes.length > 0 && { attributes }) };
}
