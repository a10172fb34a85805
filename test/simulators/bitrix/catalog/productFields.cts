import { withReadOnly, YES_NO, YES_NO_DEFAULT, type Field, type FieldTable } from '../fields/fieldTable.cts';
import type { Portal } from '../portal.cts';
import { ITEM_TYPE, type IblockRow, type PropertyRow } from './rows.cts';
import { isBoolean, USER_TYPES } from './propertyTypes.cts';

const readOnly = (type: Field['type']): Field => ({ type, readOnly: true });

/** What every element of an information block has. */
const ELEMENT_FIELDS: FieldTable = {
	id: readOnly('integer'),
	iblockId: { type: 'integer', required: 'add', immutable: true },
	name: { type: 'string', required: 'add' },
	active: { type: 'char', choices: YES_NO },
	code: { type: 'string' },
	xmlId: { type: 'string' },
	sort: { type: 'integer' },
	iblockSectionId: { type: 'integer' },
	iblockSection: { type: 'list' },
	previewText: { type: 'string' },
	previewTextType: { type: 'string' },
	previewPicture: { type: 'file' },
	detailText: { type: 'string' },
	detailTextType: { type: 'string' },
	detailPicture: { type: 'file' },
	dateActiveFrom: { type: 'datetime' },
	dateActiveTo: { type: 'datetime' },
	dateCreate: { type: 'datetime' },
	timestampX: readOnly('datetime'),
	createdBy: { type: 'integer' },
	modifiedBy: { type: 'integer' },
};

/** What every item that can be bought has on top. */
const TRADE_FIELDS: FieldTable = {
	type: readOnly('integer'),
	available: readOnly('char'),
	bundle: readOnly('char'),
	quantity: { type: 'double' },
	quantityReserved: { type: 'double' },
	quantityTrace: { type: 'char', choices: YES_NO_DEFAULT },
	canBuyZero: { type: 'char', choices: YES_NO_DEFAULT },
	subscribe: { type: 'char', choices: YES_NO_DEFAULT },
	vatId: { type: 'integer' },
	vatIncluded: { type: 'char', choices: YES_NO },
	purchasingPrice: { type: 'money' },
	purchasingCurrency: { type: 'string' },
	barcodeMulti: { type: 'char', choices: YES_NO },
	weight: { type: 'double' },
	length: { type: 'double' },
	width: { type: 'double' },
	height: { type: 'double' },
	measure: { type: 'integer' },
	recurSchemeLength: { type: 'integer' },
	recurSchemeType: { type: 'char' },
	trialPriceId: { type: 'integer' },
	withoutOrder: { type: 'char', choices: YES_NO },
};

/** With inventory management these follow from documents only. */
const INVENTORY_FIELDS = ['quantity', 'quantityReserved', 'purchasingPrice', 'purchasingCurrency'];

const TYPED_FIELDS = ['type', 'available', 'bundle'];

/** What `get` and the answers of writes show of an item's trade, by its type. Lists show all. */
const SHOWN_BY_TYPE: Record<number, readonly string[]> = {
	[ITEM_TYPE.skuParent]: TYPED_FIELDS,
	[ITEM_TYPE.emptySkuParent]: TYPED_FIELDS,
	[ITEM_TYPE.service]: [...TYPED_FIELDS, 'vatId', 'vatIncluded', 'measure'],
};

const REQUIRED_BY_OLD_CORE = ['name', 'iblockId', 'iblockSectionId'];

const UNKNOWN_TO_OLD_CORE = ['S:directory', 'S:UserID', 'G:SectionAuto', 'E:EAutocomplete'];

const propertyName = (id: number): string => `property${id}`;

/** The property that links an offer to its parent is called `parentId`. */
export const fieldNameOf = (property: PropertyRow): string =>
	property.userType === 'SKU' ? 'parentId' : propertyName(property.id);

/** All fields of the items of a block, with its properties that REST knows. */
export function productFields(portal: Portal, iblock: IblockRow): FieldTable {
	const { inventory, switches, store } = portal;
	const trade = inventory === 'Y' ? withReadOnly(TRADE_FIELDS, INVENTORY_FIELDS) : TRADE_FIELDS;
	const fields: FieldTable = { ...ELEMENT_FIELDS, ...trade };
	if (switches.oldCore)
		for (const name of REQUIRED_BY_OLD_CORE) fields[name] = { type: 'string', ...fields[name], required: 'always' };
	const properties = store.properties.where('iblockId', iblock.id).filter((property) => isKnown(property, switches.oldCore));
	for (const property of properties) fields[fieldNameOf(property)] = propertyField(portal, property);
	return fields;
}

/** The names that `get` shows. */
export function shownNames(fields: FieldTable, type: number): string[] {
	const shown = SHOWN_BY_TYPE[type];
	return Object.keys(fields).filter((name) => !shown || !Object.hasOwn(TRADE_FIELDS, name) || shown.includes(name));
}

/** Price, unit, stock, … of a parent lie on its offers. */
export const isTradeField = (name: string): boolean => Object.hasOwn(TRADE_FIELDS, name);

function isKnown({ propertyType, userType }: PropertyRow, oldCore: boolean): boolean {
	if (userType === null || userType === '') return true;
	const name = `${propertyType}:${userType}`;
	return USER_TYPES.includes(name) && !(oldCore && UNKNOWN_TO_OLD_CORE.includes(name));
}

function propertyField(portal: Portal, property: PropertyRow): Field {
	const variants = property.propertyType === 'L' ? portal.store.enums.where('propertyId', property.id) : undefined;
	return {
		type: 'productproperty',
		about: {
			isDynamic: true,
			isMultiple: property.multiple === 'Y',
			...(property.isRequired === 'Y' && { isRequired: true }),
			propertyType: property.propertyType,
			userType: isBoolean(portal, property) ? 'BoolEnum' : (property.userType ?? ''),
			name: property.name,
			...(variants && { values: Object.fromEntries(variants.map(({ id, value }) => [id, { id, value }])) }),
		},
	};
}
