import { first, metaOf, parties, UNLIMITED, useShop, type Json, type Reply, type Verbs } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

/** A shop for tests of documents, and what their bodies are made of. */
export interface OrderBench extends Verbs {
	/** Organization and agent. */
	who(): Json;
	store(): Json;
	/** `{meta}` of one of the products. */
	good(index?: number): Json;
	/** One of the first good for 100 roubles. */
	position(more?: Json): Json;
	/** Makes a customer order. */
	order(positions: Json[], more?: Json): Promise<Reply>;
	/** The same, the order itself. */
	saved(positions: Json[], more?: Json): Promise<Json>;
}

export function useOrders(take: (shop: RunningMoySklad) => void): OrderBench {
	let who: Json;
	let store: Json;
	let goods: Json[];
	let shop: RunningMoySklad;
	const size = { products: 12, variantShare: 0, archivedShare: 0, bundles: 1, services: 1 };
	const verbs = useShop({ size, rate: UNLIMITED }, (started) => take((shop = started)));
	beforeAll(async () => {
		who = await parties(shop);
		goods = (await verbs.get('product')).rows.map(metaOf);
		store = metaOf(await first(shop, 'store'));
	});
	const good = (index = 0): Json => goods[index] as Json;
	const order: OrderBench['order'] = async (positions, more = {}) =>
		await verbs.post('customerorder', { ...who, positions, ...more });
	return {
		...verbs,
		who: () => who,
		store: () => store,
		good,
		position: (more = {}) => ({ assortment: good(), quantity: 1, price: 10000, ...more }),
		order,
		saved: async (positions, more) => (await order(positions, more)).body,
	};
}
