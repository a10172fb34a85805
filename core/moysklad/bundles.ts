import { Decimal } from '../model/decimal';
import { idOf, type Meta } from './reference';
import { withSums, type StockAmounts, type StockLevel, type StockType, type StoreStock } from './stock';

/** What a bundle is made of. Services are left out: there are always enough of them. */
export interface BundleParts {
	id: string;
	components: Array<{ id: string; quantity: number }>;
}

type Row = Record<string, unknown>;

/**
 * A bundle whose components were read (`{meta, rows}`). Services and components of which nothing is needed are left out; one
 * that says no quantity is needed once. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_bundle.md`.
 */
export function toBundleParts({ id, components }: Row): BundleParts {
	const { rows } = (components ?? {}) as { rows?: Array<{ assortment?: { meta?: Meta }; quantity?: unknown } | null> };
	return {
		id: String(id),
		components: (Array.isArray(rows) ? rows : [])
			.flatMap((row) => row ?? [])
			.filter(({ assortment }) => assortment?.meta?.type !== 'service')
			.map(({ assortment, quantity = 1 }) => ({ id: idOf(assortment?.meta) ?? '', quantity: Number(quantity) }))
			.filter(({ quantity }) => quantity > 0 && Number.isFinite(quantity)),
	};
}

/** Kinds of amounts that a bundle has: so many of it can be put together. */
const COMPOSED: readonly StockType[] = ['freeStock', 'quantity', 'stock'];

/**
 * How many of a bundle the amounts of its components allow (rule S5), in all or in each store; undefined for one without goods.
 * A component that `levels` does not have is out of stock. Orders without a store can only take away. Amounts are in the units
 * of the goods.
 */
export function composedLevel({ id, components }: BundleParts, levels: ReadonlyMap<string, StockLevel>): StockLevel | undefined {
	if (components.length === 0) return undefined;
	const parts = components.map(({ id: component, quantity }) => ({ level: levels.get(component), quantity }));
	const bundle = { entity: 'bundle', id };
	const types = COMPOSED.filter((type) => parts.some(({ level }) => level?.[type] !== undefined || level?.stores?.some((store) => store[type] !== undefined)));
	if (!parts.some(({ level }) => level?.stores)) return { ...bundle, ...composed(types, parts.map(({ level, quantity }) => ({ amounts: level, quantity }))) };
	const stores = [...new Set(parts.flatMap(({ level }) => level?.stores?.map((store) => store.id) ?? []))];
	return withSums({ ...bundle, stores: stores.map((store) => composedStore(store, types, parts)) });
}

function composedStore(id: string | null, types: readonly StockType[], parts: Array<{ level: StockLevel | undefined; quantity: number }>): StoreStock {
	const amounts = composed(types, parts.map(({ level, quantity }) => ({ amounts: level?.stores?.find((store) => store.id === id), quantity })));
	if (id !== null || amounts.unknown) return { id, ...amounts };
	return { id, ...Object.fromEntries(Object.entries(amounts).map(([type, amount]) => [type, Math.min(0, Number(amount))])) };
}

function composed(types: readonly StockType[], parts: Array<{ amounts: (StockAmounts & { unknown?: true }) | undefined; quantity: number }>): StockAmounts & { unknown?: true } {
	if (parts.some(({ amounts }) => amounts?.unknown)) return { unknown: true };
	return Object.fromEntries(types.map((type) => [type, Math.min(...parts.map(({ amounts, quantity }) => wholeTimes(amounts?.[type] ?? 0, quantity)))]));
}

/** How many whole times the quantity is in the amount; exact for the four decimals that MoySklad keeps. */
const wholeTimes = (amount: number, quantity: number): number => Math.floor(Decimal.of(amount).dividedBy(quantity, 12).toNumber());
