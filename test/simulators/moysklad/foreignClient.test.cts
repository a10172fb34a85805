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

/** An order of two positions at 12.34 in a state of its own. */
async function makeOrder(): Promise<{ order: Json; state: Json }> {
	const [organization] = (await client.GET('entity/organization')).rows as [Json];
	const [agent] = (await client.GET('entity/counterparty')).rows as [Json];
	const state = (await client.GET('entity/customerorder/metadata')).states[1] as Json;
	const goods = (await client.GET('entity/product', { limit: 2 })).rows as Json[];
	const order = await client.POST('entity/customerorder', {
		organization: { meta: organization.meta },
		agent: { meta: agent.meta },
		state: { meta: state.meta },
		positions: goods.map(({ meta }) => ({
			assortment: { meta },
			quantity: 2,
			price: 1234,
		})),
	});
	return { order: order as Json, state };
}

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

	it('knows all its selectors', async () => {
		const goods = (await client.GET('entity/product', { limit: 100 })).rows as Json[];
		const one = goods.find(({ description }) => description !== undefined) as Json;
		const found = async (filter: Json): Promise<Set<string>> => {
			const { rows } = await client.GET('entity/product', {
				filter,
				limit: 100,
			});
			return new Set((rows as Json[]).map(({ id }) => id as string));
		};
		const those = (test: (good: Json) => boolean): Set<string> => new Set(goods.filter(test).map(({ id }) => id as string));
		const { name, code, id } = one;
		const begin = (name as string).slice(0, 3).toLowerCase();
		const folded = (good: Json): string => (good.name as string).toLowerCase();
		expect(await found({ code })).toEqual(new Set([id]));
		expect(await found({ code: { $eq: code } })).toEqual(new Set([id]));
		expect(await found({ code: { $ne: code } })).toEqual(those((good) => good.id !== id));
		expect(await found({ $not: { code } })).toEqual(those((good) => good.id !== id));
		expect(await found({ code: { $nin: [code, goods.at(-1)?.code] } })).toEqual(those((good) => good.id !== id && good !== goods.at(-1)));
		expect(await found({ name: { $st: begin } })).toEqual(those((good) => folded(good).startsWith(begin)));
		expect(await found({ name: { $contains: begin } })).toEqual(those((good) => folded(good).includes(begin)));
		const end = (name as string).slice(-2);
		expect(await found({ name: { $et: end } })).toEqual(those((good) => folded(good).endsWith(end)));
		expect(await found({ description: null })).toEqual(those((good) => good.description === undefined));
		expect(await found({ description: { $exists: false } })).toEqual(those((good) => good.description === undefined));
		const weights = goods.map(({ weight }) => weight as number).sort((first, second) => first - second);
		const [low, high] = [weights[10] as number, weights[30] as number];
		expect(await found({ weight: { $gte: low, $lt: high } })).toEqual(those(({ weight }) => weight >= low && weight < high));
		expect(await found({ weight: { $gt: low, $lte: high } })).toEqual(those(({ weight }) => weight > low && weight <= high));
		expect(
			await found({
				updated: { $gt: new Date(0), $lt: new Date(Date.now() + 60_000) },
				archived: [true, false],
			}),
		).toEqual(those(() => true));
		expect(await found({ id: goods.slice(0, 3).map((good) => good.id) })).toEqual(new Set(goods.slice(0, 3).map((good) => good.id)));
	});

	it('finds orders by what they point to, and by their state', async () => {
		const { order, state } = await makeOrder();
		for (const filter of [
			{ agent: order.agent.meta.href },
			{ state: { name: state.name } },
			{ state: state.meta.href },
			{ sum: { $gt: order.sum - 1, $lt: order.sum + 1 }, applicable: true },
			{
				moment: { $gte: new Date(Date.now() - 120_000) },
				isDeleted: [true, false],
			},
		]) {
			const { rows } = await client.GET('entity/customerorder', {
				filter,
				order: ['moment,desc', 'id'],
				limit: 100,
				expand: 'agent,state,positions.assortment',
			});
			const shown = (rows as Json[]).find(({ id }) => id === order.id) as Json;
			expect(shown.state.name).toBe(state.name);
			expect(shown.positions.rows[0].assortment.name).toEqual(expect.any(String));
		}
	});

	it('works on positions, on shipments of an order, and puts it into the recycle bin', async () => {
		const { order } = await makeOrder();
		const positions = `entity/customerorder/${order.id}/positions`;
		const [first, second] = (await client.GET(positions)).rows as [Json, Json];
		expect((await client.PUT(`${positions}/${first.id}`, { quantity: 7 })).quantity).toBe(7);
		await client.DELETE(`${positions}/${second.id}`);
		expect((await client.GET(`entity/customerorder/${order.id}`)).sum).toBe(7 * 1234);
		const [store] = (await client.GET('entity/store')).rows as [Json];
		const shipped = await client.POST('entity/demand', {
			organization: order.organization,
			agent: order.agent,
			store: { meta: store.meta },
			customerOrder: { meta: order.meta },
			positions: [{ assortment: first.assortment, quantity: 3, price: 1234 }],
		});
		const after = await client.GET(`entity/customerorder/${order.id}`, {
			expand: 'demands',
		});
		expect([after.shippedSum, after.demands[0].id]).toEqual([3702, shipped.id]);
		await client.POST(`entity/customerorder/${order.id}/trash`, undefined);
		const live = await client.GET('entity/customerorder', {
			filter: { id: order.id },
		});
		const all = await client.GET('entity/customerorder', {
			filter: { id: order.id, isDeleted: [true, false] },
		});
		expect([live.rows, all.rows].map(({ length }: Json[]) => length)).toEqual([0, 1]);
	});

	it('uses a syncId as the key of what it makes', async () => {
		const syncId = '11111111-1111-4111-8111-111111111111';
		const made = await client.POST('entity/product', {
			name: 'Первый',
			syncId,
		});
		expect((await client.POST('entity/product', { name: 'Второй', syncId })).id).toBe(made.id);
		const path = `entity/product/syncid/${syncId}`;
		expect((await client.GET(path)).id).toBe(made.id);
		expect((await client.GET('entity/product', { filter: { syncId } })).rows).toHaveLength(1);
		await client.DELETE(path);
		expect(await failure(client.GET(path))).toMatchObject({ code: 1021 });
	});

	it('reads the stock in both forms, and gets a token of its own', async () => {
		const current = (await client.GET('report/stock/all/current')) as Json[];
		const full = (
			await client.GET('report/stock/all', {
				limit: 1000,
				filter: { quantityMode: 'all' },
			})
		).rows as Json[];
		const { assortmentId, stock } = current[0] as Json;
		expect(full.find(({ meta }) => (meta.href as string).includes(assortmentId as string))?.stock).toBe(stock);
		const { access_token: token } = await client.POST('security/token', undefined);
		const another = Moysklad({
			endpoint: endpointOf(shop),
			token,
			fetch: plainFetch,
		});
		expect((await another.GET('context/employee')).uid).toEqual(expect.any(String));
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
