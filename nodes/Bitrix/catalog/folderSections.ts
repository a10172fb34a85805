import { FolderBook, lineage, ownKey, reachableKey, type Folder, type SyncError } from '../../../core';
import { caught } from '../../shared/errors';
import type { Entry } from './entry';
import { writeSections, type SectionWork } from './sectionWrites';
import type { CatalogSession } from './session';

const foldersOf = (entries: readonly Entry[]): Map<string, Folder> =>
	new Map(entries.flatMap(({ goods: { folder } }) => (folder ? [[folder.id, folder] as const] : [])));

/** Reads the tree if any of the items needs it, and finds out which sections could be made of the folders of the items. */
export async function prepareSections(session: CatalogSession, entries: readonly Entry[]): Promise<void> {
	const rule = session.rules.find(({ target }) => target === 'section');
	const placed = entries.filter(({ values, present }) => values.section !== undefined && rule && !(present && rule.policy === 'creating'));
	if (placed.length === 0) return;
	const tree = await session.sections();
	const { identity } = session.settings;
	const chains = [...foldersOf(placed).values()].flatMap(lineage);
	session.newSections = new Set(chains.filter((folder) => isReachable(folder)).flatMap((folder) => ownKey(folder, identity) ?? []));

	/** Two sections with the key of a folder are a conflict of the items in it, not of the run. */
	function isReachable(folder: Folder): boolean {
		try {
			return reachableKey(folder, tree, identity) !== undefined;
		} catch {
			return false;
		}
	}
}

/** Makes the sections with these keys and those above them. Gives the errors of those that could not be made. */
export async function makeSections(session: CatalogSession, keys: ReadonlySet<string>, entries: readonly Entry[]): Promise<Map<string, SyncError>> {
	const { identity } = session.settings;
	const tree = await session.sections();
	const folders = [...foldersOf(entries).values()];
	const book = new FolderBook(folders);
	const wanted = new Map<string, Folder>();
	for (const folder of folders) {
		const place = lineage(folder).findIndex((one) => keys.has(ownKey(one, identity) ?? ''));
		const needed = lineage(folder).filter((one, index) => index <= place || keys.has(ownKey(one, identity) ?? ''));
		for (const one of needed) if (one.name !== null && !tree.find(ownKey(one, identity) ?? '')) wanted.set(one.id, one);
	}
	const failed = new Map<string, SyncError>();
	const works = [...wanted.values()].flatMap((folder): SectionWork[] => {
		try {
			return [{ wanted: book.wanted(folder, identity), done: false }];
		} catch (error) {
			failed.set(ownKey(folder, identity) ?? '', caught(error));
			return [];
		}
	});
	await writeSections(session, works, { update: false, hideArchived: false, showAgain: false });
	for (const { wanted: { key }, error } of works) if (error) failed.set(key, error);
	return failed;
}
