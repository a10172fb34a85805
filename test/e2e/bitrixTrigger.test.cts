import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { N8nApi, type ApiCredential, type ApiWorkflow } from '../n8n/api.cts';
import type { WorkflowTemplate } from '../n8n/importedWorkflow.cts';
import { startN8n, type N8n } from '../n8n/instance.cts';
import { PACKAGE_NAME } from '../n8n/repository.cts';
import { node, to } from '../n8n/workflowDraft.cts';
import { product } from '../nodes/catalog/items.cts';
import { PLAIN } from '../nodes/orders/store.cts';
import { placeOrder } from '../simulators/bitrix/orders/placeOrders.cts';
import { startBitrix, type RunningBitrix } from '../simulators/bitrix/start.cts';

const TRIGGER = 'Bitrix Trigger';
const OFFLINE = `${PACKAGE_NAME}.bitrixOfflineEvents`;
const CONNECTOR = 'moysklad';

const rows = (entity: string, actions: string[]) => ({ row: [{ entity, actions }] });
const settings = { executionOrder: 'v1' as const };

const online = (source: string, entity = 'order'): WorkflowTemplate => ({
	name: source,
	nodes: [
		node(TRIGGER, `${PACKAGE_NAME}.bitrixTrigger`, { source, events: rows(entity, ['SAVE', 'DELETE']) }, { webhookId: 'old' }),
		node('Heard', 'n8n-nodes-base.noOp'),
	],
	connections: { [TRIGGER]: { main: [to('Heard')] } },
	settings,
});

/** Gets offline events; a switch in between stands for a run that dies before it confirms. */
const offline: WorkflowTemplate = {
	name: 'Offline events',
	nodes: [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node('Get', OFFLINE, { operation: 'getEvents', events: rows('product', ['CREATE', 'UPDATE']) }),
		node('Crash', 'n8n-nodes-base.stopAndError', { errorMessage: 'The machine died' }),
		node('Confirm', OFFLINE, { operation: 'confirm' }),
	],
	connections: { Start: { main: [to('Get')] }, Get: { main: [to('Crash')] } },
	settings,
};

const writing = (products: number): WorkflowTemplate => ({
	name: 'Own writes',
	nodes: [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node('Upsert', `${PACKAGE_NAME}.bitrixCatalogUpsert`, {
			authentication: 'oAuth2',
			operation: 'upsertItems',
			catalog: { __rl: true, mode: 'id', value: String(products) },
		}),
	],
	connections: { Start: { main: [to('Upsert')] } },
	settings,
});

describe('Events of Bitrix in a real n8n', () => {
	let n8n: N8n;
	let bitrix: RunningBitrix;
	let api: N8nApi;
	let application: ApiCredential;

	beforeAll(async () => {
		[n8n, bitrix] = await Promise.all([startN8n(), startBitrix({ plan: { bucket: 250, drain: 5 } })]);
		api = await N8nApi.logIn(n8n);
		bitrix.portal.oauth.application.redirectUri = `${n8n.url}/rest/oauth2-credential/callback`;
		const { clientId, clientSecret, serverEndpoint, applicationToken } = bitrix.oauth;
		application = await api.createCredential('bitrixOAuth2Api', {
			clientId,
			clientSecret,
			portal: bitrix.url,
			server: 'other',
			otherServer: serverEndpoint,
			edition: 'enterprise',
			applicationToken,
			connector: CONNECTOR,
		});
		await api.connect(application);
	});
	afterAll(async () => {
		await n8n?.stop();
		await bitrix?.close();
	});

	const deliveries = () => bitrix.portal.events.deliveries;
	const saveOrder = async (): Promise<string> => {
		const { id } = placeOrder(bitrix.portal, PLAIN);
		await deliveries().flush();
		return String(id);
	};
	const heard = async (workflow: ApiWorkflow, count: number): Promise<IDataObject[]> =>
		(await api.finishedExecutions(workflow.id, count)).flatMap(({ run }) => run.node('Heard').json());

	it('registers by OAuth2, receives a saved order once, refuses a forged token, and takes itself out', async () => {
		const workflow = await api.createWorkflow(online('onlineEvents'), [application]);
		await api.publish(workflow.id);
		const bound = bitrix.portal.events.handlers.all();
		expect(bound.map(({ event }) => event).sort()).toEqual(['ONORDERENTITYSAVED', 'ONSALEBEFOREORDERDELETE', 'ONSALEORDERSAVED']);
		expect(bound.every(({ url }) => url.startsWith(`${n8n.url}/webhook/`))).toBe(true);

		const id = await saveOrder();
		expect(await heard(workflow, 1)).toMatchObject([
			{ entity: 'order', id, action: 'SAVE', memberId: bitrix.oauth.memberId, domain: new URL(bitrix.url).host },
		]);
		expect(new Set(deliveries().log.map(({ outcome }) => outcome))).toEqual(new Set([200]));

		const [genuine] = deliveries().log;
		const send = async (url: string, body: string): Promise<unknown[]> => {
			const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
			return [answer.status, ((await answer.json()) as { code?: string }).code];
		};
		const { url = '', body = '' } = genuine ?? {};
		expect(await send(url, body.replace(bitrix.oauth.applicationToken, 'f'.repeat(32)))).toEqual([401, 'BITRIX_CALL_TOKEN_WRONG']);
		expect(await send(url.replace(/check=.*/, `check=${'a'.repeat(32)}`), body)).toEqual([401, 'BITRIX_CALL_ADDRESS_WRONG']);
		expect(await send(url, 'hello=world')).toEqual([401, 'BITRIX_CALL_TOKEN_MISSING']);
		expect(await api.executions(workflow.id)).toHaveLength(1);

		await api.unpublish(workflow.id);
		expect(bitrix.portal.events.handlers.all()).toEqual([]);
	});

	it('takes the calls of an outgoing webhook that was made by hand, at the address that the editor shows', async () => {
		const inbound = { secretAddress: bitrix.webhookUrl };
		const early = await api.createCredential('bitrixWebhookApi', { ...inbound, applicationToken: 'not known yet' });
		const workflow = await api.createWorkflow(online('outgoingWebhook'), [early]);
		await api.publish(workflow.id);
		const { token } = bitrix.portal.events.addOutgoingWebhook(await api.webhookUrl(workflow, TRIGGER), ['OnSaleOrderSaved']);
		await saveOrder();
		expect(deliveries().log.at(-1)).toMatchObject({ state: 'failed', outcome: 401 });

		const { id, name } = await api.createCredential('bitrixWebhookApi', { ...inbound, applicationToken: token }, 'With the token');
		const [trigger] = workflow.nodes;
		if (trigger) trigger.credentials = { bitrixWebhookApi: { id, name } };
		await api.update(workflow);
		await api.publish(workflow.id);
		const order = await saveOrder();
		expect(await heard(workflow, 1)).toMatchObject([{ entity: 'order', id: order }]);
	});

	it('takes the signed calls of the handler of a site, and no others', async () => {
		const secret = 'x'.repeat(64);
		const workflow = await api.createWorkflow(online('siteHandler'), [await api.createCredential('bitrixSiteHandlerApi', { secret }, 'Site')]);
		await api.publish(workflow.id);
		const body = JSON.stringify({ message: '1', site: 'shop.example.com', events: [{ entity: 'order', id: '7', action: 'SAVE' }] });
		const timestamp = String(Math.floor(Date.now() / 1000));
		const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
		const send = async (sent: string): Promise<number> => {
			const headers = { 'content-type': 'application/json', 'x-handler-timestamp': timestamp, 'x-handler-signature': `sha256=${signature}` };
			return (await api.callWebhook(workflow, TRIGGER, { headers, body: sent })).status;
		};
		expect([await send(body.replace('"7"', '"8"')), await send(body), await send(body)]).toEqual([401, 200, 409]);
		expect(await heard(workflow, 1)).toMatchObject([{ entity: 'order', id: '7', action: 'SAVE', domain: 'shop.example.com' }]);
	});

	it('says why it could not be published', async () => {
		const workflow = await api.createWorkflow(online('siteHandler'), [await api.createCredential('bitrixSiteHandlerApi', { secret: 'short' })]);
		await expect(api.publish(workflow.id)).rejects.toThrow(/shorter than 32 characters\. Make up 64 random.*BITRIX_SITE_SECRET_WEAK/);
	});

	describe('offline', () => {
		let reading: ApiWorkflow;
		let own: ApiWorkflow;

		beforeAll(async () => {
			reading = await api.createWorkflow(offline, [application]);
			own = await api.createWorkflow(writing(bitrix.catalogs.main.products), [application]);
		});

		const run = async (): Promise<{ got: IDataObject[]; error?: Error }> => {
			const { run: ran } = await api.run(reading.id, 'Start');
			return { got: ran.runsOf('Get').length > 0 ? ran.node('Get').json() : [], error: ran.error as Error | undefined };
		};
		/** From now on the events go on to the node of this name. */
		const leadTo = async (name: string): Promise<void> => {
			reading.connections = { ...offline.connections, Get: { main: [to(name)] } };
			await api.update(reading);
		};
		const upsert = async (weight: number): Promise<unknown> => {
			const { run: ran } = await api.run(own.id, 'Start', [{ json: product('p1', { weight }) }]);
			if (ran.error) throw ran.error;
			return ran.node('Upsert').json()[0]?.status;
		};
		const ids = (events: IDataObject[]): unknown[] => events.map(({ id }) => id);

		it('comes again after a crash before the confirmation, and is gone after it', async () => {
			expect((await run()).got).toEqual([]);
			for (const id of [11, 12]) bitrix.portal.announce('product', 'update', id, 'person');
			const crashed = await run();
			expect(crashed.error?.message).toContain('The machine died');
			expect(ids(crashed.got)).toEqual(['11', '12']);

			await leadTo('Confirm');
			const again = await run();
			expect(again.error).toBeUndefined();
			expect(again.got.map(({ id, again: seen }) => [id, seen])).toEqual([
				['11', true],
				['12', true],
			]);
			expect((await run()).got).toEqual([]);
			expect(bitrix.portal.events.offline.table.size).toBe(0);
		});

		it('W4: what n8n writes by the connector of the credential raises no event; what a person changes does', async () => {
			expect([await upsert(1), await upsert(2)]).toEqual(['created', 'updated']);
			expect((await run()).got).toEqual([]);
			const [element] = bitrix.portal.store.elements.where('xmlId', 'p1');
			bitrix.portal.announce('product', 'update', element?.id ?? 0, 'person');
			expect(ids((await run()).got)).toEqual([String(element?.id)]);
		});
	});
});
