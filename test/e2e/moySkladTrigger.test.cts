import { randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { control } from '../simulators/moysklad/control.cts';
import { startMoySklad, type RunningMoySklad } from '../simulators/moysklad/start.cts';
import { N8nApi, type ApiCredential, type ApiWorkflow } from '../n8n/api.cts';
import type { WorkflowTemplate } from '../n8n/importedWorkflow.cts';
import { startN8n, type N8n } from '../n8n/instance.cts';
import { PACKAGE_NAME } from '../n8n/repository.cts';

const CHECK_STRING = 'check-string-0123456789';
const TRIGGER = 'MoySklad Trigger';

const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
const eventRow = (entity: string, execution: string): INodeParameters => ({
	entity,
	actions: ['CREATE', 'UPDATE', 'DELETE'],
	changedFields: true,
	execution,
});

const template = (name: string, entity: string, execution: string): WorkflowTemplate => ({
	name,
	nodes: [
		{
			id: 't',
			name: TRIGGER,
			type: `${PACKAGE_NAME}.moySkladTrigger`,
			typeVersion: 1,
			position: [0, 0],
			webhookId: 'old',
			parameters: { events: { row: [eventRow(entity, execution)] } },
		},
		...['Immediate', 'Queued', 'Refused'].map((output, index) => ({
			id: output,
			name: output,
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [200, index * 200] as [number, number],
			parameters: {},
		})),
	],
	connections: { [TRIGGER]: { main: [to('Immediate'), to('Queued'), to('Refused')] } },
	settings: { executionOrder: 'v1' },
});

/** A trigger that tells bursts of refused calls. */
function telling(flow: WorkflowTemplate): WorkflowTemplate {
	for (const { name, parameters } of flow.nodes) if (name === TRIGGER) parameters.options = { tellRefused: true };
	return flow;
}

/** How often MoySklad sends a notification at most. */
const ATTEMPTS = 4;

describe('MoySklad Trigger in a real n8n', () => {
	let moySklad: RunningMoySklad;
	let n8n: N8n;
	let api: N8nApi;
	let credential: ApiCredential;

	beforeAll(async () => {
		moySklad = await startMoySklad({ size: { products: 5 }, rate: { unitsPerWindow: 100_000 } });
		// As deploy/ sets the processes that take webhook calls: n8n's own engine takes about 25 calls a second.
		n8n = await startN8n({ env: { N8N_EXPRESSION_ENGINE: 'legacy' } });
		api = await N8nApi.logIn(n8n);
		credential = await api.createCredential('moySkladApi', {
			authentication: 'token',
			token: moySklad.users.admin.token,
			baseUrl: moySklad.baseUrl,
			checkSecret: CHECK_STRING,
		});
	});
	afterAll(async () => {
		await n8n?.stop();
		await moySklad?.close();
	});

	const hooks = () =>
		moySklad.account.table('webhook').all() as unknown as Array<{
			id: string;
			url: string;
			enabled: boolean;
			entityType: string;
		}>;
	const edit = async (path: string, description: string): Promise<void> => {
		await control(moySklad.parts, 'POST', 'edit', { user: 'editor', method: 'PUT', path, body: { description } });
		await moySklad.parts.deliveries.flush();
	};
	const first = (type: string): string => String(moySklad.account.table(type).all()[0]?.id);
	const urlOf = (entity: string): string => hooks().find(({ entityType }) => entityType === entity)?.url ?? '';
	/** Delivers an update of each object by a notification of its own, all at once, as often as MoySklad does; the statuses of the answers to each. */
	const notify = async (entity: string, ids: string[]): Promise<number[][]> =>
		await Promise.all(
			ids.map(async (id) => {
				const event = {
					meta: { type: entity, href: `https://api.moysklad.ru/api/remap/1.2/entity/${entity}/${id}` },
					action: 'UPDATE',
					accountId: moySklad.accountId,
				};
				const send = async (): Promise<number> =>
					(
						await fetch(`${urlOf(entity)}?requestId=${id}`, {
							method: 'POST',
							headers: { 'content-type': 'application/json' },
							body: JSON.stringify({ events: [event] }),
						})
					).status;
				const statuses = [await send()];
				while (statuses.at(-1) === 503 && statuses.length < ATTEMPTS) statuses.push(await send());
				return statuses;
			}),
		);
	/** Ids of the objects in all executions of a workflow; waits for the end of those. */
	const storedIds = async (workflowId: string): Promise<string[][]> => {
		const summaries = await api.executions(workflowId);
		const executions = await Promise.all(summaries.map(async ({ id }) => await api.finished(id)));
		return executions.map(({ run }) => run.node(TRIGGER).json(1).map(({ id }) => String(id)));
	};
	const lastAttempts = () => moySklad.parts.deliveries.all.at(-1)?.attempts.map(({ outcome }) => outcome);

	it('receives by its address what MoySklad sends, beside a second trigger, and divides it by outputs', async () => {
		const goods: ApiWorkflow = await api.createWorkflow(template('Goods', 'product', 'firstImmediate'), [credential]);
		const stores = await api.createWorkflow(template('Stores', 'store', 'queued'), [credential]);
		await api.publish(goods.id);
		await api.publish(stores.id);
		expect(
			hooks().map(({ entityType, enabled, url }) => [entityType, enabled, url.startsWith(`${n8n.url}/webhook/`)]),
		).toEqual([...Array(3).fill(['product', true, true]), ...Array(3).fill(['store', true, true])]);

		await edit(`entity/product/${first('product')}`, 'Bright');
		await edit(`entity/store/${first('store')}`, 'Large');
		const [product] = await api.finishedExecutions(goods.id, 1);
		const [store] = await api.finishedExecutions(stores.id, 1);
		expect(product?.run.node('Immediate').json()).toMatchObject([
			{ entity: 'product', action: 'UPDATE', updatedFields: ['description'], index: 0 },
		]);
		expect(product?.run.runsOf('Queued')).toEqual([]);
		// N24: the second output works although the first one is empty.
		expect(store?.run.node('Queued').json()).toMatchObject([
			{ entity: 'store', action: 'UPDATE', requestId: moySklad.parts.deliveries.all.at(-1)?.requestId },
		]);
		expect(moySklad.parts.deliveries.all.map(({ attempts }) => attempts.map(({ outcome }) => outcome))).toEqual([
			[204],
			[204],
		]);
		await api.unpublish(stores.id);
		expect(hooks().map(({ entityType, enabled }) => [entityType, enabled])).toEqual([
			...Array(3).fill(['product', true]),
			...Array(3).fill(['store', false]),
		]);
	});

	it('refuses what is not genuine with its own status, and without an execution', async () => {
		const workflow = await api.createWorkflow(template('Variants', 'variant', 'queued'), [credential]);
		await api.publish(workflow.id);
		const url = urlOf('variant');
		const call = async (address: string, body: object) => {
			const response = await fetch(address, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
			return [response.status, ((await response.json()) as { code?: string }).code];
		};
		expect(await call(url.replace(CHECK_STRING, 'another-string-0123456789'), { events: [] })).toEqual([
			401,
			'WEBHOOK_CALL_CHECK_WRONG',
		]);
		expect(await call(url.replace(/instance=[0-9a-f]{12}/, 'instance=ffffffffffff'), { events: [] })).toEqual([
			403,
			'WEBHOOK_CALL_OTHER_INSTANCE',
		]);
		expect(await call(url, { hello: 'world' })).toEqual([400, 'WEBHOOK_CALL_MALFORMED']);
		// Content that is not wanted is taken and forgotten.
		const empty = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ events: [] }),
		});
		expect([empty.status, await empty.text()]).toEqual([204, '']);
		expect(await api.executions(workflow.id)).toEqual([]);
	});

	it('tells the user why it could not be published', async () => {
		const poor = await api.createCredential(
			'moySkladApi',
			{
				authentication: 'token',
				token: moySklad.users.editor.token,
				baseUrl: moySklad.baseUrl,
				checkSecret: CHECK_STRING,
			},
			'Not an administrator',
		);
		const workflow = await api.createWorkflow(template('Orders', 'customerorder', 'queued'), [poor]);
		await expect(api.publish(workflow.id)).rejects.toThrow(
			/administrator of the MoySklad account\. Use the token of an administrator.*WEBHOOK_NO_ADMIN/,
		);
	});

	it('has webhooks of its own during a test run, and removes them after the first event', async () => {
		const workflow = await api.createWorkflow(template('Folders', 'productfolder', 'immediate'), [credential]);
		await api.listen(workflow.id, TRIGGER);
		const testHooks = () => hooks().filter(({ entityType }) => entityType === 'productfolder');
		expect(testHooks().every(({ url }) => url.startsWith(`${n8n.url}/webhook-test/`))).toBe(true);
		expect(testHooks()).toHaveLength(3);
		await edit(`entity/productfolder/${first('productfolder')}`, 'Deep');
		expect(lastAttempts()).toEqual([204]);
		const [execution] = await api.finishedExecutions(workflow.id, 1);
		expect(execution?.run.node('Immediate').json()).toMatchObject([{ entity: 'productfolder', action: 'UPDATE' }]);
		expect(testHooks()).toEqual([]);
	});

	it('gathers notifications that come at once into few executions, and answers all of them when those are stored', async () => {
		const workflow = await api.createWorkflow(template('Counterparties', 'counterparty', 'queued'), [credential]);
		await api.publish(workflow.id);
		// As many as a busy machine answers in time; how many a second it can take is the matter of the benchmark `webhook-answer`.
		const ids = Array.from({ length: 25 }, () => randomUUID());
		const answers = await notify('counterparty', ids);
		expect(answers.map((statuses) => statuses.at(-1))).toEqual(ids.map(() => 204));
		const stored = await storedIds(workflow.id);
		// What was refused because storing took too long came again: at least once, and twice only then.
		const refused = new Set<string>(ids.filter((_, index) => (answers[index]?.length ?? 0) > 1));
		expect([...new Set(stored.flat())].sort()).toEqual([...ids].sort());
		const once = stored.flat().filter((id) => !refused.has(id));
		expect(once.sort()).toEqual(ids.filter((id) => !refused.has(id)).sort());
		expect(stored.length).toBeLessThan(ids.length / 2);
	});

	it('loses nothing that it has accepted when it is unpublished while it gathers', async () => {
		const workflow = await api.createWorkflow(template('Shipments', 'demand', 'queued'), [credential]);
		await api.publish(workflow.id);
		const ids = Array.from({ length: 10 }, () => randomUUID());
		const [statuses] = await Promise.all([notify('demand', ids), api.unpublish(workflow.id)]);
		const last = statuses.map((answers) => answers.at(-1));
		const accepted = ids.filter((_, index) => last[index] === 204);
		// What comes after it was unpublished finds nobody.
		expect(last.filter((status) => status !== 204 && status !== 404)).toEqual([]);
		expect([...new Set((await storedIds(workflow.id)).flat())]).toEqual(expect.arrayContaining(accepted));
	});

	it('refuses a flood of calls that are not genuine, and starts one execution that tells it', async () => {
		const told = await api.createWorkflow(telling(template('Told', 'contract', 'queued')), [credential]);
		const silent = await api.createWorkflow(template('Silent', 'project', 'queued'), [credential]);
		for (const { id } of [told, silent]) await api.publish(id);
		const flood = async (entity: string): Promise<number[]> => {
			const call = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"events":[]}' };
			return await Promise.all(Array.from({ length: 60 }, async (_, index) => (await fetch(urlOf(entity).replace(/check=.*/, `check=wrong-${index}`), call)).status));
		};
		expect(new Set(await flood('contract'))).toEqual(new Set([401]));
		expect(new Set(await flood('project'))).toEqual(new Set([401]));
		const [burst] = await api.finishedExecutions(told.id, 1);
		expect(burst?.run.node('Refused').json()).toMatchObject([{ code: 'CALLS_REFUSED', kind: 'auth', calls: { WEBHOOK_CALL_CHECK_WRONG: 20 } }]);
		expect(burst?.run.runsOf('Queued')).toEqual([]);
		expect(await api.executions(told.id)).toHaveLength(1);
		expect(await api.executions(silent.id)).toEqual([]);
		for (const { id } of [told, silent]) await api.unpublish(id);
	});
});
