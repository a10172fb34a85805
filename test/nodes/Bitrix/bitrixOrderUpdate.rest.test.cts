import type { INodeParameters } from 'n8n-workflow';
import { chosen } from '../orders/shop.cts';
import { MINUTE } from '../orders/store.cts';
import { stateRow, Updating, type StoreResult } from '../orders/updating.cts';

/** Bitrix Order Update over REST: status, cancellation, fields, and which orders it has business with. */
describe('Bitrix Order Update over REST', () => {
	let bench: Updating;

	beforeAll(async () => (bench = await Updating.open()), 60_000);
	afterAll(async () => await bench.close());
	beforeEach(() => bench.links.clear());

	const statusMap = (): INodeParameters => ({ row: [stateRow(bench.stateId('Собран'), 'A'), stateRow(bench.stateId('Отгружен'), 'S'), stateRow(bench.stateId('Доставлен'), 'F')] });
	const cancelStates = (): INodeParameters => ({ row: [{ one: chosen(bench.stateId('Отменён')) }] });
	const one = async (): Promise<string> => {
		const id = String(bench.shop.store.place());
		await bench.bring([id]);
		return id;
	};
	const codes = ({ warnings }: StoreResult): string[] => warnings.map(({ code }) => code);

	describe('status', () => {
		it('follows the state by the map; a second run writes nothing', async () => {
			const id = await one();
			await bench.setState(id, 'Собран');
			const [result] = await bench.update([id], { statusMap: statusMap() });
			expect(result).toMatchObject({ status: 'updated', bitrixId: id, moySkladId: bench.customerOrderId(id), key: `moysklad:order:${bench.customerOrderId(id)}`, changes: [{ field: 'statusId', from: 'N', to: 'A' }], warnings: [] });
			expect(bench.storeOrder(id).statusId).toBe('A');
			bench.shop.reset();
			expect(await bench.update([id], { statusMap: statusMap() })).toMatchObject([{ status: 'unchanged', changes: [] }]);
			expect(bench.writes()).toEqual([]);
		});

		it('goes by the pairs of an expression, as a list or as its JSON, unless the user added a row', async () => {
			const id = await one();
			const pairs = (status: string) => [{ from: bench.stateId('Собран'), fromName: 'Собран', to: status, toName: status }];
			await bench.setState(id, 'Собран');
			expect(await bench.update([id], { options: { statusPairs: JSON.stringify(pairs('A')) } })).toMatchObject([{ changes: [{ field: 'statusId', from: 'N', to: 'A' }], warnings: [] }]);
			expect(await bench.update([id], { options: { statusPairs: `={{ ${JSON.stringify(pairs('S'))} }}` } })).toMatchObject([{ changes: [{ field: 'statusId', to: 'S' }] }]);
			expect(await bench.update([id], { options: { statusPairs: JSON.stringify(pairs('S')) }, statusMap: statusMap() })).toMatchObject([{ changes: [{ field: 'statusId', to: 'A' }] }]);
			expect(await bench.update([id], { options: { statusPairs: '={{ undefined }}' } })).toMatchObject([{ status: 'unchanged', warnings: [] }]);
			expect(bench.storeOrder(id).statusId).toBe('A');
			const run = await bench.run(await bench.customerOrders([id]), { options: { statusPairs: '{ "from": "Собран" }' } });
			expect(run.error).toMatchObject({ description: expect.stringContaining('ORDER_STATUS_PAIRS_INVALID') as unknown });
		});

		it('O3: an unmapped state leaves it alone, with a warning', async () => {
			const id = await one();
			await bench.setState(id, 'Подтверждён');
			const [result] = await bench.update([id], { statusMap: statusMap() });
			expect(result).toMatchObject({ status: 'unchanged', warnings: [{ code: 'ORDER_STATUS_UNMAPPED', message: expect.stringContaining('Подтверждён') as unknown }] });
			expect(bench.storeOrder(id).statusId).toBe('N');
		});

		it('a final one is not left, unless the row says so', async () => {
			const id = await one();
			bench.shop.store.bitrix.portal.store.orders.update(Number(id), { statusId: 'F' });
			await bench.setState(id, 'Собран');
			expect((await bench.update([id], { statusMap: statusMap() })).map(codes)).toEqual([['ORDER_STATUS_FINAL']]);
			expect(bench.storeOrder(id).statusId).toBe('F');
			const beyond = { row: [stateRow(bench.stateId('Собран'), 'A', { beyondFinal: true })] };
			expect(await bench.update([id], { statusMap: beyond })).toMatchObject([{ status: 'updated' }]);
			expect(bench.storeOrder(id).statusId).toBe('A');
		});

		it('an expression comes before the map; a status that the store does not have is refused', async () => {
			const id = await one();
			await bench.setState(id, 'Собран');
			await bench.update([id], { statusMap: statusMap(), orderChanges: { status: 'P' } });
			expect(bench.storeOrder(id).statusId).toBe('P');
			expect(await bench.update([id], { orderChanges: { status: 'XX' } })).toMatchObject([{ status: 'failed', error: { code: 'ORDER_STATUS_UNKNOWN' } }]);
		});

		it('R141: goes on when all is paid or shipped, and not before', async () => {
			const id = await one();
			const map = { row: [{ when: 'shipped', status: 'F' }, { when: 'partlyShipped', status: 'S' }, { when: 'paid', status: 'P' }] };
			const sum = Number((await bench.customerOrder(id)).sum);
			await bench.pay(id, sum);
			await bench.update([id], { statusMap: map });
			expect(bench.storeOrder(id).statusId).toBe('P');
			await bench.ship(id, (quantity, index) => (index === 0 ? quantity - 1 : 0));
			await bench.update([id], { statusMap: map });
			expect(bench.storeOrder(id).statusId).toBe('S');
			await bench.ship(id, (quantity, index) => (index === 0 ? 1 : quantity));
			await bench.update([id], { statusMap: map });
			expect(bench.storeOrder(id).statusId).toBe('F');
		});
	});

	describe('conflicts', () => {
		const both = async (conflicts: string): Promise<{ id: string; result: StoreResult | undefined }> => {
			const id = await one();
			await bench.setState(id, 'Собран');
			await bench.update([id], { statusMap: statusMap() });
			await bench.setState(id, 'Отгружен');
			bench.shop.store.later(MINUTE);
			bench.shop.store.bitrix.portal.store.orders.update(Number(id), { statusId: 'D', dateUpdate: bench.shop.store.bitrix.portal.now() });
			const [result] = await bench.update([id], { statusMap: statusMap(), options: { conflicts } });
			return { id, result };
		};

		it.each([
			['sourceWins', 'S', 'updated'],
			['targetWins', 'D', 'unchanged'],
		])('%s', async (conflicts, status, outcome) => {
			const { id, result } = await both(conflicts);
			expect([bench.storeOrder(id).statusId, result?.status]).toEqual([status, outcome]);
		});

		it('review: nothing is written, and the item goes to Failed until both agree', async () => {
			const { id, result } = await both('review');
			expect(result).toMatchObject({ status: 'conflict', changes: [{ field: 'status', from: expect.any(String) as unknown, to: expect.any(String) as unknown }], error: { code: 'ORDER_REVIEW', message: expect.stringContaining('status') as unknown } });
			expect(codes(result as StoreResult)).toContain('FIELDS_FOR_REVIEW');
			expect(bench.storeOrder(id).statusId).toBe('D');
			bench.shop.store.bitrix.portal.store.orders.update(Number(id), { statusId: 'S' });
			expect(await bench.update([id], { statusMap: statusMap(), options: { conflicts: 'review' } })).toMatchObject([{ status: 'unchanged' }]);
		});

		it('a change in the store alone stays, without a question, also when something else happens in MoySklad', async () => {
			const id = await one();
			await bench.setState(id, 'Собран');
			await bench.update([id], { statusMap: statusMap() });
			bench.shop.store.bitrix.portal.store.orders.update(Number(id), { statusId: 'P' });
			await bench.shop.edit('PUT', `entity/customerorder/${bench.customerOrderId(id)}`, { description: 'touched' });
			expect(await bench.update([id], { statusMap: statusMap() })).toMatchObject([{ status: 'unchanged', warnings: [] }]);
			expect(bench.storeOrder(id).statusId).toBe('P');
		});

		it('I5: a link of another store is refused: a copy is not written into', async () => {
			const id = await one();
			await bench.update([id]);
			const [[key, link] = ['', undefined]] = [...bench.links];
			if (!link) throw new Error('no link');
			bench.links.set(key, { ...link, snapshot: { ...link.snapshot, host: 'shop.example.com' } });
			expect(await bench.update([id])).toMatchObject([{ status: 'conflict', error: { code: 'ORDER_LINK_INVALID' } }]);
		});
	});

	describe('cancellation', () => {
		it('cancels with a reason, and reopens what this flow had cancelled', async () => {
			const id = await one();
			await bench.setState(id, 'Отменён');
			const parameters = { cancelStates: cancelStates(), orderChanges: { cancelReason: 'нет товара' } };
			expect((await bench.update([id], { ...parameters, statusMap: statusMap() })).map(codes)).toEqual([[]]);
			expect(bench.storeOrder(id)).toMatchObject({ canceled: 'Y', reasonCanceled: 'нет товара' });
			bench.shop.reset();
			await bench.update([id], parameters);
			expect(bench.writes()).toEqual([]);
			await bench.setState(id, 'Новый');
			expect(await bench.update([id], parameters)).toMatchObject([{ status: 'updated', changes: [{ field: 'canceled', from: true, to: 'N' }] }]);
			expect(bench.storeOrder(id).canceled).toBe('N');
		});

		it('what the customer cancelled in the store stays so', async () => {
			const id = await one();
			await bench.update([id], { cancelStates: cancelStates() });
			bench.shop.store.bitrix.portal.store.orders.update(Number(id), { canceled: 'Y' });
			expect((await bench.update([id], { cancelStates: cancelStates() })).map(codes)).toEqual([['ORDER_CANCELED_IN_STORE']]);
			bench.links.clear();
			expect((await bench.update([id], { cancelStates: cancelStates() })).map(codes)).toEqual([['ORDER_CANCELED_IN_STORE']]);
			expect(bench.storeOrder(id).canceled).toBe('Y');
		});

		it('a paid order is not cancelled, which the store would refuse; everything else is written', async () => {
			const id = String(bench.shop.store.place({ payments: [{ paySystem: 'pay-cash', sum: 39_999, paid: true }] }));
			await bench.bring([id]);
			await bench.setState(id, 'Отменён');
			const map = { row: [stateRow(bench.stateId('Отменён'), 'D')] };
			const [result] = await bench.update([id], { cancelStates: cancelStates(), statusMap: map });
			expect(result).toMatchObject({ status: 'updated', warnings: [{ code: 'ORDER_CANCEL_PAID' }] });
			expect(bench.storeOrder(id)).toMatchObject({ canceled: 'N', statusId: 'D' });
		});

		it('an order that was deleted in MoySklad is left, or cancelled', async () => {
			const id = await one();
			await bench.update([id]);
			const gone = { deleted: true, entity: 'customerorder', id: bench.customerOrderId(id) };
			expect((await bench.results([gone])).map(codes)).toEqual([['CUSTOMER_ORDER_DELETED']]);
			expect(await bench.results([gone], { options: { deleted: 'cancel' } })).toMatchObject([{ status: 'updated' }]);
			expect(bench.storeOrder(id).canceled).toBe('Y');
			bench.links.clear();
			expect((await bench.results([gone])).map(codes)).toEqual([['ORDER_NOT_OF_STORE']]);
		});
	});

	describe('which orders', () => {
		it('O6: none that were placed before the start date, and none at all without one', async () => {
			const id = String(bench.shop.store.place({}, 60 * MINUTE));
			await bench.bring([id]);
			await bench.setState(id, 'Собран');
			const placedSince = new Date(bench.shop.store.bitrix.clock.now() - MINUTE).toISOString();
			bench.shop.reset();
			expect((await bench.update([id], { statusMap: statusMap(), placedSince })).map(codes)).toEqual([['ORDER_BEFORE_START']]);
			expect(bench.writes()).toEqual([]);
			expect((await bench.run(await bench.customerOrders([id]), { placedSince: '' })).error?.message).toContain('has issues');
			expect((await bench.run(await bench.customerOrders([id]), { placedSince: '={{ $json.nothing }}' })).error?.description).toContain('ORDER_START_MISSING');
		});

		it('none that came from another system, unless the user wants it', async () => {
			const id = await one();
			bench.shop.store.bitrix.portal.store.orders.update(Number(id), { externalOrder: 'Y', xmlId: 'ymarket-17' });
			await bench.setState(id, 'Собран');
			expect((await bench.update([id], { statusMap: statusMap() })).map(codes)).toEqual([['ORDER_BORN_ELSEWHERE']]);
			expect(bench.storeOrder(id).statusId).toBe('N');
			await bench.update([id], { statusMap: statusMap(), options: { bornElsewhere: true } });
			expect(bench.storeOrder(id).statusId).toBe('A');
		});

		it('none of another store, or of no store', async () => {
			const id = await one();
			const [order] = await bench.customerOrders([id]);
			const results = await bench.results([{ ...order, externalCode: `bitrix:other:${id}` }, { ...order, id: '11111111-1111-4111-8111-111111111111', externalCode: 'abc' }]);
			expect(results.map(codes)).toEqual([['ORDER_NOT_OF_STORE'], ['ORDER_NOT_OF_STORE']]);
			expect(results.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
		});

		it('the ID, the external code or the link says which; an order comes once', async () => {
			const id = await one();
			const [order = {}] = await bench.customerOrders([id]);
			expect(await bench.results([{ ...order, externalCode: 'changed' }], { storeOrderId: id, orderChanges: { status: 'P' } })).toMatchObject([{ status: 'updated', bitrixId: id }]);
			expect(await bench.results([{ ...order, externalCode: 'changed' }])).toMatchObject([{ status: 'unchanged', bitrixId: id }]);
			expect(await bench.results([order, order])).toMatchObject([{ status: 'unchanged' }, { status: 'conflict', error: { code: 'ORDER_UPDATE_TWICE' } }]);
			expect(await bench.results([order], { storeOrderId: 'A-1' })).toMatchObject([{ status: 'failed', error: { code: 'ORDER_UPDATE_INVALID' } }]);
		});

		it('an order that is gone, an item that is none: failed, and the others are done', async () => {
			const id = await one();
			const [order = {}] = await bench.customerOrders([id]);
			const gone = { ...order, id: '22222222-2222-4222-8222-222222222222', externalCode: 'bitrix:shop:999999' };
			const results = await bench.results([gone, { hello: 1, sum: 'x' }, order], { orderChanges: { status: 'P' } });
			expect(results).toMatchObject([{ status: 'failed', error: { code: 'ORDER_NOT_FOUND' } }, { status: 'failed', error: { code: 'ORDER_MOYSKLAD_UNREADABLE' } }, { status: 'updated' }]);
		});
	});

	it('a preview plans and writes nothing', async () => {
		const id = await one();
		await bench.setState(id, 'Собран');
		bench.shop.reset();
		const [result] = await bench.update([id], { statusMap: statusMap(), preview: true });
		expect(result).toMatchObject({ status: 'planned', changes: [{ field: 'statusId', from: 'N', to: 'A' }] });
		expect(result?.link).toBeUndefined();
		expect(bench.writes()).toEqual([]);
	});

	describe('fields', () => {
		const propertyId = (code: string): string => `property:${String(bench.shop.store.bitrix.portal.store.orderProperties.all().find((one) => one.code === code && one.personTypeId === 3)?.id)}`;
		const value = (id: string, code: string): unknown => bench.shop.store.bitrix.portal.store.orderPropertyValues.where('orderId', Number(id)).find((one) => one.code === code)?.value;

		it('T7: a property is written, and all others keep their values', async () => {
			const id = await one();
			const before = bench.shop.store.bitrix.portal.store.orderPropertyValues.where('orderId', Number(id)).map(({ code, value: shown }) => [code, shown]);
			await bench.shop.edit('PUT', `entity/customerorder/${bench.customerOrderId(id)}`, { shipmentAddress: 'ул. Мира, 7' });
			const fields = { row: [{ target: propertyId('ADDRESS'), value: 'field', field: chosen('shipmentAddress') }] };
			expect(await bench.update([id], { fields })).toMatchObject([{ status: 'updated', changes: [{ field: 'property ADDRESS', to: 'ул. Мира, 7' }] }]);
			expect(value(id, 'ADDRESS')).toBe('ул. Мира, 7');
			const after = bench.shop.store.bitrix.portal.store.orderPropertyValues.where('orderId', Number(id)).map(({ code, value: shown }) => [code, shown]);
			expect(after.filter(([code]) => code !== 'ADDRESS')).toEqual(before.filter(([code]) => code !== 'ADDRESS').map(([code, shown]) => [code, shown ?? '']));
			bench.shop.reset();
			await bench.update([id], { fields });
			expect(bench.writes()).toEqual([]);
		});

		it('T7: an order with a file among its properties, which cannot be sent back, keeps them all', async () => {
			const id = await one();
			const { orderPropertyValues } = bench.shop.store.bitrix.portal.store;
			const file = orderPropertyValues.where('orderId', Number(id)).find(({ code }) => code === 'ZIP');
			orderPropertyValues.update(file?.id ?? 0, { value: { ID: '17', FILE_NAME: 'passport.pdf' } });
			const before = orderPropertyValues.where('orderId', Number(id));
			const fields = { row: [{ target: propertyId('ADDRESS'), value: 'expression', expression: 'ул. Мира, 7' }] };
			expect(await bench.update([id], { fields })).toMatchObject([{ status: 'unchanged', warnings: [{ code: 'ORDER_PROPERTIES_LEFT' }] }]);
			expect(orderPropertyValues.where('orderId', Number(id))).toEqual(before);
		});

		it('comment and responsible; by policy only when empty', async () => {
			const id = await one();
			const fields = (policy: string): INodeParameters => ({ row: [{ target: 'comments', value: 'expression', expression: '={{ "№ " + $json.name }}', policy }] });
			const responsibles = { row: [{ employee: chosen(String((await bench.customerOrder(id)).owner && idIn((await bench.customerOrder(id)).owner))), user: '1' }] };
			await bench.update([id], { fields: fields('empty'), options: { responsibles } });
			const { name } = await bench.customerOrder(id);
			expect(bench.storeOrder(id)).toMatchObject({ comments: `№ ${String(name)}`, responsibleId: 1 });
			bench.shop.store.bitrix.portal.store.orders.update(Number(id), { comments: 'by hand' });
			bench.links.clear();
			await bench.update([id], { fields: fields('empty') });
			expect(bench.storeOrder(id).comments).toBe('by hand');
			await bench.update([id], { fields: fields('always') });
			expect(bench.storeOrder(id).comments).toBe(`№ ${String(name)}`);
		});

		it('O8: marks of 1C are never written, unless there is no 1C', async () => {
			const id = await one();
			const fields = { row: [{ target: 'id1c', value: 'field', field: chosen('number') }] };
			expect(await bench.update([id], { fields })).toMatchObject([{ status: 'failed', error: { code: 'ORDER_FIELD_OF_1C' } }]);
			await bench.update([id], { orderChanges: { status: 'P' } });
			expect(bench.storeOrder(id)).toMatchObject({ statusId: 'P', updated1c: 'N', id1c: '', version1c: '' });
			const { name } = await bench.customerOrder(id);
			await bench.update([id], { fields, options: { noOneC: true } });
			expect(bench.storeOrder(id)).toMatchObject({ id1c: name, updated1c: 'Y' });
		});
	});

	it('T1: a field that Bitrix drops without a word is noticed', async () => {
		const id = await one();
		const fields = { row: [{ target: 'responsibleId', value: 'expression', expression: 'not a number' }] };
		expect(await bench.update([id], { fields })).toMatchObject([{ status: 'conflict', changes: [], error: { code: 'BITRIX_WRITE_IGNORED', message: expect.stringContaining('responsibleId') as unknown } }]);
	});
});

const idIn = (owner: unknown): string => String((owner as { meta: { href: string } }).meta.href.split('/').at(-1));
