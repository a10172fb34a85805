import type { Installation } from '../demo/installation.cts';
import type { ElementRow } from '../simulators/bitrix/catalog/rows.cts';
import type { SalePrices } from '../simulators/moysklad/engine/priceKinds.cts';
import type { Row } from '../simulators/moysklad/engine/schema.cts';

export type Shops = Pick<Installation, 'moySklad' | 'bitrix'>;

/** One field of one object that is not in the store as it is in MoySklad. */
export interface Difference {
	key: string;
	field: string;
	inMoySklad: unknown;
	inStore: unknown;
}

/** Compares every product of MoySklad with the store, and every product of the store that came from MoySklad with it. */
export function differences({ moySklad, bitrix }: Shops): Difference[] {
	const { store } = bitrix.portal;
	const products = moySklad.account.table('product').all();
	const items = itemsByKey(goodsOf(bitrix));
	const base = store.priceTypes.all().find((type) => type.base === 'Y')?.id;
	const priceOf = ({ id }: ElementRow): unknown => store.prices.where('productId', id).find((price) => price.catalogGroupId === base)?.price;
	const [firstType] = moySklad.account.priceTypes;
	const wanted = new Map(products.map((product) => [String(product.externalCode), wantedOf(product, String(firstType?.id))]));
	return [
		...[...wanted].flatMap(([key, fields]) => differencesOf(key, fields, items.get(key) ?? [], priceOf)),
		...[...items].flatMap(([key, found]) => (wanted.has(key) ? [] : found.flatMap(stillShown(key)))),
	];
}

/** How many items of the store have a key that another one has as well. */
export function twins({ bitrix }: Pick<Shops, 'bitrix'>): number {
	const items = itemsByKey(goodsOf(bitrix));
	return [...items.values()].reduce((sum, found) => sum + found.length - 1, 0);
}

interface Fields {
	name: unknown;
	active: boolean;
	/** Grams; the shop of this test keeps kilograms. */
	weight: number;
	/** Kopecks. */
	price: number;
}

const wantedOf = ({ name, archived, weight, salePrices }: Row, priceType: string): Fields => ({
	name,
	active: archived !== true,
	weight: Math.round(Number(weight ?? 0) * 1_000),
	price: (salePrices as SalePrices | undefined)?.[priceType]?.value ?? 0,
});

/** An archived product is hidden, and what else changes about it does not matter before it comes back. */
function differencesOf(key: string, wanted: Fields, found: ElementRow[], priceOf: (item: ElementRow) => unknown): Difference[] {
	const [item, ...more] = found;
	if (!item || more.length > 0) return wanted.active || found.length > 0 ? [{ key, field: 'items', inMoySklad: 1, inStore: found.length }] : [];
	const shown = { name: item.name, active: item.active === 'Y', weight: item.weight, price: priceOf(item) };
	const compared: Array<keyof Fields> = wanted.active ? ['active', 'name', 'weight', 'price'] : ['active'];
	return compared
		.filter((field) => wanted[field] !== shown[field])
		.map((field) => ({ key, field, inMoySklad: wanted[field], inStore: shown[field] }));
}

const stillShown = (key: string) => (item: ElementRow): Difference[] =>
	item.active === 'Y' ? [{ key, field: 'active', inMoySklad: 'deleted', inStore: true }] : [];

const goodsOf = ({ portal, catalogs }: Shops['bitrix']): ElementRow[] =>
	portal.store.elements.all().filter(({ iblockId }) => iblockId === catalogs.main.products);

function itemsByKey(elements: ElementRow[]): Map<string, ElementRow[]> {
	const found = new Map<string, ElementRow[]>();
	for (const element of elements) found.set(element.xmlId, [...(found.get(element.xmlId) ?? []), element]);
	return found;
}
