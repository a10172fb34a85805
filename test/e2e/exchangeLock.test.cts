import { N8nApi } from '../n8n/api.cts';
import { startN8n, type N8n } from '../n8n/instance.cts';
import { node, to } from '../n8n/workflowDraft.cts';
import { lockWorkflow } from '../nodes/shared/lockWorkflow.cts';

const HOUR = 3_600_000;
const SITE = 'shop.example.com';

interface Wish {
	action: 'take' | 'renew' | 'release';
	newOwner: string;
	newLeaseUntil: number;
}

describe('The lock workflow of exchanges, with a Data Table', () => {
	let n8n: N8n;
	let api: N8nApi;
	let id: string;
	let tableId: string;

	beforeAll(async () => {
		n8n = await startN8n({ packages: [] });
		api = await N8nApi.logIn(n8n);
		tableId = (
			await api.dataTables.create('msbx_flows', [
				{ name: 'flow', type: 'string' },
				{ name: 'owner', type: 'string' },
				{ name: 'leaseUntil', type: 'number' },
			])
		).id;
		await api.dataTables.insert(tableId, [
			{ flow: `exchange ${SITE}`, owner: '', leaseUntil: 0 },
			{ flow: 'exchange other.example.com', owner: '', leaseUntil: 0 },
		]);
		const update = lockWorkflow.nodes.at(-1);
		const { id: workflowId } = await api.createWorkflow({
			name: 'Lock',
			nodes: [
				node('Wanted', 'n8n-nodes-base.manualTrigger'),
				node('Update', 'n8n-nodes-base.dataTable', { ...update?.parameters, dataTableId: { __rl: true, mode: 'id', value: tableId } }, { typeVersion: update?.typeVersion ?? 1 }),
			],
			connections: { Wanted: { main: [to('Update')] } },
			settings: { executionOrder: 'v1' },
		});
		id = workflowId;
	});
	afterAll(async () => await n8n?.stop());

	const wish = async (wanted: Wish): Promise<unknown[]> => {
		const { run } = await api.run(id, 'Wanted', [{ json: { site: SITE, now: Date.now(), ...wanted } }]);
		if (run.error) throw run.error;
		return run.node('Update').json().map(({ owner, leaseUntil }) => [owner, leaseUntil]);
	};

	it('gives the row to the first, and to nobody else before the lease is over or given back', async () => {
		const until = Date.now() + HOUR;
		expect(await wish({ action: 'take', newOwner: '(12)', newLeaseUntil: until })).toEqual([['(12)', until]]);
		expect(await wish({ action: 'take', newOwner: '(13)', newLeaseUntil: until })).toEqual([]);
		expect(await wish({ action: 'renew', newOwner: '(13)', newLeaseUntil: until })).toEqual([]);
		expect(await wish({ action: 'renew', newOwner: '(2)', newLeaseUntil: until })).toEqual([]);
		expect(await wish({ action: 'renew', newOwner: '(12)', newLeaseUntil: until + 1 })).toEqual([['(12)', until + 1]]);
		expect(await wish({ action: 'release', newOwner: '(2)', newLeaseUntil: 0 })).toEqual([]);
		expect(await wish({ action: 'release', newOwner: '(12)', newLeaseUntil: 0 })).toEqual([['(12)', 0]]);
		expect(await wish({ action: 'take', newOwner: '(13)', newLeaseUntil: until })).toEqual([['(13)', until]]);
		const { data } = await api.dataTables.rows(tableId, { sortBy: 'id:asc' });
		expect(data.map(({ owner }) => owner)).toEqual(['(13)', '']);
	});

	it('of four that want it at the same time gives it to one', async () => {
		await wish({ action: 'release', newOwner: '(13)', newLeaseUntil: 0 });
		const given = await Promise.all([21, 22, 23, 24].map(async (run) => await wish({ action: 'take', newOwner: `(${run})`, newLeaseUntil: Date.now() + HOUR })));
		expect(given.filter((rows) => rows.length === 1)).toHaveLength(1);
	});
});
