import { answeredId } from '../bitrix/answeredId';
import { SyncError } from '../errors';
import type { Folder } from '../model/catalog';
import { ownKey, type Identity } from './identity';

/** A section of a catalog. */
export interface Section {
	id: number;
	xmlId: string | null;
	name: string;
	parentId: number | null;
	active: boolean;
}

type Row = Record<string, unknown>;

/** A row of `catalog.section.list`. Throws ANSWER_UNEXPECTED when it has no id. */
export const readSection = (row: Row): Section => ({
	id: answeredId(row, 'catalog.section.list'),
	xmlId: row.xmlId === null || row.xmlId === undefined || row.xmlId === '' ? null : String(row.xmlId),
	name: String(row.name ?? ''),
	parentId: Number(row.iblockSectionId) || null,
	active: row.active !== 'N',
});

/** All sections of a catalog, found by id or key. */
export class SectionTree {
	private readonly byId = new Map<number, Section>();
	private readonly byKey = new Map<string, Set<number>>();

	constructor(sections: readonly Section[]) {
		for (const section of sections) this.put(section);
	}

	/** Takes in a section that was made or changed. */
	put(section: Section): void {
		this.byId.set(section.id, section);
		if (section.xmlId === null) return;
		const same = this.byKey.get(section.xmlId);
		if (same) same.add(section.id);
		else this.byKey.set(section.xmlId, new Set([section.id]));
	}

	/** All sections, in the order in which they were taken in. */
	all(): Section[] {
		return [...this.byId.values()];
	}

	/** The section with that id of Bitrix. */
	get(id: number): Section | undefined {
		return this.byId.get(id);
	}

	/** The section with that key (XML_ID). Throws CATALOG_KEY_DUPLICATE. */
	find(key: string): Section | undefined {
		const found = [...(this.byKey.get(key) ?? [])];
		if (found.length > 1) throw new SyncError('CATALOG_KEY_DUPLICATE', { key, ids: found.join(', ') });
		return this.byId.get(found[0] ?? 0);
	}

	/** Names from the root to the section. */
	names(id: number | null): string[] {
		const names: string[] = [];
		for (let section = id === null ? undefined : this.byId.get(id); section && names.length < 100; section = section.parentId === null ? undefined : this.byId.get(section.parentId))
			names.unshift(section.name);
		return names;
	}

	/** Names from the root to the section in one line; empty for none. */
	path(id: number | null): string {
		return this.names(id).join(' / ');
	}
}

/** A folder and its ancestors, the outermost first. */
export function lineage(folder: Folder): Folder[] {
	const chain: Folder[] = [];
	for (let current: Folder | null = folder; current; current = current.parent) chain.unshift(current);
	return chain;
}

/**
 * The folder's key, if that and those of all ancestors that the tree lacks are known, so that its section exists or can be made;
 * otherwise undefined. Throws CATALOG_KEY_DUPLICATE.
 */
export function reachableKey(folder: Folder, tree: SectionTree, identity: Identity): string | undefined {
	const key = ownKey(folder, identity);
	if (key === null || key === '') return undefined;
	if (tree.find(key)) return key;
	if (folder.name === null) return undefined;
	return !folder.parent || reachableKey(folder.parent, tree, identity) !== undefined ? key : undefined;
}
