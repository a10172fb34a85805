import type { Drift } from '../../core';
import { Installation } from '../demo/installation.cts';
import { importCatalog } from '../demo/mainJob.cts';
import type { StoredRow } from '../n8n/dataTables.cts';
import { changeSetting } from './changeSetting.cts';
import { expectKnownRows } from './keptRows.cts';

const WITHIN_MS = 120_000;

interface Report {
	complete: boolean;
	later: number;
	total: number;
	counts: Record<string, number>;
	headline: string;
	html: string;
	unread: unknown[];
	repairs: Record<'items' | 'stock' | 'orders', unknown[]>;
}

describe('Template 32: drift', () => {
	let installation: Installation;

	beforeAll(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 24, pictures: 0, variantShare: 0.2, variantsEach: 2, bundles: 0, services: 1, attributes: 0, archivedShare: 0 } },
			settings: { '32': { pageSize: 10 } },
		});
		await importCatalog(installation);
		await run('04', 'Compare Now');
	});
	afterAll(async () => await installation?.stop());

	const run = async (number: string, trigger: string): Promise<Awaited<ReturnType<Installation['api']['run']>>['run']> =>
		(await installation.api.run(installation.workflow(number).id, trigger, undefined, WITHIN_MS)).run;

	/** Runs the template, and counts what it wrote in the store. */
	async function compare(): Promise<Report & { writes: number; executed: string[]; error: string | undefined }> {
		installation.bitrix.counters.reset();
		const made = await run('32', 'Compare Now');
		const [report] = made.node('Report').json(0) as unknown as Report[];
		if (!report) throw new Error(`There is no report: ${JSON.stringify(made.error?.message)}`);
		const writes = Object.entries(installation.bitrix.counters.snapshot().routes).reduce((sum, [route, { calls }]) => sum + (/\.(add|update|delete)$/.test(route) ? calls : 0), 0);
		return { ...report, writes, executed: made.executed, error: made.error?.message };
	}

	async function rows(): Promise<Array<StoredRow & Drift>> {
		const { id } = await installation.api.dataTables.named('msbx_drift');
		return (await installation.api.dataTables.rows(id)).data as Array<StoredRow & Drift>;
	}

	const elements = () => installation.bitrix.portal.store.elements;

	it('finds nothing where both sides are equal', async () => {
		expect(await compare()).toMatchObject({ complete: true, total: 0, counts: {}, writes: 0, headline: 'Both sides are equal' });
	});

	it('finds what people changed, shows it as a page with a chart, and leaves it alone', async () => {
		const { prices } = installation.bitrix.portal.store;
		const simple = elements().all().filter(({ type, quantity }) => type === 1 && quantity > 2);
		const [heavy, cheap, sold, gone, archived] = simple;
		elements().update(heavy?.id ?? 0, { weight: 1 });
		const [price] = prices.where('productId', cheap?.id ?? 0);
		prices.update(price?.id ?? 0, { price: (price?.price ?? 0) - 100 });
		elements().update(sold?.id ?? 0, { quantity: 0 });
		elements().remove(gone?.id ?? 0);
		const product = installation.moySklad.account.table('product').all().find(({ externalCode }) => externalCode === archived?.xmlId);
		if (product) installation.moySklad.account.table('product').put({ ...product, archived: true });
		// What MoySklad changed just now, a flow may still bring.
		const fresh = installation.moySklad.account.table('product').all().find(({ externalCode }) => externalCode === heavy?.xmlId);
		if (fresh) installation.moySklad.account.table('product').put({ ...fresh, updated: Date.now() });
		const report = await compare();
		expect(report).toMatchObject({ complete: true, writes: 0, repairs: { items: [], stock: [], orders: [] } });
		expect(report.counts).toEqual({ size: 1, price: 1, notOffered: 1, itemMissing: 1, itemGone: 1 });
		const overdue = (await rows()).filter(({ code }) => code === 'DRIFT_OVERDUE').map(({ kind }) => kind);
		expect(overdue).toEqual(expect.arrayContaining(['price', 'itemMissing']));
		expect(overdue).not.toContain('size');
		expect(report.html).toContain(`<h3>Overdue: ${overdue.length}</h3>`);
		expect(report.headline).toBe(`5 differences, ${overdue.length} overdue`);
		expect(report.error).toMatch(new RegExp(`^DRIFT_OVERDUE: ${overdue.length} objects`));
		expect(report.html).toContain('<svg');
		expect(report.html).toContain(`<td style="border:1px solid #ddd;padding:4px 8px">${cheap?.xmlId ?? '?'}</td>`);
		expect((await rows()).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['size', 'price', 'notOffered', 'itemMissing', 'itemGone']));
	});

	it('a side that cannot be read makes it incomplete, and nothing is repaired', async () => {
		await changeSetting(installation, '32', 'repair', 'size, price, notOffered, itemMissing, itemGone');
		installation.moySklad.faults.set([{ kind: 'serverError', share: 1, route: 'report/stock' }]);
		const report = await compare();
		installation.moySklad.faults.set([]);
		expect(report).toMatchObject({ complete: false, writes: 0, repairs: { items: [], stock: [], orders: [] } });
		expect(report.total).toBeGreaterThan(0);
		expect(report.html).toContain('What could not be read');
		expect(report.error).toContain('the comparison is incomplete and nothing was repaired');
		expect(await expectKnownRows(installation)).toContain('msbx_drift');
		expect(report.executed).not.toContain('Upsert Items');
	});

	it('repairs a chosen kind however many differences of others there are', async () => {
		await changeSetting(installation, '32', 'mostRows', 2);
		await changeSetting(installation, '32', 'repair', 'notOffered');
		const report = await compare();
		expect([report.repairs.items.length, report.repairs.stock.length]).toEqual([0, 1]);
		expect(report.executed).toContain('Update Stock');
		expect(report.executed).not.toContain('Upsert Items');
		expect(report.html).toContain('the first 3 of 5)');
	});

	it('says how much is left for the next run, where more is to be repaired than a run keeps', async () => {
		await changeSetting(installation, '32', 'mostRows', 1);
		await changeSetting(installation, '32', 'repair', 'size, price, notOffered, itemMissing, itemGone');
		const report = await compare();
		expect(report).toMatchObject({ complete: true, total: 4, later: 3, headline: expect.stringMatching(/, 3 to repair in the next run$/) as string });
		expect(report.repairs.items).toHaveLength(1);
	});

	it('repairs the chosen kinds, and then both sides are equal', async () => {
		await changeSetting(installation, '32', 'mostRows', 2000);
		const report = await compare();
		expect(report).toMatchObject({ complete: true, error: undefined });
		expect(report.repairs.items.length).toBe(3);
		expect(report.executed).toContain('Upsert Items');
		expect(report.writes).toBeGreaterThan(0);
		// What was made anew gets its amount in the run after that.
		expect(await compare()).toMatchObject({ complete: true, total: 1, counts: { notOffered: 1 } });
		expect(await compare()).toMatchObject({ complete: true, total: 0, writes: 0 });
	});
});
