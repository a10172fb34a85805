import type { Parameters } from '../bitrix/query';
import { SyncError } from '../errors';
import type { Folder } from '../model/catalog';
import { checkedKey, ownKey, type Identity } from './identity';
import { warning, type FieldChange, type Warning } from './result';
import type { Section, SectionTree } from './sectionTree';

/** A folder of MoySklad as a section of the catalog. */
export interface WantedSection {
	folder: Folder;
	key: string;
	name: string;
	/** Null: at the root. */
	parentKey: string | null;
	/** 0 for a root; parents are made before their children. */
	level: number;
}

/** Of the name of a section. */
const MOST_LETTERS = 255;

/** Folders by their id; a folder with its name beats a mere link to it. */
export class FolderBook {
	private readonly byId = new Map<string, Folder>();

	constructor(folders: Iterable<Folder>) {
		for (const folder of folders) for (let one: Folder | null = folder; one; one = one.parent) this.take(one);
	}

	/** A folder as a section. Throws CATALOG_KEY_EMPTY, CATALOG_KEY_FORBIDDEN, CATALOG_KEY_LONG, CATALOG_FOLDER_UNKNOWN, CATALOG_SECTION_CYCLE. */
	wanted(folder: Folder, identity: Identity): WantedSection {
		const parents = this.parents(folder);
		const key = checkedKey(folder, identity);
		if (folder.name === null) throw new SyncError('CATALOG_FOLDER_UNKNOWN');
		const [parent] = parents;
		const parentKey = parent ? ownKey(parent, identity) : null;
		if (parent && parentKey === null) throw new SyncError('CATALOG_FOLDER_UNKNOWN');
		return { folder, key, name: folder.name.trim().slice(0, MOST_LETTERS).trim(), parentKey, level: parents.length };
	}

	/** The folder and all its ancestors that are known by name. Throws CATALOG_SECTION_CYCLE. */
	withParents(folder: Folder): Folder[] {
		return [folder, ...this.parents(folder)].filter(({ name }) => name !== null);
	}

	/** The nearest first. */
	private parents(folder: Folder): Folder[] {
		const found: Folder[] = [];
		const seen = new Set([folder.id]);
		for (let one = this.parentOf(folder); one; one = this.parentOf(one)) {
			if (seen.has(one.id)) throw new SyncError('CATALOG_SECTION_CYCLE');
			seen.add(one.id);
			found.push(one);
		}
		return found;
	}

	private parentOf({ id, parent }: Folder): Folder | undefined {
		const link = this.byId.get(id)?.parent ?? parent;
		return link ? (this.byId.get(link.id) ?? link) : undefined;
	}

	private take(folder: Folder): void {
		const known = this.byId.get(folder.id);
		if (!known || (known.name === null && folder.name !== null)) this.byId.set(folder.id, folder);
	}
}

/** What is done to sections that are there already. */
export interface SectionSettings {
	/** Fields of sections that are there are compared; otherwise only missing ones are made. */
	update: boolean;
	/** Archived folders hide their sections. */
	hideArchived: boolean;
	/** Sections that are hidden are shown again when their folder is not archived. */
	showAgain: boolean;
}

/** What becomes of the section of one folder. */
export interface SectionPlan {
	outcome: 'create' | 'update' | 'hide' | 'unchanged' | 'skipped';
	present: Section | undefined;
	/** Without the block, which every write names. */
	fields: Parameters;
	changes: FieldChange[];
	warnings: Warning[];
}

/** Compares one section with the tree, in which its parent has been made already. Throws CATALOG_KEY_DUPLICATE. */
export function planSection({ folder, key, name, parentKey }: WantedSection, tree: SectionTree, settings: SectionSettings): SectionPlan {
	const present = tree.find(key);
	const parent = parentKey === null ? undefined : tree.find(parentKey);
	const plan: SectionPlan = { outcome: 'unchanged', present, fields: {}, changes: [], warnings: [] };
	const isGone = folder.archived && settings.hideArchived;
	if (!present) return isGone ? { ...plan, outcome: 'skipped', warnings: [warning('CATALOG_ARCHIVED')] } : create(plan, key, name, parent);
	if (!settings.update) return plan;
	if (isGone) {
		if (present.active) set(plan, { active: 'N' }, 'Visible', 'yes', 'no');
		return { ...plan, outcome: present.active ? 'hide' : 'unchanged' };
	}
	if (!present.active) {
		if (settings.showAgain) set(plan, { active: 'Y' }, 'Visible', 'no', 'yes');
		else plan.warnings.push(warning('CATALOG_SECTION_HIDDEN'));
	}
	if (present.name !== name) set(plan, { name }, 'Name', present.name, name);
	const parentId = parentKey === null ? null : parent?.id;
	if (parentId !== undefined && parentId !== present.parentId)
		set(plan, { iblockSectionId: parentId ?? 0 }, 'Parent Section', tree.path(present.parentId) || null, tree.path(parentId) || null);
	if (plan.changes.length > 0) plan.outcome = 'update';
	return plan;
}

function create(plan: SectionPlan, key: string, name: string, parent: Section | undefined): SectionPlan {
	const fields = { name, xmlId: key, active: 'Y', ...(parent && { iblockSectionId: parent.id }) };
	return { ...plan, outcome: 'create', fields, changes: [{ field: 'Name', from: null, to: name }] };
}

function set(plan: SectionPlan, fields: Parameters, field: string, from: unknown, to: unknown): void {
	Object.assign(plan.fields, fields);
	plan.changes.push({ field, from, to });
}
