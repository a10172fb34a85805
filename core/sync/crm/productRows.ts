import { rowsSum, type ProductRow } from '../../bitrix/crm/productRow';
import { Decimal } from '../../model/decimal';
import { toRubles } from '../../model/money';
import type { Goods } from '../../model/catalog';
import type { SalesDocument, SalesPosition } from '../../moysklad/salesDocument';
import { orderSums, type Charge } from '../orderSums';

/** The rows of a deal or invoice, with prices in major units. */
export interface PlannedRows {
	rows: ProductRow[];
	/** Kopecks by which the document costs more than the rows come to; 0 = equal. */
	difference: number;
}

/**
 * The positions of a document as rows with prices in whole kopecks, as Bitrix keeps them, whose sums add up to the document's.
 * Where one price does not do, a position becomes two rows.
 * @param productOf id of the good in the catalog; null for a row without a product
 */
export function plannedRows(document: SalesDocument, productOf: (good: Goods) => number | null): PlannedRows {
	const charges = document.positions.map((position, index) => chargeOf(position, String(index), document.vatIncluded));
	const { positions, difference } = orderSums(charges, Decimal.of(document.sum).times('0.01').toString(), { wholeKopecks: true });
	const rows = positions.map(({ line, quantity, price }) => {
		const position = document.positions[Number(line)] as SalesPosition;
		return { ...rowOf(position, productOf), price: toRubles(price), quantity: quantity.toString() };
	});
	// Fractions of a unit may have no price in whole kopecks that gives the sum.
	return { rows, difference: difference === 0 ? document.sum - rowsSum(rows) : difference };
}

function chargeOf({ quantity, price, discount, vat }: SalesPosition, line: string, vatIncluded: boolean): Charge {
	const kopecks = Decimal.of(price).times(Decimal.of(100).minus(discount)).times('0.01');
	return { line, price: kopecks.times('0.01').toString(), quantity: String(quantity), vat: vat === null ? null : String(vat), vatIncluded };
}

const rowOf = ({ good, name, vat }: SalesPosition, productOf: (good: Goods) => number | null): Pick<ProductRow, 'productId' | 'name' | 'vat' | 'measure'> => ({
	productId: good && productOf(good),
	name: (good?.name ?? name ?? good?.id ?? '').trim().slice(0, 255) || 'Товар',
	vat: vat === null ? null : String(vat),
	measure: good === null ? null : measureOf(good),
});

/** OKEI codes are numbers: 006 is 6 (rule P4). */
function measureOf({ unit }: Goods): number | null {
	const code = unit?.code?.trim() ?? '';
	return /^\d+$/.test(code) && Number(code) > 0 ? Number(code) : null;
}
