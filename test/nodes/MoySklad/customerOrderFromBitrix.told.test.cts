import type { INodeParameters } from 'n8n-workflow';
import type { Order, ToldStanding } from '../../../core';
import { chosen, Shop, type Result } from '../orders/shop.cts';

describe('Create or Update From Bitrix Order: a store that was told by the other way since', () => {
	let shop: Shop;
	beforeAll(async () => (shop = await Shop.open()), 60_000);
	afterAll(async () => await shop.close());

	const stateId = (name: string): string => shop.moySklad.account.statesOf('customerorder').find((one) => one.name === name)?.id ?? '';
	const mapping = (): INodeParameters => ({
		stateMap: {
			row: [
				{ when: 'canceled', status: '', state: chosen(stateId('Отменён')) },
				...[['N', 'Новый'], ['P', 'Подтверждён'], ['A', 'Собран']].map(([status = '', state = '']) => ({ when: 'status', status, state: chosen(stateId(state)) })),
			],
		},
	});
	const write = async (order: Order): Promise<Result> => (await shop.write([order], mapping()))[0] as Result;
	const stateOf = ({ id }: Order): unknown => shop.moySklad.account.statesOf('customerorder').find((one) => one.id === shop.customerOrder(id).state)?.name;

	/** An order of the status N in both, of which MoySklad then has another state; the store is told so. */
	async function told(state: string, said: Partial<ToldStanding>): Promise<Order> {
		const [placed] = await shop.orders(shop.placeOrders(1, 71 + shop.links.size));
		const order: Order = { ...(placed as Order), canceled: false, paid: false, status: { id: 'N', name: 'Принят', changedAt: '2026-11-20T10:00:00.000Z' } };
		const { key } = await write(order);
		await shop.edit('PUT', `entity/customerorder/${String(shop.customerOrder(order.id).id)}`, { state: { meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/customerorder/metadata/states/${stateId(state)}`, type: 'state', mediaType: 'application/json' } } });
		const seen: ToldStanding = { status: 'N', statusAt: '2026-11-20T10:00:00.000Z', canceled: false, paid: false };
		const link = shop.links.get(key);
		if (!link) throw new Error('the order has no link');
		shop.links.set(key, { ...link, told: { seen, said: { ...seen, ...said } } });
		return order;
	}

	it('an order that the store reopens is reopened in MoySklad, where it had been cancelled', async () => {
		const order = await told('Отменён', { canceled: true });
		expect(await write(order)).toMatchObject({ status: 'updated', changes: [{ field: 'state' }] });
		expect(stateOf(order)).toBe('Новый');
	});

	it('an order that the store keeps as it was told stays as it is in MoySklad', async () => {
		const order = await told('Отменён', { canceled: true });
		expect((await write({ ...order, canceled: true })).changes.map(({ field }) => field)).not.toContain('state');
		expect(stateOf(order)).toBe('Отменён');
	});

	it('a status that the store puts back is put back, and one that it never took is not', async () => {
		const [back, lost] = [await told('Собран', { status: 'A' }), await told('Собран', { status: 'A' })];
		await write({ ...back, status: { ...back.status, changedAt: '2026-11-21T10:00:00.000Z' } });
		await write(lost);
		expect([stateOf(back), stateOf(lost)]).toEqual(['Новый', 'Собран']);
	});

	it('what was told counts once: the next change of the store is compared with what it said last', async () => {
		const order = await told('Собран', { status: 'A' });
		const at = (id: string, changedAt: string): Order => ({ ...order, status: { id, name: null, changedAt } });
		await write(at('P', '2026-11-21T10:00:00.000Z'));
		await write(at('A', '2026-11-22T10:00:00.000Z'));
		expect(stateOf(order)).toBe('Собран');
	});
});
