import { Engine } from './engine.cts';
import { fixturePackage } from './fixture/package.cts';
import { fixtureServer } from './fixture/server.cts';

const NAME = 'n8n-nodes-probe';

describe('What n8n calls of a node beside its run', () => {
	const fixture = fixturePackage(NAME);
	let engine: Engine;

	beforeAll(async () => {
		engine = await Engine.load({ packages: [fixture.folder] });
	});
	afterAll(() => fixture.remove());

	describe('calls a trigger', () => {
		const trigger = { type: `${NAME}.probeTrigger`, node: { webhookId: 'abc' } };

		it('to register, find and delete its webhook, with its static data', async () => {
			const server = await fixtureServer();
			const setup = { ...trigger, parameters: { registry: `${server.url}/hooks` }, baseUrl: 'https://shop.example' };
			const address = 'https://shop.example/webhook/abc/hook';
			const created = await engine.runHook('create', setup);
			expect(created).toEqual({ result: true, staticData: { address } });
			expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({ address, activation: 'activate' });
			await server.close();

			expect((await engine.runHook('checkExists', { ...setup, ...created })).result).toBe(true);
			expect((await engine.runHook('checkExists', setup)).result).toBe(false);
			expect((await engine.runHook('delete', { ...setup, ...created })).staticData).toEqual({});
			expect(created.staticData).toEqual({ address });
		});

		it('with the test address in a test run', async () => {
			const { staticData } = await engine.runHook('create', { ...trigger, mode: 'manual' });
			expect(staticData.address).toBe('https://n8n.example.com/webhook-test/abc/hook');
		});

		it('with a call that makes items', async () => {
			const { result } = await engine.callWebhook({
				...trigger,
				call: { body: { event: 'paid' }, headers: { 'X-Sender': 'shop' } },
			});
			expect(result.workflowData).toEqual([
				[{ json: { event: 'paid', by: 'shop', mode: 'webhook', answered: false } }],
			]);
		});

		it('with a call that it answers itself', async () => {
			const { result, response } = await engine.callWebhook({ ...trigger, call: { body: { event: 'refuse' } } });
			expect(result).toEqual({ noWebhookResponse: true });
			expect(response).toMatchObject({ statusCode: 503, writableEnded: true });
		});

		it.each([
			['n8n answers', true],
			['the sender hangs up', false],
		])('with a call that lasts until %s', async (_, answered) => {
			const { response, result } = engine.startWebhook({ ...trigger, call: { body: { event: 'wait' } } });
			if (answered) response.answer(204);
			else response.hangUp();
			expect((await result).workflowData?.[0]?.[0]?.json.answered).toBe(answered);
		});

		it('to poll, with its static data', async () => {
			const first = await engine.poll({ type: `${NAME}.probePollTrigger` });
			expect(first).toEqual({ items: null, staticData: { looks: 1 } });
			const second = await engine.poll({ type: `${NAME}.probePollTrigger`, staticData: first.staticData });
			expect(second).toEqual({ items: [[{ json: { looks: 2 } }]], staticData: { looks: 2 } });
		});
	});

	describe('loads live lists', () => {
		const probe = { type: `${NAME}.probe`, parameters: { operation: 'sort' } };

		it('of each kind', async () => {
			expect(await engine.loadList('loadOptions', { ...probe, method: 'getColours' })).toEqual([
				{ name: 'Red', value: 'red' },
			]);
			expect(
				(await engine.loadList('resourceMapping', { ...probe, method: 'getFields' })).fields.map(({ id }) => id),
			).toEqual(['a']);
			const page = await engine.loadList('listSearch', { ...probe, method: 'findColours', filter: 're' });
			expect(page).toEqual({ results: [{ name: 'sort re', value: 'x' }], paginationToken: 'more' });
			const next = await engine.loadList('listSearch', { ...probe, method: 'findColours', paginationToken: 'more' });
			expect(next.paginationToken).toBeUndefined();
		});

		it('and names the node and method that is not there', async () => {
			await expect(engine.loadList('listSearch', { ...probe, method: 'gone' })).rejects.toThrow(
				'no listSearch method "gone"',
			);
		});
	});
});
