import { formatDay, formatDatabaseMoment, formatMoment, parseMoment } from '../wire/dates.cts';
import { asList, asText, isMap, type Params } from '../wire/params.cts';
import type { Portal } from '../portal.cts';
import { isBoolean, isFile, isPlainText } from './propertyTypes.cts';
import type { ElementRow, PropertyRow, PropertyValue } from './rows.cts';

type Values = ElementRow['properties'];

/** One value of a write: with `valueId` it takes the place of a stored one. */
interface GivenValue {
	value: unknown;
	valueId?: number;
}

/** The values of a new element. What a property cannot take is left out. */
export function addValues(portal: Portal, properties: PropertyRow[], given: ReadonlyMap<number, unknown>): Values {
	const stored: Record<number, readonly PropertyValue[]> = {};
	for (const property of properties) {
		const values = given.has(property.id) ? givenValues(property, given.get(property.id), true) : 'unset';
		if (typeof values === 'object') stored[property.id] = storeValues(portal, property, values, []);
	}
	return withoutEmpty(stored);
}

/**
 * The values after an update. Each property that is sent gets exactly the values that are sent; others stay. A value
 * that is no `{ value }` (a bare text, null, an empty list) clears the property when the element has values of other
 * properties, and does nothing else: the core writes the whole set when there is one.
 */
export function updateValues(
	portal: Portal,
	properties: PropertyRow[],
	before: Values,
	given: ReadonlyMap<number, unknown>,
): Values {
	const after: Record<number, readonly PropertyValue[]> = { ...before };
	for (const property of properties) {
		if (!given.has(property.id)) continue;
		const values = givenValues(property, given.get(property.id), false);
		if (values === 'skipped') continue;
		if (values !== 'unset') after[property.id] = storeValues(portal, property, values, before[property.id] ?? []);
		else if (!isFile(property) && hasOtherValues(before, given, property)) after[property.id] = [];
	}
	return withoutEmpty(after);
}

/** `unset`: nothing that could be written. `skipped`: an array where a text belongs, left alone. */
function givenValues(property: PropertyRow, given: unknown, isNew: boolean): GivenValue[] | 'unset' | 'skipped' {
	if (isMap(given) && 'value' in given) return isPlainText(property) && asList(given.value) ? 'skipped' : [toGiven(given)];
	if (property.userType === 'HTML' && isMap(given) && 'text' in given) return isNew ? [toGiven(given)] : 'unset';
	const list = asList(given);
	if (list) return list.length > 0 ? list.map(toGiven) : 'unset';
	const isBare = typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean';
	return isNew && isBare && property.multiple === 'N' ? [toGiven(given)] : 'unset';
}

function toGiven(item: unknown): GivenValue {
	if (!isMap(item) || !('value' in item)) return { value: item };
	const valueId = Number(item.valueId);
	return { value: item.value, ...(valueId > 0 && { valueId }) };
}

function hasOtherValues(before: Values, given: ReadonlyMap<number, unknown>, property: PropertyRow): boolean {
	const others = new Set([...Object.keys(before).map(Number), ...given.keys()]);
	others.delete(property.id);
	return [...others].some((id) => (before[id] ?? []).length > 0 || (given.has(id) && isMap(given.get(id))));
}

function storeValues(
	portal: Portal,
	property: PropertyRow,
	given: GivenValue[],
	current: readonly PropertyValue[],
): readonly PropertyValue[] {
	if (isFile(property)) return storeFiles(portal, property, given, current);
	const stored: PropertyValue[] = [];
	for (const { value, valueId } of given) {
		const inner = internalValue(portal, property, value);
		if (inner === undefined || inner === '' || inner === null) continue;
		const kept = current.some((candidate) => candidate.valueId === valueId);
		stored.push({ valueId: kept && valueId !== undefined ? valueId : portal.store.nextValueId(), value: inner });
	}
	return property.multiple === 'Y' ? stored : stored.slice(0, 1);
}

/** Files that are not sent stay, new ones are appended; after a removal the others get new ids. */
function storeFiles(
	portal: Portal,
	property: PropertyRow,
	given: GivenValue[],
	current: readonly PropertyValue[],
): PropertyValue[] {
	let files = [...current];
	for (const { value, valueId } of given) {
		if (!isMap(value)) continue;
		const replaced = files.findIndex((file) => file.valueId === valueId);
		if (asText(value.remove).toUpperCase() === 'Y') {
			files = files
				.filter((_file, index) => index !== replaced)
				.map((file) => ({ ...file, valueId: portal.store.nextValueId() }));
			continue;
		}
		const saved = portal.store.files.save(asList(value.fileData) ?? [], portal.now());
		if (!saved) continue;
		const file = { valueId: portal.store.nextValueId(), value: saved.id };
		files = replaced >= 0 ? files.with(replaced, file) : property.multiple === 'Y' ? [...files, file] : [file];
	}
	return files;
}

/** Undefined = cannot be stored. */
function internalValue(portal: Portal, property: PropertyRow, value: unknown): unknown {
	if (property.userType === 'HTML') return htmlValue(value);
	if (typeof value === 'object') return undefined;
	const text = asText(value);
	if (property.propertyType === 'L') return listValue(portal, property, text);
	if (property.userType === 'Date' || property.userType === 'DateTime') return momentValue(property.userType, text);
	return text;
}

function listValue(portal: Portal, property: PropertyRow, text: string): unknown {
	const variants = portal.store.enums.where('propertyId', property.id);
	if (isBoolean(portal, property)) return text === 'Y' ? variants[0]?.id : undefined;
	return variants.find(({ id }) => String(id) === text)?.id;
}

function htmlValue(value: unknown): unknown {
	const { text, type } = isMap(value) ? value : { text: value, type: 'HTML' };
	return asText(text) === ''
		? undefined
		: { text: asText(text), type: asText(type).toUpperCase() === 'TEXT' ? 'TEXT' : 'HTML' };
}

function momentValue(userType: string, text: string): string | undefined {
	const moment = parseMoment(text);
	if (moment === undefined) return undefined;
	return userType === 'Date' ? formatDay(moment) : formatDatabaseMoment(moment);
}

const withoutEmpty = (values: Values): Values =>
	Object.fromEntries(Object.entries(values).filter(([, list]) => list.length > 0));

/** What answers show of a property: `{ value, valueId }`, a list of these, null; a yes or no is a bare letter. */
export function showProperty(portal: Portal, element: ElementRow, property: PropertyRow): unknown {
	const values = element.properties[property.id] ?? [];
	if (isBoolean(portal, property)) return values.length > 0 ? 'Y' : 'N';
	if (values.length === 0) return null;
	const shown = values.map((value) => showValue(portal, element, property, value));
	return property.multiple === 'Y' ? shown : shown[0];
}

function showValue(portal: Portal, element: ElementRow, property: PropertyRow, { valueId, value }: PropertyValue): Params {
	const id = String(valueId);
	if (property.propertyType === 'L')
		return { value, valueEnum: portal.store.enums.get(Number(value))?.value ?? null, valueId: id };
	if (isFile(property)) return { value: showFile(element.id, `property${property.id}`, Number(value)), valueId: id };
	if (property.userType === 'Date' || property.userType === 'DateTime')
		return { value: formatMoment(parseMoment(String(value)) ?? 0), valueId: id };
	return { value, valueId: id };
}

/** The address is relative, and needs credentials. */
export function showFile(productId: number, fieldName: string, fileId: number): Params {
	const fields = { fieldName, fileId: String(fileId), productId: String(productId) };
	const query = Object.entries(fields)
		.map(([name, value]) => `fields%5B${name}%5D=${encodeURIComponent(value)}`)
		.join('&');
	const url = `/rest/catalog.product.download?${query}`;
	return { id: String(fileId), url, urlMachine: url };
}

/** What filters compare: the stored values, those of a multiple property as a list. */
export function filterValue(portal: Portal, element: ElementRow, property: PropertyRow): unknown {
	const values = element.properties[property.id] ?? [];
	if (isBoolean(portal, property)) return values.length > 0 ? 'Y' : 'N';
	const plain = values.map(({ value }) => (isMap(value) ? value.text : value));
	return plain.length > 1 ? plain : (plain[0] ?? null);
}
