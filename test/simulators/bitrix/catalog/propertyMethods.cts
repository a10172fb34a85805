import { crud } from '../fields/crud.cts';
import { describeFields, YES_NO, type FieldTable } from '../fields/fieldTable.cts';
import { listRows } from '../fields/list.cts';
import { externalize, internalize } from '../fields/values.cts';
import { idOf, mapOf, ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, asText, isEmpty, type Params } from '../wire/params.cts';
import { missingParameter, RestError, zeroError } from '../wire/restError.cts';
import { isPropertyType } from './propertyTypes.cts';
import type { EnumRow, PropertyRow, PropertySectionRow } from './rows.cts';

const ALL = ['getFields', 'get', 'list', 'add', 'update', 'delete'] as const;
const CATALOG = { scope: 'catalog', area: 'catalog' } as const;
const yesNo = { type: 'char', choices: YES_NO } as const;

const PROPERTY_FIELDS: FieldTable = {
	id: { type: 'integer', readOnly: true },
	iblockId: { type: 'integer', required: 'always' },
	name: { type: 'string', required: 'add' },
	code: { type: 'string' },
	xmlId: { type: 'string' },
	propertyType: { type: 'string', required: 'add', immutable: true },
	userType: { type: 'string', immutable: true },
	multiple: yesNo,
	isRequired: yesNo,
	active: yesNo,
	sort: { type: 'integer' },
	linkIblockId: { type: 'integer' },
	listType: { type: 'char' },
	withDescription: yesNo,
	filtrable: yesNo,
	searchable: yesNo,
	multipleCnt: { type: 'integer' },
	hint: { type: 'string' },
	defaultValue: { type: 'string' },
	userTypeSettings: { type: 'list' },
	timestampX: { type: 'datetime', readOnly: true },
};

const ENUM_FIELDS: FieldTable = {
	id: { type: 'integer', readOnly: true },
	propertyId: { type: 'integer', required: 'add', immutable: true },
	value: { type: 'string', required: 'add' },
	xmlId: { type: 'string', required: 'add' },
	def: yesNo,
	sort: { type: 'integer' },
};

const SECTION_SETTING_FIELDS: FieldTable = {
	propertyId: { type: 'integer', readOnly: true },
	iblockId: { type: 'integer', readOnly: true },
	sectionId: { type: 'integer', readOnly: true },
	smartFilter: yesNo,
	displayType: { type: 'char' },
	displayExpanded: yesNo,
	filterHint: { type: 'string' },
};

const isOfCatalog = (portal: Portal, { iblockId }: PropertyRow): boolean =>
	portal.store.iblocks.get(iblockId)?.isCatalog === true;

const noProperty = (): RestError => zeroError('Property does not exist');

/** Properties of goods and offers, the variants of list properties, and where they are shown. */
export const propertyMethods: Method[] = [
	...crud<PropertyRow>({
		...CATALOG,
		prefix: 'catalog.productProperty',
		one: 'productProperty',
		many: 'productProperties',
		operations: ALL,
		fields: PROPERTY_FIELDS,
		table: ({ store }) => store.properties,
		belongs: isOfCatalog,
		notFound: noProperty,
		defaults: ({ portal }) => ({
			multiple: 'N',
			isRequired: 'N',
			active: 'Y',
			sort: 500,
			listType: 'L',
			withDescription: 'N',
			filtrable: 'N',
			searchable: 'N',
			multipleCnt: 5,
			timestampX: portal.now(),
		}),
		check: checkProperty,
		written: ({ portal }, property) => void (property.userType === 'BoolEnum' && makeBoolean(portal, property)),
		beforeDelete: ({ portal }, property) => forget(portal, property),
	}),
	...crud<EnumRow>({
		...CATALOG,
		prefix: 'catalog.productPropertyEnum',
		one: 'productPropertyEnum',
		many: 'productPropertyEnums',
		operations: ALL,
		fields: ENUM_FIELDS,
		table: ({ store }) => store.enums,
		notFound: () => zeroError('The specified property enum does not exist'),
		defaults: () => ({ def: 'N', sort: 500 }),
		check: checkEnum,
	}),
	{
		name: 'catalog.productPropertySection.getFields',
		scope: 'catalog',
		right: 'any',
		run: () => ok({ productPropertySection: describeFields(SECTION_SETTING_FIELDS) }),
	},
	{
		name: 'catalog.productPropertySection.get',
		scope: 'catalog',
		right: 'catalog.read',
		parameters: { propertyId: 'integer' },
		run: getSetting,
	},
	{ name: 'catalog.productPropertySection.list', scope: 'catalog', right: 'catalog.read', run: listSettings },
	{
		name: 'catalog.productPropertySection.set',
		scope: 'catalog',
		right: 'catalog.write',
		parameters: { propertyId: 'integer', fields: 'map' },
		run: setSetting,
	},
];

function checkProperty({ portal }: MethodCall, values: Params, current?: PropertyRow): void {
	const iblockId = values.iblockId ?? current?.iblockId;
	if (!portal.store.iblocks.get(asInteger(iblockId))?.isCatalog)
		throw zeroError('The specified iblock is not a product catalog');
	const type = {
		propertyType: asText(values.propertyType ?? current?.propertyType),
		userType: asText(values.userType ?? current?.userType) || null,
	};
	if (!isPropertyType(type) && !current) throw zeroError('Invalid property type specified');
	if (!isEmpty(values.code) && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(asText(values.code)))
		throw zeroError('The property code may hold latin letters, digits and _ only, and begins with no digit');
	values.timestampX = portal.now();
}

/** A yes or no is a list property shown as one box, with one variant. */
function makeBoolean(portal: Portal, property: PropertyRow): void {
	portal.store.properties.update(property.id, { userType: null, listType: 'C' });
	portal.store.enums.add({ propertyId: property.id, value: 'Y', xmlId: 'Y', def: 'N', sort: 500 });
}

function forget(portal: Portal, { id, iblockId }: PropertyRow): void {
	const { enums, elements } = portal.store;
	for (const variant of enums.where('propertyId', id)) enums.remove(variant.id);
	for (const element of elements.all()) {
		if (element.iblockId !== iblockId || !element.properties[id]) continue;
		const { [id]: _removed, ...properties } = element.properties;
		elements.update(element.id, { properties });
	}
}

function checkEnum({ portal }: MethodCall, values: Params, current?: EnumRow): void {
	const propertyId = current?.propertyId ?? asInteger(values.propertyId);
	const property = portal.store.properties.get(propertyId);
	if (property?.propertyType !== 'L' || !isOfCatalog(portal, property))
		throw zeroError('Only list properties are supported');
	const taken = portal.store.enums
		.where('propertyId', propertyId)
		.some(({ id, xmlId }) => xmlId === values.xmlId && id !== current?.id);
	if (taken) throw new RestError('BX_INVALID_VALUE', 'A variant with this XML_ID already exists in the property');
}

function getSetting({ portal, params }: MethodCall): ReturnType<Method['run']> {
	const setting = portal.store.propertySections.where('propertyId', idOf(params, 'propertyId'))[0];
	if (!setting) throw new RestError('0', 'productPropertySection does not exist.');
	return ok({ productPropertySection: showSetting(setting) });
}

function listSettings({ portal, params }: MethodCall): ReturnType<Method['run']> {
	const source = {
		key: 'productPropertySections',
		table: portal.store.propertySections,
		fields: SECTION_SETTING_FIELDS,
		dialect: 'orm',
		show: showSetting,
	} as const;
	return listRows(source, params);
}

/** Makes the settings of a property, or changes them. */
function setSetting({ portal, params }: MethodCall): ReturnType<Method['run']> {
	const property = portal.store.properties.get(idOf(params, 'propertyId'));
	if (!property || !isOfCatalog(portal, property)) throw new RestError('0', 'productPropertySection does not exist.');
	const fields = mapOf(params, 'fields');
	if (Object.keys(fields).length === 0) throw missingParameter('fields');
	const { propertySections } = portal.store;
	const values = internalize(SECTION_SETTING_FIELDS, fields, 'update');
	const known = propertySections.where('propertyId', property.id)[0];
	const blank = {
		propertyId: property.id,
		iblockId: property.iblockId,
		sectionId: 0,
		smartFilter: 'N',
		displayType: 'F',
		displayExpanded: 'N',
		filterHint: null,
	} as const;
	const setting = known ? propertySections.update(known.id, values) : propertySections.add({ ...blank, ...values });
	return ok({ productPropertySection: showSetting(setting) });
}

/** Its numbers are texts. */
function showSetting(row: PropertySectionRow, names?: readonly string[]): Params {
	const shown = externalize(SECTION_SETTING_FIELDS, row, names);
	return Object.fromEntries(
		Object.entries(shown).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
	);
}
