import type { IDataObject } from 'n8n-workflow';
import { totalsOf, type JournalRow } from '../../core';
import { journalRowFaults } from '../core/journal/rowSchema.cts';
import { Installation } from '../demo/installation.cts';
import { bringOrders, compareStock, importCatalog, plainProducts } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import { CatalogClient } from '../simulators/bitrix/catalogClient';
import { must } from '../simulators/bitrix/restClient';
import { Scratch } from '../queue/scratch.cts';
import { addCounterparty, orderOf } from './doubtfulCustomers.cts';
import { useDatabase } from './inboxEvents.cts';
import { journalOf, publishJournal, type StoredJournalRow } from './journalTables.cts';
import { phonesIn } from './leaks.cts';

const WITHIN_MS = 60_000;
const PRODUCTS = 30;

const summariesOf = (rows: readonly JournalRow[], flow: string): JournalRow[] => rows.filter((row) => row.kind === 'summary' && row.flow === flow);
const counted = (rows: readonly JournalRow[], status: 'created' | 'unchanged' | 'failed' | 'conflict'): number => rows.reduce((sum, row) => sum + (totalsOf(row).statuses[status] ?? 0), 0);

/** The flows of a shop tell the journal, in a real n8n. */
describe('R174: what flows tell the journal', () => {
	let installation: Installation;

	beforeAll(async () => {
		installation = await Installation.start({ moySklad: { size: { products: PRODUCTS, variantShare: 0, bundles: 0, services: 0, pictures: 0, archivedShare: 0 } }, settings: { '03': { pageSize: 20 }, '05': { startDate: '2020-01-01', pageSize: 10 }, '22': { startDate: '2020-01-01', pageSize: 10 }, '28': { pageSize: 50 } } });
	}, 300_000);
	afterAll(async () => await installation?.stop());

	/** The rows that came since `known`, once the journal, for which no flow waits, has so many summaries of the flow. */
	async function news(known: number, flow: string, summaries: number): Promise<StoredJournalRow[]> {
		return await waitFor(`${summaries} summaries of ${flow}`, WITHIN_MS, async () => {
			const rows = (await journalOf(installation)).slice(known);
			return summariesOf(rows, flow).length >= summaries ? rows : undefined;
		});
	}

	it('nothing before a journal is registered', async () => {
		await importCatalog(installation);
		expect(await journalOf(installation)).toEqual([]);
	});

	it('N5: a run of unchanged data is a summary for each page, all of one run, and no object has a row', async () => {
		await publishJournal(installation);
		await importCatalog(installation);
		const rows = await news(0, 'catalog', 3);
		expect(rows.filter(({ kind }) => kind === 'operation')).toEqual([]);
		const summaries = summariesOf(rows, 'catalog');
		expect([...new Set(summaries.map(({ run }) => run))]).toEqual([expect.stringMatching(/^\d+$/)]);
		expect(counted(summaries.filter(({ object }) => object === 'item'), 'unchanged')).toBe(PRODUCTS);
		for (const summary of summaries) {
			expect(summary).toMatchObject({ source: 'moySklad', target: 'bitrix', status: 'succeeded', duration: expect.any(Number) });
			expect(summary.calls).toBeGreaterThan(0);
			expect(totalsOf(summary).limits.map(({ platform, limit }) => `${platform} ${limit}`)).toEqual(expect.arrayContaining(['moySklad rate', 'bitrix rate']));
		}
		expect(rows.flatMap(journalRowFaults)).toEqual([]);
	});

	it('a planted failure is a row with its code, the others are counted', async () => {
		const known = (await journalOf(installation)).length;
		const [broken] = plainProducts(installation.moySklad);
		Object.assign(broken as object, { externalCode: 'with#sign' });
		await importCatalog(installation);
		const rows = await news(known, 'catalog', 3);
		const [failed, ...others] = rows.filter(({ kind }) => kind === 'operation');
		expect(others).toEqual([]);
		expect(failed).toMatchObject({ flow: 'catalog', operation: 'Upsert Items', object: 'item', moySkladId: broken?.id, errorCode: expect.stringMatching(/^[A-Z_]+$/), message: expect.any(String) });
		const items = summariesOf(rows, 'catalog').filter(({ object }) => object === 'item');
		expect([counted(items, 'unchanged'), counted(items, 'failed') + counted(items, 'conflict')]).toEqual([PRODUCTS - 1, 1]);
	});

	it('stock and prices tell it, too', async () => {
		const known = (await journalOf(installation)).length;
		await compareStock(installation).catch(() => undefined);
		const rows = await news(known, 'stock and prices', 2);
		expect([...new Set(summariesOf(rows, 'stock and prices').map(({ object }) => object))].sort()).toEqual(['price', 'stock']);
	});

	/** Runs a template by hand; what it told the journal, by operation and what became of how many objects. */
	async function toldBy(number: string, flow: string, summaries: number): Promise<{ rows: StoredJournalRow[]; totals: Record<string, unknown>; error: string | undefined }> {
		const known = (await journalOf(installation)).length;
		const { run } = await installation.api.run(installation.workflow(number).id, 'Run Now', undefined, WITHIN_MS);
		const rows = summaries === 0 ? [] : await news(known, flow, summaries);
		const totals = Object.fromEntries(summariesOf(rows, flow).map((row) => [`${row.operation} ${row.object} ${row.source}>${row.target}`, totalsOf(row).statuses]));
		return { rows, totals, error: run.error?.message };
	}

	it('R174: of counterparties also whom somebody has to decide about', async () => {
		await addCounterparty(installation, { name: 'Пётр Волков', companyType: 'individual', email: 'volkov@example.com' });
		orderOf(installation, { FIO: 'Анна Рыбина', EMAIL: 'anna@example.com', PHONE: '8 916 123-45-67' });
		orderOf(installation, { FIO: 'Анна Волкова', EMAIL: 'volkov@example.com' });
		installation.bitrix.clock.advance(2000);
		const { rows, totals, error } = await toldBy('22', 'counterparties', 1);
		expect(error).toBeUndefined();
		expect(totals).toEqual({ 'To MoySklad counterparty bitrix>moySklad': { created: 1, conflict: 1 } });
		expect(rows.filter(({ kind }) => kind === 'operation')).toEqual([expect.objectContaining({ status: 'conflict', object: 'counterparty', errorCode: 'COUNTERPARTY_REVIEW' })]);
		expect(JSON.stringify(rows)).not.toMatch(/Волков|volkov|Рыбина/);
	});

	it('R174: of new goods what was made in MoySklad, linked in the store, and what failed in a page that comes again', async () => {
		const shop = new CatalogClient(installation.bitrix);
		expect(await toldBy('28', 'newGoods', 0)).toMatchObject({ error: undefined });
		await shop.addProduct({ name: 'Чашка' });
		await must(shop.rest('catalog.product.service.add', { fields: { iblockId: shop.products, name: 'Сборка' } }));
		expect((await toldBy('28', 'newGoods', 3)).totals).toEqual({ 'Make Products product bitrix>moySklad': { created: 1 }, 'Make Services service bitrix>moySklad': { created: 1 }, 'Link Items item moySklad>bitrix': { updated: 2 } });
		await shop.addProduct({ name: 'Полка' });
		installation.moySklad.faults.set([{ kind: 'serverError', share: 1, route: '^POST /entity/product$' }]);
		const failed = await toldBy('28', 'newGoods', 1);
		installation.moySklad.faults.set([]);
		expect(failed).toMatchObject({ totals: { 'Make Products product bitrix>moySklad': { failed: 1 } }, error: expect.stringContaining('could not be taken over for now') });
		expect(failed.rows.filter(({ kind }) => kind === 'operation')).toEqual([expect.objectContaining({ status: 'failed', retryable: true })]);
		expect((await toldBy('28', 'newGoods', 2)).totals).toEqual({ 'Make Products product bitrix>moySklad': { created: 1 }, 'Link Items item moySklad>bitrix': { updated: 1 } });
	});

	describe('with orders, in PostgreSQL', () => {
		let database: Scratch;
		beforeAll(async () => {
			database = await Scratch.make();
			await useDatabase(installation, database.database, '33b');
			await publishJournal(installation, '33b');
		});
		afterAll(async () => await database?.remove());

		const rows = async (): Promise<IDataObject[]> => (await database.query('select * from msbx_journal order by id')) as IDataObject[];

		it('R176, R221: every order that came over has its row, and nobody’s phone is in any', async () => {
			// Those of the two customers above come over as well.
			const count = 2 + 6;
			const orders = await bringOrders(installation, 6);
			expect(orders.arrived).toBe(count);
			const made = await waitFor('The rows', WITHIN_MS, async () => {
				const found = (await rows()).filter(({ kind, status }) => kind === 'operation' && status === 'created');
				return found.length >= count ? found : undefined;
			});
			expect(made).toHaveLength(count);
			for (const row of made) expect(row).toMatchObject({ flow: 'orders', operation: 'To MoySklad', object: 'order', source: 'bitrix', target: 'moySklad', moysklad_id: expect.stringMatching(/^[0-9a-f-]{36}$/), error_code: '' });
			const phones = phonesIn(installation);
			expect(phones.length).toBeGreaterThan(3);
			const text = JSON.stringify(await rows());
			expect(phones.filter((phone) => text.includes(phone) || text.includes(phone.replace(/\D/g, '').slice(-10)))).toEqual([]);
		});

		it('a run without anything to do leaves no row', async () => {
			// The rows of a run, all of them: the journal is written beside the flow.
			const rowsAfterRun = async (): Promise<number> => {
				const { run } = await installation.api.run(installation.workflow('05').id, 'Run Now', undefined, WITHIN_MS);
				expect(run.error).toBeUndefined();
				await new Promise((resolve) => setTimeout(resolve, 3000));
				return (await rows()).length;
			};
			// Orders of the very second of the last query are read once more, which is something to tell.
			installation.bitrix.clock.advance(2000);
			const before = await rowsAfterRun();
			installation.bitrix.clock.advance(2000);
			expect(await rowsAfterRun()).toBe(before);
		});
	});

	it('a journal that fails fails no flow', async () => {
		await installation.unpublish('33b');
		expect(await importCatalog(installation)).toMatchObject({ unchanged: expect.any(Number) });
	});
});
