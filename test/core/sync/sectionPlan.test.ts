import fc from 'fast-check';
import { FolderBook, planSection, reachableKey, SectionTree, type Folder, type Section } from '../../../core';

const folder = (key: string, parent: Folder | null = null, more: Partial<Folder> = {}): Folder => ({ id: `id-${key}`, externalCode: key, name: `Name ${key}`, archived: false, parent, ...more });
const section = (id: number, xmlId: string, parentId: number | null = null, more: Partial<Section> = {}): Section => ({ id, xmlId, name: `Name ${xmlId}`, parentId, active: true, ...more });
const all = { update: true, hideArchived: true, showAgain: false };

/** A random forest: each folder hangs under one that came before it, or under none. */
const forests = fc.array(fc.nat(), { minLength: 1, maxLength: 30 }).map((places) => {
	const folders: Folder[] = [];
	for (const [index, place] of places.entries()) folders.push(folder(`f${index}`, place % 3 === 0 ? null : (folders[place % Math.max(1, index)] ?? null)));
	return folders;
});

/** Carries plans out level by level, as the node does. */
function carryOut(folders: readonly Folder[], tree: SectionTree): number {
	const book = new FolderBook(folders);
	const wanted = folders.map((one) => book.wanted(one, 'externalCode')).sort((one, other) => one.level - other.level);
	let writes = 0;
	for (const one of wanted) {
		const { fields, present } = planSection(one, tree, all);
		if (Object.keys(fields).length === 0) continue;
		writes += 1;
		const before = present ?? section(tree.all().length + 1, one.key);
		const parentId = 'iblockSectionId' in fields ? Number(fields.iblockSectionId) || null : before.parentId;
		for (let above = parentId === null ? undefined : tree.get(parentId); above; above = above.parentId === null ? undefined : tree.get(above.parentId))
			if (above.id === before.id) throw new Error('moved into itself');
		tree.put({ ...before, name: String(fields.name ?? before.name), parentId });
	}
	return writes;
}

const shape = (tree: SectionTree) => new Map(tree.all().map(({ xmlId, parentId }) => [xmlId, parentId === null ? null : tree.get(parentId)?.xmlId]));
const wantedShape = (folders: readonly Folder[]) => new Map(folders.map(({ externalCode, parent }) => [externalCode, parent?.externalCode ?? null]));

describe('the tree of sections', () => {
	it('becomes the tree of folders, whatever it was, and then stays', () => {
		fc.assert(fc.property(forests, forests, (before, after) => {
			const tree = new SectionTree([]);
			carryOut(before, tree);
			// Folders of the second forest that bear known keys move; nothing is ever moved into itself on the way.
			const keys = new Set(after.map(({ externalCode }) => externalCode));
			carryOut([...after, ...before.filter(({ externalCode }) => !keys.has(externalCode)).map((one) => ({ ...one, parent: null }))], tree);
			const made = shape(tree);
			for (const [key, parent] of wantedShape(after)) expect(made.get(key ?? '')).toBe(parent);
			expect(carryOut(after, tree)).toBe(0);
		}));
	});

	it('a link is completed by the folder itself, wherever that comes', () => {
		const link = folder('a', null, { name: null, externalCode: null });
		const book = new FolderBook([folder('b', link), folder('a', folder('top'))]);
		expect(book.wanted(folder('b', link), 'externalCode')).toMatchObject({ parentKey: 'a', level: 2 });
		expect(() => new FolderBook([]).wanted(folder('b', link), 'externalCode')).toThrow(expect.objectContaining({ code: 'CATALOG_FOLDER_UNKNOWN' }) as Error);
	});

	it('a folder in a circle is refused', () => {
		const a = folder('a', folder('b', null, { name: null }));
		const b = folder('b', folder('a', null, { name: null }));
		expect(() => new FolderBook([a, b]).wanted(a, 'externalCode')).toThrow(expect.objectContaining({ code: 'CATALOG_SECTION_CYCLE' }) as Error);
	});

	it('a section is reachable when it exists, or can be made with all above it', () => {
		const tree = new SectionTree([section(1, 'there')]);
		const link = folder('gone', null, { name: null, externalCode: null });
		expect(reachableKey(folder('there', link), tree, 'externalCode')).toBe('there');
		expect(reachableKey(folder('new', folder('there', link)), tree, 'externalCode')).toBe('new');
		expect(reachableKey(folder('new', folder('other')), tree, 'externalCode')).toBe('new');
		expect(reachableKey(folder('new', link), tree, 'externalCode')).toBeUndefined();
		expect(reachableKey(link, tree, 'externalCode')).toBeUndefined();
	});

	it('shows the path of a section', () => {
		const tree = new SectionTree([section(1, 'a'), section(2, 'b', 1)]);
		expect(tree.path(2)).toBe('Name a / Name b');
		expect(tree.path(null)).toBe('');
	});
});
