import { answeredId } from './answeredId';

/** A variant of a list property. */
export interface EnumValue {
	id: number;
	value: string;
	xmlId: string | null;
}

/** A property of a catalog's items. */
export interface Property {
	/** Null while it is only planned (Preview). */
	id: number | null;
	iblockId: number;
	name: string;
	code: string | null;
	xmlId: string | null;
	/** S, N, L, F, E, G. */
	type: string;
	/** Empty for the plain type. */
	userType: string;
	multiple: boolean;
	/** Of list properties; undefined until they are read. */
	enums?: EnumValue[];
}

/** How values of a property are written and compared. */
export type PropertyKind = 'text' | 'number' | 'list' | 'flag' | 'html' | 'date' | 'moment' | 'money' | 'link' | 'unsupported';

const BY_USER_TYPE: Record<string, PropertyKind> = {
	'S:': 'text', 'S:directory': 'text', 'S:ElementXmlID': 'text', 'S:map_yandex': 'text', 'S:map_google': 'text',
	'N:': 'number', 'S:HTML': 'html', 'S:Date': 'date', 'S:DateTime': 'moment', 'S:Money': 'money',
	'E:': 'link', 'E:EList': 'link', 'E:EAutocomplete': 'link', 'G:': 'link', 'G:SectionAuto': 'link',
};

/** A list property for one value with exactly one variant is a yes or no to Bitrix (trap T12). */
export function propertyKind({ type, userType, multiple, enums }: Property): PropertyKind {
	if (type !== 'L') return BY_USER_TYPE[`${type}:${userType}`] ?? 'unsupported';
	if (!enums) return 'unsupported';
	return !multiple && enums.length === 1 ? 'flag' : 'list';
}

/** The field of an item that holds the property. */
export const propertyField = (id: number): string => `property${id}`;

/** The property of a block with that code (given in capitals), without regard to case. */
export const propertyByCode = (properties: readonly Property[], iblockId: number, code: string): Property | undefined =>
	properties.find((property) => property.iblockId === iblockId && property.code?.toUpperCase() === code);

type Row = Record<string, unknown>;

/**
 * A text or number of a row as a text; null for everything else, so that a changed form of an answer is nothing rather than
 * `[object Object]`.
 */
export const textOf = (value: unknown): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);

/** A row of `catalog.productProperty.list`. Throws ANSWER_UNEXPECTED when it has no id or no block. */
export const readProperty = (row: Row): Property => ({
	id: answeredId(row, 'catalog.productProperty.list'),
	iblockId: answeredId(row, 'catalog.productProperty.list', 'iblockId'),
	name: textOf(row.name) ?? '',
	code: textOf(row.code),
	xmlId: textOf(row.xmlId),
	type: textOf(row.propertyType) ?? 'S',
	userType: textOf(row.userType) ?? '',
	multiple: row.multiple === 'Y',
});

/** A row of `catalog.productPropertyEnum.list`. Throws ANSWER_UNEXPECTED when it has no id or no property. */
export const readEnum = (row: Row): EnumValue & { propertyId: number } => ({
	id: answeredId(row, 'catalog.productPropertyEnum.list'),
	propertyId: answeredId(row, 'catalog.productPropertyEnum.list', 'propertyId'),
	value: textOf(row.value) ?? '',
	xmlId: textOf(row.xmlId),
});
