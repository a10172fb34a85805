import { onlyProducts } from '../shop/size.cts';
import { ask, UNLIMITED } from './caller.cts';
import { startMoySklad } from './start.cts';

/** A tenth of the largest shop, so that it stays quick beside other tests; costs grow with the number of products. */
const PRODUCTS = 5000;

it('a large shop starts quickly and answers pages of 1000', async () => {
	const started = performance.now();
	const shop = await startMoySklad({ size: onlyProducts(PRODUCTS), rate: UNLIMITED });
	expect(performance.now() - started).toBeLessThan(10_000);
	const times: number[] = [];
	const seen = new Set<string>();
	for (let offset = 0; offset < PRODUCTS; offset += 1000) {
		const before = performance.now();
		const { body } = await ask(shop, 'GET', `entity/product?order=updated,asc;id,asc&limit=1000&offset=${offset}`);
		times.push(performance.now() - before);
		for (const { id } of body.rows) seen.add(id as string);
	}
	expect(seen.size).toBe(PRODUCTS);
	expect(Math.min(...times)).toBeLessThan(1500);
	await shop.close();
}, 60_000);
