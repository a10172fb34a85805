import { startReceiver, type Receiver } from '../receiver.cts';
import { asApplication } from './applicationClient';
import { connect, control, must, type Json, type Rest } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';
import { parsePhpQuery } from './wire/phpQuery.cts';

let bitrix: RunningBitrix;
let receiver: Receiver;
let application: Rest;

beforeEach(async () => {
	bitrix = await startBitrix({ plan: { bucket: 250, drain: 5 } });
	receiver = await startReceiver();
	application = await asApplication(bitrix);
});
afterEach(async () => {
	await bitrix.close();
	await receiver.close();
});

const handler = (): string => `${receiver.url}/handler`;
const bind = async (event: string, more: object = {}): Promise<Json> =>
	await must(application('event.bind', { event, handler: handler(), ...more }));
const change = async (entity: string, action: string, id = 7): Promise<unknown> =>
	await control(bitrix, 'POST change', { entity, action, id });
const order = async (): Promise<number> =>
	((await control(bitrix, 'POST orders', { count: 1 })).ids as unknown as number[])[0] ?? 0;

/** What the handler got, when all is delivered. */
async function received(): Promise<Json[]> {
	await control(bitrix, 'POST event-deliveries/flush');
	return receiver.received.map(({ text }) => parsePhpQuery(text) as Json);
}

const heard = async (): Promise<string[]> =>
	(await received()).map(({ event, data }) => `${String(event)} ${String(data?.FIELDS?.ID)}`);

describe('handlers', () => {
	it.each(['events', 'event.bind', 'event.get', 'event.unbind', 'event.offline.get', 'event.offline.list'])(
		'%s is for applications, not for webhooks',
		async (method) => {
			expect(await connect(bitrix)(method)).toMatchObject({ status: 403, error: 'WRONG_AUTH_TYPE' });
		},
	);

	it('are bound, listed and unbound; names in any case', async () => {
		expect(await bind('OnSaleOrderSaved')).toBe(true);
		expect(await must(application('EVENT.BIND', { EVENT: 'ONCRMDEALADD', HANDLER: handler(), AUTH_TYPE: 1 }))).toBe(true);
		expect(await must(application('event.get'))).toEqual([
			{ event: 'ONSALEORDERSAVED', handler: handler(), auth_type: '0', offline: 0 },
			{ event: 'ONCRMDEALADD', handler: handler(), auth_type: '1', offline: 0 },
		]);
		expect(await must(application('event.unbind', { event: 'OnCrmDealAdd', handler: handler(), auth_type: 0 }))).toEqual({ count: 0 });
		expect(await must(application('event.unbind', { event: 'OnCrmDealAdd', handler: handler() }))).toEqual({ count: 1 });
		expect(await must(application('event.get'))).toHaveLength(1);
	});

	it('are not bound twice, nor to what is no address or no event', async () => {
		await bind('OnSaleOrderSaved');
		expect((await application('event.bind', { event: 'onsaleordersaved', handler: handler() })).body).toMatchObject({
			error: 'ERROR_CORE',
			error_description: 'Unable to set event handler: Handler already binded',
		});
		const refusals: Array<[object, unknown]> = [
			[{ event: 'OnNonsense', handler: handler() }, 'ERROR_EVENT_NOT_FOUND'],
			[{ event: 'OnSaleOrderSaved', handler: 'http://localhost/x' }, 'ERROR_WRONG_HANDLER_URL'],
			[{ event: 'OnSaleOrderSaved', handler: 'ftp://a.example/x' }, 'ERROR_UNSUPPORTED_PROTOCOL'],
			[{ event: 'OnSaleOrderSaved', handler: handler(), event_type: 'sometimes' }, 'ERROR_ARGUMENT'],
			[{ event: 'OnSaleOrderSaved' }, 100],
			[{ handler: handler() }, 100],
		];
		for (const [params, error] of refusals)
			expect(await application('event.bind', params as Record<string, unknown>)).toMatchObject({ status: 400, error });
	});

	it('of events outside of the scopes cannot be bound', async () => {
		await control(bitrix, 'PUT application', { scopes: ['sale'] });
		application = await asApplication(bitrix);
		expect(await bind('OnSaleOrderSaved')).toBe(true);
		expect((await application('event.bind', { event: 'ONCRMDEALADD', handler: handler() })).error).toBe('ERROR_EVENT_NOT_FOUND');
		const listed = (await must(application('events'))) as unknown as string[];
		expect(listed).toContain('ONSALEORDERSAVED');
		expect(listed).not.toContain('ONCRMDEALADD');
		expect(await must(application('events', { FULL: true }))).toContain('ONCRMDEALADD');
		expect(await must(application('events', { SCOPE: 'crm' }))).not.toContain('ONSALEORDERSAVED');
	});

	it('of the CRM are unknown to a plain site', async () => {
		const site = await startBitrix({ edition: 'site' });
		try {
			const events = (await must((await asApplication(site))('events', { FULL: true }))) as unknown as string[];
			expect(events).toContain('CATALOG.PRODUCT.ON.UPDATE');
			expect(events.filter((name) => name.startsWith('ONCRM'))).toEqual([]);
		} finally {
			await site.close();
		}
	});

	it('of others than administrators hear as themselves, and cannot be unbound by them', async () => {
		const [administrator] = bitrix.portal.users;
		if (administrator) administrator.admin = false;
		await bind('OnSaleOrderSaved');
		expect((await must(application('event.get')))[0]).toMatchObject({ auth_type: '1' });
		expect((await application('event.bind', { event: 'OnSaleOrderSaved', handler: handler(), auth_type: 2 })).error).toBe('ACCESS_DENIED');
		expect((await application('event.unbind', { event: 'OnSaleOrderSaved', handler: handler() })).status).toBe(403);
	});

	it('go with the application', async () => {
		await bind('ONCRMDEALADD');
		await control(bitrix, 'POST tokens/revoke');
		await change('deal', 'add');
		expect(await received()).toEqual([]);
	});
});

describe('deliveries', () => {
	it('are forms with ids only, and with a token when a user caused them', async () => {
		const id = await order();
		await bind('OnSaleOrderSaved');
		await control(bitrix, 'POST order', { id, statusId: 'P' });
		const [delivery] = await received();
		const { domain, memberId, applicationToken, serverEndpoint } = { domain: new URL(bitrix.url).host, ...bitrix.oauth };
		expect(receiver.received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(receiver.received[0]?.text).toContain('data%5BFIELDS%5D%5BID%5D=');
		expect(delivery).toEqual({
			event: 'ONSALEORDERSAVED',
			event_handler_id: '1',
			data: { FIELDS: { ID: String(id), XML_ID: bitrix.portal.store.orders.get(id)?.xmlId, ACTION: 'save' } },
			ts: expect.stringMatching(/^\d{10}$/),
			auth: {
				access_token: expect.any(String),
				expires_in: '3600',
				scope: expect.stringContaining('sale'),
				status: 'L',
				domain,
				member_id: memberId,
				server_endpoint: `${serverEndpoint}/rest/`,
				client_endpoint: `${bitrix.url}/rest/`,
				application_token: applicationToken,
			},
		});
		const answer = await fetch(`${bitrix.url}/rest/profile?auth=${String(delivery?.auth?.access_token)}`);
		expect(answer.status).toBe(200);
	});

	it('have no token when a customer or a robot caused them', async () => {
		await bind('OnSaleOrderSaved');
		await order();
		const [delivery] = await received();
		expect(Object.keys(delivery?.auth ?? {}).sort()).toEqual(['application_token', 'client_endpoint', 'domain', 'member_id', 'server_endpoint']);
	});

	it.each([
		['deal', 'add', 'ONCRMDEALADD 7'],
		['contact', 'update', 'ONCRMCONTACTUPDATE 7'],
		['company', 'delete', 'ONCRMCOMPANYDELETE 7'],
		['requisite', 'add', 'ONCRMREQUISITEADD 7'],
		['payment', 'update', 'ONPAYMENTENTITYSAVED 7'],
		['payment', 'delete', 'ONPAYMENTDELETED 7'],
		['shipment', 'add', 'ONSHIPMENTENTITYSAVED 7'],
		['shipment', 'delete', 'ONSHIPMENTDELETED 7'],
		['propertyValue', 'update', 'ONPROPERTYVALUEENTITYSAVED 7'],
		['product', 'delete', 'CATALOG.PRODUCT.ON.DELETE 7'],
		['price', 'add', 'CATALOG.PRICE.ON.ADD 7'],
		['store', 'update', 'CATALOG.STORE.ON.UPDATE 7'],
	])('%s %s is %s', async (entity, action, expected) => {
		for (const event of (await must(application('events'))) as unknown as string[]) await bind(event);
		await change(entity, action);
		expect(await heard()).toEqual([expected]);
	});

	it('of smart invoices name their type', async () => {
		await bind('ONCRMDYNAMICITEMUPDATE');
		await change('item:31', 'update', 5);
		expect((await received())[0]?.data).toEqual({ FIELDS: { ID: '5', ENTITY_TYPE_ID: '31' } });
	});

	it('of a saved order come once a hit, however many orders it saves; those of its entity come for each', async () => {
		const ids = [await order(), await order()];
		await bind('OnSaleOrderSaved');
		await bind('OnOrderEntitySaved');
		const command = (id: number | undefined): string => `sale.order.update?id=${id}&fields[comments]=x`;
		await must(connect(bitrix)('batch', { cmd: { a: command(ids[0]), b: command(ids[1]) } }));
		expect((await heard()).sort()).toEqual([
			`ONORDERENTITYSAVED ${ids[0]}`,
			`ONORDERENTITYSAVED ${ids[1]}`,
			`ONSALEORDERSAVED ${ids[0]}`,
		]);
	});

	it('of a deletion come before it; OnOrderDeleted proves none', async () => {
		const id = await order();
		for (const payment of bitrix.portal.store.payments.where('orderId', id))
			bitrix.portal.store.payments.update(payment.id, { paid: 'N' });
		for (const shipment of bitrix.portal.store.shipments.where('orderId', id))
			bitrix.portal.store.shipments.update(shipment.id, { deducted: 'N' });
		await bind('OnSaleBeforeOrderDelete');
		await bind('OnOrderDeleted');
		await must(connect(bitrix)('sale.order.update', { id, fields: { comments: 'x' } }));
		await must(connect(bitrix)('sale.order.delete', { id }));
		expect(await heard()).toEqual([`ONORDERDELETED ${id}`, `ONSALEBEFOREORDERDELETE ${id}`]);
	});

	it('T14: REST writes cause them as well', async () => {
		const id = await order();
		await bind('OnSaleOrderSaved');
		await must(application('sale.order.update', { id, fields: { comments: 'x' } }));
		expect(await heard()).toEqual([`ONSALEORDERSAVED ${id}`]);
	});

	it('T15: that fail are logged and never sent again', async () => {
		receiver.answers.splice(0, 1, 500);
		await bind('ONCRMDEALADD');
		await must(application('event.bind', { event: 'ONCRMDEALADD', handler: 'http://127.0.0.1:9/handler' }));
		await change('deal', 'add');
		expect(await received()).toHaveLength(1);
		expect(await control(bitrix, 'GET event-deliveries')).toEqual([
			expect.objectContaining({ state: 'failed', outcome: 500 }),
			expect.objectContaining({ state: 'failed', outcome: 'unreachable' }),
		]);
	});

	it('can be lost, doubled and late', async () => {
		await bind('ONCRMDEALADD');
		await control(bitrix, 'PUT event-deliveries/faults', { lost: 1 });
		await change('deal', 'add', 1);
		await control(bitrix, 'PUT event-deliveries/faults', { duplicated: 1 });
		await change('deal', 'add', 2);
		await control(bitrix, 'PUT event-deliveries/faults', { late: 1, lateMilliseconds: 200 });
		await change('deal', 'add', 3);
		await control(bitrix, 'PUT event-deliveries/faults', {});
		await change('deal', 'add', 4);
		expect(await heard()).toEqual(['ONCRMDEALADD 2', 'ONCRMDEALADD 2', 'ONCRMDEALADD 4', 'ONCRMDEALADD 3']);
		await expect(control(bitrix, 'PUT event-deliveries/faults', { nonsense: 1 })).rejects.toThrow('nonsense');
	});

	it('never hold the call up that caused them', async () => {
		receiver.answers.splice(0, 1, 'slow');
		const id = await order();
		await bind('OnSaleOrderSaved');
		const started = Date.now();
		await must(application('sale.order.update', { id, fields: { comments: 'x' } }));
		expect(Date.now() - started).toBeLessThan(1500);
	});
});

describe('outgoing webhooks, made by hand', () => {
	it('have a token of their own and no tokens for calls', async () => {
		const { token } = await control(bitrix, 'POST outgoing-webhooks', { url: handler(), events: ['OnSaleOrderSaved', 'ONCRMDEALADD'] });
		await change('deal', 'add');
		const [delivery] = await received();
		expect(String(token)).not.toBe(bitrix.oauth.applicationToken);
		expect(delivery?.auth).toEqual({
			domain: new URL(bitrix.url).host,
			client_endpoint: `${bitrix.url}/rest/`,
			server_endpoint: `${bitrix.oauth.serverEndpoint}/rest/`,
			member_id: bitrix.oauth.memberId,
			application_token: token,
		});
		expect(await must(application('event.get'))).toEqual([]);
		await expect(control(bitrix, 'POST outgoing-webhooks', { url: handler(), events: ['OnNonsense'] })).rejects.toThrow('ONNONSENSE');
	});
});
