import { asApplication } from './applicationClient';
import { connect, control, must, type Json, type Rest } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;
let application: Rest;

beforeEach(async () => {
	bitrix = await startBitrix({ plan: { bucket: 250, drain: 5 } });
	application = await asApplication(bitrix, 'exchange');
});
afterEach(async () => await bitrix.close());

const bind = async (event: string, rest = application): Promise<Json> => await must(rest('event.bind', { event, event_type: 'offline' }));
const change = async (entity: string, action: string, id = 7): Promise<unknown> =>
	await control(bitrix, 'POST change', { entity, action, id });
const get = async (params: object = {}, rest = application): Promise<{ process: string | null; ids: string[]; events: Json[] }> => {
	const { process_id: process, events } = await must(rest('event.offline.get', { clear: 0, ...params }));
	const rows = events as unknown as Json[];
	return { process: process as unknown as string | null, ids: rows.map(({ EVENT_DATA }) => String(EVENT_DATA?.FIELDS?.ID)), events: rows };
};

it('a queue is a channel of its own', async () => {
	await bind('ONCRMDEALUPDATE');
	await bind('ONCRMDEALUPDATE', await asApplication(bitrix));
	expect(await must(application('event.get'))).toEqual([
		{ event: 'ONCRMDEALUPDATE', connector_id: 'exchange', offline: 1 },
		{ event: 'ONCRMDEALUPDATE', connector_id: '', offline: 1 },
	]);
	expect(await must(application('event.unbind', { event: 'ONCRMDEALUPDATE', event_type: 'offline' }))).toEqual({ count: 1 });
	await change('deal', 'update');
	expect((await get()).ids).toEqual([]);
	expect((await get({}, await asApplication(bitrix))).ids).toEqual(['7']);
});

it('keeps one row for each object and event, with the moment of its latest change', async () => {
	await bind('ONCRMDEALUPDATE');
	await change('deal', 'update', 1);
	await change('deal', 'update', 2);
	bitrix.clock.advance(60_000);
	await change('deal', 'update', 1);
	const { ids, events, process } = await get();
	expect(ids).toEqual(['2', '1']);
	expect(process).toEqual(expect.stringMatching(/^[0-9a-f]{32}$/));
	expect(events[0]).toEqual({
		ID: '2',
		TIMESTAMP_X: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\+03:00$/),
		EVENT_NAME: 'ONCRMDEALUPDATE',
		EVENT_DATA: { FIELDS: { ID: 2 } },
		EVENT_ADDITIONAL: false,
		MESSAGE_ID: expect.stringMatching(/^[0-9a-f]{32}$/),
	});
});

it('clear=0 hides rows until they are cleared; what changes meanwhile is a new row', async () => {
	await bind('ONCRMDEALUPDATE');
	for (const id of [1, 2, 3]) await change('deal', 'update', id);
	const { process, ids } = await get({ limit: 2 });
	expect(ids).toEqual(['1', '2']);
	expect((await get()).ids).toEqual(['3']);
	expect((await get({ process_id: process })).ids).toEqual(['1', '2']);
	await change('deal', 'update', 1);
	expect((await get()).ids).toEqual(['1']);
	expect(await must(application('event.offline.clear', { process_id: process, id: [1] }))).toBe(true);
	expect((await get({ process_id: process })).ids).toEqual(['2']);
	await must(application('event.offline.clear', { process_id: process }));
	expect((await get({ process_id: process })).ids).toEqual([]);
	expect(await must(application('event.offline.list'))).toHaveLength(2);
});

it('without clear=0 rows are gone once they are given', async () => {
	await bind('ONCRMDEALUPDATE');
	await change('deal', 'update');
	expect(await must(application('event.offline.get'))).toMatchObject({ process_id: null, events: [{ ID: '1' }] });
	expect(await must(application('event.offline.list'))).toEqual([]);
});

it('filters and orders by what is documented, and drops what it does not know', async () => {
	await bind('ONCRMDEALUPDATE');
	await bind('ONCRMDEALADD');
	for (const id of [1, 2]) await change('deal', 'update', id);
	await change('deal', 'add', 3);
	const list = async (params: object): Promise<string[]> =>
		((await must(application('event.offline.list', params as Record<string, unknown>))) as unknown as Json[]).map(({ ID }) => String(ID));
	expect(await list({ filter: { '=EVENT_NAME': 'ONCRMDEALADD' } })).toEqual(['3']);
	expect(await list({ filter: { '<ID': 3, '=NONSENSE': 1 }, order: { ID: 'DESC' } })).toEqual(['2', '1']);
	await get({ filter: { '=EVENT_NAME': 'ONCRMDEALADD' } });
	expect(await list({ filter: { '>PROCESS_ID': '' } })).toEqual(['3']);
	expect(await list({ filter: { '=PROCESS_ID': '' } })).toEqual(['1', '2']);
	expect((await application('event.offline.get', { limit: 0 })).error).toBe('ERROR_ARGUMENT');
});

it('pages of 50', async () => {
	await bind('ONCRMDEALUPDATE');
	for (let id = 1; id <= 60; id++) bitrix.portal.announce('deal', 'update', id);
	expect(await application('event.offline.list')).toMatchObject({ total: 60, next: 50 });
	expect((await application('event.offline.list', { start: 50 })).result).toHaveLength(10);
	expect((await get()).ids).toHaveLength(50);
});

it('rows marked as errors wait apart, and later changes of their objects join them', async () => {
	await bind('ONCRMDEALUPDATE');
	for (const id of [1, 2]) await change('deal', 'update', id);
	const { process, events } = await get();
	await must(application('event.offline.error', { process_id: process, message_id: [events[0]?.MESSAGE_ID] }));
	await change('deal', 'update', 1);
	expect((await get()).ids).toEqual([]);
	const again = await get({ error: 1 });
	expect(again.ids).toEqual(['1']);
	await must(application('event.offline.clear', { process_id: again.process, message_id: [events[0]?.MESSAGE_ID] }));
	expect(((await must(application('event.offline.list'))) as unknown as Json[]).map(({ ID }) => String(ID))).toEqual(['2']);
	const wrong = { process_id: process, message_id: ['1'] };
	expect((await application('event.offline.clear', wrong)).error).toBe('ERROR_ARGUMENT');
	expect((await application('event.offline.clear', {})).error).toBe(100);
});

it('reservations are kept for 30 days', async () => {
	await bind('ONCRMDEALUPDATE');
	await change('deal', 'update', 1);
	await get();
	await change('deal', 'update', 2);
	bitrix.clock.advance(31 * 86_400_000);
	const later = await asApplication(bitrix, 'exchange');
	expect(((await must(later('event.offline.list'))) as unknown as Json[]).map(({ ID }) => String(ID))).toEqual(['2']);
});

it('the application does not hear of what it writes by the same channel; a batch is one channel', async () => {
	const ids = (await control(bitrix, 'POST orders', { count: 1 })).ids as unknown as number[];
	await bind('OnOrderEntitySaved');
	const write = { id: ids[0], fields: { comments: 'x' } };
	await must(application('sale.order.update', write));
	await must(application('batch', { cmd: { a: `sale.order.update?id=${ids[0]}&fields[comments]=y` } }));
	expect((await get()).ids).toEqual([]);
	await must((await asApplication(bitrix, 'other'))('sale.order.update', write));
	expect((await get()).ids).toEqual([String(ids[0])]);
	await must(connect(bitrix)('sale.order.update', { ...write, auth_connector: 'exchange' }));
	expect((await get()).ids).toEqual([String(ids[0])]);
	await control(bitrix, 'POST order', { id: ids[0], comments: 'z' });
	expect((await get()).events[0]).toMatchObject({ EVENT_ADDITIONAL: { user_id: '1' } });
});

it('the plan decides on reservations and channels', async () => {
	const plain = await asApplication(bitrix);
	expect(await must(plain('feature.get', { CODE: 'rest_offline_extended' }))).toEqual({ value: 'Y' });
	await control(bitrix, 'PUT switches', { lackingFeatures: ['rest_offline_extended', 'rest_auth_connector'] });
	expect(await must(plain('feature.get', { CODE: 'rest_offline_extended' }))).toEqual({ value: 'N' });
	expect(await plain('event.offline.get', { clear: 0 })).toMatchObject({ status: 403, error: 'WRONG_LICENSE' });
	expect((await plain('event.offline.get')).status).toBe(200);
	expect(await application('profile')).toMatchObject({ status: 403, error: 'WRONG_LICENSE' });
});

it('is for administrators', async () => {
	const [administrator] = bitrix.portal.users;
	if (administrator) administrator.admin = false;
	expect((await application('event.bind', { event: 'ONCRMDEALUPDATE', event_type: 'offline' })).error).toBe('ACCESS_DENIED');
	for (const method of ['get', 'list', 'clear', 'error'])
		expect(await application(`event.offline.${method}`, { process_id: 'x', message_id: [] })).toMatchObject({ status: 403, error: 'ACCESS_DENIED' });
});
