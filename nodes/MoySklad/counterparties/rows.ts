import { withArchived } from '../../../core';
import { completeCollections, readByValues, type Entity, type MoySkladClient } from '../../../transport';

const PATH = 'entity/counterparty';

/** Counterparties by one of their keys, archived ones too. `lists`: with their contact persons and accounts. */
export async function readRows(client: MoySkladClient, field: string, values: readonly string[], lists: readonly string[] = []): Promise<Map<string, Entity>> {
	if (values.length === 0) return new Map();
	const rows = await readByValues(client, PATH, field, values, { conditions: withArchived, query: { expand: lists.join(',') || undefined } });
	if (lists.length > 0) await completeCollections(client, rows);
	return new Map(rows.map((row) => [String(row[field]), row]));
}
