import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { Installation } from '../demo/installation.cts';
import { importCatalog, plainProducts, type ImportCounts, type ImportRun } from '../demo/mainJob.cts';
import { eventsOf, notify } from '../e2e/inboxEvents.cts';
import { journalOf, publishJournal } from '../e2e/journalTables.cts';
import type { ApiWorkflow } from '../n8n/api.cts';
import type { StoredRow } from '../n8n/dataTables.cts';
import type { WorkflowRun } from '../n8n/runs.cts';
import { waitFor } from '../n8n/waiting.cts';
import { ivan } from '../nodes/orders/store.cts';
import { placeOrder, placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { csvRows } from '../support/csvRows.cts';
import { mailParts, type MailPart } from '../support/mailParts.cts';
import { startMailSink, type MailSink } from '../support/mailSink.cts';
import { Browser } from './browser.cts';
import type { Faults } from './faults.cts';
import { Pictures } from './pictures/pictures.cts';
import { ReportReader, type Row } from './reportReader.cts';

const WITHIN_MS = 120_000;
const PRODUCTS = 40;
const ORDERS = 6;
const WAITING = 3;
const LIMITED = 2;
const ZONE = 'Europe/Moscow';

/** A report as a shop gets it by e-mail, of what its flows did between both simulators. */
describe('The report, opened in a browser', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'report-'));
	let installation: Installation;
	let mail: MailSink;
	let browser: Browser;
	let page: Page;
	let faults: Faults;
	let report: ReportReader;
	let parts: MailPart[];
	let imports: [ImportRun, ImportRun, ImportRun];
	/** What the run of stock looked at. */
	let amounts: number;
	/** How long all runs took together. */
	let milliseconds: number;
	/** Customer orders that MoySklad had of its own. */
	let before: number;
	/** The orders of goods that nobody knows: some of the others have an engraving, too. */
	let failures: StoredRow[];
	/** What both sides were asked. */
	let calls: { moySklad: number; bitrix: number };

	beforeAll(async () => {
		mail = await startMailSink();
		installation = await Installation.start({
			moySklad: { size: { products: PRODUCTS, variantShare: 0.2, bundles: 2, services: 2, pictures: 0 } },
			settings: { '03': { pageSize: 20 }, '05': { startDate: '2020-01-01' } },
			n8n: { env: { GENERIC_TIMEZONE: ZONE } },
		});
		await choose('05', 'To MoySklad', (node) => void Object.assign(node.parameters, { unknownGoods: 'stop' }));
		await publishJournal(installation);
		await installation.publish('10');
		await aDayOfTheShop();
		await installation.unpublish('10');
		failures = await rowsOf('msbx_failures');
		parts = mailParts(await reportByMail());
		browser = await Browser.start();
		const file = path.join(folder, 'report.html');
		writeFileSync(file, fileOf('report.html'));
		({ page, faults } = await browser.open(pathToFileURL(file).href));
		report = new ReportReader(page);
	}, 600_000);
	afterEach(() => expect(faults.take()).toEqual([]));
	afterAll(async () => {
		rmSync(folder, { recursive: true, force: true });
		await browser?.close();
		await installation?.stop();
		await mail?.close();
	});

	/** As a user does who changes a node of a template. */
	async function choose(number: string, name: string, change: (node: ApiWorkflow['nodes'][number]) => void): Promise<void> {
		const workflow = installation.workflow(number);
		const node = workflow.nodes.find((one) => one.name === name);
		if (!node) throw new RangeError(`Template ${number} has no node ${name}`);
		change(node);
		await installation.api.update(workflow);
	}

	/** Imports, one with a good that MoySklad cannot name and one after it was mended; stock at a MoySklad that refuses calls; orders, one of them of goods that nobody knows; changes that nobody takes over. */
	async function aDayOfTheShop(): Promise<void> {
		const { moySklad, bitrix } = installation;
		before = moySklad.account.table('customerorder').all().length;
		const started = Date.now();
		const [broken] = plainProducts(moySklad);
		const key = broken?.externalCode;
		const importWith = async (externalCode: unknown): Promise<ImportRun> => {
			Object.assign(broken as object, { externalCode });
			return await importCatalog(installation);
		};
		imports = [await importWith(key), await importWith('with#sign'), await importWith(key)];
		moySklad.faults.set([{ kind: 'rateLimit', share: 1, route: '^GET /report/stock', times: LIMITED }]);
		const stock = await run('04', 'Compare Now');
		amounts = stock.node('Update Stock').outputs.flat().length;
		placeOrders(bitrix.portal, bitrix.catalogs, { count: ORDERS, seed: 1 });
		placeOrder(bitrix.portal, {
			site: 's1', customer: ivan, statusId: 'N', canceled: false, shipped: false, managerComment: '', payments: [],
			lines: [{ productId: 0, name: 'Гравировка', quantity: 1, basePrice: 100, price: 100, vatRate: 0.2, vatIncluded: 'Y', coupon: '', components: [] }],
			delivery: { service: 'delivery-courier', price: 0 },
		});
		bitrix.clock.advance(2000);
		await run('05', 'Run Now');
		milliseconds = Date.now() - started;
		// An import begins to count the store's calls anew.
		calls = { moySklad: moySklad.counters.snapshot().calls, bitrix: imports[0].calls + imports[1].calls + bitrix.counters.snapshot().calls };
		await notify(moySklad, eventsOf(moySklad, 'product', plainProducts(moySklad).slice(0, WAITING).map(({ id }) => String(id))));
		await waitFor('The journal of the orders', WITHIN_MS, async () => (await journalOf(installation)).some(({ kind, flow }) => kind === 'summary' && flow === 'orders') || undefined);
	}

	async function run(number: string, trigger: string): Promise<WorkflowRun> {
		const done = (await installation.api.run(installation.workflow(number).id, trigger, undefined, WITHIN_MS)).run;
		if (done.error) throw done.error;
		return done;
	}

	async function reportByMail(): Promise<string> {
		const { api } = installation;
		const { id, name } = await api.createCredential('smtp', { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true, user: '', password: '' });
		await choose('31', 'Send by E-Mail', (node) => void Object.assign(node, { disabled: false, credentials: { smtp: { id, name } } }));
		await run('31', 'Report Now');
		return await waitFor('The mail', WITHIN_MS, async () => await Promise.resolve(mail.mails[0]));
	}

	async function rowsOf(table: string): Promise<StoredRow[]> {
		const { id } = await installation.api.dataTables.named(table);
		return (await installation.api.dataTables.rows(id)).data;
	}

	/** Orders of the store that MoySklad has. */
	const arrived = (): number => installation.moySklad.account.table('customerorder').all().length - before;
	const fileOf = (name: string): string => parts.find(({ file }) => file === name)?.text ?? '';

	const numbers = (part: string): Array<Record<string, string>> => csvRows(fileOf('report.csv')).filter((row) => row.part === part);
	const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
	const imported = (...names: Array<keyof ImportCounts>): number => sum(imports.flatMap((one) => names.map((name) => one[name])));
	const row = async (heading: string, first: string): Promise<Row> => {
		const found = (await report.table(heading)).find((one) => Object.values(one)[0] === first);
		if (!found) throw new Error(`${heading} says nothing of ${first}`);
		return found;
	};

	it('writes its times as the clocks of the shop have them, and says so', async () => {
		expect(await page.textContent('body')).toContain(` ${ZONE}`);
	});

	it('R188: comes by e-mail as the mail itself and as two files', () => {
		expect(parts.map(({ type, file }) => [type, file])).toEqual([['text/html', ''], ['text/html', 'report.html'], ['text/csv', 'report.csv']]);
		expect(parts[0]?.text.trim()).toBe(fileOf('report.html').trim());
	});

	it('R187: counts the runs and objects of each flow as its tables, MoySklad and the store have them', async () => {
		const written = imported('created', 'updated', 'deactivated');
		const all = imported('created', 'updated', 'unchanged', 'deactivated', 'skipped', 'failed');
		expect(await row('By flow', 'catalog')).toMatchObject({ Runs: '3', Objects: String(all), Written: String(written), Failed: String(imports[1]?.failed) });
		expect(imports.map(({ failed }) => failed)).toEqual([0, 1, 0]);
		expect(await row('By flow', 'orders')).toMatchObject({ Runs: '1', Objects: String(ORDERS + 1), Written: String(arrived()), Failed: String(failures.length) });
		expect(arrived()).toBe(ORDERS + 1 - failures.length);
		expect(await row('By flow', 'stock and prices')).toMatchObject({ Runs: '1', Failed: '0', Success: '100 %' });
		expect(await row('By kind', 'stock')).toMatchObject({ Objects: String(amounts) });
		const totals = (await report.table('By flow')).map(({ Objects }) => Number(Objects));
		expect(await report.tile('Objects')).toEqual([String(sum(totals)), 'in 5 runs']);
		expect(await report.tile('Failed')).toEqual([String(failures.length + 1), '2 codes']);
		expect(await report.text()).toContain(`${failures.length + 1} of ${sum(totals)} objects failed.`);
	});

	it('R188: says of each failure what happened, what to do, and whose it is', async () => {
		const [ofOrders, ofGoods, ...others] = await report.errors();
		expect(others).toEqual([]);
		const [what = '', advice, small] = ofOrders ?? [];
		expect(failures.map(({ message }) => `${failures.length} × ${String(message)}`)).toContain(what);
		expect(advice).toBe(failures[0]?.advice);
		expect(small).toBe(`ORDER_GOODS_UNKNOWN · orders · ${failures.length} objects: ${failures.map(({ bitrixId }) => String(bitrixId)).join(', ')}`);
		expect(ofGoods).toEqual([expect.stringContaining('with#sign'), expect.stringMatching(/^[A-Z].*\.$/), `CATALOG_KEY_FORBIDDEN · catalog · 1 object: ${String(plainProducts(installation.moySklad)[0]?.id)}`]);
	});

	it('R184: says how long runs took, and none longer than all together', async () => {
		for (const flow of await report.table('By flow')) {
			const [half, most] = [flow['Half within'], flow['95 % within']].map(millisecondsOf) as [number, number];
			expect(half).toBeGreaterThan(0);
			expect(most).toBeGreaterThanOrEqual(half);
			// What is shown is exact to 3 %.
			expect(most).toBeLessThan(milliseconds * 1.03);
		}
	});

	it('R185: says what waits, and what that is', async () => {
		const waiting = await report.table('What waits now');
		const named = { inbox: 'msbx_inbox', failures: 'msbx_failures' };
		for (const [name, table] of Object.entries(named)) expect(waiting.find(({ Queue }) => Queue === name)).toMatchObject({ Rows: String((await rowsOf(table)).length), 'What is in it': expect.stringMatching(/^[a-z]/) });
		expect((await rowsOf('msbx_inbox')).length).toBeGreaterThanOrEqual(WAITING);
	});

	it('R186: says how far limits are used: the calls and refusals that both sides counted', async () => {
		const { 'MoySklad, calls': office, 'Bitrix, calls': store } = Object.fromEntries((await report.table('Use of the limits')).map((one) => [one.Limit, one]));
		expect(office).toMatchObject({ Calls: String(calls.moySklad), Refused: String(LIMITED) });
		expect(store).toMatchObject({ Calls: String(calls.bitrix), Refused: '0' });
		expect(Number(office?.Share?.replace(' %', ''))).toBeGreaterThan(0);
	});

	it('its table has the same numbers', async () => {
		for (const [part, heading] of [['flow', 'By flow'], ['object', 'By kind']] as const) {
			const shown = (await report.table(heading)).map((one) => [Object.values(one)[0], one.Objects, one.Written, one.Failed, one.Success?.replace(' %', '')]);
			expect(numbers(part).map(({ name, count, written, failed, successPercent }) => [name, count, written, failed, successPercent])).toEqual(shown);
		}
		expect(numbers('queue').map(({ name, count }) => [name, count])).toEqual((await report.table('What waits now')).map(({ Queue, Rows }) => [Queue, Rows]));
		expect(numbers('limit').filter(({ name }) => name?.includes(' rate ')).map((one) => [one.calls, one.refused])).toEqual((await report.table('Use of the limits')).filter(({ Limit }) => Limit?.endsWith('calls')).map(({ Calls, Refused }) => [Calls, Refused]));
		expect(numbers('error').map(({ name, count, message, advice }) => [`${count} × ${message}`, advice, name])).toEqual((await report.errors()).map(([what, advice, small]) => [what, advice, small?.split(' · ')[0]]));
		expect(sum(numbers('time').map(({ count }) => Number(count)))).toBe(Number(numbers('all')[0]?.count));
	});

	it.each([1200, 600])('is drawn whole in a window of %i pixels', async (width) => {
		await page.setViewportSize({ width, height: 900 });
		expect(await report.misplaced()).toEqual([]);
		const shares = [...(await report.table('By flow')), ...(await report.table('By kind')), ...(await report.table('Use of the limits'))].length;
		expect(await report.charts()).toBe(1 + shares);
		const { '#2e9e5b': fine = 0, '#d64545': failed = 0 } = await report.bars();
		expect(fine).toBeGreaterThan(failed);
		expect(failed).toBeGreaterThan(0);
	});

	it('does not move sideways on a phone', async () => {
		await page.setViewportSize({ width: 390, height: 844 });
		expect(await report.sideways()).toBe(0);
	});

	it('has a picture for the docs', async () => {
		const pictures = new Pictures();
		try {
			await page.setViewportSize({ width: 640, height: 900 });
			await pictures.take(page, 'report');
		} finally {
			pictures.remove();
		}
	});
});

/** As the page writes times for people. */
function millisecondsOf(text = ''): number {
	const [, value = '', unit = ''] = /^([\d.]+) (ms|s|min)$/.exec(text) ?? [];
	return Number(value) * ({ ms: 1, s: 1000, min: 60_000 }[unit] ?? NaN);
}
