import type { RunningBitrix } from '../simulators/bitrix/start.cts';

/** What was written into the products of the store. */
export interface Writes {
	all: number;
	/** Writes after which the item or the price was as before. */
	idle: number;
}

/** Begins to count; the function that it gives ends this and tells. */
export function watchWrites({ portal }: RunningBitrix): () => Writes {
	const { elements, prices } = portal.store;
	const before = new Map<string, string>();
	const looks = (entity: string, id: number): string => {
		const row = entity === 'price' ? prices.get(id) : elements.get(id);
		return JSON.stringify({ ...row, timestampX: 0, modifiedBy: 0 });
	};
	for (const { id } of elements.all()) before.set(`product ${id}`, looks('product', id));
	for (const { id } of prices.all()) before.set(`price ${id}`, looks('price', id));
	const writes: Writes = { all: 0, idle: 0 };
	const end = portal.changes.subscribe(({ entity, id }) => {
		if (entity !== 'product' && entity !== 'price') return;
		const now = looks(entity, id);
		writes.all += 1;
		if (before.get(`${entity} ${id}`) === now) writes.idle += 1;
		before.set(`${entity} ${id}`, now);
	});
	return () => {
		end();
		return writes;
	};
}
