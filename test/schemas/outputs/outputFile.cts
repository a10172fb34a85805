import { schemaOf, type OutputSchema } from '../schemaOf.cts';

export type OutputSchemas = Record<string, OutputSchema>;

const VERSION = 'v1.0.0';

/** Where n8n looks for the schema of an operation: `nodes/MoySklad`, `product`, `get`. All nodes of a folder share it. */
export const outputFile = (folder: string, ...parts: string[]): string => `nodes/${folder}/__schema__/${VERSION}/${parts.join('/')}.json`;

/** The schema of what an operation gave. Throws when it gave nothing: then its run shows nothing. */
export function outputSchema(rows: readonly unknown[]): OutputSchema {
	if (rows.length === 0) throw new RangeError('There is no output to make a schema of');
	return { ...schemaOf(rows), version: 1 };
}
