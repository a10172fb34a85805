import { connect, must } from '../../simulators/bitrix/restClient';
import { EventBench, eventRow } from './eventBench.cts';

describe('What Bitrix delivers to Bitrix Trigger', () => {
	let bench: EventBench;
	beforeAll(async () => (bench = await EventBench.start()));
	beforeEach(() => bench.reset());
	afterAll(async () => await bench.close());

	const everything = {
		events: {
			row: [
				...['order', 'payment', 'shipment', 'orderProperty'].map((entity) => eventRow(entity, ['SAVE', 'DELETE'])),
				...['company', 'contact', 'deal', 'invoice', 'price', 'product', 'requisite'].map((entity) => eventRow(entity, ['CREATE', 'UPDATE', 'DELETE'])),
			],
		},
	};
	const secret = () => ({ credentials: bench.credentials({ application: { applicationToken: bench.bitrix.oauth.applicationToken } }) });
	const subjects = async (): Promise<string[]> => (await bench.received()).map(({ entity, action, id }) => `${String(entity)} ${String(action)} ${String(id)}`);
	const states = (): string[] => bench.bitrix.portal.events.deliveries.log.map(({ state, outcome }) => `${state} ${outcome}`);

	it('R017, R019: of an order that is placed comes the order, once, with its payments, shipments and properties', async () => {
		await bench.listen(bench.trigger(everything, secret()));
		const id = bench.placeOrder();
		const heard = await subjects();
		expect(heard.filter((one) => one === `order SAVE ${id}`)).toHaveLength(1);
		expect(heard.some((one) => one.startsWith('shipment SAVE '))).toBe(true);
		expect(new Set(states())).toEqual(new Set(['delivered 204']));
	});

	it('R018: every object that the trigger offers is reported', async () => {
		await bench.listen(bench.trigger(everything, secret()));
		for (const entity of ['company', 'contact', 'deal', 'item:31', 'price', 'product', 'requisite'])
			for (const action of ['add', 'update', 'delete'] as const) bench.change(entity, action, 5);
		for (const entity of ['payment', 'shipment', 'propertyValue']) for (const action of ['update', 'delete'] as const) bench.change(entity, action, 6);
		expect((await subjects()).sort()).toEqual(
			[
				...['company', 'contact', 'deal', 'invoice', 'price', 'product', 'requisite'].flatMap((entity) => ['CREATE', 'UPDATE', 'DELETE'].map((action) => `${entity} ${action} 5`)),
				...['payment', 'shipment', 'orderProperty'].flatMap((entity) => ['SAVE', 'DELETE'].map((action) => `${entity} ${action} 6`)),
			].sort(),
		);
	});

	it('of other smart processes nothing comes of it', async () => {
		await bench.listen(bench.trigger({ events: { row: [eventRow('invoice', ['CREATE'])] } }, secret()));
		bench.change('item:147', 'add', 5);
		expect(await bench.received()).toEqual([]);
		expect(states()).toEqual(['failed 422']);
	});

	it('all orders of a batch come, although Bitrix announces the first one only under its first name', async () => {
		const ids = [bench.placeOrder(), bench.placeOrder(), bench.placeOrder()];
		await bench.listen(bench.trigger({}, secret()));
		const cmd = Object.fromEntries(ids.map((id) => [`o${id}`, `sale.order.update?id=${id}&fields[comments]=x`]));
		await must(connect(bench.bitrix)('batch', { cmd }));
		expect((await subjects()).sort()).toEqual(ids.map((id) => `order SAVE ${id}`).sort());
	});

	it('a burst goes into few executions, and each object comes once in each', async () => {
		await bench.listen(bench.trigger({ events: { row: [eventRow('deal', ['UPDATE'])] } }, secret()));
		for (let round = 0; round < 3; round += 1) for (let id = 1; id <= 40; id += 1) bench.change('deal', 'update', id);
		const heard = await subjects();
		expect(new Set(heard).size).toBe(40);
		expect(bench.server.executions.length).toBeLessThan(20);
		for (const [items = []] of bench.server.executions) expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
		expect(new Set(states())).toEqual(new Set(['delivered 204']));
	});

	it('R015: what is delivered twice does no harm, and what is lost does not come (T15)', async () => {
		await bench.listen(bench.trigger({ events: { row: [eventRow('deal', ['UPDATE'])] } }, secret()));
		bench.bitrix.portal.events.deliveries.setFaults({ duplicated: 1 });
		bench.change('deal', 'update', 1);
		bench.bitrix.portal.events.deliveries.setFaults({ lost: 1 });
		bench.change('deal', 'update', 2);
		expect(await subjects()).toEqual(['deal UPDATE 1']);
	});

	it('a forged call beside them makes nothing', async () => {
		await bench.listen(bench.trigger({ events: { row: [eventRow('deal', ['UPDATE'])] } }, secret()));
		bench.change('deal', 'update', 1);
		await bench.received();
		const genuine = bench.bitrix.portal.events.deliveries.log[0];
		const body = (genuine?.body ?? '').replace(bench.bitrix.oauth.applicationToken, 'f'.repeat(32));
		const answer = await fetch(genuine?.url ?? '', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
		expect(answer.status).toBe(401);
		expect(await bench.received()).toHaveLength(1);
	});

	it('of an outgoing webhook made by hand comes as well', async () => {
		const url = `${bench.server.url}/webhook/x/bitrix`;
		const { token } = bench.bitrix.portal.events.addOutgoingWebhook(url, ['OnSaleOrderSaved', 'ONCRMDEALADD']);
		const credentials = bench.credentials({ webhook: { applicationToken: token } });
		const rows = [eventRow('order', ['SAVE']), eventRow('deal', ['CREATE'])];
		await bench.listen(bench.trigger({ source: 'outgoingWebhook', events: { row: rows } }, { credentials }));
		const id = bench.placeOrder();
		bench.change('deal', 'add', 9);
		expect((await subjects()).sort()).toEqual(['deal CREATE 9', `order SAVE ${id}`]);
	});

	it('stops when the trigger is unpublished', async () => {
		const setup = bench.trigger({}, secret());
		await bench.listen(setup);
		await bench.engine.runHook('delete', setup);
		bench.placeOrder();
		expect(await bench.received()).toEqual([]);
		expect(states()).toEqual([]);
	});
});
