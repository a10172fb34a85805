import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../../n8n/repository.cts';

interface Property {
	type: string | string[];
	enum?: string[];
	pattern?: string;
}

/** What docs/schemas says of a row of the journal, in the order of the columns. */
export const rowSchema = JSON.parse(readFileSync(path.join(repositoryRoot(), 'docs', 'schemas', 'journal.schema.json'), 'utf8')) as { properties: Record<string, Property>; required: string[] };

const typeOf = (value: unknown): string => (value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value);

/** What is wrong with a row by the schema of the journal; nothing for a sound one. */
export function journalRowFaults(row: Record<string, unknown>): string[] {
	const missing = rowSchema.required.filter((name) => row[name] === undefined).map((name) => `${name} is missing`);
	const wrong = Object.entries(row).flatMap(([name, value]) => {
		const property = rowSchema.properties[name];
		if (!property) return [`${name} is not known`];
		const types = [property.type].flat();
		const fits = types.includes(typeOf(value)) || (typeOf(value) === 'integer' && types.includes('number'));
		const chosen = !property.enum || property.enum.includes(String(value));
		const alike = property.pattern === undefined || new RegExp(property.pattern).test(String(value));
		return fits && chosen && alike ? [] : [`${name}: ${JSON.stringify(value)}`];
	});
	return [...missing, ...wrong];
}
