import { N8nApi, type ApiWorkflow } from '../n8n/api.cts';
import { startN8n, type N8n } from '../n8n/instance.cts';
import { PACKAGE_NAME } from '../n8n/repository.cts';
import { node, to } from '../n8n/workflowDraft.cts';
import { product } from '../nodes/catalog/items.cts';
import { startBitrix, type RunningBitrix } from '../simulators/bitrix/start.cts';

/** N18: n8n gets and refreshes the tokens; Bitrix gives each refresh token once. */
describe('Bitrix OAuth2 in a real n8n', () => {
	let n8n: N8n;
	let bitrix: RunningBitrix;
	let api: N8nApi;
	let workflow: ApiWorkflow;

	beforeAll(async () => {
		[n8n, bitrix] = await Promise.all([startN8n(), startBitrix()]);
		api = await N8nApi.logIn(n8n);
		bitrix.portal.oauth.application.redirectUri = `${n8n.url}/rest/oauth2-credential/callback`;
		const { clientId, clientSecret, serverEndpoint } = bitrix.oauth;
		const credential = await api.createCredential('bitrixOAuth2Api', {
			clientId,
			clientSecret,
			portal: `${bitrix.url}/`,
			server: 'other',
			otherServer: serverEndpoint,
		});
		await api.connect(credential);
		workflow = await api.createWorkflow(
			{
				name: 'By OAuth2',
				nodes: [
					node('Start', 'n8n-nodes-base.manualTrigger'),
					node('Upsert', `${PACKAGE_NAME}.bitrixCatalogUpsert`, {
						authentication: 'oAuth2',
						operation: 'upsertItems',
						catalog: { __rl: true, mode: 'id', value: String(bitrix.catalogs.main.products) },
					}),
				],
				connections: { Start: { main: [to('Upsert')] } },
				settings: { executionOrder: 'v1' },
			},
			[credential],
		);
	});
	afterAll(async () => {
		await n8n?.stop();
		await bitrix?.close();
	});

	const upsert = async (weight: number): Promise<unknown> => {
		const { run } = await api.run(workflow.id, 'Start', [{ json: product('p1', { weight }) }]);
		if (run.error) throw run.error;
		return run.node('Upsert').json()[0]?.status;
	};

	it('writes with the token that the user got by agreeing', async () => {
		expect(await upsert(1)).toBe('created');
	});

	it('gets a new token when the old one has run out, as often as needed', async () => {
		for (const weight of [2, 3, 4]) {
			bitrix.portal.oauth.expireAccess();
			expect(await upsert(weight)).toBe('updated');
		}
		expect(bitrix.portal.oauth.earlyRefreshes).toBe(0);
		expect(await upsert(4)).toBe('unchanged');
	});

	it('says what to do when the application was removed', async () => {
		bitrix.portal.oauth.revoke();
		await expect(upsert(5)).rejects.toMatchObject({ description: expect.stringContaining('BITRIX_RECONNECT') as string });
	});
});
