import { ITEM_TYPE } from '../catalog/rows.cts';
import { toKopecks } from '../fields/money.cts';
import type { Portal } from '../portal.cts';
import { ownerKey, type CrmEntity } from './entities.cts';
import { cutTexts, PRODUCT_ROW_LENGTHS } from './lengths.cts';
import type { CrmRow, ProductRowRow } from './rows.cts';

/** A line of goods as it is asked for: prices in roubles, rates in per cent. */
export interface ProductRowDraft {
	/** A line of this object that is to be kept under its id. */
	id?: number;
	productId: number;
	productName?: string;
	price: number;
	quantity: number;
	discountTypeId: 1 | 2;
	discountRate: number;
	discountSum: number;
	taxRate: number | null;
	taxIncluded: 'Y' | 'N';
	taxName?: string;
	measureCode?: number;
	measureName?: string;
	sort: number;
}

/** The lines of an object in their order. */
export const rowsOf = (portal: Portal, owner: string): ProductRowRow[] =>
	portal.store.productRows.where('owner', owner).sort((one, other) => one.sort - other.sort || one.id - other.id);

/** Replaces all lines of an object: those that are not named by their id are gone. The object's sum follows. */
export function setRows(
	portal: Portal,
	entity: CrmEntity,
	object: CrmRow,
	drafts: readonly ProductRowDraft[],
): ProductRowRow[] {
	const owner = ownerKey(entity, object.id);
	const { productRows } = portal.store;
	const known = rowsOf(portal, owner);
	const kept = new Set<number>();
	for (const draft of drafts) {
		const values = {
			...pricesOf(draft),
			...cutTexts(describe(portal, draft), PRODUCT_ROW_LENGTHS),
			owner,
			sort: draft.sort,
		};
		const row = known.find(({ id }) => id === draft.id && !kept.has(id));
		const { id, productName } = row ? productRows.update(row.id, values) : productRows.add(values);
		kept.add(id);
		if (productName === '') productRows.update(id, { productName: `[${id}]` });
	}
	for (const { id } of known) if (!kept.has(id)) productRows.remove(id);
	recalculate(portal, entity, object.id, true);
	return rowsOf(portal, owner);
}

/**
 * The sum and the tax of an object that has lines, unless its sum is kept by hand. The sheet does not say what becomes
 * of a sum that is written beside lines: here the lines win.
 */
export function recalculate(portal: Portal, entity: CrmEntity, id: number, hadRows = false): void {
	const table = entity.table(portal);
	const object = table.get(id);
	const rows = rowsOf(portal, ownerKey(entity, id));
	if (!object || (rows.length === 0 && !hadRows)) return;
	const taxValue = kopecksOf(rows, ({ price, priceExclusive }) => price - priceExclusive);
	const sum = object.isManualOpportunity === 'Y' ? {} : { opportunity: kopecksOf(rows, ({ price }) => round(price, 2)) };
	table.update(id, { taxValue, ...sum });
}

const kopecksOf = (rows: readonly ProductRowRow[], unit: (row: ProductRowRow) => number): number =>
	rows.reduce((sum, row) => sum + toKopecks(round(unit(row) * row.quantity, 4)), 0);

/** From what the customer pays back to the price without tax and discount. */
function pricesOf({
	price,
	taxRate,
	...draft
}: ProductRowDraft): Pick<
	ProductRowRow,
	| 'price'
	| 'priceExclusive'
	| 'priceNetto'
	| 'priceBrutto'
	| 'quantity'
	| 'discountTypeId'
	| 'discountRate'
	| 'discountSum'
	| 'taxRate'
	| 'taxIncluded'
	| 'taxName'
> {
	const tax = 1 + (taxRate ?? 0) / 100;
	const exclusive = price / tax;
	const { discountTypeId, discountRate, discountSum } = draft;
	const whole =
		discountTypeId === 1
			? exclusive + discountSum
			: discountRate >= 100
				? discountSum
				: exclusive / (1 - discountRate / 100);
	return {
		price: round(price, 8),
		priceExclusive: round(exclusive, 8),
		priceNetto: round(whole, 8),
		priceBrutto: round(whole * tax, 8),
		quantity: round(draft.quantity, 4),
		discountTypeId,
		discountRate: discountTypeId === 2 ? discountRate : round(whole === 0 ? 0 : (discountSum / whole) * 100, 2),
		discountSum: discountTypeId === 1 ? discountSum : round(whole - exclusive, 8),
		taxRate,
		taxIncluded: draft.taxIncluded,
		taxName: draft.taxName ?? (taxRate === null ? 'Без НДС' : `НДС ${taxRate}%`),
	};
}

/** Name and unit: as given, else the catalog's. */
function describe(
	portal: Portal,
	{ productId, productName, measureCode, measureName }: ProductRowDraft,
): Pick<ProductRowRow, 'productId' | 'productName' | 'measureCode' | 'measureName'> {
	const { elements, measures } = portal.store;
	const element = elements.get(productId);
	const code = measureCode ?? measures.get(element?.measure ?? 0)?.code ?? (element ? 796 : 0);
	const measure = measures.all().find((row) => row.code === code);
	return {
		productId,
		productName: productName ?? element?.name ?? '',
		measureCode: code,
		measureName: measureName ?? measure?.symbol ?? '',
	};
}

/** 1 simple, 4 offer, 7 service; a line of no product counts as simple. */
export function typeOfRow(portal: Portal, { productId }: ProductRowRow): number {
	const type = portal.store.elements.get(productId)?.type;
	return type === ITEM_TYPE.offer || type === ITEM_TYPE.service ? type : ITEM_TYPE.simple;
}

function round(value: number, digits: number): number {
	const factor = 10 ** digits;
	return Math.round((value + Number.EPSILON) * factor) / factor;
}
