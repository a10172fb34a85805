import type { PriceType } from '../bitrix/catalogBooks';
import { SyncError } from '../errors';
import type { Goods } from '../model/catalog';

/** A price type of MoySklad (id or name) and the one of Bitrix that it goes to. */
export interface PricePair {
	from: string;
	to: PriceType;
}

/** A price type of MoySklad; old items say only one of the two. */
export interface NamedPriceType {
	id: string | null;
	name: string | null;
}

/** MoySklad's price types in their order there, as far as the goods show them. */
export function priceTypesOf(goods: Iterable<Goods>): NamedPriceType[] {
	const found = new Map<string, NamedPriceType>();
	for (const { prices } of goods)
		for (const { typeId: id, typeName: name } of prices) {
			const key = id ?? name;
			if (key !== null && !found.has(key)) found.set(key, { id, name });
		}
	return [...found.values()];
}

/** Types of the same name belong together; MoySklad's first one goes to the base price when nothing else does. */
export function presetPricePairs(types: readonly NamedPriceType[], priceTypes: readonly PriceType[]): PricePair[] {
	const pairs = types.flatMap(({ id, name }) => {
		const to = priceTypes.find((type) => type.name.trim().toLowerCase() === name?.trim().toLowerCase());
		return to ? [{ from: id ?? name ?? '', to }] : [];
	});
	const base = priceTypes.find((type) => type.base);
	const first = types[0]?.id ?? types[0]?.name;
	const isFree = base && first && !pairs.some(({ from, to }) => to.id === base.id || from === first);
	return isFree ? [{ from: first, to: base }, ...pairs] : pairs;
}

/** The user's pairs. Throws CATALOG_TARGET_MISSING. */
export function chosenPricePairs(rows: ReadonlyArray<{ from: string; to: number }>, priceTypes: readonly PriceType[]): PricePair[] {
	return rows.map(({ from, to: id }) => {
		const to = priceTypes.find((type) => type.id === id);
		if (!to) throw new SyncError('CATALOG_TARGET_MISSING', { what: `price type ${id}` });
		return { from, to };
	});
}
