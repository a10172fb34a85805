import { SyncError } from '../errors';
import { Decimal } from '../model/decimal';
import { fingerprint } from '../model/fingerprint';
import { isMoney, isNamed, plainText, type FieldValue } from '../sync/fieldValue';
import { propertyKind, type EnumValue, type Property } from './property';
import type { Parameter } from './query';

/** A value in a form in which two of them can be compared. */
export interface Comparable {
	canonical: string;
	/** Nothing is there, or only a "no". */
	empty: boolean;
	/** As a user reads it; null when empty. */
	shown: unknown;
}

/** A variant that a list property lacks. */
export interface MissingEnum {
	property: Property;
	value: string;
	xmlId: string;
}

/** What a property is to hold. `parameter` is only right once the missing variants are there. */
export interface WantedValue extends Comparable {
	parameter: Parameter;
	missing: MissingEnum[];
}

interface One {
	canonical: string;
	shown: unknown;
	parameter: Parameter;
	missing?: MissingEnum;
}

type Shown = Pick<One, 'canonical' | 'shown'>;

/** The values of a property in an answer: `{value, valueId}`, a list of them, null, or a bare letter for a yes or no. */
export function presentValue(property: Property, raw: unknown): Comparable {
	const kind = propertyKind(property);
	const values = [raw].flat().flatMap((one) => {
		const value: unknown = typeof one === 'object' && one !== null && 'value' in one ? one.value : one;
		return value === null || value === undefined || value === '' || value === false ? [] : [value];
	});
	if (kind === 'flag') return flag(values[0] === 'Y');
	return combined(property, values.map((value) => ({ canonical: canonicalPresent(property, value), shown: shownPresent(property, value) })));
}

/**
 * What `value` becomes in the property. For a property with one value the first of several is taken.
 * Throws CATALOG_VALUE_UNFIT when the property cannot hold it.
 */
export function wantedValue(property: Property, value: FieldValue): WantedValue {
	if (propertyKind(property) === 'flag') {
		const meant = flagMeant(property, value);
		if (meant !== undefined) return { ...flag(meant), parameter: { value: meant ? 'Y' : 'N' }, missing: [] };
	}
	const given = Array.isArray(value) ? value : [value];
	const ones = (property.multiple ? given : given.slice(0, 1)).map((one) => wantedOne(property, one));
	const wrapped = ones.map(({ parameter }) => ({ value: parameter }));
	return {
		...combined(property, ones),
		parameter: property.multiple ? wrapped : wrapped[0],
		missing: ones.flatMap(({ missing }) => missing ?? []),
	};
}

/** The order of several values says nothing. */
function combined({ multiple }: Property, ones: Shown[]): Comparable {
	const some = ones.filter(({ canonical }) => canonical !== '');
	const shown = some.map((one) => one.shown);
	if (some.length === 0) return { canonical: '', shown: null, empty: true };
	const canonical = multiple ? JSON.stringify(some.map((one) => one.canonical).sort()) : (some[0]?.canonical ?? '');
	return { canonical, shown: multiple ? shown : shown[0], empty: false };
}

const flag = (on: boolean): Comparable => ({ canonical: on ? 'Y' : 'N', shown: on ? 'yes' : 'no', empty: !on });

/** Undefined when the value is another variant than the only one: then the property is to become a real list. */
function flagMeant({ enums = [] }: Property, value: FieldValue): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const [only] = enums;
	return only && isVariant(only, nameOf(value)) ? true : undefined;
}

function wantedOne(property: Property, value: FieldValue): One {
	const text = normalLines(plainText(value));
	switch (propertyKind(property)) {
		case 'text':
			return plain(property.userType === 'directory' ? directoryKey(value) : text);
		case 'number':
			return plain(asNumber(property, typeof value === 'boolean' ? Number(value) : text));
		case 'list':
		case 'flag':
			return listValue(property, value);
		case 'html':
			return { ...plain(text), parameter: { text, type: 'TEXT' } };
		case 'date':
			return plain(dayOf(property, text));
		case 'moment':
			return { canonical: String(secondsOf(property, text)), shown: text, parameter: text };
		case 'money':
			return moneyValue(property, value);
		case 'link':
			if (!/^\d+$/.test(text)) throw unfit(property, text);
			return plain(text);
		default:
			throw unfit(property, text);
	}
}

const plain = (text: string): One => ({ canonical: text, shown: text, parameter: text });

const unfit = (property: Property, value: string): SyncError => new SyncError('CATALOG_VALUE_UNFIT', { value: value.slice(0, 100), field: property.name });

const normalLines = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

/** A directory is addressed by its elements' UF_XML_ID: the id of the element of MoySklad's dictionary. */
const directoryKey = (value: FieldValue): string => (isNamed(value) ? (value.id ?? value.name) : plainText(value));

function asNumber(property: Property, value: string | number): string {
	try {
		return Decimal.of(value).toString();
	} catch {
		throw unfit(property, String(value));
	}
}

/** The day as it is meant in Moscow, where MoySklad's dates are. */
function dayOf(property: Property, text: string): string {
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
	return new Date((secondsOf(property, text) + 3 * 60 * 60) * 1000).toISOString().slice(0, 10);
}

function secondsOf(property: Property, text: string): number {
	const parsed = Date.parse(text);
	if (Number.isNaN(parsed)) throw unfit(property, text);
	return Math.floor(parsed / 1000);
}

function moneyValue(property: Property, value: FieldValue): One {
	if (!isMoney(value) || value.currency === null) throw unfit(property, plainText(value));
	const text = `${asNumber(property, value.amount)}|${value.currency}`;
	return { canonical: text, shown: plainText(value), parameter: text };
}

const YES = ['y', 'yes', 'true', '1', 'да'];
const NO = ['n', 'no', 'false', '0', 'нет'];

const isVariant = ({ value, xmlId }: EnumValue, { id, name }: { id: string | null; name: string }): boolean =>
	(id !== null && xmlId === id) || value.trim().toLowerCase() === name.trim().toLowerCase();

const nameOf = (value: FieldValue): { id: string | null; name: string } => (isNamed(value) ? value : { id: null, name: plainText(value) });

/** A variant is found by its XML_ID, which is the id of the dictionary's element, or by its name. */
function listValue(property: Property, value: FieldValue): One {
	const wanted = nameOf(value);
	const words = typeof value === 'boolean' ? (value ? YES : NO) : undefined;
	const found = property.enums?.find((one) => isVariant(one, wanted) || words?.includes(one.value.trim().toLowerCase()) || words?.includes((one.xmlId ?? '').toLowerCase()));
	if (found) return { canonical: String(found.id), shown: found.value, parameter: found.id };
	const missing = { property, value: wanted.name, xmlId: wanted.id ?? `ms_${fingerprint(wanted.name.toLowerCase())}` };
	return { canonical: `new ${wanted.name}`, shown: wanted.name, parameter: null, missing };
}

function canonicalPresent(property: Property, value: unknown): string {
	const text = normalLines(presentText(value));
	switch (propertyKind(property)) {
		case 'number':
			return canonicalNumber(text);
		case 'date':
			return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? text;
		case 'moment':
			return Number.isNaN(Date.parse(text)) ? text : String(Math.floor(Date.parse(text) / 1000));
		case 'money': {
			const [amount = '', currency = ''] = text.split('|');
			return `${canonicalNumber(amount)}|${currency}`;
		}
		default:
			return text;
	}
}

function canonicalNumber(text: string): string {
	try {
		return Decimal.of(text).toString();
	} catch {
		return text;
	}
}

/** Values of the user type HTML are `{text, type}`. */
const presentText = (value: unknown): string => (typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : plainText(value));

function shownPresent(property: Property, value: unknown): unknown {
	if (property.type !== 'L') return presentText(value);
	return property.enums?.find(({ id }) => String(id) === String(value))?.value ?? plainText(value);
}
