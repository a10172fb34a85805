import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../n8n/repository.cts';
import type { Template } from '../n8n/templates.cts';
import { faultsOf, type Schema } from './jsonSchema.cts';

const FOLDER = path.join(repositoryRoot(), 'docs', 'schemas');
const ENDING = '.schema.json';

export const schemaFiles = (): string[] => readdirSync(FOLDER).filter((file) => file.endsWith(ENDING)).map((file) => file.replace(ENDING, ''));

export const schemaNamed = (name: string): Schema => JSON.parse(readFileSync(path.join(FOLDER, `${name}${ENDING}`), 'utf8')) as Schema;

/** Which file of docs/schemas describes the rows of which table: its title says so. */
export const ROW_SCHEMAS: Record<string, string> = Object.fromEntries(
	schemaFiles().flatMap((name) => {
		const [, table] = /^A row of (msbx_\w+)$/.exec(String(schemaNamed(name).title)) ?? [];
		return table === undefined ? [] : [[table, name]];
	}),
);

/** What is wrong with rows of a table, by its schema. */
export function rowFaults(table: string, rows: readonly unknown[]): string[] {
	const schema = schemaNamed(ROW_SCHEMAS[table] ?? '');
	return rows.flatMap((row) => faultsOf(row, schema));
}

const LINK = 'link';

/** What is wrong with the links of results. */
export const linkFaults = (links: readonly unknown[]): string[] => links.flatMap((link) => faultsOf(link, schemaNamed(LINK)));

export interface Column {
	name: string;
	type: string;
}

/** The columns that the templates give each Data Table, with the templates that make it. */
export function tablesOf(templates: ReadonlyMap<string, Template>): Map<string, Array<{ file: string; columns: Column[] }>> {
	const tables = new Map<string, Array<{ file: string; columns: Column[] }>>();
	for (const [file, { nodes }] of templates)
		for (const { type, parameters } of nodes) {
			if (type !== 'n8n-nodes-base.dataTable' || parameters.resource !== 'table' || parameters.operation !== 'create') continue;
			const { column } = parameters.columns as unknown as { column: Column[] };
			const table = String(parameters.tableName);
			tables.set(table, [...(tables.get(table) ?? []), { file, columns: column }]);
		}
	return tables;
}
