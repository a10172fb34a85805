import type { INodeParameters } from 'n8n-workflow';
import type { ConflictPolicy, Order, Policy } from '../../../core';
import { chosen, positionsOf, Shop, type Result } from '../orders/shop.cts';

describe('Create or Update From Bitrix Order: who writes what', () => {
	let shop: Shop;
	beforeAll(async () => (shop = await Shop.open()), 60_000);
	afterAll(async () => await shop.close());
	beforeEach(() => shop.links.clear());

	const place = async (): Promise<Order> => (await shop.orders(shop.placeOrders(1, 41 + shop.links.size)))[0] as Order;
	const write = async (order: Order, parameters: INodeParameters = {}): Promise<Result> => (await shop.write([order], parameters))[0] as Result;

	/** The same order as somebody changed it in the store, so many seconds from now by MoySklad's clock. */
	const changed = (order: Order, more: Partial<Order>, seconds = 60): Order => ({ ...order, ...more, updatedAt: new Date(shop.moySklad.clock.now() + seconds * 1000).toISOString() });
	const edit = async ({ id }: Order, body: object): Promise<unknown> => await shop.edit('PUT', `entity/customerorder/${String(shop.customerOrder(id).id)}`, body);
	const row = (target: string, more: INodeParameters): INodeParameters => ({ attribute: chosen(target), source: 'preset', ...more });
	const rows = (...all: INodeParameters[]): INodeParameters => ({ attributeMap: { row: all } });
	const codes = ({ warnings }: Result): string[] => warnings.map(({ code }) => code);
	const conflicts = (policy: ConflictPolicy): INodeParameters => ({ options: { conflicts: policy } });

	describe('policies of the mapping', () => {
		it.each<[Policy, string, string]>([
			['always', 'Тверь', 'Тверь'],
			['creating', 'Тула', 'by hand'],
			['empty', 'Тула', 'by hand'],
		])('%s: an address that changes in the store, untouched and changed by hand', async (policy, untouched, edited) => {
			const mapping = rows(row('shipmentAddress', { policy }));
			const [one, other] = [{ ...(await place()), address: 'Тула' }, { ...(await place()), address: 'Тула' }];
			for (const order of [one, other]) expect((await write(order, mapping)).status).toBe('created');
			await edit(other, { shipmentAddress: 'by hand' });
			await write(changed(one, { address: 'Тверь' }), mapping);
			expect(shop.customerOrder(one.id).shipmentAddress).toBe(untouched);
			if (policy === 'always') return;
			await write(changed(other, { address: 'Тверь' }), mapping);
			expect(shop.customerOrder(other.id).shipmentAddress).toBe(edited);
		});

		it('never: a field is MoySklad’s from the beginning', async () => {
			const order = { ...(await place()), address: 'Тула' };
			await write(order, rows(row('shipmentAddress', { policy: 'never' }), row('description', { policy: 'never' })));
			const { shipmentAddress, description } = shop.customerOrder(order.id);
			expect([shipmentAddress, description]).toEqual([undefined, undefined]);
		});

		it('an emptied field is filled again where the policy is to fill what is empty', async () => {
			const mapping = rows(row('shipmentAddress', { policy: 'empty' }));
			const order = { ...(await place()), address: 'Тула' };
			await write(order, mapping);
			await edit(order, { shipmentAddress: '' });
			expect(await write(changed(order, {}), mapping)).toMatchObject({ status: 'updated', changes: [{ field: 'shipmentAddress', to: 'Тула' }] });
		});

		it('a row takes the place of the preset, by an expression and by a field of the order', async () => {
			const order = await place();
			const mapping = rows(
				row('description', { source: 'expression', expression: '={{ "Заказ " + $json.number }}', policy: 'always' }),
				row('shipmentAddress', { source: 'field', field: 'customerName', policy: 'always' }),
				row('deliveryPlannedMoment', { source: 'expression', expression: '2026-12-01T09:30:00Z', policy: 'always' }),
			);
			expect((await write(order, mapping)).status).toBe('created');
			expect(shop.customerOrder(order.id)).toMatchObject({ description: `Заказ ${order.number}`, shipmentAddress: order.customer.name });
			expect((await write(changed(order, {}), mapping)).status).toBe('unchanged');
		});
	});

	describe('what both sides changed', () => {
		/** Written once; then its address is another on both sides. */
		const both = async (seconds?: number): Promise<Order> => {
			const order = changed(await place(), { address: 'Тула' }, -3600);
			await write(order);
			await edit(order, { shipmentAddress: 'Орёл' });
			return changed(order, { address: 'Тверь' }, seconds);
		};

		it('goes to a person: a conflict with both values and a warning; nothing is written, until both sides are equal', async () => {
			const order = await both();
			const before = JSON.stringify(shop.customerOrder(order.id));
			const asked = await write(order, conflicts('review'));
			expect(asked).toMatchObject({ status: 'conflict', changes: [{ field: 'shipmentAddress', from: 'Орёл', to: 'Тверь' }], error: { code: 'ORDER_REVIEW', kind: 'conflict', retryable: false } });
			expect(codes(asked)).toContain('FIELDS_FOR_REVIEW');
			expect(asked.link).toBeUndefined();
			expect(JSON.stringify(shop.customerOrder(order.id))).toBe(before);
			await edit(order, { shipmentAddress: 'Тверь' });
			expect((await write(order, conflicts('review'))).status).toBe('unchanged');
		});

		it.each<[ConflictPolicy, string, number]>([
			['sourceWins', 'Тверь', -60],
			['targetWins', 'Орёл', 60],
			['newerWins', 'Тверь', 60],
			['newerWins', 'Орёл', -60],
		])('%s: %s, with the store changed %d s later', async (policy, address, seconds) => {
			const order = await both(seconds);
			const result = await write(order, conflicts(policy));
			expect(shop.customerOrder(order.id).shipmentAddress).toBe(address);
			expect(codes(result).includes('FIELDS_KEPT')).toBe(address === 'Орёл');
			// What was decided is settled: nothing else that changes decides it anew.
			await edit(order, { code: 'x' });
			await write(changed(order, {}, 120), conflicts(policy));
			expect(shop.customerOrder(order.id).shipmentAddress).toBe(address);
		});

		it('is no conflict while only one side changed', async () => {
			const order = { ...(await place()), address: 'Тула' };
			await write(order);
			expect(await write(changed(order, { address: 'Тверь' }), conflicts('review'))).toMatchObject({ status: 'updated' });
			await edit(order, { shipmentAddress: 'Орёл' });
			expect(await write(changed(order, { address: 'Тверь' }), conflicts('review'))).toMatchObject({ status: 'unchanged', warnings: [] });
			expect(shop.customerOrder(order.id).shipmentAddress).toBe('Орёл');
		});
	});

	describe('lines that both sides changed', () => {
		const both = async (): Promise<Order> => {
			const order = await place();
			await write(order);
			const [position] = positionsOf(shop.customerOrder(order.id));
			await shop.edit('PUT', `entity/customerorder/${String(shop.customerOrder(order.id).id)}/positions/${String(position?.id)}`, { quantity: 9 });
			const [line, ...others] = order.lines;
			const total = String(Number(order.total) + Number(line?.price));
			return changed(order, { total, lines: [{ ...line, quantity: String(Number(line?.quantity) + 1) } as Order['lines'][number], ...others] });
		};
		const quantity = ({ id }: Order): number => Number(positionsOf(shop.customerOrder(id))[0]?.quantity);

		it('go to a person by default', async () => {
			const order = await both();
			const asked = await write(order);
			expect(asked).toMatchObject({ status: 'conflict', error: { code: 'ORDER_POSITIONS_CHANGED' }, changes: [{ field: 'positions', from: expect.any(Array) as unknown, to: expect.any(Array) as unknown }] });
			expect(quantity(order)).toBe(9);
		});

		it('are up to their own conflict policy', async () => {
			const [wins, loses] = [await both(), await both()];
			expect(await write(wins, { options: { lineConflicts: 'sourceWins' } })).toMatchObject({ status: 'updated' });
			expect(quantity(wins)).toBe(Number(wins.lines[0]?.quantity));
			const kept = await write(loses, { options: { lineConflicts: 'targetWins' } });
			expect([kept.status, codes(kept)]).toEqual(['unchanged', ['FIELDS_KEPT']]);
			expect(quantity(loses)).toBe(9);
			expect(codes(await write(changed(loses, {}, 120), { options: { lineConflicts: 'review' } }))).toEqual([]);
		});
	});
});
