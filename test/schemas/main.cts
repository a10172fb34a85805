import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../n8n/repository.cts';
import { outputSchemas } from './outputSchemas.cts';

/** Writes the schemas by which n8n's editor shows fields before a node has run. */
async function write(): Promise<void> {
	const schemas = await outputSchemas();
	const place = (file: string): string => path.join(repositoryRoot(), file);
	for (const folder of new Set(Object.keys(schemas).map((file) => file.slice(0, file.indexOf('/__schema__/'))))) rmSync(place(`${folder}/__schema__`), { recursive: true, force: true });
	for (const [file, schema] of Object.entries(schemas)) {
		mkdirSync(path.dirname(place(file)), { recursive: true });
		writeFileSync(place(file), `${JSON.stringify(schema, null, '\t')}\n`);
	}
	console.log(`${Object.keys(schemas).length} schemas written`);
}

void write();
