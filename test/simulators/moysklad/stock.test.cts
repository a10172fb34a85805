import { ask, control, encode, metaOf, parties, UNLIMITED, useShop, type Json, type Reply } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
let who: Json;
let stores: Json[];
const size = { products: 15, variantShare: 0.4, variantsEach: 2, archivedShare: 0, bundles: 1, services: 1 };
const { get, post: send } = useShop({ size, rate: UNLIMITED }, (started) => (shop = started), { root: '' });
beforeAll(async () => {
	who = await parties(shop);
	stores = (await get('entity/store')).rows as Json[];
});

const post = async (type: string, body: unknown): Promise<Json> => (await send(`entity/${type}`, body)).body;
const now = async (query = '', kind = 'all'): Promise<Json[]> =>
	(await get(`report/stock/${kind}/current?${query}`)) as unknown as Json[];
const store = (index = 0): Json => metaOf(stores[index] as Json);

/** The figure of one good, 0 when it has no line. */
async function figure(id: string, type = 'stock'): Promise<number> {
	const [line] = await now(`stockType=${type}&filter=assortmentId=${id}`);
	return (line?.[type] as number | undefined) ?? 0;
}

async function newGood(): Promise<{ id: string; assortment: Json }> {
	const row = await post('product', { name: 'Учёт', buyPrice: { value: 500 } });
	return { id: row.id as string, assortment: metaOf(row) };
}

const document = async (type: string, assortment: Json, quantity: number, more: Json = {}): Promise<Json> =>
	await post(type, {
		organization: who.organization,
		...(type !== 'enter' && { agent: who.agent }),
		store: store(),
		positions: [{ assortment, quantity, price: 100, ...more }],
	});

describe('stock', () => {
	it('follows documents', async () => {
		const { id, assortment } = await newGood();
		expect(await figure(id)).toBe(0);
		await document('enter', assortment, 10.5);
		expect(await figure(id)).toBe(10.5);
		const demand = await document('demand', assortment, 4);
		expect(await figure(id)).toBe(6.5);
		await post('salesreturn', {
			...who,
			store: store(),
			demand: metaOf(demand),
			positions: [{ assortment, quantity: 1, price: 100 }],
		});
		expect(await figure(id)).toBe(7.5);
		const order = await document('customerorder', assortment, 3, { reserve: 2 });
		expect([await figure(id), await figure(id, 'reserve'), await figure(id, 'freeStock')]).toEqual([7.5, 2, 5.5]);
		await ask(shop, 'PUT', `entity/customerorder/${order.id}`, { body: { applicable: false } });
		expect(await figure(id, 'reserve')).toBe(0);
		await ask(shop, 'PUT', `entity/customerorder/${order.id}`, { body: { applicable: true } });
		await ask(shop, 'POST', `entity/customerorder/${order.id}/trash`, { body: {} });
		expect(await figure(id, 'reserve')).toBe(0);
	});

	it('of a bundle is taken from its components', async () => {
		const { id, assortment } = await newGood();
		const bundle = metaOf(await post('bundle', { name: 'Пара', components: [{ assortment, quantity: 2 }] }));
		await document('enter', assortment, 10);
		await document('demand', bundle, 3);
		expect(await figure(id)).toBe(4);
	});

	it('never drifts by adding fractions', async () => {
		const { id, assortment } = await newGood();
		for (let time = 0; time < 10; time++) await document('enter', assortment, 0.1);
		expect(await figure(id)).toBe(1);
		await document('demand', assortment, 0.3);
		expect(await figure(id)).toBe(0.7);
	});

	it('can be set from outside, with what is in transit', async () => {
		const { id } = await newGood();
		await control(shop, 'POST', 'stock', { assortment: id, store: stores[1]?.id, stock: 12, inTransit: 5 });
		expect([await figure(id), await figure(id, 'inTransit'), await figure(id, 'quantity')]).toEqual([12, 5, 17]);
	});
});

describe('the current report', () => {
	it('is a bare array with one figure, named as it was asked for', async () => {
		const lines = await now('stockType=freeStock');
		expect(Array.isArray(lines)).toBe(true);
		expect(Object.keys(lines[0] as Json)).toEqual(['assortmentId', 'freeStock']);
		const byStore = await now('', 'bystore');
		expect(Object.keys(byStore[0] as Json)).toEqual(['assortmentId', 'storeId', 'stock']);
		expect(byStore.length).toBeGreaterThan(lines.length);
	});

	it('has lines of 0 on demand, but none for goods that never moved', async () => {
		const { id, assortment } = await newGood();
		const has = async (query: string): Promise<boolean> => (await now(query)).some((line) => line.assortmentId === id);
		expect(await has('include=zeroLines')).toBe(false);
		await document('enter', assortment, 2);
		await document('demand', assortment, 2);
		expect([await has(''), await has('include=zeroLines')]).toEqual([false, true]);
	});

	it('is filtered by plain ids, with commas or repeated', async () => {
		const ids = (await now('')).slice(0, 3).map(({ assortmentId }) => assortmentId as string);
		const wanted = (lines: Json[]): string[] => lines.map(({ assortmentId }) => assortmentId as string).sort();
		expect(wanted(await now(`filter=assortmentId=${ids.join(',')}`))).toEqual([...ids].sort());
		expect(wanted(await now(encode(ids.map((id) => `assortmentId=${id}`).join(';'))))).toEqual([...ids].sort());
		expect(wanted(await now(ids.map((id) => `filter=assortmentId=${id}`).join('&')))).toEqual([...ids].sort());
		const inStore = await now(`filter=storeId=${stores[1]?.id}`, 'bystore');
		expect(new Set(inStore.map(({ storeId }) => storeId))).toEqual(new Set([stores[1]?.id]));
	});

	it.each([
		['stockType=free', 1084],
		['include=all', 1084],
		['filter=product=x', 1034],
		['filter=assortmentId=x', 1014],
		['changedSince=yesterday', 1040],
	])('refuses %s', async (query, code) => {
		expect((await ask(shop, 'GET', `report/stock/all/current?${query}`)).code).toBe(code);
	});

	it('shows what changed since a moment of the last 24 hours, zeros too', async () => {
		const { id, assortment } = await newGood();
		await document('enter', assortment, 3);
		await control(shop, 'POST', 'clock', { advance: 60_000 });
		const moment = async (back: number): Promise<string> => {
			const { now: current } = await control(shop, 'GET', 'clock');
			return encodeURIComponent(
				new Date((current as number) + 3 * 3_600_000 - back).toISOString().slice(0, 19).replace('T', ' '),
			);
		};
		const since = await moment(0);
		expect((await now(`changedSince=${since}`)).some((line) => line.assortmentId === id)).toBe(false);
		await document('demand', assortment, 3);
		expect(await now(`changedSince=${since}&filter=assortmentId=${id}`)).toEqual([{ assortmentId: id, stock: 0 }]);
		expect((await ask(shop, 'GET', `report/stock/all/current?changedSince=${await moment(25 * 3_600_000)}`)).code).toBe(
			1040,
		);
		expect((await ask(shop, 'GET', `report/stock/all/current?changedSince=${await moment(-60_000)}`)).code).toBe(1040);
	});

	it('counts a reserve as a change for every figure but physical stock', async () => {
		const { id, assortment } = await newGood();
		await document('enter', assortment, 3);
		await control(shop, 'POST', 'clock', { advance: 60_000 });
		const { now: current } = await control(shop, 'GET', 'clock');
		const since = encodeURIComponent(
			new Date((current as number) + 3 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
		);
		await document('customerorder', assortment, 2, { reserve: 2 });
		const changed = async (type: string): Promise<Json[]> =>
			await now(`changedSince=${since}&stockType=${type}&filter=assortmentId=${id}`);
		expect(await changed('stock')).toEqual([]);
		expect(await changed('freeStock')).toEqual([{ assortmentId: id, freeStock: 1 }]);
	});

	it('shows archived and removed goods as 0 after a change, and else not at all', async () => {
		const { id, assortment } = await newGood();
		await document('enter', assortment, 3);
		await ask(shop, 'PUT', `entity/product/${id}`, { body: { archived: true } });
		expect(await now(`filter=assortmentId=${id}`)).toEqual([]);
		const { now: current } = await control(shop, 'GET', 'clock');
		const since = encodeURIComponent(
			new Date((current as number) + 3 * 3_600_000 - 60_000).toISOString().slice(0, 19).replace('T', ' '),
		);
		expect(await now(`changedSince=${since}&filter=assortmentId=${id}`)).toEqual([{ assortmentId: id, stock: 0 }]);
	});

	it('counts archiving and removing as a change, of a store too', async () => {
		const { id, assortment } = await newGood();
		await document('enter', assortment, 3);
		await control(shop, 'POST', 'clock', { advance: 3_600_000 });
		const { now: current } = await control(shop, 'GET', 'clock');
		const since = encodeURIComponent(
			new Date((current as number) + 3 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
		);
		const changed = async (): Promise<Json[]> => await now(`changedSince=${since}&filter=assortmentId=${id}`);
		expect(await changed()).toEqual([]);
		await ask(shop, 'PUT', `entity/product/${id}`, { body: { archived: true } });
		expect(await changed()).toEqual([{ assortmentId: id, stock: 0 }]);
		await ask(shop, 'PUT', `entity/product/${id}`, { body: { archived: false } });
		expect(await changed()).toEqual([{ assortmentId: id, stock: 3 }]);
		await ask(shop, 'PUT', `entity/store/${stores[0]?.id}`, { body: { archived: true } });
		expect(await changed()).toEqual([{ assortmentId: id, stock: 0 }]);
		await ask(shop, 'PUT', `entity/store/${stores[0]?.id}`, { body: { archived: false } });
	});

	it('has a line without a store for orders without one', async () => {
		const { id, assortment } = await newGood();
		await document('enter', assortment, 5);
		await post('customerorder', { ...who, positions: [{ assortment, quantity: 2, reserve: 2 }] });
		const lines = await now(`stockType=freeStock&filter=assortmentId=${id}`, 'bystore');
		expect(lines.map(({ storeId, freeStock }) => [storeId, freeStock]).sort()).toEqual(
			[
				[stores[0]?.id, 5],
				[null, -2],
			].sort(),
		);
		expect(await figure(id, 'freeStock')).toBe(3);
	});

	it('leaves out what is being recalculated, or shows null', async () => {
		const { id, assortment } = await newGood();
		await document('enter', assortment, 5);
		const mark = async (recalculating: boolean): Promise<Json> =>
			await control(shop, 'POST', 'stock/recalculating', { assortment: id, store: stores[0]?.id, recalculating });
		await mark(true);
		expect(await now(`filter=assortmentId=${id}`, 'bystore')).toEqual([]);
		expect(await now(`withRecalculate=true&filter=assortmentId=${id}`, 'bystore')).toEqual([
			{ assortmentId: id, storeId: stores[0]?.id, stock: null },
		]);
		await mark(false);
		expect(await figure(id)).toBe(5);
	});

	it('needs a right', async () => {
		expect((await ask(shop, 'GET', 'report/stock/all/current', { user: shop.users.clerk })).code).toBe(13004);
	});
});

describe('the full reports', () => {
	const all = async (query = ''): Promise<Reply> => await ask(shop, 'GET', `report/stock/all?${query}`);
	const names = (reply: Reply): string[] =>
		reply.body.rows.map(({ meta }: Json) => (meta.href as string).split('/').at(-1)?.split('?')[0] ?? '') as string[];

	it('are paged, and their addresses have a tail', async () => {
		const { body } = await all('limit=2');
		expect(body.meta).toMatchObject({ limit: 2, offset: 0, nextHref: expect.stringContaining('offset=2') });
		expect(body.rows[0].meta.href).toMatch(/\/entity\/(product|variant)\/[0-9a-f-]{36}\?expand=supplier$/);
		expect(body.rows[0]).toMatchObject({
			stock: expect.any(Number),
			reserve: expect.any(Number),
			inTransit: 0,
			quantity: expect.any(Number),
			price: expect.any(Number),
			salePrice: expect.any(Number),
			name: expect.any(String),
			externalCode: expect.any(String),
			stockDays: 0,
		});
	});

	it('hide goods of which none is available unless asked for all', async () => {
		const { id, assortment } = await newGood();
		expect(names(await all())).not.toContain(id);
		expect(names(await all(encode('quantityMode=all')))).toContain(id);
		await document('enter', assortment, 2);
		await document('customerorder', assortment, 2, { reserve: 2 });
		expect(names(await all())).not.toContain(id);
		expect(names(await all(encode('quantityMode=all;reserveOnly=true')))).toContain(id);
	});

	it('take variants one by one, or add them to their product', async () => {
		const parent = (await get('entity/product?limit=100')).rows.find(
			({ variantsCount }: Json) => variantsCount > 0,
		) as Json;
		const variants = (await get(`entity/variant?${encode(`productid=${parent.id}`)}`)).rows as Json[];
		const stock = async (id: unknown, query: string): Promise<number | undefined> =>
			(await all(`${query}&${encode('quantityMode=all')}`)).body.rows.find(({ meta }: Json) =>
				(meta.href as string).includes(String(id)),
			)?.stock as number | undefined;
		expect(await stock(parent.id, '')).toBeUndefined();
		const own = await Promise.all(variants.map(async ({ id }) => (await stock(id, '')) ?? 0));
		expect(await stock(parent.id, 'groupBy=product')).toBeCloseTo(
			own.reduce((sum, one) => sum + one, 0),
			6,
		);
	});

	it('are filtered by store, good, folder, search and kind of quantity', async () => {
		const one = (await all('limit=1')).body.rows[0] as Json;
		const href = (one.meta.href as string).split('?')[0] ?? '';
		const kind = one.meta.type as string;
		expect(names(await all(encode(`${kind}=${href}`)))).toEqual([href.split('/').at(-1)]);
		expect(names(await all(encode(`${kind}!=${href}`)))).not.toContain(href.split('/').at(-1));
		expect(names(await all(encode(`search=${(one.name as string).replace(/;/g, '\\;')}`)))).toContain(
			href.split('/').at(-1),
		);
		const inStore = (await all(encode(`store=${stores[1]?.meta.href};quantityMode=all;${kind}=${href}`))).body
			.rows[0] as Json;
		const [line] = await now(`filter=assortmentId=${href.split('/').at(-1)};storeId=${stores[1]?.id}`);
		expect(inStore.stock).toBe(line?.stock ?? 0);
		const folder = (await get('entity/productfolder?limit=1')).rows[0] as Json;
		expect((await all(encode(`productFolder=${folder.meta.href};withSubFolders=false`))).status).toBe(200);
		expect((await all(encode('stockMode=some'))).code).toBe(1041);
		expect((await all(encode('stockMode=all;stockMode=empty'))).code).toBe(1030);
		expect((await all(encode('colour=red'))).code).toBe(1034);
		expect((await all('async=true')).code).toBe(1040);
	});

	it('know the past', async () => {
		const { id, assortment } = await newGood();
		await document('enter', assortment, 5);
		await post('demand', {
			...who,
			store: store(),
			moment: '2027-01-01 00:00:00',
			positions: [{ assortment, quantity: 2 }],
		});
		const at = async (moment: string): Promise<number> =>
			(await all(encode(`moment=${moment};product=${assortment.meta.href};quantityMode=all`))).body.rows[0]
				.stock as number;
		expect([await figure(id), await at('2026-12-31 23:59:00'), await at('2027-01-01 00:00:00')]).toEqual([3, 5, 3]);
	});

	it('by store list every store', async () => {
		const { body } = await ask(shop, 'GET', 'report/stock/bystore?limit=1');
		expect(body.rows[0].stockByStore.map(({ meta }: Json) => meta.href)).toEqual(stores.map(({ meta }) => meta.href));
		expect((await ask(shop, 'GET', `report/stock/bystore?${encode('search=')}`)).code).toBe(1014);
	});

	it('leave out what is being recalculated', async () => {
		const { id, assortment } = await newGood();
		await document('enter', assortment, 5);
		await control(shop, 'POST', 'stock/recalculating', { assortment: id, store: stores[0]?.id, recalculating: true });
		expect(names(await all())).not.toContain(id);
		await control(shop, 'POST', 'stock/recalculating', { assortment: id, store: stores[0]?.id, recalculating: false });
		expect(names(await all())).toContain(id);
	});
});
