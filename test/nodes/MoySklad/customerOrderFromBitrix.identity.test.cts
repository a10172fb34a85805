import type { Order } from '../../../core';
import { Proxy } from '../orders/proxy.cts';
import { positionsOf, Shop } from '../orders/shop.cts';
import { MINUTE } from '../orders/store.cts';

describe('Create or Update From Bitrix Order: identity', () => {
	let shop: Shop;

	beforeEach(async () => (shop = await Shop.open()));
	afterEach(async () => await shop.close());

	const one = async (id: number): Promise<Order> => (await shop.orders([id]))[0] as Order;
	const later = (order: Order, more: object): Order => ({
		...order,
		updatedAt: new Date(Date.parse(order.updatedAt) + MINUTE).toISOString(),
		...more,
	});

	it('R169: a second run writes nothing, and takes one call for a hundred orders', async () => {
		const orders = await shop.orders(shop.placeOrders(90));
		await shop.write(orders);
		const before = JSON.stringify(shop.rows('customerorder'));
		shop.reset();
		const results = await shop.write(orders);
		expect(results.map(({ status }) => status)).toEqual(orders.map(() => 'unchanged'));
		expect(shop.calls()).toBe(1);
		expect(JSON.stringify(shop.rows('customerorder'))).toBe(before);
	});

	it('takes few calls for many new orders', async () => {
		const orders = await shop.orders(shop.placeOrders(100));
		const phones = new Set(orders.map(({ customer }) => customer.phone?.replace(/\D/g, '').slice(-10))).size;
		shop.reset();
		await shop.write(orders);
		// Everything but the phones, which MoySklad can only search one by one (twice where it finds nothing): see the count below.
		expect(shop.calls()).toBeLessThanOrEqual(22 + 2 * phones);
	});

	it('I5: the same order handed over four times at once becomes one customer order', async () => {
		const orders = await shop.orders(shop.placeOrders(12));
		const runs = await Promise.all([1, 2, 3, 4].map(async () => await shop.run(orders)));
		for (const run of runs) expect(run.json(0)).toHaveLength(12);
		expect(shop.rows('customerorder')).toHaveLength(12);
		const made = new Set(
			shop
				.rows('counterparty')
				.filter(({ syncId }) => syncId !== undefined)
				.map(({ syncId }) => syncId),
		);
		expect(shop.rows('counterparty').filter(({ syncId }) => syncId !== undefined)).toHaveLength(made.size);
		for (const { id, total } of orders) expect(shop.customerOrder(id).sum).toBe(Math.round(Number(total) * 100));
	});

	it('I5: the same order twice among the items is written once, in its newer state', async () => {
		const order = await one(shop.store.place());
		const newer = later(order, { customerComment: 'new' });
		const results = await shop.write([newer, order]);
		expect(results.map(({ status }) => status)).toEqual(['created', 'skipped']);
		expect(results[1]).toMatchObject({ moySkladId: results[0]?.moySkladId, warnings: [expect.objectContaining({ code: 'ORDER_STALE' })] });
		expect(shop.customerOrder(order.id).description).toContain('new');
	});

	it('I5: another site with the same order numbers is another order', async () => {
		const id = shop.store.place();
		const orders = [...(await shop.orders([id])), ...(await shop.orders([id], { siteKey: 'other' }))];
		expect((await shop.write(orders)).map(({ status }) => status)).toEqual(['created', 'created']);
		expect(shop.rows('customerorder').map(({ externalCode }) => externalCode)).toEqual([`bitrix:shop:${id}`, `bitrix:other:${id}`]);
	});

	it('I5: the site key makes the identity, not the host', async () => {
		const order = await one(shop.store.place());
		await shop.write([order]);
		const moved = { ...order, source: { ...order.source, host: 'new.example.com' } };
		expect((await shop.write([moved])).map(({ status }) => status)).toEqual(['unchanged']);
		expect(shop.rows('customerorder')).toHaveLength(1);
	});

	it('an older state that comes late changes nothing', async () => {
		const order = await one(shop.store.place());
		await shop.write([later(order, { customerComment: 'new' })]);
		const [result] = await shop.write([order]);
		expect(result).toMatchObject({ status: 'skipped', warnings: [expect.objectContaining({ code: 'ORDER_STALE' })] });
		expect(shop.customerOrder(order.id).description).toContain('new');
	});

	describe('without a link', () => {
		it('I2: an equal order is unchanged and gets a fresh link', async () => {
			const orders = await shop.orders(shop.placeOrders(20));
			await shop.write(orders);
			const links = new Map(shop.links);
			shop.links.clear();
			const results = await shop.write(orders);
			expect(results.map(({ status }) => status)).toEqual(orders.map(() => 'unchanged'));
			for (const { key, link } of results) expect(link).toEqual(links.get(key));
		});

		it('I2: no link holds personal data', async () => {
			const orders = await shop.orders(shop.placeOrders(20));
			const results = await shop.write(orders.map((order) => ({ ...order, customerComment: 'Ring twice at the Ivanovs' })));
			results.forEach(({ link }, index) => {
				const { customer, address } = orders[index] as Order;
				const personal = [customer.name, customer.phone, customer.email, address, 'Ivanovs'].filter((text) => typeof text === 'string' && text.length > 3);
				expect(personal.length).toBeGreaterThan(1);
				for (const text of personal) expect(JSON.stringify(link)).not.toContain(text);
			});
		});

		it('O2: an order with other positions is a conflict, and nothing is written', async () => {
			const order = await one(shop.store.place());
			await shop.write([order]);
			shop.links.clear();
			const before = JSON.stringify(shop.rows('customerorder'));
			const [result] = await shop.write([later(order, { lines: [{ ...order.lines[0], quantity: '2' }], total: '366.66' })]);
			expect(result).toMatchObject({ status: 'conflict', error: { code: 'ORDER_NOT_LINKED' } });
			expect(JSON.stringify(shop.rows('customerorder'))).toBe(before);
		});

		it('O2: other fields are left, and told', async () => {
			const order = await one(shop.store.place());
			await shop.write([order]);
			shop.links.clear();
			const [result] = await shop.write([later(order, { customerComment: 'other' })]);
			expect(result).toMatchObject({
				status: 'unchanged',
				warnings: [expect.objectContaining({ code: 'ORDER_FIELDS_LEFT', message: expect.stringContaining('description') as string })],
			});
			expect(shop.customerOrder(order.id).description).not.toContain('other');
		});
	});

	it('I2: a link of another order is refused', async () => {
		const [first, second] = await shop.orders([shop.store.place(), shop.store.place()]);
		await shop.write([first as Order]);
		const [link] = shop.links.values();
		const run = await shop.run([{ ...(second as Order), link } as never]);
		expect(run.json(1)).toEqual([
			expect.objectContaining({
				status: 'conflict',
				bitrixId: second?.id,
				error: expect.objectContaining({ code: 'ORDER_LINK_INVALID' }) as unknown,
			}),
		]);
		expect(shop.rows('customerorder')).toHaveLength(1);
	});

	describe('orders that were thrown away in MoySklad', () => {
		it('I3: stay in the bin', async () => {
			const order = await one(shop.store.place());
			await shop.write([order]);
			await shop.edit('POST', `entity/customerorder/${String(shop.customerOrder(order.id).id)}/trash`);
			for (const forget of [false, true]) {
				if (forget) shop.links.clear();
				expect(await shop.write([order])).toEqual([
					expect.objectContaining({ status: 'skipped', warnings: [expect.objectContaining({ code: 'ORDER_IN_BIN' })] }),
				]);
			}
			expect(shop.rows('customerorder')).toHaveLength(1);
		});

		it('are not made again when they are deleted', async () => {
			const order = await one(shop.store.place());
			await shop.write([order]);
			await shop.edit('DELETE', `entity/customerorder/${String(shop.customerOrder(order.id).id)}`);
			expect(await shop.write([order])).toEqual([
				expect.objectContaining({ status: 'skipped', warnings: [expect.objectContaining({ code: 'ORDER_GONE' })] }),
			]);
			expect(shop.rows('customerorder')).toEqual([]);
		});
	});

	describe('I6: orders that exist already', () => {
		/** A customer order as somebody else made it of the same goods. */
		const elsewhere = async (order: Order, more: object): Promise<string> => {
			const [result] = await shop.write([order]);
			const made = shop.customerOrder(order.id);
			const positions = positionsOf(made).map(({ assortment, quantity, price, vat, vatEnabled }) => {
				const good = assortment as { type: string; id: string };
				return {
					assortment: { meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/${good.type}/${good.id}`, type: good.type } },
					quantity,
					price,
					vat,
					vatEnabled,
				};
			});
			await shop.edit('DELETE', `entity/customerorder/${result?.moySkladId}`);
			shop.links.clear();
			const meta = (type: string, id: string) => ({ meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/${type}/${id}`, type } });
			const { id } = await shop.edit('POST', 'entity/customerorder', {
				organization: meta('organization', shop.idOf('organization')),
				agent: meta('counterparty', shop.idOf('counterparty')),
				vatIncluded: true,
				positions,
				...more,
			});
			return String(id);
		};

		it.each([
			['by the order’s id as external code', (order: Order) => ({ externalCode: order.id })],
			['by its XML_ID as external code', (order: Order) => ({ externalCode: order.externalId })],
			['by number and sum', (order: Order) => ({ name: order.number, externalCode: 'of another exchange' })],
		])('are linked %s', async (_name, more) => {
			const order = { ...(await one(shop.store.place())), externalId: 'bx_17' };
			const id = await elsewhere(order, more(order));
			expect(await shop.write([order])).toEqual([expect.objectContaining({ status: 'unchanged', moySkladId: id })]);
			expect(shop.rows('customerorder')).toHaveLength(1);
			const [result] = await shop.write([later(order, { customerComment: 'followed from now on' })]);
			expect(result).toMatchObject({ status: 'updated', moySkladId: id });
		});

		it('are not linked by number alone', async () => {
			const order = await one(shop.store.place());
			await elsewhere(order, { name: order.number, externalCode: 'x', positions: [] });
			expect(await shop.write([order])).toEqual([expect.objectContaining({ status: 'created' })]);
		});

		it('are not linked when they belong to another exchange', async () => {
			const order = await one(shop.store.place());
			await elsewhere(order, { externalCode: order.id, syncId: '11111111-1111-4111-8111-111111111111' });
			expect(await shop.write([order])).toEqual([expect.objectContaining({ status: 'created' })]);
		});

		it('are a conflict when several can be meant', async () => {
			const order = await one(shop.store.place());
			const first = await elsewhere(order, { externalCode: order.id });
			await shop.edit('POST', 'entity/customerorder', {
				...(await shop.edit('GET', `entity/customerorder/${first}`)),
				id: undefined,
				meta: undefined,
				name: undefined,
				externalCode: order.id,
				positions: undefined,
			});
			expect(await shop.write([order])).toEqual([
				expect.objectContaining({ status: 'conflict', error: expect.objectContaining({ code: 'ORDER_AMBIGUOUS' }) as unknown }),
			]);
			expect(shop.rows('customerorder')).toHaveLength(2);
		});

		it('are left alone when the option is off', async () => {
			const order = await one(shop.store.place());
			await elsewhere(order, { externalCode: order.id });
			expect(await shop.write([order], { options: { linkExisting: false } })).toEqual([expect.objectContaining({ status: 'created' })]);
		});
	});

	it('I5: an order that another run makes at the same moment, in another state, is read anew and not overwritten', async () => {
		const order = await one(shop.store.place());
		await shop.write([order]);
		shop.links.clear();
		const before = JSON.stringify(shop.customerOrder(order.id));
		const proxy = await Proxy.open(shop.moySklad.url, {
			answer: (body, path) =>
				path.includes('filter=syncId') && path.includes('customerorder') ? body.replace(/"rows":\[.*\]/s, '"rows":[]') : body,
		});
		const newer = later(order, { lines: [{ ...order.lines[0], quantity: '2' }], total: '366.66' });
		const [result] = await shop.write(
			[newer],
			{ options: { linkExisting: false } },
			shop.moySklad.baseUrl.replace(shop.moySklad.url, proxy.url),
		);
		await proxy.close();
		expect(result).toMatchObject({ status: 'failed', error: { code: 'MOYSKLAD_CHANGED_MEANWHILE', retryable: true } });
		expect(JSON.stringify(shop.customerOrder(order.id))).toBe(before);
	});

	it('an item that is no order fails alone', async () => {
		const order = await one(shop.store.place());
		const run = await shop.run([{ id: 5 } as never, order, { ...order, total: 'free' } as never]);
		expect(run.json(0)).toEqual([expect.objectContaining({ status: 'created' })]);
		expect(run.json(1).map(({ bitrixId, error }) => [bitrixId, (error as { code: string }).code])).toEqual([
			[null, 'ORDER_UNREADABLE'],
			[null, 'ORDER_UNREADABLE'],
		]);
	});
});
