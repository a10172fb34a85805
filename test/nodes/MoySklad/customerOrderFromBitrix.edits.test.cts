import type { Order } from '../../../core';
import { control } from '../../simulators/bitrix/restClient.ts';
import { chosen, positionsOf, Shop, type Result } from '../orders/shop.cts';

type Row = Record<string, unknown>;

describe('Create or Update From Bitrix Order: edits', () => {
	let shop: Shop;
	let goods: Array<{ id: number; xmlId: string }>;

	beforeEach(async () => {
		shop = await Shop.open();
		goods = shop.store.bitrix.portal.store.elements
			.all()
			.filter(({ type, xmlId, active }) => type === 1 && xmlId !== '' && active === 'Y')
			.map(({ id, xmlId }) => ({ id, xmlId: String(xmlId) }));
	});
	afterEach(async () => await shop.close());

	const line = (index: number, quantity: number, price = 10_000) => ({
		productId: goods[index]?.id ?? 0,
		name: 'Товар',
		quantity,
		basePrice: price,
		price,
		vatRate: 0.2,
		vatIncluded: 'Y' as const,
		coupon: '',
		components: [],
	});

	const read = async (id: number): Promise<Order> => (await shop.orders([id]))[0] as Order;

	/** An order of two goods, written. */
	const written = async (parameters = {}): Promise<number> => {
		const id = shop.store.place({ lines: [line(0, 2), line(1, 1)], delivery: { service: 'delivery-courier', price: 30_000 } });
		expect((await shop.write([await read(id)], parameters))[0]).toMatchObject({ status: 'created' });
		return id;
	};

	/** A person changes the order in the store; then it is written again. */
	const edited = async (id: number, change: object, parameters = {}): Promise<Result> => {
		shop.store.later(2000);
		await control(shop.store.bitrix, 'POST order', { id, ...change });
		return (await shop.write([await read(id)], parameters))[0] as Result;
	};

	const moySkladPath = (id: number): string => `entity/customerorder/${String(shop.customerOrder(id).id)}`;
	const shown = (id: number): unknown[] =>
		positionsOf(shop.customerOrder(id)).map(({ quantity, price, reserve }) => [quantity, price, reserve]);
	const ids = (id: number): unknown[] => positionsOf(shop.customerOrder(id)).map((position) => position.id);
	const reference = (type: string, id: string) => ({ meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/${type}/${id}`, type } });

	describe('O2: lines that change in the store', () => {
		it('change the positions, which keep their ids; sum and reserve follow', async () => {
			const id = await written();
			const before = ids(id);
			const result = await edited(id, { lines: [{ productId: goods[0]?.id, quantity: 3 }] });
			expect(result).toMatchObject({ status: 'updated', changes: [{ field: 'positions', from: 3, to: 3 }] });
			expect(shown(id)).toEqual([
				[3, 10_000, 3],
				[1, 10_000, 1],
				[1, 30_000, 0],
			]);
			expect(ids(id)).toEqual(before);
			expect(shop.customerOrder(id).sum).toBe(70_000);
		});

		it('lines come and go', async () => {
			const id = await written();
			expect(
				await edited(id, {
					lines: [
						{ productId: goods[1]?.id, quantity: 0 },
						{ productId: goods[2]?.id, quantity: 2, price: 10.01 },
					],
				}),
			).toMatchObject({ status: 'updated' });
			expect(shown(id)).toEqual([
				[2, 10_000, 2],
				[2, 1001, 2],
				[1, 30_000, 0],
			]);
		});

		it('again and again', async () => {
			const id = await written();
			for (const quantity of [3, 5, 1])
				expect(await edited(id, { lines: [{ productId: goods[0]?.id, quantity, price: 33.33 }] })).toMatchObject({ status: 'updated' });
			expect(shown(id)).toEqual([
				[1, 3333, 1],
				[1, 10_000, 1],
				[1, 30_000, 0],
			]);
		});

		it('are a conflict when somebody changed the positions in MoySklad; nothing is written then', async () => {
			const id = await written();
			const [position] = positionsOf(shop.customerOrder(id));
			await shop.edit('PUT', `${moySkladPath(id)}/positions/${String(position?.id)}`, { quantity: 9 });
			const before = JSON.stringify(shop.customerOrder(id));
			expect(await edited(id, { statusId: 'P', comments: 'x', lines: [{ productId: goods[1]?.id, quantity: 4 }] })).toMatchObject({
				status: 'conflict',
				error: { code: 'ORDER_POSITIONS_CHANGED', retryable: false },
			});
			expect(JSON.stringify(shop.customerOrder(id))).toBe(before);
		});

		it('are taken over when MoySklad has them already', async () => {
			const id = await written();
			const [position] = positionsOf(shop.customerOrder(id));
			await shop.edit('PUT', `${moySkladPath(id)}/positions/${String(position?.id)}`, { quantity: 3 });
			expect(await edited(id, { lines: [{ productId: goods[0]?.id, quantity: 3 }] })).toMatchObject({ status: 'unchanged' });
			expect(await edited(id, { lines: [{ productId: goods[0]?.id, quantity: 4 }] })).toMatchObject({ status: 'updated' });
		});

		it('are a conflict once anything is shipped', async () => {
			const id = await written();
			const order = shop.customerOrder(id);
			const [position] = positionsOf(order);
			const good = position?.assortment as { type: string; id: string };
			await shop.edit('POST', 'entity/demand', {
				organization: reference('organization', shop.idOf('organization')),
				agent: reference('counterparty', (order.agent as Row).id as string),
				store: reference('store', shop.idOf('store')),
				customerOrder: reference('customerorder', String(order.id)),
				positions: [{ assortment: reference(good.type, good.id), quantity: 1, price: 10_000 }],
			});
			expect(await edited(id, { lines: [{ productId: goods[0]?.id, quantity: 5 }] })).toMatchObject({
				status: 'conflict',
				error: { code: 'ORDER_SHIPPED' },
			});
			expect(shown(id)).toEqual([
				[2, 10_000, 2],
				[1, 10_000, 1],
				[1, 30_000, 0],
			]);
		});
	});

	describe('O2: reserves', () => {
		const shipOne = async (id: number): Promise<void> => {
			const order = shop.customerOrder(id);
			const good = positionsOf(order)[0]?.assortment as { type: string; id: string };
			await shop.edit('POST', 'entity/demand', {
				organization: reference('organization', shop.idOf('organization')),
				agent: reference('counterparty', (order.agent as Row).id as string),
				store: reference('store', shop.idOf('store')),
				customerOrder: reference('customerorder', String(order.id)),
				positions: [{ assortment: reference(good.type, good.id), quantity: 1, price: 10_000 }],
			});
		};

		it('of a cancelled order are released', async () => {
			const id = await written();
			expect(await edited(id, { cancel: true })).toMatchObject({
				status: 'updated',
				changes: [{ field: 'reserve', from: true, to: false }],
			});
			expect(shown(id)).toEqual([
				[2, 10_000, 0],
				[1, 10_000, 0],
				[1, 30_000, 0],
			]);
		});

		it('follow the statuses that reserve, by id or name', async () => {
			const parameters = { reserve: 'status', reserveStatuses: { row: [{ status: 'P' }, { status: 'f' }] } };
			const id = await written(parameters);
			const reserved = (): unknown[] => positionsOf(shop.customerOrder(id)).map(({ reserve }) => reserve);
			expect(reserved()).toEqual([0, 0, 0]);
			expect(await edited(id, { statusId: 'P' }, parameters)).toMatchObject({ status: 'updated', changes: [{ field: 'reserve', from: false, to: true }] });
			expect(reserved()).toEqual([2, 1, 0]);
			expect(await edited(id, { statusId: 'N' }, parameters)).toMatchObject({ status: 'updated' });
			expect(reserved()).toEqual([0, 0, 0]);
		});

		it('are never more than what is not shipped yet', async () => {
			const id = await written({ reserve: 'paid' });
			expect(shown(id)).toEqual([
				[2, 10_000, 0],
				[1, 10_000, 0],
				[1, 30_000, 0],
			]);
			await shipOne(id);
			expect(await edited(id, { pay: true }, { reserve: 'paid' })).toMatchObject({ status: 'updated' });
			expect(shown(id)).toEqual([
				[2, 10_000, 1],
				[1, 10_000, 1],
				[1, 30_000, 0],
			]);
		});

		it('are none when they are not wanted', async () => {
			const id = await written({ reserve: 'never' });
			expect(shown(id)).toEqual([
				[2, 10_000, 0],
				[1, 10_000, 0],
				[1, 30_000, 0],
			]);
		});
	});

	describe('a cancelled order', () => {
		const parameters = { canceledOrders: 'unpost' };

		it('leaves the books where that is wanted, and comes back when it is reopened', async () => {
			const id = await written(parameters);
			expect(await edited(id, { cancel: true }, parameters)).toMatchObject({
				status: 'updated',
				changes: [{ field: 'reserve', to: false }, { field: 'applicable', from: true, to: false }],
			});
			expect(shop.customerOrder(id)).toMatchObject({ applicable: false });
			expect(await edited(id, { comments: 'x', lines: [{ productId: goods[0]?.id, quantity: 5 }] }, parameters)).toMatchObject({ status: 'updated' });
			expect(shop.customerOrder(id)).toMatchObject({ applicable: false, sum: 90_000 });
			expect(await edited(id, { cancel: false }, parameters)).toMatchObject({ status: 'updated' });
			expect(shop.customerOrder(id)).toMatchObject({ applicable: true });
			expect(shown(id)[0]).toEqual([5, 10_000, 5]);
		});

		it('stays posted when it is paid, with a warning', async () => {
			const id = await written(parameters);
			const { id: order, agent } = shop.customerOrder(id) as { id: string; agent: { id: string } };
			await shop.edit('POST', 'entity/paymentin', {
				organization: reference('organization', shop.idOf('organization')),
				agent: reference('counterparty', agent.id),
				sum: 100,
				operations: [{ ...reference('customerorder', order), linkedSum: 100 }],
			});
			const result = await edited(id, { cancel: true }, parameters);
			expect(result).toMatchObject({ status: 'updated', changes: [{ field: 'reserve' }], warnings: [{ code: 'ORDER_UNPOST_LEFT' }] });
			expect(shop.customerOrder(id)).toMatchObject({ applicable: true });
		});

		it('that is new is made unposted', async () => {
			const id = shop.store.place({ lines: [line(0, 2)], canceled: true });
			expect((await shop.write([await read(id)], parameters))[0]).toMatchObject({ status: 'created' });
			expect(shop.customerOrder(id)).toMatchObject({ applicable: false, sum: 50_000 });
		});
	});

	describe('O2: the header', () => {
		it('follows the store: description, address, state', async () => {
			const [first, second] = shop.moySklad.account.statesOf('customerorder');
			const stateMap = {
				row: [
					{ when: 'status', status: 'N', state: chosen(first?.id ?? '') },
					{ when: 'status', status: 'P', state: chosen(second?.id ?? '') },
				],
			};
			const id = await written({ stateMap });
			expect(shop.customerOrder(id).state).toBe(first?.id);
			const result = await edited(id, { statusId: 'P', properties: { ADDRESS: 'наб. Мойки, 48' } }, { stateMap });
			expect(result.changes.map(({ field }) => field).sort()).toEqual(['shipmentAddress', 'state']);
			expect(shop.customerOrder(id)).toMatchObject({ state: second?.id, shipmentAddress: '101000, Москва, наб. Мойки, 48' });
		});

		it('what a person changed in MoySklad stays as long as the store says the same', async () => {
			const id = await written();
			await shop.edit('PUT', moySkladPath(id), { description: 'by hand', shipmentAddress: 'by hand' });
			expect(await edited(id, { statusId: 'P' })).toMatchObject({ status: 'unchanged' });
			expect(await edited(id, { properties: { ADDRESS: 'наб. Мойки, 48' } })).toMatchObject({ status: 'updated' });
			expect(shop.customerOrder(id)).toMatchObject({ description: 'by hand', shipmentAddress: '101000, Москва, наб. Мойки, 48' });
		});

		it('another customer is another counterparty, as long as the order is neither paid nor shipped', async () => {
			const id = await written();
			const before = (shop.customerOrder(id).agent as Row).id;
			const other = { FIO: 'Пётр Сидоров', EMAIL: 'petr@example.com', PHONE: '+7 903 000-11-22' };
			expect(await edited(id, { properties: other })).toMatchObject({ status: 'updated', changes: [{ field: 'agent', from: before }] });
			const agent = (shop.customerOrder(id).agent as Row).id;
			expect(shop.rows('counterparty').find((row) => row.id === agent)).toMatchObject({ name: 'Пётр Сидоров', phone: '+79030001122' });
			await shop.edit('POST', 'entity/paymentin', {
				organization: reference('organization', shop.idOf('organization')),
				agent: reference('counterparty', String(agent)),
				sum: 100,
				operations: [{ ...reference('customerorder', String(shop.customerOrder(id).id)), linkedSum: 100 }],
			});
			expect(await edited(id, { properties: { EMAIL: 'anna@example.com', PHONE: '+7 905 555-11-22' } })).toMatchObject({
				status: 'unchanged',
				warnings: [expect.objectContaining({ code: 'ORDER_AGENT_LEFT' })],
			});
			expect((shop.customerOrder(id).agent as Row).id).toBe(agent);
		});
	});

	it('Preview shows what would be written, and writes nothing', async () => {
		const id = shop.store.place({ lines: [line(0, 2)] });
		const everything = (): string => JSON.stringify(['customerorder', 'counterparty', 'product', 'service'].map((type) => shop.rows(type)));
		const before = everything();
		expect(await shop.write([await read(id)], { preview: true })).toEqual([
			expect.objectContaining({
				status: 'planned',
				moySkladId: null,
				changes: [
					{ field: 'positions', from: null, to: 2 },
					{ field: 'sum', from: null, to: '500 RUB' },
				],
			}),
		]);
		expect(everything()).toBe(before);
		await shop.write([await read(id)]);
		const after = everything();
		expect(await edited(id, { lines: [{ productId: goods[0]?.id, quantity: 3 }] }, { preview: true })).toMatchObject({
			status: 'planned',
			changes: [{ field: 'positions' }],
		});
		expect(await shop.write([await read(id)], { preview: true })).toEqual([expect.objectContaining({ status: 'planned' })]);
		expect(everything()).toBe(after);
	});

	it('a cancelled order that is new is made without reserve', async () => {
		const id = shop.store.place({ lines: [line(0, 2)], canceled: true });
		expect((await shop.write([await read(id)]))[0]).toMatchObject({ status: 'created' });
		expect(shown(id)).toEqual([
			[2, 10_000, 0],
			[1, 30_000, 0],
		]);
	});
});
