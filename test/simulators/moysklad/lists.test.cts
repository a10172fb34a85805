import fc from 'fast-check';
import { ask, encode, first, metaOf, parties, UNLIMITED, useShop, type Json, type Reply, reader } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
useShop(
	{ size: { products: 120, variantShare: 0.2, archivedShare: 0.1 }, rate: UNLIMITED },
	(started) => (shop = started),
);

const { reply: get, rows, ids } = reader(() => shop);

describe('paging', () => {
	it('covers everything exactly once, whatever the limit', async () => {
		const whole = await ids('entity/product?order=id');
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 130 }), async (limit) => {
				const seen: string[] = [];
				let next: string | undefined = `${shop.baseUrl}/entity/product?order=id&limit=${limit}`;
				while (next !== undefined) {
					const page: Reply = await get(next);
					expect(page.body.meta.size).toBe(whole.length);
					expect(page.body.rows.length).toBeLessThanOrEqual(limit);
					seen.push(...page.body.rows.map(({ id }: Json) => id as string));
					next = page.body.meta.nextHref as string | undefined;
				}
				expect(seen).toEqual(whole);
			}),
			{ numRuns: 12 },
		);
	});

	it('is told by meta', async () => {
		const { meta, context } = (await get('entity/product?limit=10&offset=20')).body;
		expect(meta).toMatchObject({ type: 'product', mediaType: 'application/json', limit: 10, offset: 20 });
		expect(meta.nextHref).toContain('offset=30');
		expect(meta.previousHref).toContain('offset=10');
		expect(context.employee.meta.href).toBe(`${shop.baseUrl}/context/employee`);
	});

	it('has a limit of 1000 by default and at most', async () => {
		expect((await get('entity/product')).body.meta).toMatchObject({ limit: 1000, offset: 0 });
		expect((await get('entity/product?limit=1001')).code).toBe(1040);
		expect((await get('entity/product')).body.meta).not.toHaveProperty('nextHref');
	});

	it('past the end is empty', async () => {
		expect(await rows('entity/product?offset=100000')).toEqual([]);
	});
});

describe('order', () => {
	it('sorts by several fields and directions', async () => {
		const sorted = await rows('entity/product?order=weighed,desc;weight');
		const flags = sorted.map((row) => row.weighed as boolean);
		expect(flags.indexOf(false)).toBe(flags.lastIndexOf(true) + 1);
		const weights = sorted.filter((row) => row.weighed).map((row) => row.weight as number);
		expect(weights).toEqual([...weights].sort((a, b) => a - b));
	});

	it('of names leaves punctuation aside, Latin before Cyrillic', async () => {
		for (const name of ['!!! Ящ карандаш', 'Ящ карандаш 123', 'Ящ книга', 'Zz pencil', '00 12345']) {
			await ask(shop, 'POST', 'entity/saleschannel', { body: { name, type: 'OTHER' } });
		}
		const names = (await rows('entity/saleschannel?order=name')).map(({ name }) => name);
		expect(names.filter((name: string) => /Ящ|Zz|00/.test(name))).toEqual([
			'00 12345',
			'Zz pencil',
			'!!! Ящ карандаш',
			'Ящ карандаш 123',
			'Ящ книга',
		]);
	});

	it('by a path follows folders that are renamed', async () => {
		const folder = (await ask(shop, 'POST', 'entity/productfolder', { body: { name: 'яяя' } })).body;
		const inside = { name: 'Внутри', productFolder: metaOf(folder) };
		const { id } = (await ask(shop, 'POST', 'entity/product', { body: inside })).body;
		const last = async (): Promise<string | undefined> => (await ids('entity/product?order=pathName')).at(-1);
		expect(await last()).toBe(id);
		await ask(shop, 'PUT', `entity/productfolder/${folder.id}`, { body: { name: '000' } });
		expect(await last()).not.toBe(id);
	});

	it.each([
		['product', 'description', 1063],
		['product', 'nothing', 1063],
		['product', 'salePrices', 1063],
		['product', 'name,up', 1042],
		['customerorder', 'agent', 1063],
		['counterparty', 'inn', 1063],
		['productfolder', 'code', 1063],
	])('of %s by %s is refused', async (type, order, code) => {
		expect((await get(`entity/${type}?order=${order}`)).code).toBe(code);
	});
});

describe('search', () => {
	it('finds goods by the beginnings of words in name, code and article', async () => {
		const { body } = await ask(shop, 'POST', 'entity/product', {
			body: { name: 'Секатор усиленный', article: 'SEK-77' },
		});
		for (const text of ['секат', 'усил секатор', 'SEK'])
			expect(await ids(`entity/product?search=${encodeURIComponent(text)}`)).toEqual([body.id]);
		expect(await ids(`entity/product?search=${encodeURIComponent('катор')}`)).toEqual([]);
	});

	it('finds variants by any part of the name that product and characteristics make', async () => {
		const product = metaOf((await ask(shop, 'POST', 'entity/product', { body: { name: 'Шляпа фетровая' } })).body);
		const body = { product, characteristics: [{ name: 'Цвет', value: 'Лазурный' }] };
		const { id } = (await ask(shop, 'POST', 'entity/variant', { body })).body;
		for (const text of ['фетров', 'ляпа', 'лазур']) {
			expect(await ids(`entity/variant?search=${encodeURIComponent(text)}`)).toEqual([id]);
		}
		const audit = (await ask(shop, 'GET', `entity/variant/${id}/audit`)).body.rows[0] as Json;
		expect(audit.name).toBe('Шляпа фетровая (Лазурный)');
	});

	it('finds counterparties by any part, in their contact persons too', async () => {
		const body = {
			name: 'Иванов',
			phone: '+7 (916) 123-45-67',
			contactpersons: [{ name: 'Пётр', phone: '84957654321' }],
		};
		const { id } = (await ask(shop, 'POST', 'entity/counterparty', { body })).body;
		for (const text of ['123-45', '7654321', 'вано', 'Пет'])
			expect(await ids(`entity/counterparty?search=${encodeURIComponent(text)}`)).toEqual([id]);
		expect(await ids('entity/counterparty?search=9161234567')).toEqual([]);
	});
});

describe('expand', () => {
	it('opens references and collections up to a limit of 100', async () => {
		const [bundle] = (await rows('entity/bundle?limit=100&expand=components.assortment,group')) as [Json];
		expect(bundle.group.name).toBe('Основной');
		expect(bundle.components.meta.size).toBe(bundle.components.rows.length);
		expect(bundle.components.rows[0].assortment.article).toMatch(/^A-/);
	});

	it('is ignored with a larger limit, or none', async () => {
		for (const limit of ['', '&limit=101', '&limit=1000']) {
			const [bundle] = (await rows(`entity/bundle?expand=components,nonsense${limit}`)) as [Json];
			expect(bundle.components.rows).toBeUndefined();
		}
	});

	it.each(['name', 'nothing', 'components.assortment.supplier.group', 'group.name'])(
		'of %s is refused with 1089',
		async (path) => {
			expect((await get(`entity/bundle?limit=10&expand=${path}`)).code).toBe(1089);
		},
	);

	it('works on results of writing', async () => {
		const { body } = await ask(shop, 'POST', 'entity/customerorder?expand=agent', { body: await parties(shop) });
		expect(body.agent.name).toBeTruthy();
		expect(body.organization.name).toBeUndefined();
	});

	it('shows at most 100 rows of a collection, with their true number', async () => {
		const assortment = metaOf(await first(shop, 'product'));
		const positions = Array.from({ length: 130 }, () => ({ assortment, quantity: 1, price: 100 }));
		const order = (
			await ask(shop, 'POST', 'entity/customerorder?expand=positions', {
				body: { ...(await parties(shop)), positions },
			})
		).body;
		expect([order.positions.meta.size, order.positions.rows.length]).toEqual([130, 100]);
		expect((await get(`entity/customerorder/${order.id}/positions?limit=1000`)).body.rows).toHaveLength(130);
	});

	it('leaves closed what the caller may not see', async () => {
		const product = await first(shop, 'product');
		const supplier = metaOf(await first(shop, 'counterparty'));
		await ask(shop, 'PUT', `entity/product/${product.id}`, { body: { supplier } });
		const seen = await ask(shop, 'GET', `entity/product/${product.id}?expand=supplier`, { user: shop.users.clerk });
		expect(seen.body.supplier.meta.permitted).toBe(false);
		expect(seen.body.supplier.name).toBeUndefined();
	});
});

describe('fields', () => {
	it('takes one known value', async () => {
		expect((await get('entity/product?limit=1&fields=minimumStock')).body.rows[0].minimumStock).toEqual({
			type: 'ALL_WAREHOUSE_SUM',
			quantity: 0,
		});
		expect((await get('entity/product?limit=1')).body.rows[0].minimumStock).toBeUndefined();
		expect((await rows('entity/product?fields=minimumStock'))[0]?.minimumStock).toBeUndefined();
		expect((await get('entity/product?limit=1&fields=stock,minimumStock')).code).toBe(3042);
		expect((await get('entity/product?limit=1&fields=nothing')).code).toBe(3043);
	});
});

describe('rights', () => {
	const as = async (method: string, path: string, body?: unknown): Promise<number | undefined> =>
		(await ask(shop, method, path, { user: shop.users.clerk, body })).code;

	it('are checked for each operation', async () => {
		const { id } = await first(shop, 'product');
		expect(await as('GET', 'entity/customerorder')).toBe(1016);
		expect(await as('POST', 'entity/product', { name: 'x' })).toBe(1045);
		expect(await as('PUT', `entity/product/${id}`, { name: 'x' })).toBe(1017);
		expect(await as('DELETE', `entity/product/${id}`)).toBe(1018);
	});

	it('hide what is filtered by something invisible, and forbid to refer to it', async () => {
		const { meta } = await first(shop, 'counterparty');
		const reply = await ask(shop, 'GET', `entity/contract?${encode(`agent=${meta.href}`)}`, { user: shop.users.clerk });
		expect([reply.status, reply.body.rows]).toEqual([200, []]);
		expect((await ask(shop, 'GET', `entity/contract?${encode(`agent=${meta.href}`)}`)).body.rows).not.toEqual([]);
		expect(
			await as('POST', 'entity/contract', { agent: { meta }, ownAgent: metaOf(await first(shop, 'organization')) }),
		).toBe(3046);
	});
});
