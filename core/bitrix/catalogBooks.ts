import { SyncError } from '../errors';
import { Decimal } from '../model/decimal';
import type { Vat } from '../model/catalog';
import { answeredId } from './answeredId';
import { textOf, type Property } from './property';

type Row = Record<string, unknown>;

/** A block of goods or of offers. */
export interface Catalog {
	iblockId: number;
	name: string;
	/** Of a block of offers: the block of their goods. */
	productIblockId: number | null;
}

/** A price type of the catalog (`catalog.priceType.list`). */
export interface PriceType {
	id: number;
	name: string;
	/** Exactly one of them is. */
	base: boolean;
}

/** A unit of the catalog (`catalog.measure.list`). */
export interface Measure {
	id: number;
	/** OKEI. */
	code: number;
	/** The short symbol (шт), as far as there is one. */
	title: string;
}

/** A row of `catalog.vat.list`. Goods refer to it by id, and so a rate is found by its value first. */
export interface VatRate {
	id: number;
	name: string;
	/** Per cent; null = without VAT. */
	rate: number | null;
	active: boolean;
}

/** What a run needs to know of a catalog beside its items. */
export interface CatalogBooks {
	goods: Catalog;
	offers: Catalog | undefined;
	priceTypes: PriceType[];
	measures: Measure[];
	vats: VatRate[];
	/** Of both blocks. */
	properties: Property[];
}

const numberOrNull = (value: unknown): number | null => (value === null || value === undefined || value === '' ? null : Number(value));

/** A row of `catalog.catalog.list`. Throws ANSWER_UNEXPECTED when it has no block. */
export const readCatalog = (row: Row): Catalog => ({
	iblockId: answeredId(row, 'catalog.catalog.list', 'iblockId'),
	name: textOf(row.name) ?? '',
	productIblockId: numberOrNull(row.productIblockId) || null,
});

/** A row of `catalog.priceType.list`. Throws ANSWER_UNEXPECTED when it has no id. */
export const readPriceType = (row: Row): PriceType => ({
	id: answeredId(row, 'catalog.priceType.list'),
	name: textOf(row.name) ?? '',
	base: row.base === 'Y',
});

/** A row of `catalog.measure.list`; its code is a number there. Throws ANSWER_UNEXPECTED when it has no id. */
export const readMeasure = (row: Row): Measure => ({
	id: answeredId(row, 'catalog.measure.list'),
	code: Number(row.code),
	title: textOf(row.symbol) ?? textOf(row.measureTitle) ?? String(row.code),
});

/**
 * A row of `catalog.vat.list`. Newer cores mark "without VAT" as such, older ones leave the rate out. Throws ANSWER_UNEXPECTED
 * when it has no id, or a rate that is no number.
 */
export const readVatRate = (row: Row): VatRate => ({
	id: answeredId(row, 'catalog.vat.list'),
	name: textOf(row.name) ?? '',
	rate: row.excludeVat === 'Y' ? null : rateOf(row.rate),
	active: row.active !== 'N',
});

function rateOf(value: unknown): number | null {
	const rate = numberOrNull(value);
	if (Number.isNaN(rate)) throw new SyncError('ANSWER_UNEXPECTED', { call: 'catalog.vat.list', reason: 'a rate that is no number' });
	return rate;
}

/** OKEI codes are numbers: 006 is 6 (rule P4). */
export const measureByCode = ({ measures }: CatalogBooks, code: string): Measure | undefined =>
	/^\s*\d+\s*$/.test(code) ? measures.find((measure) => measure.code === Number(code)) : undefined;

/**
 * The one active rate of that value (rule P3). Undefined when there is none or several. "Without" needs no row of its own:
 * then it is null, an item without a rate.
 */
export function vatRateFor({ vats }: CatalogBooks, vat: Vat): VatRate | null | undefined {
	const same = vats.filter(({ rate, active }) => active && (vat === 'without' ? rate === null : rate !== null && Decimal.of(rate).equals(vat)));
	if (same.length === 1) return same[0];
	return vat === 'without' && same.length === 0 ? null : undefined;
}
