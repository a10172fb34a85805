import { z } from 'zod';
import { SyncError } from '../errors';
import { answeredId } from './answeredId';
import { textOf } from './property';

type Row = Record<string, unknown>;

/** A store of Bitrix. */
export interface BitrixStore {
	id: number;
	title: string;
	active: boolean;
}

/** A row of `catalog.store.list`. Stores need an address, not a title. Throws ANSWER_UNEXPECTED when it has no id. */
export const readStore = (row: Row): BitrixStore => ({
	id: answeredId(row, 'catalog.store.list'),
	title: textOf(row.title) || textOf(row.address) || String(row.id),
	active: row.active !== 'N',
});

/** What lies in a store of an item, and how much of that orders of the store keep, both in the item's own measure. */
export interface StoreAmount {
	productId: number;
	storeId: number;
	amount: number;
	reserved: number;
}

/** A field that is not there at all is not zero; an empty one is. */
const quantity = z.union([z.number(), z.string().trim().min(1), z.null()]).transform(Number).pipe(z.number().finite());
const id = z.coerce.number().int().positive();
const storeAmountSchema = z.object({ productId: id, storeId: id, amount: quantity, quantityReserved: quantity });
const quantitiesSchema = z.object({ quantity, quantityReserved: quantity });

function parse<Output>(schema: z.ZodType<Output, z.ZodTypeDef, unknown>, row: Row, call: string): Output {
	const parsed = schema.safeParse(row);
	if (parsed.success) return parsed.data;
	throw new SyncError('ANSWER_UNEXPECTED', { call, reason: `no ${parsed.error.issues[0]?.path.join('.') ?? 'row'}` });
}

/** A row of `catalog.storeproduct.list`. Throws ANSWER_UNEXPECTED when it does not say the amounts. */
export function readStoreAmount(row: Row): StoreAmount {
	const { productId, storeId, amount, quantityReserved } = parse(storeAmountSchema, row, 'catalog.storeproduct.list');
	return { productId, storeId, amount, reserved: quantityReserved };
}

/** What an item of the catalog offers as a whole, and what orders keep. Throws ANSWER_UNEXPECTED when the list does not say it. */
export function readQuantities(row: Row): { quantity: number; reserved: number } {
	const read = parse(quantitiesSchema, row, 'catalog.product.list');
	return { quantity: read.quantity, reserved: read.quantityReserved };
}

/** What an answer says of the quantity; undefined when it says nothing. */
export function answeredQuantity(row: Row): number | undefined {
	const parsed = quantity.safeParse(row.quantity);
	return parsed.success ? parsed.data : undefined;
}
