import { Installation } from '../demo/installation.cts';
import { importCatalog, plainProducts } from '../demo/mainJob.cts';
import type { Row, StoredRow } from '../n8n/dataTables.cts';
import { waitFor } from '../n8n/waiting.cts';
import { node, to } from '../n8n/workflowDraft.cts';
import { changeSetting } from './changeSetting.cts';
import { eventsOf, notify } from './inboxEvents.cts';

const WITHIN_MS = 120_000;
const PRODUCTS = 100;
const SEEDED = 110;
const NO_SUCH_CATALOG = '987654';

describe('Template 30: error desk', () => {
	let installation: Installation;

	beforeAll(async () => {
		installation = await Installation.start({ moySklad: { size: { products: SEEDED, variantShare: 0, bundles: 0, services: 0, pictures: 0 } }, settings: { '11': { mostAttempts: 2, backoffSeconds: 1 } } });
		await importCatalog(installation);
		// Makes the tables.
		await look();
	}, 300_000);
	afterAll(async () => await installation?.stop());

	const tableId = async (name: string): Promise<string> => (await installation.api.dataTables.named(name)).id;
	const count = async (name: string): Promise<number> => (await installation.api.dataTables.rows(await tableId(name))).count;
	const keep = async (rows: Row[]): Promise<void> => void (await installation.api.dataTables.insert(await tableId('msbx_failures'), rows));
	const failure = (code: string, index: number): Row => ({ flow: 'orders', run: '1', key: `order ${index}`, moySkladId: '', bitrixId: '', code, retryable: false, message: `It is wrong with ${index}`, advice: 'Put it right.' });

	async function run(trigger: string) {
		const done = (await installation.api.run(installation.workflow('30').id, trigger, undefined, WITHIN_MS)).run;
		if (done.error) throw done.error;
		expect(done.executed).not.toContain('Another Run Works');
		return done;
	}

	/** Runs *Look Now* with a code to replay, as its user would, and empties the setting again. */
	async function replay(code: string) {
		await changeSetting(installation, '30', 'replayCode', code);
		try {
			return await run('Look Now');
		} finally {
			await changeSetting(installation, '30', 'replayCode', '');
		}
	}

	/** The alerts of one look. */
	async function look(): Promise<Array<Record<string, unknown>>> {
		const done = await run('Look Now');
		return done.executed.includes('Text') ? done.node('Text').json() : [];
	}

	it('R195: a thousand equal errors are one alert with their number, and more of them none within the hour', async () => {
		for (let begin = 0; begin < 1000; begin += 250) await keep(Array.from({ length: 250 }, (_, index) => failure('ORDER_SUM_MISMATCH', begin + index)));
		await keep([failure('GOODS_UNKNOWN', 1)]);
		expect(await look()).toEqual([
			expect.objectContaining({ code: 'ORDER_SUM_MISMATCH', severity: 'warning', count: 1000, flows: ['orders'], subject: '1000 × ORDER_SUM_MISMATCH', advice: 'Put it right.' }),
			expect.objectContaining({ code: 'GOODS_UNKNOWN', count: 1, examples: ['order 1'] }),
		]);
		expect(await look()).toEqual([]);
		await keep([failure('ORDER_SUM_MISMATCH', 1001), failure('ORDER_SUM_MISMATCH', 1002)]);
		expect(await look()).toEqual([]);
	});

	it('counts what came meanwhile when the hour is over, and says at last that it does not come any more', async () => {
		await changeSetting(installation, '30', 'quietMinutes', 0);
		expect(await look()).toEqual([
			expect.objectContaining({ code: 'ORDER_SUM_MISMATCH', count: 2 }),
			expect.objectContaining({ code: 'GOODS_UNKNOWN', count: 0, severity: 'information', subject: 'Quiet: GOODS_UNKNOWN' }),
		]);
		expect(await look()).toEqual([expect.objectContaining({ code: 'ORDER_SUM_MISMATCH', subject: 'Quiet: ORDER_SUM_MISMATCH' })]);
		expect(await look()).toEqual([]);
	});

	it('more than a page of equal errors are one alert with their number', async () => {
		for (let begin = 0; begin < 2500; begin += 500) await keep(Array.from({ length: 500 }, (_, index) => failure('STOCK_MASS_ZERO', begin + index)));
		expect(await look()).toEqual([expect.objectContaining({ code: 'STOCK_MASS_ZERO', count: 2500 })]);
		expect(await look()).toEqual([expect.objectContaining({ subject: 'Quiet: STOCK_MASS_ZERO' })]);
		expect(await look()).toEqual([]);
	});

	it('N23: an execution that fails is an alert of its workflow, with the address of the execution', async () => {
		const { api } = installation;
		await installation.publish('30');
		const broken = await api.createWorkflow({
			name: 'Breaks',
			nodes: [node('Go', 'n8n-nodes-base.webhook', { path: 'breaks' }, { typeVersion: 2, webhookId: 'b0000000-0000-4000-8000-00000000000b' }), node('Stop', 'n8n-nodes-base.stopAndError', { errorMessage: 'The shop is away' })],
			connections: { Go: { main: [to('Stop')] } },
			settings: { executionOrder: 'v1', errorWorkflow: installation.workflow('30').id },
		});
		await api.publish(broken.id);
		await fetch(await api.webhookUrl(broken, 'Go'));
		const alert = await waitFor('The alert', WITHIN_MS, async () => {
			for (const { id } of await api.executions(installation.workflow('30').id)) {
				const { run: done } = await api.execution(id);
				if (done.executed.includes('Critical')) return done.node('Critical').json()[0];
			}
		});
		expect(alert).toMatchObject({ code: 'EXECUTION_FAILED Breaks', severity: 'critical', count: 1, message: 'The shop is away', advice: expect.stringContaining(`/workflow/${broken.id}/executions/`) });
		await api.unpublish(broken.id);
		await installation.unpublish('30');
	});

	it('a hundred dead letters of a broken mapping come right by Replay when it is mended, and none twice', async () => {
		const { moySklad, bitrix } = installation;
		const products = plainProducts(moySklad).slice(0, PRODUCTS);
		expect(products.length).toBe(PRODUCTS);
		const elements = (): StoredRow[] => bitrix.portal.store.elements.all() as unknown as StoredRow[];
		const before = elements().length;
		const chosen = await chooseCatalog(NO_SUCH_CATALOG);
		await installation.publish('10', '11');
		products.forEach((product, index) => Object.assign(product, { weight: index + 0.5 }));
		expect(await notify(moySklad, eventsOf(moySklad, 'product', products.map(({ id }) => String(id))))).toBe(204);
		await waitFor('The dead letters', WITHIN_MS, async () => await afterWork('msbx_dead_letters', products.length));
		const [alert] = await look();
		expect(alert).toMatchObject({ count: products.length, deadLetters: products.length, severity: 'warning' });
		// Replayed too early: they die again, and n8n may give them the numbers that the first ones had.
		const died = await lettersOf();
		expect((await replay(String(alert?.code))).node('Replayed').json()).toMatchObject([{ replayed: products.length }]);
		await waitFor('The dead letters', WITHIN_MS, async () => await afterWork('msbx_dead_letters', products.length));
		expect((await lettersOf()).filter((moment) => died.includes(moment))).toEqual([]);
		expect(await look()).toEqual([expect.objectContaining({ code: alert?.code, count: products.length, deadLetters: products.length })]);
		expect(await look()).toEqual([]);
		await chooseCatalog(chosen);
		await installation.publish('11');
		expect((await replay('ANOTHER_CODE')).node('Nothing to Replay').json()).toMatchObject([{ replayed: 0 }]);
		bitrix.counters.reset();
		expect((await replay(String(alert?.code))).node('Replayed').json()).toMatchObject([{ replayed: products.length }]);
		expect(await count('msbx_dead_letters')).toBe(0);
		await waitFor('The empty inbox', WITHIN_MS, async () => await afterWork('msbx_inbox', 0));
		const weights = new Map(elements().map(({ xmlId, weight }) => [xmlId, weight]));
		expect(products.filter(({ externalCode, weight }) => weights.get(externalCode as string) !== (weight as number) * 1000)).toEqual([]);
		expect(elements().length).toBe(before);
		const writes = Object.entries(bitrix.counters.snapshot().routes).reduce((sum, [route, { calls }]) => sum + (/catalog\.product(\.\w+)?\.(add|update)$/.test(route) ? calls : 0), 0);
		expect(writes).toBe(products.length);
		expect(await look()).toEqual([expect.objectContaining({ code: alert?.code, subject: `Over: ${String(alert?.code)}` })]);
	});

	/** When the dead letters died that there are. */
	const lettersOf = async (): Promise<string[]> => (await installation.api.dataTables.rows(await tableId('msbx_dead_letters'))).data.map(({ createdAt }) => String(createdAt));

	/** Lets the inbox worker run once; whether a table has so many rows then. */
	async function afterWork(table: string, rows: number): Promise<true | undefined> {
		await installation.api.run(installation.workflow('11').id, 'Run Now', undefined, WITHIN_MS);
		return (await count(table)) === rows ? true : undefined;
	}

	/** Chooses the catalog in the inbox worker; gives the one that was chosen. */
	async function chooseCatalog(id: string): Promise<string> {
		const workflow = installation.workflow('11');
		const catalog = workflow.nodes.find(({ name }) => name === 'Upsert Items')?.parameters.catalog as { value: string };
		const present = catalog.value;
		catalog.value = id;
		await installation.api.update(workflow);
		return present;
	}
});
