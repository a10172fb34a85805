import { N8nApi } from '../n8n/api.cts';
import { startN8n, type N8n } from '../n8n/instance.cts';
import { lockPart } from '../nodes/shared/lockWorkflow.cts';

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
	/** The lock of a template, as often as runs call it at once: the items of a call are pinned to its workflow. */
	let ids: string[];
	let tableId: string;

	beforeAll(async () => {
		n8n = await startN8n({ packages: [] });
		api = await N8nApi.logIn(n8n);
		tableId = (
			await api.dataTables.create('msbx_flows', [
				{ name: 'flow', type: 'string' },
				{ name: 'owner', type: 'string' },
				{ name: 'leaseUntil', type: 'number' },
				{ name: 'state', type: 'string' },
				{ name: 'progress', type: 'string' },
			])
		).id;
		await api.dataTables.insert(tableId, [{ flow: 'exchange other.example.com', owner: '', leaseUntil: 0 }]);
		await api.dataTables.create('msbx_flows_old', [{ name: 'flow', type: 'string' }]);
		const workflows = [1, 2, 3, 4].map(async (number) => await api.createWorkflow({ name: `Lock ${number}`, ...lockPart('05b-orders-by-1c-exchange.json') }));
		ids = (await Promise.all(workflows)).map(({ id }) => id);
	});
	afterAll(async () => await n8n?.stop());

	const wish = async (wanted: Wish, site = SITE, caller = 0): Promise<Array<[owner: string, leaseUntil: number]>> => {
		const { run } = await api.run(String(ids[caller]), 'One Page', [{ json: { site, now: Date.now(), ...wanted } }]);
		if (run.error) throw run.error;
		return run.executed.includes('Rows of the Lock') ? run.node('Rows of the Lock').json().map(({ owner, leaseUntil }) => [String(owner), Number(leaseUntil)]) : [];
	};
	const rowsOf = async (site: string): Promise<unknown[]> =>
		(await api.dataTables.rows(tableId, { sortBy: 'id:asc', filters: [{ columnName: 'flow', condition: 'eq', value: `exchange ${site}` }] })).data.map(({ owner }) => owner);

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
		expect(await rowsOf(SITE)).toEqual(['(13)']);
		expect(await rowsOf('other.example.com')).toEqual(['']);
	});

	it('of four that want it at the same time gives it to one', async () => {
		await wish({ action: 'release', newOwner: '(13)', newLeaseUntil: 0 });
		const given = await Promise.all([21, 22, 23, 24].map(async (run, caller) => await wish({ action: 'take', newOwner: `(${run})`, newLeaseUntil: Date.now() + HOUR }, SITE, caller)));
		expect(given.filter((rows) => rows.length === 1)).toHaveLength(1);
	});

	it('of four that are the first to exchange with a site at most one sees only its own rows', async () => {
		const site = 'new.example.com';
		const runs = [31, 32, 33, 34];
		const seen = await Promise.all(runs.map(async (run, caller) => await wish({ action: 'take', newOwner: `(${run})`, newLeaseUntil: Date.now() + HOUR }, site, caller)));
		const alone = seen.filter((rows, index) => rows.length > 0 && rows.every(([owner, leaseUntil]) => leaseUntil < Date.now() || owner === `(${String(runs[index])})`));
		expect(alone.length).toBeLessThanOrEqual(1);
		// Whatever rows they made: all are given back, and then all belong to the next one.
		for (const run of runs) await wish({ action: 'release', newOwner: `(${run})`, newLeaseUntil: 0 }, site);
		await wish({ action: 'take', newOwner: '(35)', newLeaseUntil: Date.now() + HOUR }, site);
		expect(new Set(await rowsOf(site))).toEqual(new Set(['(35)']));
	});
});
