import { documentMark, runMark, SyncError, type Place } from '../../../../core';
import { readAllRows, type ListMethod, type Row } from '../../../../transport';
import type { CatalogSession } from '../session';

export const DOCUMENTS: ListMethod = { method: 'catalog.document.list', rows: 'documents' };

/**
 * Deletes the drafts of ours that a broken run left for a store: they changed nothing yet, and what they were for is planned anew
 * (rule S4). Documents that a person cancelled stay. Throws when it is not certain that they are gone.
 */
export async function deleteDrafts(session: CatalogSession, store: Place): Promise<void> {
	const commands = (await ourDrafts(session, store)).map(({ id }) => ({ method: 'catalog.document.delete', parameters: { id } }));
	for (const outcome of await session.batches.each(commands, { repeatable: true })) if ('error' in outcome) throw outcome.error;
}

/**
 * Runs in other processes see each other by their drafts: of several the oldest is conducted first, so that no run reads amounts that
 * another is just changing. Throws STOCK_RUN_UNDER_WAY for all others.
 */
export async function waitForOlder(session: CatalogSession, store: Place, run: string, draft: number): Promise<void> {
	const own = runMark(store, run);
	if ((await ourDrafts(session, store)).some(({ id, title }) => id < draft && !title.startsWith(own))) throw new SyncError('STOCK_RUN_UNDER_WAY', { id: store });
}

/** Drafts with our mark. Throws BITRIX_FILTER_IGNORED. */
async function ourDrafts({ batches }: CatalogSession, store: Place): Promise<Array<{ id: number; title: string }>> {
	const mark = documentMark(store);
	const parameters = { select: ['id', 'status', 'title', 'wasCancelled'], filter: { status: 'N', '%title': mark } };
	const rows = await readAllRows(batches, { ...DOCUMENTS, parameters }, 1);
	if (rows.some((row) => !isAsked(row, mark))) throw new SyncError('BITRIX_FILTER_IGNORED', { call: DOCUMENTS.method });
	const drafts = rows.filter(({ wasCancelled }) => wasCancelled !== 'Y').map(({ id, title }) => ({ id: Number(id), title: String(title) }));
	return drafts.filter(({ title }) => title.startsWith(mark));
}

const isAsked = ({ status, title }: Row, mark: string): boolean => status === 'N' && String(title).toLowerCase().includes(mark.toLowerCase());
