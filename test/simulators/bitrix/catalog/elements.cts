import type { Portal } from '../portal.cts';
import { asInteger, asList, asText, isEmpty, isMap, type Params } from '../wire/params.cts';
import { accessDenied, plainError, requiredFields, zeroError } from '../wire/restError.cts';
import { fieldNameOf, isTradeField } from './productFields.cts';
import { addValues, updateValues } from './propertyValues.cts';
import { ITEM_TYPE, type ElementRow, type IblockRow, type PropertyRow } from './rows.cts';
import { availableQuantity } from './stock.cts';

/** A write of an element, split by the rules that apply. `values` are known, writable and converted. */
interface ElementWrite {
	iblock: IblockRow;
	properties: PropertyRow[];
	values: Params;
	userId: number;
}

const BLANK = {
	active: 'Y',
	code: null,
	sort: 500,
	iblockSectionId: null,
	iblockSection: [],
	previewText: null,
	previewTextType: 'text',
	previewPicture: null,
	detailText: null,
	detailTextType: 'text',
	detailPicture: null,
	dateActiveFrom: null,
	dateActiveTo: null,
	quantity: 0,
	quantityReserved: 0,
	quantityTrace: 'D',
	canBuyZero: 'D',
	subscribe: 'D',
	vatId: null,
	vatIncluded: 'N',
	purchasingPrice: null,
	purchasingCurrency: null,
	barcodeMulti: 'N',
	weight: 0,
	length: 0,
	width: 0,
	height: 0,
	recurSchemeLength: null,
	recurSchemeType: 'D',
	trialPriceId: null,
	withoutOrder: 'N',
	parent: null,
} as const;

/** Makes an element of the given type. An external code that is not given becomes the id. */
export function addElement(portal: Portal, write: ElementWrite, type: number): ElementRow {
	const { iblock, properties, values, userId } = write;
	const { elements, measures } = portal.store;
	checkReferences(portal, iblock, values);
	checkCode(portal, iblock, values.code);
	const given = propertiesIn(properties, values);
	const stored = addValues(portal, properties, given);
	checkRequiredProperties(properties, stored);
	const now = portal.now();
	const made = elements.add({
		...BLANK,
		measure: measures.all().find(({ isDefault }) => isDefault === 'Y')?.id ?? null,
		dateCreate: now,
		createdBy: userId,
		modifiedBy: userId,
		...plainValues(portal, values, type),
		...sections(values, undefined),
		timestampX: now,
		name: asText(values.name),
		xmlId: asText(values.xmlId),
		iblockId: iblock.id,
		type: type === ITEM_TYPE.offer && parentIn(properties, stored) === null ? ITEM_TYPE.freeOffer : type,
		properties: stored,
		parent: parentIn(properties, stored),
	} as Omit<ElementRow, 'id'>);
	const row = made.xmlId === '' ? elements.update(made.id, { xmlId: String(made.id) }) : made;
	portal.store.ratios.add({ productId: row.id, ratio: 1, isDefault: 'Y' });
	attach(portal, row);
	portal.announce('product', 'add', row.id);
	return row;
}

/** Changes what is given; see `updateValues` for properties and `sections` for the place in the tree. */
export function updateElement(portal: Portal, element: ElementRow, write: ElementWrite): ElementRow {
	const { iblock, properties, values, userId } = write;
	checkReferences(portal, iblock, values);
	if (values.code !== undefined) checkCode(portal, iblock, values.code, element.id);
	const stored = updateValues(portal, properties, element.properties, propertiesIn(properties, values));
	checkRequiredProperties(properties, stored);
	const changes: Partial<ElementRow> = {
		modifiedBy: userId,
		...plainValues(portal, values, element.type),
		...sections(values, element),
		properties: stored,
		parent: parentIn(properties, stored),
		timestampX: portal.now(),
	};
	if (values.xmlId !== undefined && asText(values.xmlId) === '') changes.xmlId = String(element.id);
	const row = portal.store.elements.update(element.id, changes);
	attach(portal, row);
	if (element.parent !== null && element.parent !== row.parent) detach(portal, element.parent);
	portal.announce('product', 'update', row.id);
	return portal.store.elements.get(row.id) ?? row;
}

/** Really deletes: prices, stocks and the links of offers go too. */
export function deleteElement(portal: Portal, element: ElementRow): void {
	const { store } = portal;
	for (const price of store.prices.where('productId', element.id)) store.prices.remove(price.id);
	for (const stock of store.storeProducts.where('productId', element.id)) store.storeProducts.remove(stock.id);
	for (const ratio of store.ratios.where('productId', element.id)) store.ratios.remove(ratio.id);
	for (const offer of store.elements.where('parent', element.id))
		store.elements.update(offer.id, { type: ITEM_TYPE.freeOffer, parent: null });
	store.elements.remove(element.id);
	if (element.parent !== null) detach(portal, element.parent);
	portal.announce('product', 'delete', element.id);
}

/** Whether it can be bought at all. */
export function isAvailable(portal: Portal, element: ElementRow): boolean {
	if (element.type === ITEM_TYPE.skuParent || element.type === ITEM_TYPE.emptySkuParent) {
		return portal.store.elements
			.where('parent', element.id)
			.some((offer) => offer.active === 'Y' && isAvailable(portal, offer));
	}
	const isCounted = element.quantityTrace !== 'N' && element.type !== ITEM_TYPE.service;
	return !isCounted || element.canBuyZero === 'Y' || availableQuantity(element) > 0;
}

/** An offer makes its product an SKU parent, also one that was simple. */
function attach(portal: Portal, offer: ElementRow): void {
	if (offer.parent === null) return;
	const parent = portal.store.elements.get(offer.parent);
	if (parent && parent.type !== ITEM_TYPE.skuParent) portal.store.elements.update(parent.id, { type: ITEM_TYPE.skuParent });
	if (offer.type === ITEM_TYPE.freeOffer) portal.store.elements.update(offer.id, { type: ITEM_TYPE.offer });
}

function detach(portal: Portal, parentId: number): void {
	const { elements } = portal.store;
	if (elements.get(parentId) && elements.where('parent', parentId).length === 0)
		elements.update(parentId, { type: ITEM_TYPE.emptySkuParent });
}

/** The given values of properties, by property id. */
function propertiesIn(properties: PropertyRow[], values: Params): Map<number, unknown> {
	const named = properties.map((property) => [property.id, values[fieldNameOf(property)]] as const);
	return new Map(named.filter(([, value]) => value !== undefined));
}

function parentIn(properties: PropertyRow[], stored: ElementRow['properties']): number | null {
	const link = properties.find(({ userType }) => userType === 'SKU');
	const value = link && stored[link.id]?.[0]?.value;
	return value === undefined ? null : asInteger(value);
}

/** Everything but properties, sections and files that hold nothing. Trade fields of SKU parents are left out. */
function plainValues(portal: Portal, values: Params, type: number): Params {
	const isParent = type === ITEM_TYPE.skuParent || type === ITEM_TYPE.emptySkuParent;
	const locked = isParent && !(portal.edition === 'box' && portal.options.editableSkuParents);
	const plain: Params = {};
	for (const [name, value] of Object.entries(values)) {
		if (!Object.hasOwn(BLANK, name) && !PLAIN_FIELDS.includes(name)) continue;
		if (name.startsWith('iblockSection') || (locked && isTradeField(name))) continue;
		if (name === 'quantityTrace' && portal.inventory === 'Y') continue;
		const inner = name.endsWith('Picture') ? picture(portal, value) : value;
		if (inner !== undefined) plain[name] = REFERENCES.includes(name) && inner === 0 ? null : inner;
	}
	return plain;
}

const PLAIN_FIELDS = ['name', 'xmlId', 'dateCreate', 'createdBy', 'modifiedBy', 'measure'];
const REFERENCES = ['vatId', 'measure', 'trialPriceId'];

/** The id of a new file, null to remove it; undefined for what holds no file, which is skipped. */
function picture(portal: Portal, value: unknown): number | null | undefined {
	if (!isMap(value)) return undefined;
	const saved = portal.store.files.save(asList(value.fileData) ?? [], portal.now());
	if (saved) return saved.id;
	return asText(value.remove).toUpperCase() === 'Y' ? null : undefined;
}

/**
 * The place in the tree. The main section alone becomes the only one. With a list of sections, a main section that is
 * not in it is ignored: the old one stays if it is in the list, else the smallest id is taken.
 */
function sections(
	values: Params,
	before: ElementRow | undefined,
): Partial<Pick<ElementRow, 'iblockSection' | 'iblockSectionId'>> {
	const main = values.iblockSectionId === undefined ? undefined : asInteger(values.iblockSectionId);
	const list = asList(values.iblockSection)
		?.map(asInteger)
		.filter((id) => id > 0);
	if (!list) return main === undefined ? {} : { iblockSectionId: main || null, iblockSection: main > 0 ? [main] : [] };
	const unique = [...new Set(list)];
	const chosen = [main, before?.iblockSectionId ?? undefined].find((id) => id !== undefined && unique.includes(id));
	return { iblockSection: unique, iblockSectionId: chosen ?? (unique.length > 0 ? Math.min(...unique) : null) };
}

function checkReferences(portal: Portal, iblock: IblockRow, values: Params): void {
	const { sections: known, vats } = portal.store;
	const named = [values.iblockSectionId, ...(asList(values.iblockSection) ?? [])]
		.filter((id) => !isEmpty(id))
		.map(asInteger);
	if (named.some((id) => known.get(id)?.iblockId !== iblock.id)) throw accessDenied(200040300050);
	for (const name of ['createdBy', 'modifiedBy']) {
		if (values[name] !== undefined && !portal.users.some(({ id }) => id === values[name]))
			throw plainError(`User ${name} is not exists`);
	}
	if (!isEmpty(values.purchasingCurrency) && !portal.store.hasCurrency(values.purchasingCurrency))
		throw plainError('Currency purchasingCurrency is not exists');
	if (!isEmpty(values.vatId) && !vats.get(asInteger(values.vatId))) throw plainError('VAT vatId is not exists');
}

function checkCode(portal: Portal, iblock: IblockRow, code: unknown, ownId?: number): void {
	if (!iblock.uniqueCodes || isEmpty(code)) return;
	const taken = portal.store.elements.where('code', code).some(({ iblockId, id }) => iblockId === iblock.id && id !== ownId);
	if (taken) throw zeroError('Element with the specified symbolic code already exists');
}

function checkRequiredProperties(properties: PropertyRow[], stored: ElementRow['properties']): void {
	const lacking = properties.filter(({ id, isRequired }) => isRequired === 'Y' && (stored[id] ?? []).length === 0);
	if (lacking.length > 0) throw requiredFields(lacking.map(fieldNameOf));
}
