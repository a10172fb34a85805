import { SyncError } from '../errors';
import { idOf, isUuid, type Meta } from './reference';

/** The definition of an additional field. */
export interface AttributeDefinition {
	id: string;
	name: string;
	/** string, text, link, long, double, boolean, time, file, customentity, or the keyword of an entity that it refers to. */
	type: string;
	required: boolean;
	/** How values name it. */
	meta: Meta;
	/** The dictionary behind a `customentity`. */
	dictionaryId?: string;
}

/** In front of an additional field's id or name, where fields of all sorts are named. */
export const ATTRIBUTE_PREFIX = 'attribute:';

/** Services and bundles share the additional fields of products; variants and folders have none. */
const OWNERS: Record<string, string> = {
	product: 'product',
	service: 'product',
	bundle: 'product',
	assortment: 'product',
	...Object.fromEntries(
		[
			'counterparty', 'organization', 'store', 'project', 'contract', 'employee', 'customerorder', 'demand', 'paymentin', 'cashin',
			'invoiceout', 'salesreturn',
		].map((entity) => [entity, entity]),
	),
};

/** Where the definitions of an entity's additional fields are listed; undefined when it has none. */
export function attributesPath(entity: string): string | undefined {
	const owner = Object.hasOwn(OWNERS, entity) ? OWNERS[entity] : undefined;
	return owner && `entity/${owner}/metadata/attributes`;
}

/** A row of that list. Throws ANSWER_UNEXPECTED. Source: github moysklad/api-remap-1.2-doc, `md/_general.md` (additional fields). */
export function toAttributeDefinition(row: Record<string, unknown>): AttributeDefinition {
	const meta = row.meta as Meta | undefined;
	const id = typeof row.id === 'string' ? row.id : idOf(meta);
	if (id === undefined || typeof meta?.href !== 'string') throw new SyncError('ANSWER_UNEXPECTED', { call: 'metadata/attributes', reason: 'a field without id or link' });
	const dictionaryId = idOf(row.customEntityMeta as Meta | undefined);
	return {
		id,
		name: String(row.name),
		type: String(row.type),
		required: row.required === true,
		meta: { href: meta.href, type: 'attributemetadata', mediaType: 'application/json' },
		...(dictionaryId === undefined ? {} : { dictionaryId }),
	};
}

/** The definition with an id or a name; names are compared exactly, then without regard to case. */
export function definitionNamed(definitions: readonly AttributeDefinition[], name: string): AttributeDefinition | undefined {
	const wanted = name.trim();
	if (isUuid(wanted)) return definitions.find(({ id }) => id === wanted.toLowerCase());
	const lower = wanted.toLowerCase();
	return definitions.find((one) => one.name === wanted) ?? definitions.find((one) => one.name.toLowerCase() === lower);
}

/** An entity's additional fields by their names; of dictionary values the name, of files the file name. */
export function attributesByName(attributes: unknown): Record<string, unknown> {
	const rows = Array.isArray(attributes) ? (attributes as Array<{ name?: unknown; value?: unknown }>).filter((row) => typeof row === 'object' && row !== null) : [];
	return Object.fromEntries(rows.map(({ name, value }) => [String(name), plainValue(value)]));
}

function plainValue(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	const { name, meta } = value as { name?: unknown; meta?: Meta };
	return name ?? idOf(meta) ?? value;
}
