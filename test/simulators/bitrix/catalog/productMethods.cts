import type { Caller } from '../access/callers.cts';
import type { Condition } from '../fields/conditions.cts';
import { checkRequired, describeFields, type FieldTable } from '../fields/fieldTable.cts';
import { listRows, type ListSource } from '../fields/list.cts';
import { externalizeValue, internalize } from '../fields/values.cts';
import { idOf, mapOf, ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { FileResult, type MethodResult } from '../wire/envelope.cts';
import { asInteger, asList, asText, isMap, type Params } from '../wire/params.cts';
import { plainError, zeroError } from '../wire/restError.cts';
import { addElement, deleteElement, isAvailable, updateElement } from './elements.cts';
import { catalogOf, checkFamily, FAMILIES, type Family } from './iblocks.cts';
import { fieldNameOf, productFields, shownNames } from './productFields.cts';
import { filterValue, showFile, showProperty } from './propertyValues.cts';
import { isFile } from './propertyTypes.cts';
import { ITEM_TYPE, propertyKey, type ElementRow, type IblockRow, type PropertyRow } from './rows.cts';

/** A block with its properties and fields, as one call needs them. */
interface Scene {
	portal: Portal;
	caller: Caller;
	iblock: IblockRow;
	properties: PropertyRow[];
	fields: FieldTable;
	byName: ReadonlyMap<string, PropertyRow>;
}

/** `catalog.product`, `catalog.product.sku`, `catalog.product.offer`, `catalog.product.service`. */
export const productMethods: Method[] = (Object.keys(FAMILIES) as Family[]).flatMap(familyMethods);

function familyMethods(family: Family): Method[] {
	const prefix = family === 'product' ? 'catalog.product' : `catalog.product.${family}`;
	const frame = { scope: 'catalog' } as const;
	return [
		{
			...frame,
			name: `${prefix}.getFieldsByFilter`,
			right: 'any',
			parameters: { filter: 'map' },
			run: (call) => describe(family, call),
		},
		{ ...frame, name: `${prefix}.list`, right: 'catalog.read', run: (call) => list(family, call) },
		{
			...frame,
			name: `${prefix}.get`,
			right: 'catalog.read',
			parameters: { id: 'integer' },
			run: (call) => get(family, call),
		},
		{
			...frame,
			name: `${prefix}.add`,
			right: 'catalog.write',
			parameters: { fields: 'map' },
			run: (call) => add(family, call),
		},
		{
			...frame,
			name: `${prefix}.update`,
			right: 'catalog.write',
			parameters: { id: 'integer', fields: 'map' },
			run: (call) => update(family, call),
		},
		{
			...frame,
			name: `${prefix}.delete`,
			right: 'catalog.write',
			parameters: { id: 'integer' },
			run: (call) => remove(family, call),
		},
		{
			...frame,
			name: `${prefix}.download`,
			right: 'catalog.read',
			parameters: { fields: 'map' },
			run: (call) => download(call),
		},
	];
}

function sceneOf({ portal, caller }: MethodCall, iblock: IblockRow): Scene {
	const fields = productFields(portal, iblock);
	const properties = portal.store.properties
		.where('iblockId', iblock.id)
		.filter((property) => Object.hasOwn(fields, fieldNameOf(property)));
	return {
		portal,
		caller,
		iblock,
		properties,
		fields,
		byName: new Map(properties.map((property) => [fieldNameOf(property), property])),
	};
}

function describe(family: Family, call: MethodCall): MethodResult {
	const { portal, params } = call;
	const filter = mapOf(params, 'filter');
	const iblock = catalogOf(portal, filter.iblockId);
	const type = family === 'product' ? asInteger(filter.productType) : FAMILIES[family].made;
	if (type <= 0) throw plainError('parametr - productType is empty');
	checkFamily(portal, familyOfType(type), iblock);
	const { fields } = sceneOf(call, iblock);
	const shown = Object.fromEntries(
		shownNames(fields, type)
			.map((name) => [name, fields[name]] as const)
			.filter(([, field]) => field !== undefined),
	);
	return ok({ [FAMILIES[family].one]: describeFields(shown as FieldTable) });
}

function familyOfType(type: number): Family {
	const family = (Object.keys(FAMILIES) as Family[]).find((name) =>
		(FAMILIES[name].shown as readonly number[] | undefined)?.includes(type),
	);
	return family ?? 'product';
}

function list(family: Family, call: MethodCall): MethodResult {
	const { portal, params } = call;
	const filter = mapOf(params, 'filter');
	const select = (asList(params.select) ?? []).map(asText);
	const lacking = ['id', 'iblockId'].filter((name) => !select.includes(name));
	if (lacking.length > 0) throw zeroError(`Required select fields: ${lacking.join(', ')}`);
	if (filter.iblockId === undefined) throw zeroError('Required filter fields: iblockId');
	const iblock = catalogOf(portal, filter.iblockId);
	if (family !== 'product') checkFamily(portal, family, iblock);
	const scene = sceneOf(call, iblock);
	const { shown, many } = FAMILIES[family];
	const source: ListSource<ElementRow> = {
		key: many,
		table: portal.store.elements,
		fields: scene.fields,
		dialect: 'iblock',
		indexes: { parentId: 'parent' },
		belongs: ({ iblockId, type }) => iblockId === iblock.id && (!shown || (shown as readonly number[]).includes(type)),
		value: (element, name) => storedValue(scene, element, name),
		show: (element, names) => show(scene, element, names),
		lookUp: (condition) => lookUp(scene, condition),
	};
	return listRows(source, params);
}

/** Items by the short texts of a property. */
function lookUp({ portal, byName }: Scene, { name, operator, values }: Condition): ElementRow[] | undefined {
	const property = byName.get(name);
	const isPlain = values.every((value) => typeof value === 'string' && value !== '' && value.length <= 100);
	if (property?.propertyType !== 'S' || (property.userType ?? '') !== '' || operator !== '=' || !isPlain) return undefined;
	return portal.store.elements.where('properties', ...values.map((value) => propertyKey(property.id, value as string)));
}

function get(family: Family, call: MethodCall): MethodResult {
	const element = elementOf(family, call.portal, idOf(call.params));
	return ok({ [FAMILIES[family].one]: showWhole(call, element) });
}

function add(family: Family, call: MethodCall): MethodResult {
	const { portal, params, caller } = call;
	const fields = normalNames(mapOf(params, 'fields'));
	const iblock = fields.iblockId === undefined ? undefined : catalogOf(portal, fields.iblockId);
	const scene = iblock && sceneOf(call, iblock);
	checkRequired(scene?.fields ?? REQUIRED_FOR_ANY, fields, 'add');
	if (!scene) throw plainError('Iblock Not Found');
	checkFamily(portal, family, scene.iblock);
	const values = internalize(scene.fields, fields, 'add');
	const element = addElement(portal, { ...scene, values, userId: caller.user.id }, FAMILIES[family].made);
	return ok({ [FAMILIES[family].written]: showWhole(call, element) });
}

const REQUIRED_FOR_ANY: FieldTable = {
	name: { type: 'string', required: 'add' },
	iblockId: { type: 'integer', required: 'add' },
};

function update(family: Family, call: MethodCall): MethodResult {
	const { portal, params, caller } = call;
	const element = elementOf(family, portal, idOf(params));
	const fields = normalNames(mapOf(params, 'fields'));
	if (fields.iblockId !== undefined && asInteger(fields.iblockId) !== element.iblockId) {
		throw plainError(`Product - ${element.id} is not exists in catalog - ${asInteger(fields.iblockId)}`);
	}
	const scene = sceneOf(call, catalogOf(portal, element.iblockId));
	checkRequired(scene.fields, fields, 'update');
	const values = internalize(scene.fields, fields, 'update');
	return ok({
		[FAMILIES[family].written]: showWhole(
			call,
			updateElement(portal, element, { ...scene, values, userId: caller.user.id }),
		),
	});
}

function remove(family: Family, { portal, params }: MethodCall): MethodResult {
	deleteElement(portal, elementOf(family, portal, idOf(params)));
	return ok(true);
}

/** The documentation writes `IblockSection`. */
function normalNames({ IblockSection, ...fields }: Params): Params {
	return IblockSection === undefined ? fields : { iblockSection: IblockSection, ...fields };
}

function elementOf(family: Family, portal: Portal, id: number): ElementRow {
	const element = portal.store.elements.get(id);
	const shown = FAMILIES[family].shown as readonly number[] | undefined;
	if (!element || (shown && !shown.includes(element.type))) throw plainError('product does not exist.');
	return element;
}

/** Sends a picture or a file of a property. */
function download(call: MethodCall): FileResult {
	const { portal, params } = call;
	const { fieldName, fileId, productId } = mapOf(params, 'fields');
	const lacking = Object.entries({ fieldName, fileId, productId }).filter(([, value]) => value === undefined);
	if (lacking.length > 0) throw zeroError(`Required fields: ${lacking.map(([name]) => name).join(', ')}`);
	const element = elementOf('product', portal, asInteger(productId));
	const { byName } = sceneOf(call, catalogOf(portal, element.iblockId));
	const property = byName.get(asText(fieldName));
	const held =
		property && isFile(property)
			? (element.properties[property.id] ?? []).map(({ value }) => value)
			: [pictureOf(element, fieldName)];
	const file = held.includes(asInteger(fileId)) ? portal.store.files.get(asInteger(fileId)) : undefined;
	if (!file) throw plainError('Product file wrong');
	return new FileResult(file.contentType, file.bytes, file.name);
}

function pictureOf({ detailPicture, previewPicture }: ElementRow, fieldName: unknown): number | null {
	if (fieldName === 'detailPicture') return detailPicture;
	if (fieldName === 'previewPicture') return previewPicture;
	throw plainError('Name file field is not available');
}

function showWhole(call: MethodCall, element: ElementRow): Params {
	const scene = sceneOf(call, catalogOf(call.portal, element.iblockId));
	const shown = show(scene, element, shownNames(scene.fields, element.type));
	const { purchasingPrice } = shown;
	return typeof purchasingPrice === 'number' ? { ...shown, purchasingPrice: purchasingPrice.toFixed(6) } : shown;
}

function show(scene: Scene, element: ElementRow, names: readonly string[]): Params {
	return Object.fromEntries(names.map((name) => [name, showField(scene, element, name)]));
}

/** Empty texts are shown as null; the old core shows zeros so, too. */
function showField(scene: Scene, element: ElementRow, name: string): unknown {
	const { portal, caller, byName, fields } = scene;
	const property = byName.get(name);
	if (property) return showProperty(portal, element, property);
	if (name === 'purchasingPrice' && !caller.user.rights.includes('catalog.purchase')) return null;
	const stored = storedValue(scene, element, name);
	const field = fields[name];
	if (field?.type === 'file') return typeof stored === 'number' ? showFile(element.id, name, stored) : null;
	const shown = field ? externalizeValue(field, stored) : null;
	return shown === '' || (shown === 0 && portal.switches.oldCore) ? null : shown;
}

const DEFAULTS: Record<string, string> = { quantityTrace: 'Y', canBuyZero: 'N', subscribe: 'Y' };

function storedValue({ portal, byName }: Scene, element: ElementRow, name: string): unknown {
	const property = byName.get(name);
	if (property) return filterValue(portal, element, property);
	if (name === 'available') return isAvailable(portal, element) ? 'Y' : 'N';
	if (name === 'bundle') return element.type === ITEM_TYPE.set ? 'Y' : 'N';
	const value: unknown = element[name as keyof ElementRow];
	if (value === 'D' && DEFAULTS[name] !== undefined) return DEFAULTS[name];
	return isMap(value) ? null : value;
}
