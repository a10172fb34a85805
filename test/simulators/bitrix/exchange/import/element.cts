import { addElement } from '../../catalog/elements.cts';
import type { ElementRow, PropertyRow } from '../../catalog/rows.cts';
import { isFlag, textOf, type XmlNode } from '../xml/node.cts';
import { plainFields } from './fields.cts';
import type { Making } from './goods.cts';
import { importPictures } from './pictures.cts';
import { propertyValues } from './propertyValues.cts';
import { ElementError, type Scene } from './scene.cts';
import { freeCode, symbolicCode } from './transliterate.cts';

export const findElement = ({ portal }: Scene, iblockId: number, xmlId: string): ElementRow | undefined =>
	portal.store.elements.where('xmlId', xmlId).find((element) => element.iblockId === iblockId);

/** A child `Статус` (an attribute of that name counts for nothing), or the mark together with a name. */
export const isDeleted = (node: XmlNode): boolean =>
	textOf(node, 'Статус') === 'Удален' ||
	(isFlag(textOf(node, 'ПометкаУдаления')) && textOf(node, 'Наименование') !== undefined);

export const setInactive = (scene: Scene, element: ElementRow): ElementRow => change(scene, element, { active: 'N' });

export const reactivate = (scene: Scene, element: ElementRow): ElementRow => change(scene, element, { active: 'Y' });

/** Every change, and also every look at an element, counts as touching it. */
export function change({ portal, userId }: Scene, { id }: ElementRow, changes: Partial<ElementRow>): ElementRow {
	const { elements } = portal.store;
	const before = elements.get(id);
	const isSame = Object.entries(changes).every(([name, value]) => before?.[name as keyof ElementRow] === value);
	const element = elements.update(id, { ...changes, modifiedBy: userId, timestampX: portal.now() });
	if (!isSame) portal.announce('product', 'update', id);
	return element;
}

/** Makes or changes an element with all that the file says of it. Throws what the site does not take, and leaves it as it was. */
export function saveElement(scene: Scene, node: XmlNode, current: ElementRow | undefined, making: Making): ElementRow {
	const xmlId = textOf(node, 'Ид') ?? '';
	const reason = scene.site.settings.refusedElements[xmlId];
	if (reason !== undefined) throw new ElementError(reason);
	const fields = plainFields(scene, node);
	const code = codeFor(scene, fields, current);
	const properties = propertyValues(scene, node, current?.properties ?? {});
	checkRequired(scene, properties);
	const element = current ?? make(scene, fields.name ?? '', xmlId, making);
	const pictures = importPictures(scene, node, { ...element, properties });
	return change(scene, element, { ...fields, ...code, ...linked(scene, pictures, element) });
}

/** The link to the product was made with the element, and stays. */
const linked = ({ iblock }: Scene, pictures: Partial<ElementRow>, element: ElementRow): Partial<ElementRow> => {
	const link = element.properties[iblock.skuPropertyId ?? 0];
	return link ? { ...pictures, properties: { ...pictures.properties, [iblock.skuPropertyId ?? 0]: link } } : pictures;
};

function make({ portal, iblock, userId }: Scene, name: string, xmlId: string, { type, parentId }: Making): ElementRow {
	const link = portal.store.properties.get(iblock.skuPropertyId ?? 0);
	const values = { name, xmlId, ...(parentId !== undefined && { parentId: { value: String(parentId) } }) };
	return addElement(portal, { iblock, properties: link ? [link] : [], values, userId }, type);
}

/** A given code must be free; one that is made of the name is made free. */
function codeFor(
	{ portal, iblock, site }: Scene,
	{ code, name = '' }: Partial<ElementRow>,
	current: ElementRow | undefined,
): Partial<ElementRow> {
	const isTaken = (candidate: string): boolean =>
		iblock.uniqueCodes &&
		portal.store.elements.where('code', candidate).some(({ iblockId, id }) => iblockId === iblock.id && id !== current?.id);
	if (code !== undefined && code !== null) {
		if (code !== '' && isTaken(code)) throw new ElementError(`Элемент с символьным кодом «${code}» уже существует.`);
		return { code: code === '' ? null : code };
	}
	if (current && !site.settings.translitOnUpdate) return {};
	return { code: freeCode(symbolicCode(name), isTaken) };
}

function checkRequired({ properties }: Scene, values: ElementRow['properties']): void {
	const lacking = [...properties.values()].find(
		({ id, isRequired }: PropertyRow) => isRequired === 'Y' && (values[id] ?? []).length === 0,
	);
	if (lacking) throw new ElementError(`Поле «${lacking.name}» обязательно.`);
}
