import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import { lineSum, toRubles, writtenAmount, type Kopecks } from '../../model/money';
import { textOf } from '../property';
import type { Parameters } from '../query';

/** A row of goods of a deal or an invoice. */
export interface ProductRow {
	/** Null for a row that is not of the catalog. */
	productId: number | null;
	name: string;
	/** What one unit costs after all discounts, taxes included: a decimal text in major units. */
	price: string;
	/** A decimal text. */
	quantity: string;
	/** Per cent; null = without VAT. */
	vat: string | null;
	/** OKEI code; null where nobody knows it. */
	measure: number | null;
}

/** A row as the portal has it. */
export interface PresentRow extends ProductRow {
	id: string;
	measureName: string | null;
	/** Before discounts, with taxes, in major units; null where the portal does not say. */
	basePrice: string | null;
}

type Row = Record<string, unknown>;

/** Deals name the fields in capitals, other owners in camel case. */
const NAMES = {
	upper: {
		id: 'ID', productId: 'PRODUCT_ID', name: 'PRODUCT_NAME', price: 'PRICE', quantity: 'QUANTITY', taxRate: 'TAX_RATE', taxIncluded: 'TAX_INCLUDED',
		measure: 'MEASURE_CODE', measureName: 'MEASURE_NAME', gross: 'PRICE_BRUTTO', sort: 'SORT',
	},
	camel: {
		id: 'id', productId: 'productId', name: 'productName', price: 'price', quantity: 'quantity', taxRate: 'taxRate', taxIncluded: 'taxIncluded',
		measure: 'measureCode', measureName: 'measureName', gross: 'priceBrutto', sort: 'sort',
	},
} as const;

/** Which of the two spellings the owner's method has: `upper` for `crm.deal.productrows.*`, `camel` for `crm.item.productrow.*`. */
export type RowCase = keyof typeof NAMES;

/** A row in an answer. Throws ANSWER_UNEXPECTED: an amount that cannot be read is not taken for another one. */
export function readProductRow(row: Row, letters: RowCase, call: string): PresentRow {
	const names = NAMES[letters];
	const product = Number(row[names.productId] ?? 0);
	const measure = Number(row[names.measure] ?? 0);
	return {
		id: textOf(row[names.id]) ?? '',
		productId: product > 0 ? product : null,
		name: textOf(row[names.name]) ?? '',
		price: decimal(row[names.price], call).toString(),
		quantity: decimal(row[names.quantity], call).toString(),
		vat: isNothing(row[names.taxRate]) ? null : decimal(row[names.taxRate], call).toString(),
		measure: measure > 0 ? measure : null,
		measureName: textOf(row[names.measureName]),
		basePrice: isNothing(row[names.gross]) ? null : decimal(row[names.gross], call).toString(),
	};
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '' || value === false;

/** Portals keep eight decimals at most; more are noise of binary fractions. */
function decimal(value: unknown, call: string): Decimal {
	try {
		return Decimal.of(value as string | number).round(8);
	} catch {
		throw noAmount(call);
	}
}

const noAmount = (call: string): SyncError => new SyncError('ANSWER_UNEXPECTED', { call, reason: 'a row of goods with an amount that is no number' });

/** Rows as the portal takes them, in their order. A tax rate that is not sent means "without". */
export const productRowFields = (rows: readonly ProductRow[], letters: RowCase): Parameters[] =>
	rows.map(({ productId, name, price, quantity, vat, measure }, index) => {
		const names = NAMES[letters];
		return {
			[names.productId]: productId ?? undefined,
			[names.name]: name,
			[names.price]: price,
			[names.quantity]: quantity,
			[names.taxRate]: vat ?? undefined,
			[names.taxIncluded]: 'Y',
			[names.measure]: measure ?? undefined,
			[names.sort]: (index + 1) * 10,
		};
	});

/** What rows cost together: each is rounded to a kopeck for itself. */
export const rowsSum = (rows: readonly ProductRow[]): Kopecks =>
	rows.reduce((sum, { price, quantity }) => sum.plus(lineSum(Decimal.of(price).times(100), quantity)), Decimal.zero).toNumber();

/**
 * Whether the portal has the rows that are wanted. Their order says nothing, nor does the name of a row that has a product,
 * nor a measure that nobody knows on our side.
 */
export function sameRows(wanted: readonly ProductRow[], present: readonly ProductRow[]): boolean {
	if (wanted.length !== present.length) return false;
	const left = new Map<string, Array<number | null>>();
	for (const row of present) left.set(keyOf(row), [...(left.get(keyOf(row)) ?? []), row.measure]);
	// Rows with a measure choose first, so that none without takes theirs.
	return [...wanted].sort((one, other) => Number(one.measure === null) - Number(other.measure === null)).every((row) => {
		const measures = left.get(keyOf(row)) ?? [];
		const place = row.measure === null ? 0 : measures.indexOf(row.measure);
		return place >= 0 && measures.splice(place, 1).length === 1;
	});
}

const keyOf = ({ productId, name, price, quantity, vat }: ProductRow): string =>
	JSON.stringify([productId ?? name.trim(), Decimal.of(price).toString(), Decimal.of(quantity).toString(), vat === null ? null : Decimal.of(vat).toString()]);

/** Rows and their sum in a form in which two of them can be compared; what `sameRows` overlooks is not in it. */
export const rowsMark = (rows: readonly ProductRow[], sum: Kopecks): string => JSON.stringify([sum, rows.map(keyOf).sort()]);

/** Rows in a word for people: how many, and what they cost. */
export const shownRows = (rows: readonly ProductRow[]): string => `${rows.length} rows, ${writtenAmount(toRubles(rowsSum(rows)))}`;
