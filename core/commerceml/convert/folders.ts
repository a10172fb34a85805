import { SyncError } from '../../errors';
import type { Folder } from '../../model/catalog';
import { checkedKey, type Identity } from '../../sync/identity';
import { lineage } from '../../sync/sectionTree';
import type { CmlGroup } from '../model';

export interface ConvertedFolders {
	/** Each behind its parent, with all ancestors. */
	groups: CmlGroup[];
	/** Folders that cannot be groups, by their ids in MoySklad. */
	refused: Map<string, SyncError>;
}

/**
 * Folders as groups: a group's id is the folder's own key (rule I4). A folder of which the names or keys up to the top are not
 * all known is refused: Bitrix would move it. Of several folders with one key none is taken.
 */
export function toCmlGroups(folders: Iterable<Folder>, identity: Identity): ConvertedFolders {
	const groups = new Map<string, { group: CmlGroup; folderId: string }>();
	const refused = new Map<string, SyncError>();
	for (const folder of folders) {
		try {
			for (const one of lineage(folder)) put(groups, groupOf(one, identity), one.id);
		} catch (error) {
			refused.set(folder.id, asFault(error));
		}
	}
	return { groups: [...groups.values()].map(({ group }) => group), refused };
}

function asFault(error: unknown): SyncError {
	return error instanceof SyncError ? error : new SyncError('UNEXPECTED', { reason: String(error) });
}

function put(groups: Map<string, { group: CmlGroup; folderId: string }>, group: CmlGroup, folderId: string): void {
	const known = groups.get(group.id);
	if (known && known.folderId !== folderId) throw new SyncError('CATALOG_KEY_REPEATED', { key: group.id });
	// A folder may be known better from one item than from another.
	if (!known || (known.group.removed && !group.removed)) groups.set(group.id, { group, folderId });
}

function groupOf(folder: Folder, identity: Identity): CmlGroup {
	if (folder.name === null || folder.name.trim() === '') throw new SyncError('CATALOG_FOLDER_UNKNOWN');
	return {
		id: checkedKey(folder, identity), name: folder.name, parentId: folder.parent ? checkedKey(folder.parent, identity) : null,
		description: null, sort: null, code: null, picture: null, removed: folder.archived,
	};
}
