import { AccountGuard, MoySkladClient, readPage, readPages, WindowLimiter } from '../../../transport';
import { VirtualClock } from '../../support/virtualClock.cts';
import { scripted, type Step } from '../scriptedSend';

function setUp(...steps: Step[]) {
	const clock = new VirtualClock();
	const { send, requests } = scripted(...steps);
	const limiter = new WindowLimiter({ units: 1_000_000, windowMilliseconds: 3000, weight: 4, parallel: 5, processes: 1 }, clock);
	return { client: new MoySkladClient({ send, clock, limiter, guard: new AccountGuard(clock) }), clock, requests };
}

const page = (rows: number, more: object = {}): Step => ({ body: { rows: Array.from({ length: rows }, (_, id) => ({ id })), meta: { size: 5, ...more } } });

describe('Requests', () => {
	it.each(['entity/assortment', '/entity/assortment', 'https://api.moysklad.ru/api/remap/1.2/entity/assortment?offset=1000'])('ask for the assortment that stays: %s', async (path) => {
		const { client, requests } = setUp({ body: { rows: [] } });
		await client.get(path);
		expect(requests[0]?.headers).toMatchObject({ 'x-lognex-remap-beta-feature': 'assortmentWithoutStock' });
	});

	it.each(['entity/assortment/settings', 'entity/product'])('ask for nothing of the kind elsewhere: %s', async (path) => {
		const { client, requests } = setUp({ body: {} });
		await client.get(path);
		expect(requests[0]?.headers).not.toHaveProperty('x-lognex-remap-beta-feature');
	});

	it('count changes by entity, however its path is written', async () => {
		const { client, clock } = setUp(...Array.from({ length: 100 }, () => ({ body: {} })));
		const begun = clock.now();
		for (let index = 0; index < 100; index += 1) await client.write('PUT', `entity/product/${index}`, {}, { repeatable: true });
		expect(clock.now()).toBe(begun);
	});
});

describe('Lists', () => {
	it.each([[{ expand: 'images' }, '100'], [{ fields: 'stock' }, '100'], [{}, '1000']])('ask for as many rows as MoySklad can give: %j', async (query, limit) => {
		const { client, requests } = setUp(page(5, { limit: 7 }));
		expect(await readPage(client, 'entity/product', query)).toMatchObject({ size: 5, limit: 7 });
		expect(new URL(requests[0]?.url ?? '').searchParams.get('limit')).toBe(limit);
	});

	it('do not read on when there are enough rows', async () => {
		const nextHref = 'https://api.moysklad.ru/api/remap/1.2/entity/product?offset=2';
		const { client, requests } = setUp(page(2, { nextHref }), page(2, { nextHref }));
		const sizes: number[] = [];
		for await (const { rows } of readPages(client, 'entity/product', { limit: 2 }, 4)) sizes.push(rows.length);
		expect([sizes, requests.length]).toEqual([[2, 2], 2]);
	});
});
