import fc from 'fast-check';
import { documentSums } from './arithmetic.cts';
import { ask, control, encode, first, metaOf, type Json } from './caller.cts';
import { useOrders } from './orderBench.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const { get, post, put, who, store, good, position, order, saved } = useOrders((started) => (shop = started));

describe('a new order', () => {
	it('gets a number, a minute and the account’s currency', async () => {
		const one = await saved([]);
		const other = await saved([]);
		expect(one.name).toMatch(/^\d{5}$/);
		expect(Number(other.name)).toBe(Number(one.name) + 1);
		expect(one.moment).toMatch(/:00\.000$/);
		expect(one.created).not.toMatch(/:00\.000$/);
		expect(one).toMatchObject({
			applicable: true,
			vatEnabled: true,
			vatIncluded: true,
			sum: 0,
			payedSum: 0,
			shippedSum: 0,
			invoicedSum: 0,
			reservedSum: 0,
			printed: false,
		});
		expect(one.rate).toEqual({ currency: { meta: expect.objectContaining({ type: 'currency' }) } });
		expect(one).not.toHaveProperty('deleted');
	});

	it('has minutes only in the moments that people set', async () => {
		const { body } = await order([], {
			moment: '2026-11-21 10:11:12.345',
			deliveryPlannedMoment: '2026-11-22 10:11:12',
		});
		expect([body.moment, body.deliveryPlannedMoment]).toEqual(['2026-11-21 10:11:00.000', '2026-11-22 10:11:00.000']);
		expect((await order([], { moment: '2026-11-21T10:11:12' })).code).toBe(2016);
	});

	it('may have a taken number unless the account forbids it', async () => {
		await order([], { name: 'МС-1' });
		expect((await order([], { name: 'МС-1' })).status).toBe(200);
		await control(shop, 'PUT', 'settings', { uniqueDocumentNumbers: true });
		const refused = await order([], { name: 'МС-1' });
		await control(shop, 'PUT', 'settings', { uniqueDocumentNumbers: false });
		expect([refused.status, refused.code, refused.body.errors[0].parameter]).toEqual([412, 3006, 'name']);
	});
});

describe('sums', () => {
	it('are reckoned line by line', async () => {
		const body = await saved([
			position({ quantity: 2.5, price: 1033.33, discount: 12.5, vat: 20, vatEnabled: true }),
			position({ price: 1, quantity: 0.5, vat: 0 }),
		]);
		expect([body.sum, body.vatSum]).toEqual([2261, 377]);
		const onTop = (await put(`customerorder/${body.id}`, { vatIncluded: false })).body;
		expect([onTop.sum, onTop.vatSum]).toEqual([2713, 452]);
		expect((await put(`customerorder/${body.id}`, { vatEnabled: false })).body.vatSum).toBe(0);
	});

	it('equal the independent reckoning', async () => {
		const line = fc.record({
			quantity: fc.integer({ min: 1, max: 20_000 }).map((units) => units / 1000),
			price: fc.integer({ min: 0, max: 9_999_999 }).map((units) => units / 100),
			discount: fc.integer({ min: -100, max: 1000 }).map((units) => units / 10),
			vat: fc.constantFrom(0, 5, 7, 10, 20, 22),
			vatEnabled: fc.boolean(),
		});
		const rule = fc.record({ vatEnabled: fc.boolean(), vatIncluded: fc.boolean() });
		await fc.assert(
			fc.asyncProperty(fc.array(line, { maxLength: 8 }), rule, async (lines, vat) => {
				const { sum, vatSum } = await saved(
					lines.map((one) => position(one)),
					vat,
				);
				expect({ sum, vatSum }).toEqual(documentSums(lines, vat));
			}),
			{ numRuns: 40 },
		);
	});

	it('turn into the account’s currency with its rate', async () => {
		const dollar = metaOf((await get('currency?filter=isoCode=USD')).rows[0]);
		const body = await saved([position({ price: 100 })], { rate: { currency: dollar } });
		expect([body.rate.value, body.sum]).toEqual([90, 100]);
		const roubles = (await put(`customerorder/${body.id}`, { rate: null })).body;
		expect(roubles.rate).not.toHaveProperty('value');
		expect(roubles.sum).toBe(9000);
	});
});

describe('positions', () => {
	it.each([
		[{ quantity: 0 }, 3003],
		[{ quantity: 0.00004 }, 3003],
		[{ quantity: -1 }, 3003],
		[{ discount: 101 }, 17008],
		[{ vat: 101 }, 17007],
		[{ vat: -1 }, 17007],
		[{ reserve: 2 }, 17003],
		[{ vatEnabled: true }, 17021],
		[{ price: -1 }, 3002],
		[{ assortment: undefined }, 3000],
		[{ colour: 1 }, 1007],
	])('with %j are refused with %d', async (more, code) => {
		expect((await order([position(more)])).code).toBe(code);
	});

	it('take the VAT of the good, or what is said', async () => {
		const product = await get(`product/${good().meta.href.split('/').at(-1)}`);
		const { rows } = await get(`customerorder/${(await saved([position(), position({ vat: 7 })])).id}/positions`);
		expect(rows[0]).toMatchObject({
			vat: product.effectiveVat,
			vatEnabled: product.effectiveVatEnabled,
			discount: 0,
			reserve: 0,
			shipped: 0,
		});
		expect(rows[1]).toMatchObject({ vat: 7, vatEnabled: true });
	});

	it('may name the good by its kind; bundles are whole', async () => {
		const bundle = metaOf(await first(shop, 'bundle'));
		expect((await order([{ product: good(), quantity: 1 }])).status).toBe(200);
		expect((await order([{ bundle, quantity: 2 }])).status).toBe(200);
		expect((await order([{ bundle, quantity: 1.5 }])).code).toBe(17018);
		expect(
			(await post('enter', { organization: who().organization, store: store(), positions: [{ bundle, quantity: 1 }] }))
				.code,
		).toBe(17016);
	});

	it('are replaced by an update, except those it names by id', async () => {
		const { id } = await saved([position({ price: 1 }), position({ price: 2 })]);
		const before = (await get(`customerorder/${id}/positions`)).rows as [Json, Json];
		await put(`customerorder/${id}`, { positions: [{ id: before[1].id, quantity: 5 }, position({ price: 3 })] });
		const { rows } = await get(`customerorder/${id}/positions`);
		expect(rows.map(({ price, quantity }: Json) => [price, quantity])).toEqual([
			[2, 5],
			[3, 1],
		]);
		expect(rows[0].id).toBe(before[1].id);
		expect((await put(`customerorder/${id}`, { description: 'x' })).body.positions.meta.size).toBe(2);
	});

	it('have addresses of their own: page, append, change, remove', async () => {
		const { id } = await saved([position({ price: 1 })]);
		const url = `customerorder/${id}/positions`;
		const added = (await post(url, [position({ price: 2 }), position({ price: 3 })])).body as unknown as Json[];
		expect(added.map(({ price }) => price)).toEqual([2, 3]);
		expect((await get(`${url}?limit=2&offset=1`)).rows.map(({ price }: Json) => price)).toEqual([2, 3]);
		expect((await put(`${url}/${added[0]?.id}`, { quantity: 10 })).body).toMatchObject({ price: 2, quantity: 10 });
		expect((await get(`customerorder/${id}`)).sum).toBe(1 + 20 + 3);
		expect((await post(`${url}/delete`, [metaOf(added[1] as Json)])).status).toBe(200);
		expect((await ask(shop, 'DELETE', `entity/${url}/${added[0]?.id}`)).status).toBe(200);
		expect((await get(`customerorder/${id}`)).sum).toBe(1);
		expect((await ask(shop, 'GET', `entity/${url}/${added[0]?.id}`)).code).toBe(1021);
	});

	it('may be more than 1000 in pieces, not in one body', async () => {
		const thousand = Array.from({ length: 1000 }, () => position());
		expect((await order([...thousand, position()])).status).toBe(413);
		const { id } = await saved(thousand);
		expect((await post(`customerorder/${id}/positions`, [position()])).status).toBe(200);
		expect((await get(`customerorder/${id}`)).positions.meta.size).toBe(1001);
	});

	it('show stock on demand', async () => {
		const { id } = await saved([position({ reserve: 1 })]);
		const [row] = (await get(`customerorder/${id}?expand=positions&fields=stock`)).positions.rows as [Json];
		expect(row.stock).toMatchObject({ quantity: expect.any(Number), reserve: expect.any(Number), intransit: 0 });
		expect((await get(`customerorder/${id}?expand=positions`)).positions.rows[0]).not.toHaveProperty('stock');
	});
});

describe('states', () => {
	const states = async (type: string): Promise<Json[]> => (await get(`${type}/metadata`)).states as Json[];

	it('are set by address and found by name', async () => {
		const [, confirmed] = await states('customerorder');
		const { id, state } = await saved([], { state: metaOf(confirmed as Json) });
		expect(state.meta).toMatchObject({ href: confirmed?.meta.href, type: 'state' });
		expect(
			(await get(`customerorder?${encode(`state.name=${confirmed?.name}`)}`)).rows.map((row: Json) => row.id),
		).toEqual([id]);
		expect(
			(await get(`customerorder?${encode(`state=${confirmed?.meta.href}`)}`)).rows.map((row: Json) => row.id),
		).toEqual([id]);
		expect((await get(`customerorder/${id}?expand=state`)).state.name).toBe(confirmed?.name);
	});

	it('of nobody or of another document are refused', async () => {
		const [foreign] = await states('demand');
		const nowhere = {
			meta: {
				href: `${shop.baseUrl}/entity/customerorder/metadata/states/00000000-0000-4000-8000-000000000000`,
				type: 'state',
				mediaType: 'application/json',
			},
		};
		expect((await order([], { state: metaOf(foreign as Json) })).code).toBe(11002);
		expect((await order([], { state: nowhere })).code).toBe(11001);
	});
});

describe('parties', () => {
	it('must own the bank accounts that are named', async () => {
		const other = (await post('organization', { name: 'Другая', accounts: [{ accountNumber: '2' }] })).body;
		const account = metaOf((await get(`organization/${other.id}/accounts`)).rows[0]);
		expect((await order([], { organizationAccount: account })).code).toBe(17000);
		const fits = await order([], { organization: metaOf(other), organizationAccount: account });
		expect(fits.body.organizationAccount.meta.href).toBe(account.meta.href);
		expect((await put(`customerorder/${fits.body.id}`, { organization: who().organization })).code).toBe(17000);
		const stranger = (await post('counterparty', { name: 'Чужой', accounts: [{ accountNumber: '3' }] })).body;
		const theirs = metaOf((await get(`counterparty/${stranger.id}/accounts`)).rows[0]);
		expect((await order([], { agentAccount: theirs })).code).toBe(17001);
	});

	it('filter documents, and so do goods and folders', async () => {
		const inFolder = (await get('product?limit=100')).rows.find((row: Json) => row.productFolder) as Json;
		const { id } = await saved([{ assortment: metaOf(inFolder), quantity: 1, price: 7 }]);
		const found = async (filter: string): Promise<string[]> =>
			(await get(`customerorder?${encode(`${filter};sum=7`)}`)).rows.map((row: Json) => row.id as string);
		expect((await get(`customerorder?${encode(`agent=${who().agent.meta.href}`)}`)).rows.length).toBeGreaterThan(10);
		expect(await found(`assortment=${inFolder.meta.href}`)).toEqual([id]);
		expect(await found(`assortment=${inFolder.productFolder.meta.href}`)).toEqual([id]);
		const other = (await get('product?limit=100')).rows.find((row: Json) => row.id !== inFolder.id) as Json;
		expect(await found(`assortment=${other.meta.href}`)).toEqual([]);
	});
});

describe('addresses of delivery', () => {
	it('follow the same rules as others', async () => {
		const body = await saved([], { shipmentAddress: 'Тверь' });
		expect(body.shipmentAddressFull).toEqual({ addInfo: 'Тверь' });
		expect(
			(await put(`customerorder/${body.id}`, { shipmentAddressFull: { city: 'Клин', apartment: '5' } })).body
				.shipmentAddress,
		).toBe('Клин, 5, Тверь');
	});
});
