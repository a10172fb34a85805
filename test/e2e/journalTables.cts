import type { JournalRow } from '../../core';
import type { Installation } from '../demo/installation.cts';
import type { StoredRow } from '../n8n/dataTables.cts';
import { waitFor } from '../n8n/waiting.cts';

export type StoredJournalRow = StoredRow & JournalRow;

const WITHIN_MS = 60_000;

/** Publishes a journal, by the number of its template, and waits until it has entered itself in the settings. */
export async function publishJournal(installation: Installation, number = '33'): Promise<void> {
	await installation.publish(number);
	await waitFor('The journal in msbx_settings', WITHIN_MS, async () => (await registeredJournal(installation)) === installation.workflow(number).id || undefined);
}

/** Id of the workflow that the settings name as the journal. */
export async function registeredJournal({ api }: Installation): Promise<string | undefined> {
	const table = (await api.dataTables.list()).find(({ name }) => name === 'msbx_settings');
	if (!table) return undefined;
	const rows = (await api.dataTables.rows(table.id, { filters: [{ columnName: 'name', condition: 'eq', value: 'journal' }] })).data;
	if (rows.length > 1) throw new Error('The journal has entered itself twice');
	return rows[0] ? (JSON.parse(String(rows[0].value)) as string) : undefined;
}

/** All rows of the Data Table journal, oldest first; none where there is no table yet. */
export async function journalOf({ api }: Installation): Promise<StoredJournalRow[]> {
	const table = (await api.dataTables.list()).find(({ name }) => name === 'msbx_journal');
	return table ? ((await api.dataTables.all(table.id)) as StoredJournalRow[]) : [];
}
