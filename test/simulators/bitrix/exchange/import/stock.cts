import type { ElementRow } from '../../catalog/rows.cts';
import { roundQuantity, storeProductOf } from '../../catalog/stock.cts';
import { child, childrenOf, textOf, toNumber, type XmlNode } from '../xml/node.cts';
import { change } from './element.cts';
import type { Scene } from './scene.cts';

/** What lies in a store, by the store's external code. */
interface StoreAmount {
	store: string;
	amount: number;
}

/**
 * Stock beside prices: in stores (which win), or a number from which what is reserved is taken off.
 */
export function updateStock(scene: Scene, element: ElementRow, node: XmlNode): void {
	const stores = storesBeside(scene, node);
	if (stores.length > 0) return setQuantity(scene, element, setAmounts(scene, element, stores));
	const quantity = textOf(node, 'Количество');
	if (quantity === undefined) return;
	setQuantity(scene, element, toNumber(quantity, scene.pack.decimalMark) - reservedOf(scene, element));
}

/** `Остатки` of a light update: what is reserved is taken off here in both forms. */
export function updateRests(scene: Scene, element: ElementRow, node: XmlNode): void {
	const { decimalMark } = scene.pack;
	const rests = childrenOf(child(node, 'Остатки'), 'Остаток');
	const stores = rests.flatMap((rest) =>
		childrenOf(rest, 'Склад').map((store) => ({
			store: textOf(store, 'Ид') ?? '',
			amount: toNumber(textOf(store, 'Количество'), decimalMark),
		})),
	);
	const reserved = reservedOf(scene, element);
	if (stores.length > 0) return setQuantity(scene, element, setAmounts(scene, element, stores) - reserved);
	const whole = rests.map((rest) => textOf(rest, 'Количество')).find((text) => text !== undefined);
	if (whole !== undefined) setQuantity(scene, element, toNumber(whole, decimalMark) - reserved);
}

/** `Склад` with attributes, or the list `КоличествоНаСкладах`. */
function storesBeside({ pack }: Scene, node: XmlNode): StoreAmount[] {
	const attributed = childrenOf(node, 'Склад').map(({ attributes }) => ({
		store: attributes['ИдСклада'] ?? '',
		amount: toNumber(attributes['КоличествоНаСкладе'], pack.decimalMark),
	}));
	const listed = childrenOf(child(node, 'КоличествоНаСкладах'), 'КоличествоНаСкладе').map((entry) => ({
		store: textOf(entry, 'ИдСклада') ?? '',
		amount: toNumber(textOf(entry, 'Количество'), pack.decimalMark),
	}));
	return [...attributed, ...listed];
}

/** Stores that the site does not know are left out. Returns what lies in the active ones of those named: others are not counted. */
function setAmounts({ portal }: Scene, { id }: ElementRow, given: readonly StoreAmount[]): number {
	const { stores, storeProducts } = portal.store;
	let total = 0;
	for (const { store: code, amount } of given) {
		const store = stores.all().find(({ xmlId }) => xmlId === code && code !== '');
		if (!store) continue;
		storeProducts.update(storeProductOf(portal, id, store.id).id, { amount: roundQuantity(amount) });
		if (store.active === 'Y') total += amount;
	}
	return total;
}

const reservedOf = ({ portal }: Scene, { id }: ElementRow): number => portal.store.elements.get(id)?.quantityReserved ?? 0;

function setQuantity(scene: Scene, element: ElementRow, quantity: number): void {
	change(scene, element, { quantity: roundQuantity(quantity) });
}
