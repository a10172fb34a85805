import { Installation } from '../demo/installation.cts';
import { flowState, importCatalog } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import { control } from '../simulators/moysklad/control.cts';
import type { FaultRule } from '../simulators/kernel/faults.cts';

const PRODUCTS = 40;
const WITHIN_MS = 60_000;
/** Short, so that the lease of a killed run ends while the test waits. */
const LEASE = { leaseMinutes: 0.1 };
const FAULTS: FaultRule[] = (['rateLimit', 'unavailable', 'serverError', 'hangAfter', 'html', 'cut'] as const).map((kind) => ({
	kind,
	share: 0.1 / 6,
	...(kind === 'hangAfter' && { milliseconds: 200 }),
}));

/** All that a shop has in MoySklad and that belongs into the catalog. */
const goodsOf = ({ moySklad }: Installation): Array<Record<string, unknown>> =>
	['product', 'variant', 'bundle', 'service'].flatMap((type) => moySklad.account.table(type).all()).filter(({ archived }) => archived !== true);

/** How often each key is in the store. */
function keysOf({ bitrix }: Installation): Map<string, number> {
	const keys = new Map<string, number>();
	for (const { xmlId } of bitrix.portal.store.elements.all()) keys.set(xmlId, (keys.get(xmlId) ?? 0) + 1);
	return keys;
}

function expectComplete(installation: Installation): void {
	const keys = keysOf(installation);
	expect([...keys.values()].filter((count) => count > 1)).toEqual([]);
	expect(goodsOf(installation).filter(({ externalCode }) => ![...keys.keys()].some((key) => key === externalCode || key.endsWith(`#${String(externalCode)}`)))).toEqual([]);
}

describe('Template 03: full catalog import', () => {
	let installation: Installation;

	beforeEach(async () => {
		installation = await Installation.start({ moySklad: { size: { products: PRODUCTS } }, settings: { '03': { pageSize: 10, ...LEASE } } });
	});
	afterEach(async () => await installation?.stop());

	it('N4: makes its tables beside others of similar names, and uses only its own', async () => {
		const { dataTables } = installation.api;
		const decoys = await Promise.all(
			['msbx_flows_old', 'old_msbx_flows', 'msbx_failures2'].map(async (name) => await dataTables.create(name, [{ name: 'flow', type: 'string' }])),
		);
		await importCatalog(installation);
		await dataTables.create('msbx_flows_newest', [{ name: 'flow', type: 'string' }]);
		await importCatalog(installation);
		for (const { id } of decoys) expect((await dataTables.rows(id)).count).toBe(0);
		expect((await dataTables.rows((await dataTables.named('msbx_flows')).id)).count).toBe(1);
		expect((await dataTables.list()).map(({ name }) => name).sort()).toEqual(['msbx_failures', 'msbx_failures2', 'msbx_flows', 'msbx_flows_newest', 'msbx_flows_old', 'old_msbx_flows']);
	});

	it('goes on where it was killed, and ends complete without a duplicate', async () => {
		const { api, n8n } = installation;
		const { id } = installation.workflow('03');
		await api.publish(id);
		void api.run(id, 'Import Now', undefined, WITHIN_MS).catch(() => undefined);
		const reached = await waitFor('The second page', WITHIN_MS, async () => {
			const state = await flowState(api, 'catalog').catch(() => ({}) as Record<string, unknown>);
			return state.step === 'goods' && Number(state.offset) > 0 ? state : undefined;
		});
		await n8n.kill();
		const calls = installation.moySklad.counters.snapshot().routes['GET entity/productfolder']?.calls ?? 0;
		await n8n.restart();
		await new Promise((resolve) => setTimeout(resolve, LEASE.leaseMinutes * 60_000));
		const end = await importCatalog(installation);
		const state = await flowState(api, 'catalog');
		expect(state.started).toBe(reached.started);
		expect(state.done).toBe(state.total);
		expect(end.failed).toBe(0);
		// The folders were not read again: it did not begin anew.
		expect(installation.moySklad.counters.snapshot().routes['GET entity/productfolder']?.calls ?? 0).toBe(calls);
		expectComplete(installation);
	});

	it('two runs at the same time: one works, the other one ends at the lease', async () => {
		const { api } = installation;
		const { id } = installation.workflow('03');
		await importCatalog(installation);
		installation.bitrix.portal.store.elements.all().slice(0, 5).forEach((element) => void installation.bitrix.portal.store.elements.update(element.id, { weight: 1 }));
		const runs = await Promise.all([api.run(id, 'Import Now', undefined, WITHIN_MS), api.run(id, 'Import Now', undefined, WITHIN_MS)]);
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
		const worked = runs.filter(({ run }) => run.executed.includes('Next Step'));
		expect(worked).toHaveLength(1);
	});

	it('with one call in ten failing on both sides it ends complete, without a duplicate and without a loss', async () => {
		installation.moySklad.faults.set(FAULTS);
		installation.bitrix.faults.set(FAULTS);
		for (let run = 0; run < 10; run += 1) {
			try {
				const { failed } = await importCatalog(installation);
				if (failed === 0) break;
			} catch {
				// What failed for good in this run is begun again where it stopped.
			}
		}
		installation.moySklad.faults.set([]);
		installation.bitrix.faults.set([]);
		const injected = Object.values(installation.bitrix.counters.snapshot().faults).reduce((sum, count) => sum + count, 0);
		expect(injected).toBeGreaterThan(0);
		expectComplete(installation);
		expect(await importCatalog(installation)).toMatchObject({ created: 0, failed: 0 });
	});

	it('hides what is gone at the end, if that was asked for', async () => {
		const edit = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> =>
			((await control(installation.moySklad.parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { body: Record<string, unknown> }).body;
		const gone = await edit('POST', 'entity/product', { name: 'Скоро уйдёт' });
		await importCatalog(installation);
		await edit('DELETE', `entity/product/${String(gone.id)}`);
		const active = (): unknown => installation.bitrix.portal.store.elements.where('xmlId', String(gone.externalCode))[0]?.active;
		expect(await importCatalog(installation)).toMatchObject({ deactivated: 0 });
		expect(active()).toBe('Y');
		const { api } = installation;
		const workflow = installation.workflow('03');
		const settings = workflow.nodes.find(({ name }) => name === 'Settings');
		const { assignments } = settings?.parameters as { assignments: { assignments: Array<{ name: string; value: unknown }> } };
		for (const one of assignments.assignments) if (one.name === 'deactivateMissing') one.value = true;
		await api.update(workflow);
		expect(await importCatalog(installation)).toMatchObject({ deactivated: 1, failed: 0 });
		expect(active()).toBe('N');
	});
});
