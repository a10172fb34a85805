import { sendCatalog } from '../demo/exchangeJob.cts';
import type { Installation } from '../demo/installation.cts';
import { flowState } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import { addProduct } from '../simulators/bitrix/exchangeShop.cts';
import { expectComplete, FLOW, startCatalogByExchange } from './exchangeCatalog.cts';

const WITHIN_MS = 120_000;
/** Short, so that the lease of a killed run ends while the test waits. */
const LEASE = { leaseMinutes: 0.1 };

describe('Template 03b: n8n is killed in the middle of an import on the site', () => {
	let installation: Installation;

	beforeEach(async () => (installation = await startCatalogByExchange(30, { pageSize: 10, ...LEASE }, { stepRows: 2, stepMilliseconds: 100 })));
	afterEach(async () => await installation?.stop());

	/** Rows of locks whose lease runs. */
	const locks = async (): Promise<Array<{ flow: string; leaseUntil: number }>> => {
		const { dataTables } = installation.api;
		const { data } = await dataTables.rows((await dataTables.named('msbx_flows')).id);
		return data.filter(({ flow, leaseUntil }) => String(flow).startsWith('exchange ') && Number(leaseUntil) > Date.now()) as unknown as Array<{ flow: string; leaseUntil: number }>;
	};
	const importSteps = (): number => installation.exchangeStore.counters.snapshot().routes['1c_exchange catalog import']?.calls ?? 0;

	it('goes on where it was: nothing lost, nothing twice, nothing deleted', async () => {
		const { n8n, api, exchangeStore } = installation;
		const { elements } = exchangeStore.portal.store;
		const byHand = addProduct(exchangeStore, 'made-by-hand');
		void api.run(installation.workflow('03b').id, 'Import Now', undefined, WITHIN_MS).catch(() => undefined);
		const reached = await waitFor('The first page', WITHIN_MS, async () => {
			const state = await flowState(api, FLOW).catch(() => ({}) as Record<string, unknown>);
			return state.step === 'goods' && Number(state.offset) > 0 ? state : undefined;
		});
		const steps = importSteps();
		await waitFor('An import of the next page', WITHIN_MS, async () => await Promise.resolve(importSteps() > steps ? true : undefined));
		await n8n.kill();
		Object.assign(exchangeStore.exchange.site.settings, { stepRows: 100, stepMilliseconds: 0 });
		const before = elements.all().map(({ id, xmlId, active }) => ({ id, xmlId, active }));
		await n8n.restart();
		// The exchange was held when n8n died; nobody gives it back, so time has to.
		const [lock] = await locks();
		expect(lock?.leaseUntil).toBeGreaterThan(Date.now());
		await api.dataTables.update((await api.dataTables.named('msbx_flows')).id, [{ columnName: 'flow', condition: 'eq', value: String(lock?.flow) }], { leaseUntil: Date.now() - 1 });
		await new Promise((resolve) => setTimeout(resolve, LEASE.leaseMinutes * 60_000));

		const end = await sendCatalog(installation);
		const state = await flowState(api, FLOW);
		expect(end.failed).toBe(0);
		expect(state.started).toBe(reached.started);
		expect(state.done).toBe(state.total);
		expectComplete(installation);
		expect(elements.all()).toEqual(expect.arrayContaining(before.map((row) => expect.objectContaining(row) as object)));
		expect(elements.get(byHand.id)).toEqual(byHand);
		expect(await sendCatalog(installation)).toMatchObject({ sent: 0, created: 0, failed: 0, calls: 0 });
	});
});
