import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import type { CmlItem, CmlUnit } from '../../commerceml/model';
import { isDecimalText } from '../../commerceml/codec/number';
import { isNamed, plainText, type FieldValue, type FieldValues } from '../fieldValue';
import { warning, type Warning } from '../result';
import type { PropertyBook } from './properties';
import { PROPERTY_PREFIX } from './rules';

/** Of a name. */
const MOST_LETTERS = 255;

/** Under which the rates of items and those that price types include are the same tax. */
export const VAT_NAME = 'НДС';
const WITHOUT_VAT = 'Без НДС';

/** What values of a mapping come to in a file. */
export interface SaidItem {
	said: Partial<CmlItem>;
	/** Values that do not fit were left out. */
	warnings: Warning[];
}

type Reader = (value: FieldValue) => Partial<CmlItem>;

const line = (value: FieldValue): string => plainText(value).replace(/[\t\r\n]+/g, ' ').trim().slice(0, MOST_LETTERS).trim();
const text = (value: FieldValue): string => plainText(value).replace(/\r\n?/g, '\n').trim();

const READERS: Readonly<Record<string, Reader>> = {
	name: (value) => ({ name: line(value) }),
	article: (value) => ({ article: line(value) }),
	/** A file has one barcode of an item. */
	barcodes: (value) => ({ barcode: line(Array.isArray(value) ? (value[0] ?? '') : value) }),
	detailText: (value) => ({ description: text(value) }),
	previewText: (value) => ({ fullName: text(value) }),
	section: (value) => ({ groups: [isNamed(value) ? (value.id ?? '') : plainText(value)] }),
	measure: (value) => ({ unit: unitIn(value) }),
	vat: (value) => ({ taxes: [{ name: VAT_NAME, rate: rateIn(value) }] }),
	weight: (value) => ({ weight: numberIn('Weight', value, '0.001') }),
	height: (value) => ({ height: numberIn('Height', value) }),
	length: (value) => ({ length: numberIn('Length', value) }),
	width: (value) => ({ width: numberIn('Width', value) }),
};

/** The fields of an item as a file says them; weights come in grams. Values that do not fit are remarks. */
export function saidItem(values: FieldValues, properties: PropertyBook): SaidItem {
	const result: SaidItem = { said: { properties: [] }, warnings: [] };
	for (const [target, value] of Object.entries(values)) {
		try {
			if (target.startsWith(PROPERTY_PREFIX)) result.said.properties?.push(properties.take(target.slice(PROPERTY_PREFIX.length), value));
			else Object.assign(result.said, READERS[target]?.(value));
		} catch (error) {
			result.warnings.push(findingOf(error));
		}
	}
	return result;
}

/** An error that leaves out a part of an item, as a remark on it. Throws what is none of the catalogue. */
export function findingOf(error: unknown): Warning {
	if (!(error instanceof SyncError)) throw error;
	return warning(error.code, error.details);
}

/** OKEI codes are numbers: 006 is 6 (rule P4). */
function unitIn(value: FieldValue): CmlUnit {
	const { id, name } = isNamed(value) ? value : { id: plainText(value), name: plainText(value) };
	if (id === null || !/^\s*\d+\s*$/.test(id)) throw new SyncError('CATALOG_UNIT_WITHOUT_CODE', { unit: name });
	return { code: String(Number(id)), name: line(name), fullName: null, international: null };
}

function rateIn(value: FieldValue): string {
	const said = plainText(value).trim();
	return said === 'without' ? WITHOUT_VAT : numberIn('VAT', said);
}

function numberIn(field: string, value: FieldValue, factor = '1'): string {
	try {
		const number = Decimal.of(plainText(value)).times(factor).toString();
		if (isDecimalText(number) && !number.startsWith('-')) return number;
	} catch {
		// It is told below.
	}
	throw new SyncError('CATALOG_VALUE_UNFIT', { value: plainText(value).slice(0, 100), field });
}

/** A unit of an item for the books of its file, so that the site does not take an unknown code for an id of its own. */
export const unitsOf = (items: ReadonlyArray<Partial<CmlItem>>): CmlUnit[] => [
	...new Map(items.flatMap(({ unit }) => (unit ? [[unit.code, { ...unit, fullName: unit.name }] as const] : []))).values(),
];
