import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { connect, must } from '../../simulators/bitrix/restClient';
import { product } from '../catalog/items.cts';
import { EventBench, eventRow } from './eventBench.cts';

interface Event extends IDataObject {
	entity: string;
	id: string;
	action: string;
	reservations: Array<{ processId: string; messageId: string }>;
	failedBefore: boolean;
	again: boolean;
}

describe('Bitrix Offline Events', () => {
	let bench: EventBench;
	beforeAll(async () => (bench = await EventBench.start()));
	beforeEach(() => bench.reset());
	afterAll(async () => await bench.close());

	const DEALS: INodeParameters = { events: { row: [eventRow('deal', ['CREATE', 'UPDATE'])] } };
	const ORDERS: INodeParameters = { events: { row: [eventRow('order', ['SAVE'])] } };

	async function get(parameters: INodeParameters = DEALS, connector?: string): Promise<Event[]> {
		const run = await bench.offline('getEvents', parameters, undefined, connector);
		if (run.error) throw run.error;
		return run.json() as unknown as Event[];
	}
	const refused = async (operation: string, parameters: INodeParameters = DEALS, items?: IDataObject[]): Promise<string> => {
		const { error } = await bench.offline(operation, parameters, items);
		return String((error as { description?: string } | undefined)?.description ?? 'none');
	};
	async function confirm(items: IDataObject[], parameters: INodeParameters = {}): Promise<IDataObject[]> {
		const run = await bench.offline('confirm', parameters, items);
		if (run.error) throw run.error;
		return run.json();
	}
	const ids = (events: Event[]): string[] => events.map(({ id }) => id);
	const queue = () => bench.bitrix.portal.events.offline.table.all();
	const deals = (...given: number[]): void => given.forEach((id) => bench.change('deal', 'update', id));

	it('subscribes on its first run, to the channel of the credential, and not again', async () => {
		expect(await get()).toEqual([]);
		expect(bench.handlers().map(({ event, url, connector }) => ({ event, url, connector }))).toEqual(
			['ONCRMDEALADD', 'ONCRMDEALUPDATE'].map((event) => ({ event, url: '', connector: 'exchange' })),
		);
		bench.bitrix.counters.reset();
		await get();
		expect(bench.handlers()).toHaveLength(2);
		expect(bench.calls()).toBe(2);
	});

	it('gets each object once, with what confirms it', async () => {
		await get();
		deals(7, 8, 7);
		// Oldest first: which of the two that is depends on the second in which deal 7 changed again.
		const events = (await get()).sort((one, other) => Number(one.id) - Number(other.id));
		expect(events).toEqual([
			{
				entity: 'deal',
				id: '7',
				action: 'UPDATE',
				event: 'ONCRMDEALUPDATE',
				xmlId: null,
				moment: expect.stringMatching(/^\d{4}-.*Z$/),
				memberId: bench.bitrix.oauth.memberId,
				domain: new URL(bench.bitrix.url).host,
				reservations: [{ processId: expect.stringMatching(/^[0-9a-f]{32}$/), messageId: expect.stringMatching(/^[0-9a-f]{32}$/) }],
				failedBefore: false,
				again: false,
			},
			expect.objectContaining({ id: '8' }),
		]);
	});

	it('T15, N2: what is not confirmed comes again, whatever happened to the run; what is confirmed is gone', async () => {
		await get();
		deals(1, 2, 3);
		const first = await get();
		expect(ids(first)).toEqual(['1', '2', '3']);
		await confirm(first.slice(0, 1));
		const second = await get();
		expect(second.map(({ id, again }) => [id, again])).toEqual([
			['2', true],
			['3', true],
		]);
		expect((await confirm(second)).map(({ confirmed }) => confirmed)).toEqual(['cleared', 'cleared']);
		expect(await get()).toEqual([]);
		expect(queue()).toEqual([]);
	});

	it('what changes while it is worked on comes anew, and confirming the old does not take it away', async () => {
		await get();
		deals(1);
		const first = await get();
		deals(1);
		await confirm(first);
		expect((await get()).map(({ id, again }) => [id, again])).toEqual([['1', false]]);
	});

	it('loses nothing when the answer of the reserving call is cut off', async () => {
		await get();
		deals(1, 2);
		bench.bitrix.faults.set([{ kind: 'cut', share: 1, times: 1, after: 1, route: '^batch$' }]);
		expect(await refused('getEvents')).toContain('BITRIX_UNVERIFIED');
		expect(queue().every(({ processId }) => processId !== '')).toBe(true);
		expect(ids(await get())).toEqual(['1', '2']);
	});

	it('repeats what may be repeated: looking and confirming', async () => {
		await get();
		deals(1);
		bench.bitrix.faults.set([{ kind: 'reset', share: 1, times: 1, route: '^batch$' }]);
		const events = await get();
		bench.bitrix.faults.set([{ kind: 'cut', share: 1, times: 1, route: '^batch$' }]);
		await confirm(events);
		expect(queue()).toEqual([]);
	});

	it('events that failed come again, marked; or stay, when they shall', async () => {
		await get();
		deals(1, 2);
		const events = await get();
		const done = await confirm([{ ...events[0], error: { code: 'X' } } as IDataObject, events[1] as IDataObject]);
		expect(done.map(({ confirmed }) => confirmed)).toEqual(['failed', 'cleared']);
		deals(1);
		expect(await get({ ...DEALS, options: { failed: 'leave' } })).toEqual([]);
		const again = await get();
		expect(again.map(({ id, failedBefore }) => [id, failedBefore])).toEqual([['1', true]]);
		await confirm(again);
		expect(queue()).toEqual([]);
	});

	it.each([
		['processed', 'cleared'],
		['failed', 'failed'],
	])('the outcome %s counts for all items', async (outcome, confirmed) => {
		await get();
		deals(1);
		const [event] = await get();
		expect(await confirm([{ ...event, error: 'x' } as IDataObject], { outcome })).toMatchObject([{ id: '1', confirmed }]);
	});

	it('an order that is reported under two names is one event, and its confirmation takes both rows', async () => {
		await get(ORDERS);
		const id = bench.placeOrder();
		const events = await get(ORDERS);
		expect(events).toMatchObject([{ entity: 'order', id: String(id), action: 'SAVE' }]);
		expect(events[0]?.reservations).toHaveLength(2);
		await confirm(events as IDataObject[]);
		expect(queue()).toEqual([]);
	});

	it('T14, W4: what nodes write with the connector of the credential makes no events, what others write does', async () => {
		const goods = { events: { row: [eventRow('product', ['CREATE', 'UPDATE'])] } };
		await get(goods);
		const write = async (weight: number, connector: string): Promise<unknown> => {
			const run = await bench.engine.runNode({
				type: 'bitrixCatalogUpsert',
				parameters: { authentication: 'oAuth2', operation: 'upsertItems', catalog: { __rl: true, mode: 'id', value: String(bench.bitrix.catalogs.main.products) } },
				credentials: bench.credentials({ application: { connector } }),
				items: [product('p1', { weight })],
			});
			if (run.error) throw run.error;
			return run.json()[0]?.status;
		};
		expect([await write(1, 'exchange'), await write(2, 'exchange')]).toEqual(['created', 'updated']);
		expect(await get(goods)).toEqual([]);
		expect(await write(3, 'another')).toBe('updated');
		const [element] = bench.bitrix.portal.store.elements.where('xmlId', 'p1');
		const heard = await get(goods);
		expect(heard).toMatchObject([{ entity: 'product', action: 'UPDATE', id: String(element?.id) }]);
		await confirm(heard as IDataObject[]);
		await must(connect(bench.bitrix)('catalog.product.update', { id: element?.id, fields: { iblockId: element?.iblockId, name: 'x' } }));
		expect(ids(await get(goods))).toEqual([String(element?.id)]);
	});

	it('deals, contacts and companies of the CRM itself are among them', async () => {
		const rows = ['deal', 'contact', 'company', 'invoice'].map((entity) => eventRow(entity, ['CREATE', 'UPDATE', 'DELETE']));
		await get({ events: { row: rows } });
		const rest = connect(bench.bitrix);
		const deal = await must(rest('crm.deal.add', { fields: { TITLE: 'Lamp' } }));
		const contact = await must(rest('crm.contact.add', { fields: { NAME: 'Anna' } }));
		const { item } = await must(rest('crm.item.add', { entityTypeId: 31, fields: { title: 'Invoice' } }));
		const heard = (await get({ events: { row: rows } })).map(({ entity, action, id }) => `${entity} ${action} ${id}`);
		expect(heard).toEqual(expect.arrayContaining([`deal CREATE ${String(deal)}`, `contact CREATE ${String(contact)}`, `invoice CREATE ${String(item?.id)}`]));
	});

	it('of other smart processes nothing stays behind', async () => {
		const invoices = { events: { row: [eventRow('invoice', ['CREATE'])] } };
		await get(invoices);
		bench.change('item:147', 'add', 1);
		bench.change('item:31', 'add', 2);
		expect(ids(await get(invoices))).toEqual(['2']);
		expect(queue()).toHaveLength(1);
	});

	it('leaves alone what others wait for in the same queue', async () => {
		await get();
		await get({ events: { row: [eventRow('company', ['UPDATE'])] } });
		bench.change('company', 'update', 5);
		deals(1);
		expect(ids(await get())).toEqual(['1']);
		expect(queue().map(({ eventName, processId }) => [eventName, processId === ''])).toEqual([
			['ONCRMCOMPANYUPDATE', true],
			['ONCRMDEALUPDATE', false],
		]);
		expect(ids(await get({ events: { row: [eventRow('company', ['UPDATE'])] } }))).toEqual(['5']);
	});

	it('gets so many of each event at most', async () => {
		await get();
		deals(...Array.from({ length: 30 }, (_, n) => n + 1));
		const parts = [await get({ ...DEALS, most: 20, options: { unconfirmed: false } }), await get({ ...DEALS, most: 20, options: { unconfirmed: false } })];
		expect(parts.map(({ length }) => length)).toEqual([20, 10]);
		expect(new Set(parts.flatMap(ids)).size).toBe(30);
	});

	it('a thousand events are worked off page by page, with a crash in every other run, and none is missed', async () => {
		await get();
		deals(...Array.from({ length: 1000 }, (_, n) => n + 1));
		const worked = new Set<string>();
		for (let run = 0; queue().length > 0 && run < 60; run += 1) {
			const events = await get({ ...DEALS, most: 100 });
			if (run % 2 === 0) continue;
			ids(events).forEach((id) => worked.add(id));
			await confirm(events as IDataObject[]);
		}
		expect(worked.size).toBe(1000);
		expect(queue()).toEqual([]);
	});

	it('gets from an older portal the events that it has, and says which it lacks', async () => {
		bench.bitrix.portal.switches.missingEvents = ['ONCRMDEALADD'];
		const run = await bench.offline('getEvents', DEALS);
		expect(run.error).toBeUndefined();
		expect(bench.handlers().map(({ event }) => event)).toEqual(['ONCRMDEALUPDATE']);
		expect(run.hints.map(({ message }) => message).join()).toMatch(/ONCRMDEALADD.*\(BITRIX_EVENTS_LACKING\)/);
	});

	it('says what to do without the plan, without an event, for others than administrators', async () => {
		bench.bitrix.portal.switches.lackingFeatures = ['rest_offline_extended'];
		expect(await refused('getEvents')).toMatch(/higher plan.*BITRIX_PLAN/);
		bench.bitrix.portal.switches.lackingFeatures = ['rest_auth_connector'];
		expect(await refused('getEvents')).toMatch(/Connector Name.*BITRIX_PLAN/);
		bench.reset();
		bench.bitrix.portal.switches.missingEvents = ['ONCRMDEALADD', 'ONCRMDEALUPDATE'];
		expect(await refused('getEvents')).toContain('BITRIX_EVENT_UNAVAILABLE');
		bench.reset();
		expect(await refused('getEvents', { events: { row: [] } })).toContain('BITRIX_EVENTS_NOTHING_CHOSEN');
		for (const user of bench.bitrix.portal.users) user.admin = false;
		expect(await refused('getEvents')).toContain('BITRIX_NO_RIGHT');
		expect(bench.handlers()).toEqual([]);
	});

	it('one item that confirms nothing does not keep the others', async () => {
		await get();
		deals(1);
		const [event] = await get();
		expect(await refused('confirm', {}, [{ id: 'x' }, event as IDataObject])).toMatch(/reservations.*BITRIX_RESERVATION_MISSING/);
		expect(queue()).toEqual([]);
		const run = await bench.engine.runNode({
			type: 'bitrixOfflineEvents',
			parameters: { operation: 'confirm' },
			credentials: bench.credentials({ application: { connector: 'exchange' } }),
			items: [{ id: 'x' }],
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.json()).toMatchObject([{ id: 'x', error: { code: 'BITRIX_RESERVATION_MISSING' } }]);
	});

	it('Stop Events ends what was subscribed, and only that', async () => {
		await get();
		await get(ORDERS);
		const run = await bench.offline('stopEvents', DEALS);
		expect(run.json()).toEqual([{ stopped: ['ONCRMDEALADD', 'ONCRMDEALUPDATE'] }]);
		expect(bench.bound()).toEqual(['ONORDERENTITYSAVED', 'ONSALEORDERSAVED']);
		deals(1);
		expect(queue()).toEqual([]);
	});
});
