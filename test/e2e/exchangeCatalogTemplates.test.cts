import { runTemplate } from '../demo/exchangeJob.cts';
import { Installation } from '../demo/installation.cts';
import { flowState } from '../demo/mainJob.cts';
import { expectKnownRows } from './keptRows.cts';

describe('Templates 03b and 04b: the catalog, its stock and prices by the 1C exchange', () => {
	let installation: Installation;

	beforeEach(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 12, pictures: 0 } },
			bitrix: { edition: 'site', exchange: { useOffers: true } },
			settings: { '03b': { pageSize: 10 } },
		});
		// A workflow that was not published cannot be called as the keeper of its own lock.
		await installation.publish('03b', '04b');
	});
	afterEach(async () => await installation?.stop());

	const run = async (number: string, trigger: string): Promise<void> => await runTemplate(installation, number, trigger);

	it('send everything once, and an unchanged catalog not again', async () => {
		await run('03b', 'Import Now');
		const first = await flowState(installation.api, 'catalog by exchange');
		expect(first).toMatchObject({ step: 'done', failed: 0 });
		expect(Number(first.sent)).toBeGreaterThan(12);
		const keys = installation.bitrix.portal.store.elements.all().map(({ xmlId }) => xmlId);
		expect(new Set(keys).size).toBe(keys.length);
		const missing = installation.moySklad.account.table('product').all().filter(({ archived, externalCode }) => archived !== true && !keys.includes(String(externalCode)));
		expect(missing).toEqual([]);
		installation.bitrix.counters.reset();
		await run('03b', 'Import Now');
		expect(await flowState(installation.api, 'catalog by exchange')).toMatchObject({ sent: 0, failed: 0 });
		expect(installation.bitrix.counters.snapshot().calls).toBe(0);
	});

	it('04b brings the stock of everything that was sent, and sends only differences', async () => {
		await expect(run('04b', 'Compare Now')).rejects.toMatchObject({ message: expect.stringContaining('Full catalog by 1C exchange first') as string });
		await run('03b', 'Import Now');
		installation.bitrix.faults.set([{ kind: 'html', share: 1 }]);
		await expect(run('04b', 'Compare Now')).rejects.toMatchObject({ message: expect.any(String) as string });
		installation.bitrix.faults.set([]);
		// The lease was given back: the next run need not wait.
		await run('04b', 'Compare Now');
		const { elements } = installation.bitrix.portal.store;
		expect(elements.all().some(({ quantity }) => Number(quantity) > 0)).toBe(true);
		installation.bitrix.counters.reset();
		await run('04b', 'Compare Now');
		expect(installation.bitrix.counters.snapshot().calls).toBe(0);
		expect(await expectKnownRows(installation)).toEqual(expect.arrayContaining(['msbx_flows', 'msbx_links']));
	});
});
