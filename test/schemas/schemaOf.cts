/** What n8n's editor shows of an output before a node has run, in the part of JSON Schema that it reads. */
export interface OutputSchema {
	type: string;
	version?: number;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

type Json = Record<string, unknown>;

const typeOf = (value: unknown): string => {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
};

/** Names in a map by ids, which are those of one shop: no fields that another has. */
const isId = (name: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(name) || /(^|:)\d+$/.test(name);

/** One schema for all of some values. Where they differ, that counts which most of them are; what is there says more than null. */
export function schemaOf(values: readonly unknown[]): OutputSchema {
	const told = values.filter((value) => value !== null && value !== undefined);
	const counts = new Map<string, number>();
	for (const value of told) counts.set(typeOf(value), (counts.get(typeOf(value)) ?? 0) + 1);
	const [type = 'null'] = [...counts].sort(([, one], [, other]) => other - one).map(([name]) => name);
	const same = told.filter((value) => typeOf(value) === type);
	if (type === 'array') return { type, items: schemaOf((same as unknown[][]).flat()) };
	if (type !== 'object') return { type };
	const names = [...new Set((same as Json[]).flatMap(Object.keys))].filter((name) => !isId(name)).sort();
	return { type, properties: Object.fromEntries(names.map((name) => [name, schemaOf((same as Json[]).map((value) => value[name]))])) };
}
