import { SyncError } from '../../errors';
import { groupBy } from '../../model/grouping';
import { Fields, type Field } from '../codec/field';
import { decimal, eachIn, requiredText, text } from '../codec/fields';
import type { Reading } from '../codec/reading';
import type { CmlGroup } from '../model';
import type { XmlElement } from '../xml/element';
import type { XmlWriter } from '../xml/writer';
import { MARKED, REMOVED, removal } from './removal';

const GROUPS = 'Группы';
const GROUP = 'Группа';

const ownFields: ReadonlyArray<Field<CmlGroup>> = [
	requiredText('Ид', 'id'),
	text('Наименование', 'name'),
	text('Описание', 'description'),
	decimal('БитриксСортировка', 'sort'),
	text('БитриксКод', 'code'),
	text('БитриксКартинка', 'picture'),
];

const WRITTEN = new Fields(ownFields);

/** Inner groups are read apart. */
const inner: Field<CmlGroup> = { name: GROUPS, write: () => {}, read: () => {} };
const READ = new Fields([...ownFields, ...removal<CmlGroup>(), inner]);

/**
 * Writes groups as a tree. All ancestors have to be there: Bitrix would move a group without its parent to the top.
 * Throws CATALOG_SECTION_CYCLE, COMMERCEML_GROUP_UNKNOWN, COMMERCEML_ID_REPEATED.
 */
export function writeGroups(writer: XmlWriter, groups: readonly CmlGroup[]): void {
	if (groups.length === 0) return;
	const ids = new Set<string>();
	for (const { id } of groups) {
		if (ids.has(id)) throw new SyncError('COMMERCEML_ID_REPEATED', { what: 'groups', id });
		ids.add(id);
	}
	const orphan = groups.find(({ parentId }) => parentId !== null && !ids.has(parentId));
	if (orphan) throw new SyncError('COMMERCEML_GROUP_UNKNOWN', { group: orphan.parentId ?? '' });
	const byParent = groupBy(groups, ({ parentId }) => parentId);
	if (writeLevel(writer, byParent, null) < groups.length) throw new SyncError('CATALOG_SECTION_CYCLE');
}

/** How many groups were written. */
function writeLevel(writer: XmlWriter, byParent: ReadonlyMap<string | null, readonly CmlGroup[]>, parentId: string | null): number {
	const groups = byParent.get(parentId) ?? [];
	if (groups.length === 0) return 0;
	let written = groups.length;
	writer.begin(GROUPS);
	for (const group of groups) {
		writer.begin(GROUP);
		WRITTEN.write(writer, group);
		written += writeLevel(writer, byParent, group.id);
		// Bitrix does not look into a group of that status, but a mark alone needs a name beside it.
		const [mark, word] = group.name === null ? REMOVED : MARKED;
		if (group.removed) writer.leaf(mark, word);
		writer.end(GROUP);
	}
	writer.end(GROUPS);
	return written;
}

/** The groups of a tree, each behind its parent. */
export function readGroups(container: XmlElement, reading: Reading, parentId: string | null = null): CmlGroup[] {
	const groups: CmlGroup[] = [];
	eachIn(container, GROUP, reading, (element) => {
		for (const group of readGroup(element, reading, parentId)) groups.push(group);
	});
	return groups;
}

function readGroup(element: XmlElement, reading: Reading, parentId: string | null): CmlGroup[] {
	const group: CmlGroup = { id: '', name: null, parentId, description: null, sort: null, code: null, picture: null, removed: false };
	reading.object = element.textOf('Ид');
	READ.read(element, group, reading);
	if (group.id === '') reading.note('COMMERCEML_ID_MISSING', element.name);
	return [group, ...element.all(GROUPS).flatMap((one) => readGroups(one, reading, group.id))];
}
