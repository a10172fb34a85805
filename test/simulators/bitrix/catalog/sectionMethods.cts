import { crud, type Entity } from '../fields/crud.cts';
import { YES_NO, type FieldTable } from '../fields/fieldTable.cts';
import { listRows } from '../fields/list.cts';
import { mapOf, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, asText, isEmpty, type Params } from '../wire/params.cts';
import { accessDenied, RestError, zeroError } from '../wire/restError.cts';
import { deleteElement } from './elements.cts';
import type { SectionRow } from './rows.cts';

const FIELDS: FieldTable = {
	id: { type: 'integer', readOnly: true },
	iblockId: { type: 'integer', required: 'always' },
	iblockSectionId: { type: 'integer' },
	name: { type: 'string', required: 'always' },
	xmlId: { type: 'string' },
	code: { type: 'string' },
	sort: { type: 'integer' },
	active: { type: 'char', choices: YES_NO },
	description: { type: 'string' },
	descriptionType: { type: 'string' },
};

const missing = (): RestError => new RestError(200700300030, 'Section is not exists');

const entity: Entity<SectionRow> = {
	prefix: 'catalog.section',
	one: 'section',
	many: 'sections',
	scope: 'catalog',
	area: 'catalog',
	operations: ['getFields', 'get', 'add', 'update', 'delete'],
	fields: FIELDS,
	table: ({ store }) => store.sections,
	notFound: missing,
	defaults: () => ({ sort: 500, active: 'Y', descriptionType: 'text' }),
	check: ({ portal }, values, current) => {
		const iblockId = asInteger(values.iblockId ?? current?.iblockId);
		if (!portal.store.iblocks.get(iblockId)?.isCatalog || (current && iblockId !== current.iblockId))
			throw new RestError(200700300050, 'Iblock is not exists');
		checkParent(portal, values, iblockId, current);
		checkCode(portal, values, iblockId, current);
	},
	beforeDelete: ({ portal, caller }, section) => {
		// The core looks for the right in the block of an element that happens to have the section's id.
		if (!caller.user.admin) throw accessDenied(200040300050);
		deleteBelow(portal, section);
	},
};

/** The section with all that `deleteBelow` takes along. */
export function deleteSection(portal: Portal, section: SectionRow): void {
	deleteBelow(portal, section);
	portal.store.sections.remove(section.id);
}

/** Sections. A list must name its block. */
export const sectionMethods: Method[] = [
	...crud(entity),
	{ name: 'catalog.section.list', scope: 'catalog', right: 'catalog.read', run: list },
];

function list({ portal, params }: MethodCall): ReturnType<Method['run']> {
	const { iblockId } = mapOf(params, 'filter');
	if (iblockId === undefined) throw zeroError('Required filter fields: iblockId');
	if (!portal.store.iblocks.get(asInteger(iblockId))) throw new RestError(200040300000, 'Iblock Not Found');
	return listRows({ key: 'sections', table: portal.store.sections, fields: FIELDS, dialect: 'iblock' }, params);
}

/** A section cannot lie in another block, in itself or below itself. */
function checkParent(portal: Portal, values: Params, iblockId: number, current: SectionRow | undefined): void {
	if (values.iblockSectionId === undefined) return;
	const parentId = asInteger(values.iblockSectionId);
	values.iblockSectionId = parentId || null;
	if (parentId === 0) return;
	const { sections } = portal.store;
	if (sections.get(parentId)?.iblockId !== iblockId) throw missing();
	for (let above = sections.get(parentId); above; above = sections.get(above.iblockSectionId ?? 0)) {
		if (above.id === current?.id) throw zeroError('Section cannot be moved into itself');
	}
}

function checkCode(portal: Portal, { code }: Params, iblockId: number, current: SectionRow | undefined): void {
	if (isEmpty(code) || !portal.store.iblocks.get(iblockId)?.uniqueCodes) return;
	const taken = portal.store.sections
		.where('iblockId', iblockId)
		.some((section) => section.code === asText(code) && section.id !== current?.id);
	if (taken) throw new RestError(200700300040, 'Section with the specified symbolic code already exists');
}

/** Takes along all sections below, and the items that lie nowhere else. */
function deleteBelow(portal: Portal, section: SectionRow): void {
	const { sections, elements } = portal.store;
	for (const child of sections.where('iblockSectionId', section.id)) deleteSection(portal, child);
	for (const element of elements.all()) {
		if (!element.iblockSection.includes(section.id)) continue;
		const others = element.iblockSection.filter((id) => id !== section.id);
		if (others.length === 0) deleteElement(portal, element);
		else
			elements.update(element.id, {
				iblockSection: others,
				iblockSectionId: element.iblockSectionId === section.id ? Math.min(...others) : element.iblockSectionId,
			});
	}
}
