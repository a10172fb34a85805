import { TablesInMemory } from '../n8n/tablesInMemory.cts';
import { templates } from '../n8n/templates.cts';
import { ImportedShop } from './importedShop.cts';

const LETTERS = 100;
const CODE = 'BITRIX_CATALOG_UNKNOWN';
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

describe('Template 30: what it reads', () => {
	let shop: ImportedShop;
	/** What other flows do before each touch of a table. */
	let meanwhile = (): void => undefined;

	beforeEach(async () => {
		meanwhile = () => undefined;
		shop = await ImportedShop.open(templates(), { edition: 'box' }, new TablesInMemory(async () => await Promise.resolve(meanwhile())));
		await look();
	});
	afterEach(async () => await shop?.close());

	const failure = (code: string, index: number) => ({ flow: 'orders', run: '1', key: `order ${index}`, code, retryable: false, message: 'It is wrong', advice: 'Put it right.' });
	const keep = (code: string, count: number): void => shop.tables.insert('msbx_failures', Array.from({ length: count }, (_, index) => failure(code, index)));
	const die = (count = LETTERS): void => shop.tables.insert('msbx_dead_letters', Array.from({ length: count }, (_, index) => ({ entity: 'product', objectId: String(index), action: 'UPDATE', attempts: 2, code: CODE, message: 'No such catalog', advice: 'Choose it.' })));
	const replayed = (): void => void shop.tables.rows('msbx_dead_letters').splice(0);

	async function alerts(): Promise<Array<Record<string, unknown>>> {
		const { run } = await shop.run('30', 'Look Now');
		if (run.error) throw run.error;
		expect(run.executed).not.toContain('Another Run Works');
		return run.executed.includes('Text') ? run.node('Text').json() : [];
	}

	/** What came anew, by code: how many. */
	const look = async (): Promise<Array<[string, unknown]>> => (await alerts()).filter(({ count }) => count !== 0).map(({ code, count }) => [String(code), count]);

	it('dead letters that die again after a replay are told again, each once', async () => {
		shop.change('30', {}, { quietMinutes: 0 });
		die();
		expect(await look()).toEqual([[CODE, LETTERS]]);
		expect(await look()).toEqual([]);
		replayed();
		die();
		expect(await look()).toEqual([[CODE, LETTERS]]);
		expect(await look()).toEqual([]);
		die(1);
		expect(await look()).toEqual([[CODE, 1]]);
	});

	it('dead letters of the worker are told once, also when its failed execution comes here, and those of PostgreSQL, which are not read, by that', async () => {
		shop.change('30', {}, { quietMinutes: 0 });
		die();
		const failed = async (number: string): Promise<unknown[]> => {
			const message = String(shop.workflow(number).nodes.find(({ name }) => name === 'Dead Letters Arose')?.parameters.errorMessage);
			const execution = { id: '4711', url: 'http://n8n.test/execution/4711', lastNodeExecuted: 'Dead Letters Arose', error: { message } };
			const { run } = await shop.run('30', 'An Execution Failed', [{ workflow: { id: number, name: `worker ${number}` }, execution }]);
			if (run.error) throw run.error;
			return run.executed.includes('Text') ? run.node('Text').json().map(({ code }) => code) : [];
		};
		expect(await failed('11')).toEqual([CODE]);
		expect(await failed('11b')).toEqual(['EXECUTION_FAILED worker 11b']);
	});

	it('failures with the numbers of rows that were cleared are new', async () => {
		shop.change('30', {}, { quietMinutes: 0 });
		keep(CODE, 50);
		expect(await look()).toEqual([[CODE, 50]]);
		shop.tables.rows('msbx_failures').splice(0);
		await new Promise((resolve) => setTimeout(resolve, 5));
		keep(CODE, 20);
		expect(shop.tables.rows('msbx_failures')[0]?.id).toBe(1);
		expect(await look()).toEqual([[CODE, 20]]);
	});

	it('a code that does not come any more is quiet while failures of it are kept, and over when there are none', async () => {
		keep(CODE, 3);
		keep(CODE, 2);
		keep('CLEARED', 1);
		shop.tables.insert('msbx_failures', [{ ...failure('EXECUTION_FAILED', 1), flow: 'Breaks' }]);
		await look();
		for (const row of shop.tables.rows('msbx_flows').filter(({ flow }) => flow === 'error desk')) row.state = String(row.state).replaceAll(/"20[^"]+Z","last":"20[^"]+Z"/g, () => `"${hoursAgo(2)}","last":"${hoursAgo(2)}"`);
		const rows = shop.tables.rows('msbx_failures');
		rows.splice(rows.findIndex(({ code }) => code === 'CLEARED'), 1);
		const told = await alerts();
		expect(told).toHaveLength(3);
		expect(told).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ subject: `Quiet: ${CODE}`, severity: 'information', text: 'It did not come again for 120 minutes. 3 objects with it are left in msbx_failures: they are not known to be written\nTheir rows tell what is to be done; delete those that are right.' }),
				expect.objectContaining({ subject: 'Over: CLEARED', text: 'It did not come again for 120 minutes, and nothing that failed with it is left' }),
				expect.objectContaining({ subject: 'Quiet: EXECUTION_FAILED Breaks', text: 'It did not come again for 120 minutes' }),
			]),
		);
		expect(await alerts()).toEqual([]);
	});

	it('a state that an older version kept is read: what it told is not told again', async () => {
		keep('OLD', 3);
		die(5);
		const told = new Date().toISOString();
		const codes = { OLD: { told, last: told, waiting: 0, dead: 0 }, [CODE]: { told: '2020-01-01T00:00:00.000Z', last: told, waiting: 0, dead: 5 } };
		for (const row of shop.tables.rows('msbx_flows').filter(({ flow }) => flow === 'error desk')) row.state = JSON.stringify({ lastId: 3, codes });
		expect(await look()).toEqual([]);
		die(2);
		keep('NEW', 1);
		expect(await look()).toEqual([[CODE, 2], ['NEW', 1]]);
	});

	it('a storm is read page by page while flows write, and told once with its number', async () => {
		keep(CODE, 3500);
		die(1200);
		meanwhile = () => keep('MEANWHILE', 1);
		const counts = Object.fromEntries(await look()) as Record<string, unknown>;
		expect(counts[CODE]).toBe(4700);
		meanwhile = () => undefined;
		const kept = shop.tables.rows('msbx_failures').filter(({ code }) => code === 'MEANWHILE').length;
		expect(kept).toBeGreaterThan(5);
		shop.change('30', {}, { quietMinutes: 0 });
		const rest = Object.fromEntries(await look()) as Record<string, unknown>;
		expect(Number(counts.MEANWHILE) + Number(rest.MEANWHILE ?? 0)).toBe(kept);
	});

	it('Replay puts back all that died before it began, and nothing twice, while more die', async () => {
		die(1200);
		shop.change('30', {}, { replayCode: CODE });
		meanwhile = () => {
			if (shop.tables.rows('msbx_inbox').length > 0) die(1);
		};
		const { run } = await shop.run('30', 'Look Now');
		if (run.error) throw run.error;
		expect(run.node('Replayed').json()).toMatchObject([{ replayed: 1200 }]);
		const back = shop.tables.rows('msbx_inbox');
		expect(back.length).toBe(1200);
		expect(new Set(back.map(({ objectId }) => objectId)).size).toBe(1200);
		expect(shop.tables.rows('msbx_dead_letters').length).toBeGreaterThan(0);
		shop.change('30', {}, { replayCode: 'ANOTHER_CODE' });
		meanwhile = () => undefined;
		expect((await shop.run('30', 'Look Now')).run.node('Nothing to Replay').json()).toMatchObject([{ replayed: 0 }]);
	});

	it('what is more than mostRows is read by the next looks, and none twice', async () => {
		shop.change('30', {}, { quietMinutes: 0, mostRows: 2000 });
		keep(CODE, 4500);
		die(2500);
		const looks = [await look(), await look(), await look(), await look()];
		expect(looks).toEqual([[[CODE, 4000]], [[CODE, 2500]], [[CODE, 500]], []]);
	});
});
