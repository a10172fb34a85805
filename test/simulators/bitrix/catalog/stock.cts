import type { Portal } from '../portal.cts';
import type { ElementRow, StoreProductRow } from './rows.cts';

/** Quantities have at most four decimals in the database. */
export const roundQuantity = (quantity: number): number => Math.round(quantity * 10_000) / 10_000;

/** What can be bought: `quantity` never contains what is reserved. */
export const availableQuantity = ({ quantity }: ElementRow): number => quantity;

export const defaultStoreId = (portal: Portal): number => portal.store.stores.all()[0]?.id ?? 0;

export function storeProductOf(portal: Portal, productId: number, storeId: number): StoreProductRow {
	const { storeProducts } = portal.store;
	const known = storeProducts.where('productId', productId).find((row) => row.storeId === storeId);
	return known ?? storeProducts.add({ productId, storeId, amount: 0, quantityReserved: 0 });
}

/** Inventory management: a document or shipment changes what lies in a store. */
export function moveAmount(portal: Portal, productId: number, storeId: number, change: number): void {
	const row = storeProductOf(portal, productId, storeId);
	portal.store.storeProducts.update(row.id, { amount: roundQuantity(row.amount + change) });
	recount(portal, productId);
}

/** Holds back (or, with a negative number, sets free) some of a product for an order. */
export function reserve(portal: Portal, productId: number, storeId: number, change: number): void {
	const { elements, storeProducts } = portal.store;
	const element = elements.get(productId);
	if (!element) return;
	const row = storeProductOf(portal, productId, storeId);
	storeProducts.update(row.id, { quantityReserved: roundQuantity(row.quantityReserved + change) });
	const quantityReserved = roundQuantity(element.quantityReserved + change);
	elements.update(productId, {
		quantityReserved,
		quantity: roundQuantity(element.quantity - change),
		timestampX: portal.now(),
	});
	if (portal.inventory === 'Y') recount(portal, productId);
}

/** With inventory management `quantity` is what lies in all stores less what is reserved. */
function recount(portal: Portal, productId: number): void {
	const { elements } = portal.store;
	const element = elements.get(productId);
	if (!element || portal.inventory !== 'Y') return;
	elements.update(productId, {
		quantity: roundQuantity(amountOf(portal, productId) - element.quantityReserved),
		timestampX: portal.now(),
	});
}

/** Turns inventory management on or off. Turned on, what was there lies in the first store. */
export function setInventory(portal: Portal, mode: 'Y' | 'N'): void {
	if (mode === 'Y' && portal.inventory === 'N') {
		for (const { id, quantity, quantityReserved } of portal.store.elements.all()) {
			const lying = roundQuantity(quantity + quantityReserved - amountOf(portal, id));
			if (lying !== 0) moveAmount(portal, id, defaultStoreId(portal), lying);
		}
	}
	portal.inventory = mode;
}

const amountOf = (portal: Portal, productId: number): number =>
	portal.store.storeProducts.where('productId', productId).reduce((sum, { amount }) => sum + amount, 0);
