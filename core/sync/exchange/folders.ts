import type { CmlGroup } from '../../commerceml/model';
import { idFault, nameFault } from '../../commerceml/writing/faults';
import { SyncError } from '../../errors';
import type { Folder } from '../../model/catalog';
import { checkedKey, ownKey, type Identity } from '../identity';
import { FolderBook } from '../sectionPlan';

const group = (id: string, name: string, parentId: string | null, removed: boolean): CmlGroup => ({
	id, name, parentId, description: null, sort: null, code: null, picture: null, removed,
});

/** Groups of a file: folders with all above them. */
export class GroupBook {
	private readonly groups = new Map<string, CmlGroup>();
	private readonly owners = new Map<string, string>();
	private readonly book: FolderBook;

	/** @param isHidden whether the section of a folder that only stands above others is to stay, or to get, hidden */
	constructor(
		folders: Iterable<Folder>,
		private readonly identity: Identity,
		private readonly isHidden: (folder: Folder, key: string) => boolean,
	) {
		this.book = new FolderBook(folders);
	}

	/** All groups that were put in, those above before those below. */
	get all(): CmlGroup[] {
		return [...this.groups.values()];
	}

	/**
	 * Puts a folder and all above it in; gives its key. Throws CATALOG_FOLDER_UNKNOWN, CATALOG_SECTION_CYCLE, CATALOG_KEY_REPEATED,
	 * CATALOG_KEY_EMPTY, CATALOG_KEY_FORBIDDEN, CATALOG_KEY_LONG, COMMERCEML_ID_INVALID and COMMERCEML_NAME_MISSING.
	 */
	take(folder: Folder): string {
		const chain = [...this.book.withParents(folder)].reverse();
		if (chain.at(-1) !== folder) throw new SyncError('CATALOG_FOLDER_UNKNOWN');
		const wanted = chain.map((one) => this.book.wanted(one, this.identity));
		const above = new Set<string>();
		for (const { key, name, parentKey, folder: one } of wanted) {
			const fault = idFault(key) ?? nameFault(name);
			if (fault) throw fault;
			// The site moves a section to the top whose parent is not in the file.
			if (parentKey !== null && !above.has(parentKey)) throw new SyncError('CATALOG_FOLDER_UNKNOWN');
			const owner = this.owners.get(key);
			if (owner !== undefined && owner !== one.id) throw new SyncError('CATALOG_KEY_REPEATED', { key });
			above.add(key);
		}
		for (const { key, name, parentKey, folder: one } of wanted) {
			this.owners.set(key, one.id);
			if (!this.groups.has(key)) this.groups.set(key, group(key, name, parentKey, this.isHidden(one, key)));
		}
		return checkedKey(folder, this.identity);
	}

	/** What is remembered of a folder: its name and the key of the one above it. */
	values(folder: Folder): { name: string; parent: string } {
		const { name, parentKey } = this.book.wanted(folder, this.identity);
		return { name, parent: parentKey ?? '' };
	}
}

/** The key of a folder as far as it is known. */
export const folderKey = (folder: Folder, identity: Identity): string => ownKey(folder, identity) ?? '';
