import type { Installation } from '../demo/installation.cts';
import { ROW_SCHEMAS, rowFaults } from '../docs/schemas.cts';

/** The first rows of each table that the templates keep have the form that docs/schemas says; gives the tables that had any. */
export async function expectKnownRows({ api }: Installation): Promise<string[]> {
	const tables = (await api.dataTables.list()).filter(({ name }) => ROW_SCHEMAS[name]);
	const filled: string[] = [];
	for (const { id, name } of tables) {
		const { data } = await api.dataTables.rows(id);
		expect({ name, faults: rowFaults(name, data) }).toEqual({ name, faults: [] });
		if (data.length > 0) filled.push(name);
	}
	return filled.sort();
}
