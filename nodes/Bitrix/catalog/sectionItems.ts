import {
	FolderBook, groupBy, guardShare, ownKey, readDeleted, readFolder, SyncError, warning,
	type Folder, type Identity, type Section, type SectionPlan, type WantedSection, type WriteResult, type WriteStatus,
} from '../../../core';
import { toReport } from '../../shared/errors';
import { writeSections, type SectionWork } from './sectionWrites';
import type { CatalogSession } from './session';

/** A folder among the input items. */
interface FolderEntry {
	input: number;
	folder?: Folder;
	work?: SectionWork;
	result?: WriteResult;
}

const STATUS: Record<SectionPlan['outcome'], WriteStatus> = {
	create: 'created', update: 'updated', hide: 'deactivated', unchanged: 'unchanged', skipped: 'skipped',
};

/**
 * Brings sections about for folders and those above them, and hides what is archived or, on request, what has no folder any
 * more. Results in the order of the items, then those of sections without a folder. Throws CATALOG_TOO_MANY_MISSING before
 * anything is written.
 */
export async function upsertFolders(session: CatalogSession, items: readonly unknown[]): Promise<WriteResult[]> {
	const { identity, gone, showSectionsAgain } = session.settings;
	const entries = items.map((item, input) => readEntry(item, input, identity));
	const works = planWorks(entries, identity);
	const missing = await missingSections(session, entries, works);
	await writeSections(session, works, { update: true, hideArchived: gone !== 'ignore', showAgain: showSectionsAgain });
	const hidden = await hide(session, missing);
	return [...entries.map((entry) => entry.result ?? sectionResult(session, entry)), ...hidden];
}

/** With ids as keys even a deleted folder names its section; otherwise it cannot be found. */
function readEntry(item: unknown, input: number, identity: Identity): FolderEntry {
	try {
		const deleted = readDeleted(item);
		if (!deleted) return { input, folder: readFolder(item) };
		const { id } = deleted;
		if (identity === 'id') return { input, folder: { id, externalCode: null, name: '', archived: true, parent: null } };
		return { input, result: { ...blank(id), status: 'skipped', warnings: [warning('CATALOG_FOLDER_UNKNOWN')] } };
	} catch (error) {
		return { input, result: refused(blank(null), error) };
	}
}

const blank = (moySkladId: string | null): Omit<WriteResult, 'status'> => ({ key: '', moySkladId, bitrixId: null, changes: [], warnings: [] });

function refused(result: Omit<WriteResult, 'status'>, error: unknown): WriteResult {
	const report = toReport(error);
	return { ...result, status: report.kind === 'conflict' ? 'conflict' : 'failed', error: report };
}

/** The sections of the folders and of those above them, one for each key. */
function planWorks(entries: readonly FolderEntry[], identity: Identity): SectionWork[] {
	const book = new FolderBook(entries.flatMap(({ folder }) => folder ?? []));
	const works = new Map<string, SectionWork>();
	const take = (folder: Folder): SectionWork => {
		const known = works.get(folder.id);
		const work = known ?? { wanted: book.wanted(folder, identity), done: false };
		works.set(folder.id, work);
		return work;
	};
	for (const entry of entries) {
		if (!entry.folder) continue;
		try {
			entry.work = take(entry.folder);
			for (const above of book.withParents(entry.folder)) take(above);
		} catch (error) {
			entry.result = refused(blank(entry.folder.id), error);
		}
	}
	for (const [key, some] of groupBy(works.values(), ({ wanted }) => wanted.key))
		if (some.length > 1) for (const work of some) Object.assign(work, { error: new SyncError('CATALOG_KEY_REPEATED', { key }), done: true });
	return [...works.values()].filter(({ done }) => !done);
}

/**
 * Sections with a key that no folder has. Those without one were made by hand; some versions of Bitrix give them their own
 * id as key. Unreadable items forbid to tell what is missing.
 */
async function missingSections(session: CatalogSession, entries: readonly FolderEntry[], works: readonly SectionWork[]): Promise<Section[]> {
	const { hideMissingSections, largestShare, identity } = session.settings;
	if (!hideMissingSections) return [];
	if (entries.some(({ folder }) => !folder)) {
		session.hint('Some items are no folders, so sections without a folder were not looked for.');
		return [];
	}
	const keys = new Set([...works.map(({ wanted }) => wanted.key), ...entries.flatMap(({ folder }) => (folder && ownKey(folder, identity)) ?? [])]);
	const ours = (await session.sections()).all().filter(({ xmlId, id, active }) => active && xmlId !== null && xmlId !== String(id));
	const missing = ours.filter(({ xmlId }) => !keys.has(xmlId ?? ''));
	guardShare(missing.length, ours.length, largestShare);
	return missing;
}

async function hide(session: CatalogSession, missing: readonly Section[]): Promise<WriteResult[]> {
	const works = missing.map((section): SectionWork => ({ wanted: goneFolder(section), done: false }));
	await writeSections(session, works, { update: true, hideArchived: true, showAgain: false });
	return works.map((work) => workResult(session, work, null));
}

/** A section whose folder is gone keeps its name and place. */
function goneFolder({ xmlId, name }: Section): WantedSection {
	return { folder: { id: '', externalCode: xmlId, name, archived: true, parent: null }, key: xmlId ?? '', name, parentKey: null, level: 0 };
}

const sectionResult = (session: CatalogSession, { work, folder }: FolderEntry): WriteResult =>
	work ? workResult(session, work, folder?.id ?? null) : refused(blank(folder?.id ?? null), new Error('The item was lost on its way'));

function workResult({ settings }: CatalogSession, { wanted, plan, bitrixId, error }: SectionWork, moySkladId: string | null): WriteResult {
	const result = {
		key: wanted.key, moySkladId, bitrixId: bitrixId === undefined ? null : String(bitrixId), changes: plan?.changes ?? [], warnings: plan?.warnings ?? [],
	};
	if (error) return refused(result, error);
	const planned = settings.preview && result.changes.length > 0;
	return { ...result, status: planned ? 'planned' : STATUS[plan?.outcome ?? 'unchanged'] };
}
