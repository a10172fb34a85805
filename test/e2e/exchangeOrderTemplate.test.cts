import { Installation } from '../demo/installation.cts';
import { flowState, orderSums } from '../demo/mainJob.cts';
import { addProduct, lineOf, order } from '../simulators/bitrix/exchangeShop.cts';
import { expectOneFirstRun, expectOneRun } from './twoAtOnce.cts';

const WITHIN_MS = 120_000;
const RUN = 'Run Now';

describe('Template 05b: orders by the 1C exchange', () => {
	let installation: Installation;

	beforeEach(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 5, pictures: 0 } },
			bitrix: { edition: 'site', exchange: { orderRows: 4 } },
			settings: { '05b': { startDate: '2020-01-01' } },
		});
		// Of a workflow that is not published nobody can call a part, so nobody can keep the lock.
		await installation.publish('05b');
	});
	afterEach(async () => await installation?.stop());

	const place = (count: number): number[] => {
		const { bitrix } = installation;
		const good = bitrix.portal.store.elements.where('xmlId', 'shirt')[0] ?? addProduct(bitrix, 'shirt');
		return Array.from({ length: count }, (_, number) => {
			bitrix.clock.advance(5000);
			return order(bitrix, [lineOf(good, 10_001 + number, 3)]).id;
		});
	};
	const run = async () => await installation.api.run(installation.workflow('05b').id, RUN, undefined, WITHIN_MS);
	const fine = (count: number): void => expect(orderSums(installation)).toMatchObject({ placed: count, arrived: count, twice: 0, mismatches: 0 });
	const rowsOf = async (name: string): Promise<Array<Record<string, unknown>>> => {
		const table = await installation.api.dataTables.named(name);
		return (await installation.api.dataTables.rows(table.id)).data;
	};

	it('brings all orders over once, keeps their snapshots, and tells the site', async () => {
		const ids = place(10);
		expect((await run()).run.error).toBeUndefined();
		fine(10);
		const links = await rowsOf('msbx_links');
		expect(links.filter(({ type }) => type === 'exchangeorder').map(({ bitrixId }) => Number(bitrixId)).sort((one, other) => one - other)).toEqual(ids);
		expect(links.filter(({ type }) => type === 'customerorder')).toHaveLength(10);
		expect(installation.bitrix.exchange.site.exportMark.from).toBeGreaterThan(0);
		expect((await rowsOf('msbx_flows')).filter(({ flow }) => String(flow).startsWith('exchange ')).map(({ leaseUntil }) => leaseUntil)).toEqual([0]);
		installation.moySklad.counters.reset();
		expect((await run()).run.error).toBeUndefined();
		expect(installation.moySklad.counters.snapshot().calls).toBe(0);
		fine(10);
	});

	it('of two that start at once for the first time at most one works, and the other one says so', async () => {
		place(6);
		await expectOneFirstRun(run);
		fine(6);
		const rows = await rowsOf('msbx_flows');
		expect(rows.filter(({ leaseUntil }) => Number(leaseUntil) > 0)).toEqual([]);

		place(4);
		await expectOneRun(run);
		fine(10);
	});

	it('rule 9: while MoySklad is away nothing is confirmed, and afterwards nothing is missing', async () => {
		place(5);
		installation.moySklad.faults.set([{ kind: 'html', share: 1, route: 'customerorder' }]);
		expect((await run()).run.executed).toContain('Page Failed');
		expect(installation.bitrix.exchange.site.exportMark.from).toBe(0);
		expect(await flowState(installation.api, 'orders')).toEqual({});
		installation.moySklad.faults.set([]);
		installation.moySklad.clock.advance(60_000);
		expect((await run()).run.error).toBeUndefined();
		fine(5);
		expect(installation.bitrix.exchange.site.exportMark.from).toBeGreaterThan(0);
	});
});
