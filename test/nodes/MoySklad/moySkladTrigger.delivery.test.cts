import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { receiverPrefix, readReceiver } from '../../../core';
import { control } from '../../simulators/moysklad/control.cts';
import { CHECK_STRING, eventRow, stockRow, WebhookBench } from './webhookBench.cts';
import { TriggerServer } from '../../n8n/triggerServer.cts';

describe('What MoySklad delivers to MoySklad Trigger', () => {
	let bench: WebhookBench;
	let server: TriggerServer;
	beforeAll(async () => {
		bench = await WebhookBench.start();
		server = await TriggerServer.start(bench.engine);
	});
	beforeEach(() => bench.reset());
	afterAll(async () => {
		await bench.close();
		await server.close();
	});

	async function publish(parameters: INodeParameters): Promise<void> {
		const { mode: _mode, ...setup } = bench.trigger(parameters, { baseUrl: server.url });
		const staticData = await bench.publish(setup);
		server.serveTrigger({ ...setup, staticData });
	}

	const product = (): string => String(bench.moySklad.account.table('product').all()[0]?.id);
	const edit = async (method: string, path: string, body: unknown, user = 'editor'): Promise<IDataObject> =>
		(await control(bench.moySklad.parts, 'POST', 'edit', { user, method, path, body })) as IDataObject;
	const delivered = async (): Promise<void> => await bench.moySklad.parts.deliveries.flush();
	const products = { events: { row: [eventRow('product', ['CREATE', 'UPDATE', 'DELETE'])] } };

	it('arrives as it happened: created, updated with the changed fields, deleted', async () => {
		await publish(products);
		const { body } = await edit('POST', 'entity/product', { name: 'Lamp' });
		const { id } = body as { id: string };
		await edit('PUT', `entity/product/${id}`, { description: 'Bright' });
		await edit('DELETE', `entity/product/${id}`, undefined, 'admin');
		await delivered();
		const events = server.executions.flatMap(([, queued = []]) => queued);
		expect(events.map(({ action }) => action).sort()).toEqual(['CREATE', 'DELETE', 'UPDATE']);
		expect(
			events.every(
				(event) => event.id === id && event.entity === 'product' && event.accountId === bench.moySklad.accountId,
			),
		).toBe(true);
		expect(events.find(({ action }) => action === 'UPDATE')).toMatchObject({
			updatedFields: ['description'],
			author: bench.moySklad.users.editor.login,
			requestId: bench.moySklad.parts.deliveries.all.find(({ payload }) => JSON.stringify(payload).includes('UPDATE'))
				?.requestId,
		});
		expect(server.statuses).toEqual([204, 204, 204]);
	});

	it('R013: of one edit of many objects is one execution with all of them', async () => {
		await publish(products);
		const rows = bench.moySklad.account.table('product').all();
		await edit(
			'POST',
			'entity/product',
			rows.map(({ id }) => ({
				meta: { href: `${bench.moySklad.baseUrl}/entity/product/${id}`, type: 'product' },
				description: 'Sale',
			})),
		);
		await delivered();
		expect(server.executions).toHaveLength(1);
		expect(new Set(server.executions[0]?.[1]?.map(({ id }) => id))).toEqual(new Set(rows.map(({ id }) => id)));
	});

	it('R015: is repeated with the same request id after a failure, so that repeats can be told', async () => {
		await publish(products);
		server.broken = 502;
		await edit('PUT', `entity/product/${product()}`, { description: 'One' });
		await delivered();
		expect(server.statuses).toEqual([502, 502, 502, 502]);
		server.broken = undefined;
		await edit('PUT', `entity/product/${product()}`, { description: 'Two' });
		await delivered();
		expect(server.executions.flatMap(([, queued = []]) => queued.map(({ requestId }) => requestId))).toEqual([
			bench.moySklad.parts.deliveries.all.at(-1)?.requestId,
		]);
	});

	it('of changed stock names the report', async () => {
		await publish({ events: {}, stock: { row: [stockRow('bystore', 'immediate')] } });
		const store = String(bench.moySklad.account.table('store').all()[0]?.id);
		await control(bench.moySklad.parts, 'POST', 'stock', { assortment: product(), store, stock: 77 });
		await control(bench.moySklad.parts, 'POST', 'deliver-stock', undefined);
		const [event] = server.executions.flatMap(([immediate = []]) => immediate);
		expect(event).toMatchObject({ entity: 'stock', reportType: 'bystore', accountId: bench.moySklad.accountId });
		expect(event?.reportPath).toMatch(/^\/report\/stock\/bystore\/current\?changedSince=\d{4}-\d\d-\d\d%20/);
	});

	it('W4: is suppressed by the prefix of the trigger, and by that alone nothing else is', async () => {
		await publish(products);
		bench.add({
			type: 'webhook',
			entityType: 'product',
			action: 'UPDATE',
			url: `${server.url}/webhook/other/moysklad?instance=ffffffffffff&check=${CHECK_STRING}`,
			enabled: true,
		});
		const prefix = receiverPrefix(readReceiver(bench.hooks()[0]?.url ?? ''));
		const response = await fetch(`${bench.moySklad.baseUrl}/entity/product/${product()}`, {
			method: 'PUT',
			body: JSON.stringify({ description: 'Ours' }),
			headers: {
				authorization: `Bearer ${bench.moySklad.users.integration.token}`,
				accept: 'application/json;charset=utf-8',
				'accept-encoding': 'gzip',
				'content-type': 'application/json',
				'x-lognex-webhook-disablebyprefix': prefix,
			},
		});
		await delivered();
		const reached = bench.moySklad.parts.deliveries.all.map(({ url }) => url);
		expect({ status: response.status, executions: server.executions, reached }).toEqual({
			status: 200,
			executions: [],
			reached: [expect.stringContaining('/webhook/other/')],
		});
	});

	it('by a webhook with another check string is refused, and MoySklad is told so each time', async () => {
		await publish(products);
		const hook = bench.hooks().find(({ action }) => action === 'UPDATE');
		bench.moySklad.account
			.table('webhook')
			.put({ ...hook, url: String(hook?.url).replace(CHECK_STRING, 'stolen-string-0123456789') } as never);
		await edit('PUT', `entity/product/${product()}`, { description: 'Three' });
		await delivered();
		expect(server.statuses).toEqual([401, 401, 401, 401]);
		expect(server.executions).toEqual([]);
	});

	it('stops when the trigger is unpublished', async () => {
		await publish(products);
		await bench.engine.runHook('delete', bench.trigger(products, { baseUrl: server.url }));
		await edit('PUT', `entity/product/${product()}`, { description: 'Four' });
		await delivered();
		expect(bench.moySklad.parts.deliveries.all).toEqual([]);
	});
});
