import { readFileSync } from 'node:fs';
import path from 'node:path';
import { N8nApi } from '../n8n/api.cts';
import { startN8n, type N8n } from '../n8n/instance.cts';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { NpmRegistry } from '../n8n/npmRegistry.cts';
import { packPackage, type PackedPackage } from '../n8n/packed.cts';
import { PACKAGE_NAME } from '../n8n/repository.cts';
import { logIn, type RestCall } from '../n8n/restClient.cts';
import { node, to } from '../n8n/workflowDraft.cts';
import { startMoySklad, type RunningMoySklad } from '../simulators/moysklad/start.cts';

interface Installed {
	packageName: string;
	installedVersion: string;
	failedLoading?: boolean;
	installedNodes: Array<{ name: string; type: string; latestVersion: number }>;
}

/** As a user does it: *Settings → Community Nodes → Install*, and later *Uninstall*. */
describe('The installer of community nodes', () => {
	let registry: NpmRegistry;
	let packed: PackedPackage;
	let n8n: N8n;
	let moySklad: RunningMoySklad;
	let call: RestCall;
	let api: N8nApi;
	let version: string;
	let types: string[];

	beforeAll(async () => {
		[registry, packed, moySklad] = await Promise.all([NpmRegistry.open(), packPackage(), startMoySklad({ size: { products: 3 } })]);
		const manifest = JSON.parse(readFileSync(path.join(packed.folder, 'package.json'), 'utf8')) as { name: string; version: string };
		registry.publish(readFileSync(packed.tarball), manifest);
		({ version } = manifest);
		types = (await NodeLibrary.load([packed.folder])).types();
		n8n = await startN8n({ packages: [], env: registry.environment });
		({ call } = await logIn(n8n.url, n8n.owner));
		api = await N8nApi.logIn(n8n);
	});
	afterAll(async () => {
		await n8n?.stop();
		await moySklad?.close();
		await registry?.close();
		packed?.remove();
	});

	const installed = async (): Promise<Installed[]> => await call<Installed[]>('GET', '/community-packages');
	const known = async (): Promise<string[]> => (await api.nodeTypes(types.map((name) => ({ name, version: 1 })))).map(({ name }) => name);

	it('finds nothing before', async () => {
		expect(await installed()).toEqual([]);
	});

	it('installs the packed package with all its nodes', async () => {
		const added = await call<Installed>('POST', '/community-packages', { name: PACKAGE_NAME, version });
		expect(added).toMatchObject({ packageName: PACKAGE_NAME, installedVersion: version });
		expect(added.installedNodes.map(({ type }) => type).sort()).toEqual([...types].sort());
		expect(registry.asked).toContain(`GET /${PACKAGE_NAME}/-/${PACKAGE_NAME}-${version}.tgz`);
		const [one, ...more] = await installed();
		expect(more).toEqual([]);
		expect(one?.failedLoading).not.toBe(true);
		expect((await known()).length).toBe(types.length);
	});

	const readProducts = async (): Promise<number> => {
		const { baseUrl, users } = moySklad;
		const credential = await api.createCredential('moySkladApi', { authentication: 'token', token: users.integration.token, baseUrl });
		const workflow = await api.createWorkflow(
			{
				name: 'Installed',
				nodes: [
					node('Start', 'n8n-nodes-base.manualTrigger'),
					node('Products', `${PACKAGE_NAME}.moySkladEntity`, { resource: 'product', operation: 'getAll', returnAll: true }),
				],
				connections: { Start: { main: [to('Products')] } },
				settings: { executionOrder: 'v1' },
			},
			[credential],
		);
		const { run } = await api.run(workflow.id, 'Start');
		if (run.error) throw run.error;
		return run.node('Products').json().length;
	};

	it('nodes work at once, and after a restart', async () => {
		expect(await readProducts()).toBe(3);
		await n8n.restart();
		api = await N8nApi.logIn(n8n);
		({ call } = await logIn(n8n.url, n8n.owner));
		expect(await readProducts()).toBe(3);
	});

	it('refuses a version that there is not', async () => {
		await expect(call('POST', '/community-packages', { name: `${PACKAGE_NAME}-other`, version: '9.9.9' })).rejects.toThrow();
		expect((await installed()).length).toBe(1);
	});

	it('takes it away again', async () => {
		await call('DELETE', `/community-packages?name=${PACKAGE_NAME}`);
		expect(await installed()).toEqual([]);
		await expect(known()).rejects.toThrow();
	});
});
