import { propertyKind, type Property } from '../bitrix/property';
import type { Parameters } from '../bitrix/query';
import { transliterate } from '../model/transliterate';

/** An additional field or a characteristic of MoySklad. */
export interface NamedField {
	/** Null for a characteristic that is only known by its name. */
	id: string | null;
	name: string;
	/** MoySklad's keyword; characteristics are `string`. */
	type: string;
}

/** The property that carries MoySklad's id of an item. */
export const ID_PROPERTY = 'MOYSKLAD_ID';
/** The property that remembers that we hid an item: *Y* itself, *P* along with its product. */
export const HIDDEN_PROPERTY = 'MOYSKLAD_HIDDEN';

const SERVICE_CODES = [ID_PROPERTY, HIDDEN_PROPERTY];

const same = (one: string | null, other: string | null): boolean => one !== null && other !== null && one.trim().toLowerCase() === other.trim().toLowerCase();

/** A property whose XML_ID is the field's id, or else the only one of the same name. */
function propertyFor(field: NamedField, properties: readonly Property[], iblockId: number): Property | undefined {
	const own = properties.filter((property) => property.iblockId === iblockId && !SERVICE_CODES.includes(property.code ?? ''));
	const byId = own.find(({ xmlId }) => same(xmlId, field.id));
	const byName = own.filter(({ name }) => same(name, field.name));
	return byId ?? (byName.length === 1 ? byName[0] : undefined);
}

/** Fields with the property of the block that each belongs to. Files and kinds that REST cannot write stay out. */
export function pairProperties(fields: readonly NamedField[], properties: readonly Property[], iblockId: number): Array<[NamedField, Property]> {
	return fields.flatMap((field): Array<[NamedField, Property]> => {
		const property = isWritable(field) ? propertyFor(field, properties, iblockId) : undefined;
		return property && (property.type === 'L' || propertyKind(property) !== 'unsupported') ? [[field, property]] : [];
	});
}

const isWritable = ({ type }: NamedField): boolean => type !== 'file';

/** Properties for those fields that have none yet. They are only planned: their ids are null. */
export function lackingProperties(fields: readonly NamedField[], properties: readonly Property[], iblockId: number): Property[] {
	const codes = new Set(properties.filter((property) => property.iblockId === iblockId).map(({ code }) => code?.toUpperCase()));
	return fields
		.filter((field) => isWritable(field) && !propertyFor(field, properties, iblockId))
		.map((field) => {
			const property = propertyLike(field, iblockId, codes);
			codes.add(property.code ?? undefined);
			return property;
		});
}

const NUMBERS = ['long', 'double'];
const TEXTS = ['string', 'text', 'link'];

/** Values of MoySklad's dictionaries become variants of a list. */
function propertyLike(field: NamedField, iblockId: number, codes: ReadonlySet<string | undefined>): Property {
	const { id, name, type } = field;
	const planned = { id: null, iblockId, name, code: freeCode(field, codes), xmlId: id, multiple: false, userType: '' };
	if (type === 'boolean') return { ...planned, type: 'L', enums: [{ id: 0, value: 'Да', xmlId: 'Y' }] };
	if (NUMBERS.includes(type)) return { ...planned, type: 'N' };
	if (TEXTS.includes(type)) return { ...planned, type: 'S' };
	if (type === 'time') return { ...planned, type: 'S', userType: 'DateTime' };
	return { ...planned, type: 'L', enums: [] };
}

const MOST_LETTERS = 40;

function freeCode({ id, name }: NamedField, taken: ReadonlySet<string | undefined>): string {
	const code = `MS_${transliterate(name, '_').toUpperCase().slice(0, MOST_LETTERS)}`;
	return taken.has(code) ? `${code}_${(id ?? transliterate(name, '_')).slice(0, 8).toUpperCase()}` : code;
}

/** A property with a fixed code; null id. */
export const codedProperty = (code: string, name: string, iblockId: number, multiple = false): Property => ({
	id: null, iblockId, name, code, xmlId: code, type: 'S', userType: '', multiple,
});

/** `fields` of `catalog.productProperty.add`. */
export function newPropertyFields({ iblockId, name, code, xmlId, type, userType, multiple, enums }: Property): Parameters {
	const isBox = type === 'L' && enums?.length === 1;
	return {
		iblockId, name, code, xmlId: xmlId ?? undefined, propertyType: type, userType: userType === '' ? undefined : userType,
		multiple, active: 'Y', listType: isBox ? 'C' : undefined,
	};
}
