import { setTimeout as sleep } from 'node:timers/promises';
import { Engine } from './engine.cts';
import { fixturePackage } from './fixture/package.cts';
import { fixtureServer, type FixtureServer } from './fixture/server.cts';
import { node, to } from './workflowDraft.cts';

const NAME = 'n8n-nodes-probe';

describe('The engine of the tests', () => {
	const fixture = fixturePackage(NAME);
	let engine: Engine;
	let server: FixtureServer;

	beforeAll(async () => {
		engine = await Engine.load({ packages: [fixture.folder], fromN8n: ['n8n-nodes-base'] });
	});
	beforeEach(async () => {
		server = await fixtureServer();
	});
	afterEach(async () => await server.close());
	afterAll(() => fixture.remove());

	describe('runs a node', () => {
		it('and gives its outputs, hints and pairing', async () => {
			const run = await engine.runNode({
				type: `${NAME}.probe`,
				items: [{ ok: true, n: 1 }, { json: { ok: false, n: 2 } }, { ok: true, n: 3 }],
			});
			expect(run.status).toBe('success');
			expect(run.error).toBeUndefined();
			expect(run.json()).toEqual([
				{ ok: true, n: 1 },
				{ ok: true, n: 3 },
			]);
			expect(run.json(1)).toEqual([{ ok: false, n: 2 }]);
			expect(run.hints).toEqual([expect.objectContaining({ message: '3 sorted by version 2' })]);
		});

		it('and gives its error', async () => {
			const run = await engine.runNode({ type: `${NAME}.probe`, parameters: { operation: 'fail', needed: 'x' } });
			expect(run.status).toBe('error');
			expect(run.error).toMatchObject({ message: 'Nothing works', description: 'Try later' });
			expect(run.outputs).toEqual([]);
		});

		it('and gives what continues after an error', async () => {
			const run = await engine.runNode({
				type: `${NAME}.probe`,
				parameters: { operation: 'fail', needed: 'x' },
				node: { onError: 'continueRegularOutput' },
				items: [{ n: 1 }],
			});
			expect(run.json()).toEqual([{ n: 1 }]);
			expect(run.error?.message).toBe('Nothing works');
		});

		it('but refuses one whose required parameter is empty', async () => {
			const run = await engine.runNode({ type: `${NAME}.probe`, parameters: { operation: 'fail' } });
			expect(run.status).toBe('error');
			expect(run.error?.message).toMatch(/issues/i);
		});

		it('until it is stopped', async () => {
			const stop = new AbortController();
			const running = engine.runNode({ type: `${NAME}.probe`, parameters: { operation: 'wait' }, signal: stop.signal });
			await sleep(50);
			stop.abort();
			expect((await running).status).toBe('canceled');
		});

		it.each([
			[1, 1],
			[undefined, 2],
		])('of version %s as version %s', async (version, expected) => {
			const run = await engine.runNode({ type: `${NAME}.probe`, version });
			expect(run.hints[0]?.message).toBe(`1 sorted by version ${expected}`);
		});

		it('with files in its items', async () => {
			const binary = { photo: { data: Buffer.from('abc').toString('base64'), mimeType: 'image/png' } };
			const run = await engine.runNode({
				type: `${NAME}.probe`,
				parameters: { operation: 'reverse' },
				items: [{ json: {}, binary }],
			});
			expect(run.error).toBeUndefined();
			expect(Buffer.from(run.outputs[0]?.[0]?.binary?.photo?.data ?? '', 'base64').toString()).toBe('cba');
		});
	});

	describe('authenticates', () => {
		const request = (credential: string) => ({
			type: `${NAME}.probe`,
			parameters: { operation: 'request', credential },
		});

		it('with expressions in the name and value of a header, in the query and in the login', async () => {
			const run = await engine.runNode({
				...request('probeApi'),
				credentials: { probeApi: { url: server.url, token: 's', login: 'me' } },
			});
			expect(run.json()).toEqual([{ answered: true }]);
			expect(server.received).toEqual([
				expect.objectContaining({
					path: '/things?key=s',
					headers: expect.objectContaining({
						'x-default': 'Token s',
						authorization: `Basic ${Buffer.from('me:fixed').toString('base64')}`,
					}),
				}),
			]);
		});

		it('with a function, after fetching a token, and again when it has expired', async () => {
			let issued = 0;
			server.answer = ({ path, headers: { authorization } }) => {
				if (path === '/token') return { body: { token: `t${++issued}` } };
				return authorization === 'Bearer t2' ? { body: { seen: authorization } } : { status: 401, body: {} };
			};
			const credentials = { probeTokenApi: { url: server.url, token: '' } };
			const run = await engine.runNode({ ...request('probeTokenApi'), credentials });
			expect(run.json()).toEqual([{ seen: 'Bearer t2' }]);
			expect(server.received.map(({ path }) => path)).toEqual(['/token', '/things', '/token', '/things']);
			expect(credentials.probeTokenApi.token).toBe('t2');
		});

		it('with an OAuth2 token, which n8n refreshes when it has expired', async () => {
			server.answer = ({ path, headers: { authorization } }) => {
				if (path === '/oauth') return { body: { access_token: 'new', refresh_token: 'r2' } };
				return authorization === 'Bearer new' ? { body: { seen: authorization } } : { status: 401, body: {} };
			};
			const tokens = { access_token: 'old', refresh_token: 'r1' };
			const login = { url: server.url, accessTokenUrl: `${server.url}/oauth`, clientId: 'me', clientSecret: 's' };
			const credentials = { probeOAuth2Api: { ...login, oauthTokenData: tokens } };
			const run = await engine.runNode({ ...request('probeOAuth2Api'), credentials });
			expect(run.json()).toEqual([{ seen: 'Bearer new' }]);
			expect(server.received[1]).toMatchObject({ path: '/oauth', body: expect.stringContaining('refresh_token=r1') });
			expect(credentials.probeOAuth2Api.oauthTokenData).toMatchObject({ access_token: 'new', refresh_token: 'r2' });
		});

		it('not without a credential', async () => {
			const run = await engine.runNode(request('probeApi'));
			expect(run.error?.message).toMatch(/credentials/i);
			expect(server.received).toEqual([]);
		});
	});

	describe('runs a workflow', () => {
		it('with nodes of n8n and both outputs of a node', async () => {
			const run = await engine.runWorkflow({
				workflow: {
					nodes: [
						node('Start', 'n8n-nodes-base.manualTrigger'),
						node('Sort', `${NAME}.probe`),
						node(
							'Good',
							'n8n-nodes-base.set',
							{
								mode: 'manual',
								assignments: {
									assignments: [{ id: 'a', name: 'double', type: 'number', value: '={{ $json.n * 2 }}' }],
								},
								includeOtherFields: false,
							},
							{ typeVersion: 3.4 },
						),
						node('Bad', 'n8n-nodes-base.noOp', {}, { position: [0, 200] }),
					],
					connections: { Start: { main: [to('Sort')] }, Sort: { main: [to('Good'), to('Bad')] } },
					settings: { executionOrder: 'v1' },
				},
				start: 'Start',
				items: [
					{ ok: true, n: 4 },
					{ ok: false, n: 5 },
				],
			});
			expect(run.error).toBeUndefined();
			expect(run.node('Good').json()).toEqual([{ double: 8 }]);
			expect(run.node('Bad').json()).toEqual([{ ok: false, n: 5 }]);
			expect(() => run.node('Nowhere')).toThrow('"Nowhere" did not run. Ran: Start, Sort, Good, Bad');
		});

		it.each([
			['manual', { pinned: true }],
			['trigger', { given: true }],
		] as const)('in mode %s with pinned data as n8n uses it', async (mode, json) => {
			const workflow = {
				nodes: [node('Start', 'n8n-nodes-base.noOp')],
				connections: {},
				pinData: { Start: [{ json: { pinned: true } }] },
			};
			const run = await engine.runWorkflow({ workflow, start: 'Start', mode, items: [{ given: true }] });
			expect(run.node('Start').json()).toEqual([json]);
		});

		it('that calls itself until it is done', async () => {
			const called = (workflowId: string) => ({
				source: 'database',
				workflowId: { __rl: true, mode: 'id', value: workflowId },
				options: {},
			});
			const run = await engine.runWorkflow({
				workflow: {
					id: 'counting',
					nodes: [
						node(
							'Called',
							'n8n-nodes-base.executeWorkflowTrigger',
							{ inputSource: 'passthrough' },
							{ typeVersion: 1.1 },
						),
						node(
							'Down',
							'n8n-nodes-base.set',
							{
								mode: 'manual',
								assignments: { assignments: [{ id: 'a', name: 'n', type: 'number', value: '={{ $json.n - 1 }}' }] },
							},
							{ typeVersion: 3.4 },
						),
						node(
							'More',
							'n8n-nodes-base.filter',
							{
								conditions: {
									options: { version: 2, leftValue: '', caseSensitive: true, typeValidation: 'strict' },
									combinator: 'and',
									conditions: [
										{
											id: 'c',
											leftValue: '={{ $json.n }}',
											rightValue: 0,
											operator: { type: 'number', operation: 'gt' },
										},
									],
								},
							},
							{ typeVersion: 2.2 },
						),
						node('Again', 'n8n-nodes-base.executeWorkflow', called('={{ $workflow.id }}'), { typeVersion: 1.2 }),
					],
					connections: { Called: { main: [to('Down')] }, Down: { main: [to('More')] }, More: { main: [to('Again')] } },
					settings: {},
				},
				start: 'Called',
				items: [{ n: 3 }],
			});
			expect(run.error).toBeUndefined();
			expect(run.node('Down').json()).toEqual([{ n: 2 }]);
			expect(run.called[0]?.node('Down').json()).toEqual([{ n: 1 }]);
			expect(run.called[0]?.called[0]?.node('Down').json()).toEqual([{ n: 0 }]);
			expect(run.called[0]?.called[0]?.called).toEqual([]);
		});
	});
});
