import { addProperty } from '../../catalog/furnish.cts';
import type { IblockRow, PropertyRow } from '../../catalog/rows.cts';
import type { Portal } from '../../portal.cts';
import type { ExchangeSite } from '../site.cts';
import { child, childrenOf, isFlag, textOf, type XmlNode } from '../xml/node.cts';
import { symbolicCode } from './transliterate.cts';

type PropertyType = Pick<PropertyRow, 'propertyType' | 'userType'>;

const LIST: PropertyType = { propertyType: 'L', userType: null };

const TYPES: Record<string, PropertyType> = {
	Справочник: LIST,
	Число: { propertyType: 'N', userType: null },
	Даты: { propertyType: 'S', userType: 'Date' },
	ДатаВремя: { propertyType: 'S', userType: 'DateTime' },
};

const STRING: PropertyType = { propertyType: 'S', userType: null };
const DIRECTORY: PropertyType = { propertyType: 'S', userType: 'directory' };

/** Finds the classifier's properties in the block by external code, or makes them, with the variants of lists. */
export function importProperties(site: ExchangeSite, iblock: IblockRow, classifier: XmlNode, changesOnly: boolean): void {
	for (const node of childrenOf(child(classifier, 'Свойства'), 'Свойство'))
		importProperty(site.portal, iblock, node, changesOnly);
}

function importProperty(portal: Portal, iblock: IblockRow, node: XmlNode, changesOnly: boolean): void {
	const xmlId = textOf(node, 'Ид') ?? '';
	const name = textOf(node, 'Наименование') ?? '';
	const variants = child(node, 'ВариантыЗначений');
	const type = typeOf(node);
	if (xmlId === '' || (type === LIST && variants && variants.children.length === 0)) return;
	const { properties } = portal.store;
	const known = properties.where('iblockId', iblock.id).find((property) => property.xmlId === xmlId);
	const values = { ...(name !== '' && { name }), ...type, ...settingsOf(node), timestampX: portal.now() };
	const property = known
		? properties.update(known.id, values)
		: addProperty(portal, iblock.id, { code: codeOf(portal, iblock, name), ...values, name: name || xmlId, xmlId });
	if (type === LIST && variants) importVariants(portal, property, variants, changesOnly);
}

function typeOf(node: XmlNode): PropertyType {
	if (isFlag(textOf(node, 'Внешний'))) return DIRECTORY;
	return TYPES[textOf(node, 'ТипЗначений') ?? ''] ?? STRING;
}

function settingsOf(node: XmlNode): Partial<PropertyRow> {
	const multiple = textOf(node, 'Множественное');
	const code = textOf(node, 'БитриксКод') ?? '';
	const sort = Number.parseInt(textOf(node, 'БитриксСортировка') ?? '', 10);
	return {
		...(multiple !== undefined && { multiple: isFlag(multiple) ? 'Y' : 'N' }),
		...(code !== '' && { code }),
		...(Number.isInteger(sort) && { sort }),
	};
}

/** In capitals, and never beginning with a digit. */
function codeOf({ store }: Portal, { id }: IblockRow, name: string): string | null {
	const plain = symbolicCode(name, '_').toUpperCase();
	const code = /^\d/.test(plain) ? `_${plain}` : plain;
	const isTaken = store.properties.where('iblockId', id).some((property) => property.code === code);
	return code === '' || isTaken ? null : code;
}

/** Variants are known by their ids. In full mode those that are not listed go. */
function importVariants(portal: Portal, { id: propertyId }: PropertyRow, list: XmlNode, changesOnly: boolean): void {
	const { enums } = portal.store;
	const listed = new Set<string>();
	for (const { xmlId, ...variant } of [...readVariants(list)]) {
		listed.add(xmlId);
		const known = enums.where('propertyId', propertyId).find((row) => row.xmlId === xmlId);
		if (known) enums.update(known.id, variant);
		else enums.add({ def: 'N', sort: 500, ...variant, propertyId, xmlId });
	}
	if (changesOnly) return;
	for (const { id, xmlId } of enums.where('propertyId', propertyId)) if (!listed.has(xmlId)) enums.remove(id);
}

type Variant = { xmlId: string; value: string; def?: 'Y' | 'N'; sort?: number };

/** `Справочник{ИдЗначения, Значение}` or `Вариант{Ид, Значение, ПоУмолчанию, Сортировка}`. */
function* readVariants(list: XmlNode): Generator<Variant, void, undefined> {
	for (const node of childrenOf(list, 'Справочник'))
		yield { xmlId: textOf(node, 'ИдЗначения') ?? '', value: textOf(node, 'Значение') ?? '' };
	for (const node of childrenOf(list, 'Вариант')) {
		const sort = Number.parseInt(textOf(node, 'Сортировка') ?? '', 10);
		yield {
			xmlId: textOf(node, 'Ид') ?? '',
			value: textOf(node, 'Значение') ?? '',
			...(isFlag(textOf(node, 'ПоУмолчанию')) && { def: 'Y' }),
			...(Number.isInteger(sort) && { sort }),
		};
	}
}
