/** The part of JSON Schema that docs/schemas uses. What is not in it is a fault of the schema, so that no rule is passed over. */
export interface Schema {
	type?: string | string[];
	enum?: unknown[];
	pattern?: string;
	minimum?: number;
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: false | Schema;
	items?: Schema;
	anyOf?: Schema[];
	$ref?: string;
	$defs?: Record<string, Schema>;
	[keyword: string]: unknown;
}

const KEYWORDS = ['$schema', '$defs', '$ref', 'title', 'description', 'type', 'enum', 'pattern', 'minimum', 'properties', 'required', 'additionalProperties', 'items', 'anyOf'];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function isOfType(value: unknown, type: string): boolean {
	switch (type) {
		case 'null':
			return value === null;
		case 'array':
			return Array.isArray(value);
		case 'object':
			return isObject(value);
		case 'integer':
			return Number.isInteger(value);
		case 'string':
		case 'number':
		case 'boolean':
			return typeof value === type;
		default:
			throw new RangeError(`No type of JSON Schema: ${type}`);
	}
}

/** What is wrong with a value, each with its place; nothing when it is valid. Throws for a keyword that is not known here. */
export function faultsOf(value: unknown, schema: Schema, root: Schema = schema, place = ''): string[] {
	const unknown = Object.keys(schema).find((keyword) => !KEYWORDS.includes(keyword));
	if (unknown !== undefined) throw new RangeError(`Not known here: ${unknown}`);
	if (schema.$ref !== undefined) return faultsOf(value, definition(root, schema.$ref), root, place);
	return [...ownFaults(value, schema, place), ...partFaults(value, schema, root, place), ...choiceFaults(value, schema, root, place)];
}

function definition({ $defs = {} }: Schema, ref: string): Schema {
	const found = $defs[ref.replace('#/$defs/', '')];
	if (!found) throw new RangeError(`The schema has no ${ref}`);
	return found;
}

function ownFaults(value: unknown, { type, enum: choices, pattern, minimum }: Schema, place: string): string[] {
	const faults: string[] = [];
	if (type !== undefined && ![type].flat().some((one) => isOfType(value, one))) faults.push(`${place} is no ${[type].flat().join(' or ')}: ${JSON.stringify(value)}`);
	if (choices !== undefined && !choices.includes(value)) faults.push(`${place} is none of ${choices.join(', ')}: ${JSON.stringify(value)}`);
	if (pattern !== undefined && typeof value === 'string' && !new RegExp(pattern, 'u').test(value)) faults.push(`${place} is not like ${pattern}: ${value}`);
	if (minimum !== undefined && typeof value === 'number' && value < minimum) faults.push(`${place} is below ${minimum}: ${value}`);
	return faults;
}

function partFaults(value: unknown, { properties = {}, required = [], additionalProperties, items }: Schema, root: Schema, place: string): string[] {
	if (Array.isArray(value)) return items ? value.flatMap((one, index) => faultsOf(one, items, root, `${place}/${index}`)) : [];
	if (!isObject(value)) return [];
	const missing = required.filter((name) => value[name] === undefined).map((name) => `${place}/${name} is missing`);
	const parts = Object.entries(value).flatMap(([name, part]) => {
		if (part === undefined) return [];
		const own = properties[name] ?? additionalProperties;
		if (own === false) return [`${place}/${name} is not known`];
		return own === undefined ? [] : faultsOf(part, own, root, `${place}/${name}`);
	});
	return [...missing, ...parts];
}

function choiceFaults(value: unknown, { anyOf }: Schema, root: Schema, place: string): string[] {
	if (!anyOf) return [];
	const tried = anyOf.map((one) => faultsOf(value, one, root, place));
	return tried.some((faults) => faults.length === 0) ? [] : [`${place} is none of ${anyOf.length}: ${tried.map((faults) => faults[0]).join('; ')}`];
}
