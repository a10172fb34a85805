/** How large a generated shop is. `products` counts products only; variants, bundles and services come on top. */
export interface ShopSize {
	products: number;
	/** Share of products that have variants, 0 to 1. */
	variantShare?: number;
	/** Variants of each such product, at most 64 (all pairs of three characteristics with four values). */
	variantsEach?: number;
	bundles?: number;
	services?: number;
	folders?: number;
	/** At least 1. */
	stores?: number;
	/** Share of products with pictures, 0 to 1. */
	pictures?: number;
	/** How many attributes (additional fields) goods have. */
	attributes?: number;
	/** Share of goods that are archived, 0 to 1. */
	archivedShare?: number;
}

/** Fills in what was left out. For exactly N products and nothing else: `onlyProducts(N)`. */
export function fullSize(size: ShopSize): Required<ShopSize> {
	const { products } = size;
	const full = {
		variantShare: 0.1,
		variantsEach: 4,
		bundles: Math.ceil(products / 50),
		services: Math.ceil(products / 100),
		folders: Math.min(300, Math.max(5, Math.ceil(products / 25))),
		stores: 3,
		pictures: 0.3,
		attributes: 30,
		archivedShare: 0.03,
		...withoutUndefined(size),
	};
	for (const [name, value] of Object.entries(full)) {
		if (!(value >= 0)) throw new RangeError(`${name} must be a number that is not negative`);
	}
	return { ...full, stores: Math.max(1, full.stores), variantsEach: Math.min(64, full.variantsEach) };
}

/** Exactly this many products, none archived, and no other goods. */
export const onlyProducts = (products: number): ShopSize => ({
	products,
	variantShare: 0,
	bundles: 0,
	services: 0,
	archivedShare: 0,
});

function withoutUndefined(size: ShopSize): ShopSize {
	return Object.fromEntries(Object.entries(size).filter(([, value]) => value !== undefined)) as unknown as ShopSize;
}
