import { onlyProducts } from '../shop/size.cts';
import { ask, UNLIMITED } from './caller.cts';
import { startMoySklad } from './start.cts';

/** A tenth of the largest shop, so that it stays quick beside other tests. */
const PRODUCTS = 5000;

it('a large shop answers pages of 1000, in which each product is once', async () => {
	const shop = await startMoySklad({ size: onlyProducts(PRODUCTS), rate: UNLIMITED });
	const seen: string[] = [];
	for (let offset = 0; offset < PRODUCTS; offset += 1000) {
		const { body } = await ask(shop, 'GET', `entity/product?order=updated,asc;id,asc&limit=1000&offset=${offset}`);
		expect(body.rows).toHaveLength(1000);
		seen.push(...body.rows.map(({ id }: { id: string }) => id));
	}
	expect(new Set(seen).size).toBe(PRODUCTS);
	await shop.close();
}, 60_000);
