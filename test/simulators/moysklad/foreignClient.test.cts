import Moysklad from 'moysklad';
import { UNLIMITED, type Json } from './caller.cts';
import { startMoySklad, type RunningMoySklad } from './start.cts';

/** Somebody else's client, unchanged, against the simulator. It only takes addresses with `https`, which is undone on the way out. */
const plainFetch = async (url: string, init: RequestInit): Promise<Response> =>
	await fetch(url.replace(/^https:/, 'http:'), init);
const secure = (url: string): string => url.replace(/^http:/, 'https:');
const endpointOf = ({ url }: RunningMoySklad): string => secure(`${url}/api`);

let shop: RunningMoySklad;
let client: ReturnType<typeof Moysklad>;
beforeAll(async () => {
	shop = await startMoySklad({ size: { products: 45, variantShare: 0.2, archivedShare: 0 }, rate: UNLIMITED });
	const { login, password } = shop.users.admin;
	client = Moysklad({ endpoint: endpointOf(shop), login, password, fetch: plainFetch });
});
afterAll(async () => {
	expect(shop.parts.crashes).toEqual([]);
	await shop.close();
});

const failure = async (work: Promise<unknown>): Promise<Json> => {
	try {
		await work;
	} catch (error) {
		return error as Json;
	}
	throw new Error('nothing failed');
};

describe('the client of npm', () => {
	it('lists and pages', async () => {
		const seen = new Set<string>();
		for (let offset = 0; ; offset += 20) {
			const page = await client.GET('entity/product', { limit: 20, offset, order: ['name', ['id', 'desc']] });
			for (const { id } of page.rows as Json[]) seen.add(id as string);
			expect(page.meta.size).toBe(45);
			if (page.meta.nextHref === undefined) break;
		}
		expect(seen.size).toBe(45);
	});

	it('filters with its own builder', async () => {
		const { rows } = await client.GET('entity/product', { limit: 3 });
		const [one, other] = rows as [Json, Json];
		const found = await client.GET('entity/product', {
			filter: { code: { $in: [one.code, other.code] }, archived: false, description: { $exists: true } },
		});
		const expected = [one, other].filter(({ description }) => description !== undefined).map(({ id }) => id);
		expect((found.rows as Json[]).map(({ id }) => id)).toEqual(expected);
		const since = await client.GET('entity/product', { filter: { updated: { $gt: new Date() } } });
		expect(since.rows).toEqual([]);
		const named = await client.POST('entity/product', { name: 'Ложка; вилка' });
		const semicolon = await client.GET('entity/product', { filter: { name: 'Ложка; вилка' } });
		expect(semicolon.rows.map(({ id }: Json) => id)).toEqual([named.id]);
		await client.DELETE(`entity/product/${named.id}`);
	});

	it('expands', async () => {
		const { rows } = await client.GET('entity/variant', { limit: 5, expand: 'product' });
		expect(rows[0].product.article).toMatch(/^A-/);
	});

	it('creates, reads, updates and deletes', async () => {
		const made = await client.POST('entity/product', { name: 'Чужой клиент', weight: 1.5 });
		expect(made).toMatchObject({ name: 'Чужой клиент', weight: 1.5 });
		const changed = await client.PUT(`entity/product/${made.id}`, { code: 'f-1' });
		expect(changed).toMatchObject({ name: 'Чужой клиент', code: 'f-1' });
		expect((await client.GET(`entity/product/${made.id}`)).code).toBe('f-1');
		const [, response] = await client.DELETE(`entity/product/${made.id}`, { includeResponse: true });
		expect(response.status).toBe(200);
		const gone = await failure(client.GET(`entity/product/${made.id}`));
		expect(gone).toMatchObject({ name: 'MoyskladApiError', code: 1021, status: 404 });
	});

	it('writes in bulk and learns which elements failed', async () => {
		const made = await client.POST('entity/product', [{ name: 'a' }, { name: 'b' }]);
		expect(made.map(({ name }: Json) => name)).toEqual(['a', 'b']);
		const error = await failure(client.POST('entity/product', [{ name: 'c' }, { weight: 1 }, { name: 'd', vat: 'x' }]));
		expect(error.name).toBe('MoyskladCollectionError');
		expect(error.errorsIndexes.map(([index, [{ code }]]: [number, [Json]]) => [index, code])).toEqual([
			[1, 3000],
			[2, 2016],
		]);
		const muted = await client.POST('entity/product', [{ name: 'e' }, {}], null, { muteCollectionErrors: true });
		expect([muted[0].name, muted[1].errors[0].code]).toEqual(['e', 3000]);
		const removed = await client.POST(
			'entity/product/delete',
			made.map(({ meta }: Json) => ({ meta })),
		);
		expect(removed.every(({ info }: Json) => typeof info === 'string')).toBe(true);
	});

	it('makes an order with positions and reads them page by page', async () => {
		const [organization] = (await client.GET('entity/organization')).rows as [Json];
		const [agent] = (await client.GET('entity/counterparty')).rows as [Json];
		const goods = (await client.GET('entity/product', { limit: 4 })).rows as Json[];
		const order = await client.POST('entity/customerorder', {
			organization: { meta: organization.meta },
			agent: { meta: agent.meta },
			positions: goods.map(({ meta }) => ({ assortment: { meta }, quantity: 2, price: 1234 })),
		});
		expect(order.sum).toBe(4 * 2 * 1234);
		const positions = await client.GET(`entity/customerorder/${order.id}/positions`, { limit: 3, offset: 3 });
		expect(positions.rows).toHaveLength(1);
		expect(Moysklad.parseTimeString(order.updated as string).getTime()).toBeGreaterThan(Date.now() - 10_000);
	});

	it('is told of redirects', async () => {
		const { rows } = await client.GET('entity/product', { limit: 1 });
		const page = /id=(.*)$/.exec(rows[0].meta.uuidHref as string)?.[1] ?? '';
		const error = await failure(client.GET(`entity/product/${page}`));
		expect(error).toMatchObject({ name: 'MoyskladUnexpectedRedirectError', status: 308 });
		expect((await client.fetchUrl(secure(error.location as string))).id).toBe(rows[0].id);
	});

	it('is told of a wrong login', async () => {
		const stranger = Moysklad({ endpoint: endpointOf(shop), token: 'none', fetch: plainFetch });
		expect(await failure(stranger.GET('entity/product'))).toMatchObject({
			name: 'MoyskladApiError',
			code: 1056,
			status: 401,
		});
	});

	it('leaves Accept to fetch, which a strict simulator refuses', async () => {
		const strict = await startMoySklad({ size: { products: 1 }, acceptWildcard: false });
		const { login, password } = strict.users.admin;
		const refused = Moysklad({ endpoint: endpointOf(strict), login, password, fetch: plainFetch });
		expect(await failure(refused.GET('entity/product'))).toMatchObject({ code: 1062 });
		await strict.close();
	});

	it('meets the rate limit', async () => {
		const limited = await startMoySklad({ size: { products: 1 } });
		const eager = Moysklad({ endpoint: endpointOf(limited), token: limited.users.admin.token, fetch: plainFetch });
		for (let count = 0; count < 11; count++) await eager.GET('entity/uom');
		expect(await failure(eager.GET('entity/uom'))).toMatchObject({ status: 429, code: 1049 });
		await limited.close();
	});
});
