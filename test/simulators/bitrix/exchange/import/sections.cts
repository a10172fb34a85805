import type { IblockRow, SectionRow } from '../../catalog/rows.cts';
import type { ExchangeSite } from '../site.cts';
import { child, childrenOf, isFlag, textOf, type XmlNode } from '../xml/node.cts';
import type { CatalogProgress, Package } from './progress.cts';
import { freeCode, symbolicCode } from './transliterate.cts';

interface Tree {
	site: ExchangeSite;
	pack: Package;
	iblock: IblockRow;
}

const DELETED = 'Удален';

/** Brings the groups of the file's classifiers in; they are known by their external codes. */
export function importSections(site: ExchangeSite, { package: pack }: CatalogProgress): void {
	const iblock = pack && site.portal.store.iblocks.get(pack.iblockId);
	if (!pack || !iblock) return;
	for (const row of pack.groupRows) importGroups({ site, pack, iblock }, site.table.row(row), null);
}

function importGroups(tree: Tree, parent: XmlNode | undefined, parentId: number | null): void {
	for (const group of childrenOf(child(parent, 'Группы'), 'Группа')) importGroup(tree, group, parentId);
}

/** A deleted group is only deactivated, and what lies below it is not looked at. */
function importGroup(tree: Tree, group: XmlNode, parentId: number | null): void {
	const { site, pack, iblock } = tree;
	const { sections } = site.portal.store;
	const xmlId = textOf(group, 'Ид') ?? '';
	if (xmlId === '') return;
	const known = sections.where('xmlId', xmlId).find(({ iblockId }) => iblockId === iblock.id);
	if (textOf(group, 'Статус') === DELETED) {
		if (known) note(tree, sections.update(known.id, { active: 'N' }));
		return;
	}
	const fields = { iblockSectionId: parentId, ...fieldsOf(tree, group, known) };
	const section = known
		? sections.update(known.id, fields)
		: sections.add({ ...BLANK, ...fields, iblockId: pack.iblockId, xmlId });
	note(tree, section);
	importGroups(tree, group, section.id);
}

function note({ site, pack }: Tree, { id }: SectionRow): void {
	pack.seenSections.add(id);
	site.sectionImports.set(id, site.portal.now());
}

function fieldsOf(tree: Tree, group: XmlNode, known: SectionRow | undefined): Partial<SectionRow> {
	const name = textOf(group, 'Наименование') ?? '';
	const description = textOf(group, 'Описание');
	const sort = Number.parseInt(textOf(group, 'БитриксСортировка') ?? '', 10);
	return {
		active: isActive(group) ? 'Y' : 'N',
		...(name !== '' && { name }),
		...codeFields(tree, group, name, known),
		...(description !== undefined && { description, descriptionType: 'html' }),
		...(Number.isInteger(sort) && { sort }),
	};
}

function isActive(group: XmlNode): boolean {
	const active = textOf(group, 'БитриксАктивность');
	return !isFlag(textOf(group, 'ПометкаУдаления')) && (active === undefined || isFlag(active));
}

/** The code follows the name, also later, unless the site wants old codes to stay. */
function codeFields(
	{ site, iblock }: Tree,
	group: XmlNode,
	name: string,
	known: SectionRow | undefined,
): Partial<SectionRow> {
	const given = textOf(group, 'БитриксКод') ?? '';
	if (given !== '') return { code: given };
	if (name === '' || (known && !site.settings.translitOnUpdate)) return {};
	const others = site.portal.store.sections.where('iblockId', iblock.id).filter(({ id }) => id !== known?.id);
	return { code: freeCode(symbolicCode(name), (code) => iblock.uniqueCodes && others.some((other) => other.code === code)) };
}

const BLANK: Omit<SectionRow, 'id' | 'iblockId' | 'xmlId' | 'iblockSectionId'> = {
	name: '',
	code: null,
	sort: 500,
	active: 'Y',
	description: null,
	descriptionType: 'text',
};
