import { Installation } from '../demo/installation.cts';
import { flowState, importCatalog } from '../demo/mainJob.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { changeSetting } from './changeSetting.cts';

const WITHIN_MS = 60_000;
const COLUMNS = ['name', 'value', 'shownAs'].map((name) => ({ name, type: 'string' as const }));

/** Templates in which nobody chose anything: what the settings table holds counts. */
describe('The settings table', () => {
	let installation: Installation;

	beforeEach(async () => {
		installation = await Installation.start({ moySklad: { size: { products: 10, pictures: 0 } }, choose: 'inTable' });
	});
	afterEach(async () => await installation?.stop());

	const table = async (name: string, choices: Array<[string, unknown]>): Promise<string> => {
		const { id } = await installation.api.dataTables.create(name, COLUMNS);
		await installation.api.dataTables.insert(id, choices.map(([choice, value]) => ({ name: choice, value: JSON.stringify(value), shownAs: '' })));
		return id;
	};
	const items = (): number => installation.bitrix.portal.store.elements.all().length;
	const imported = async (): Promise<string> => await importCatalog(installation).then(() => 'ended well', (error: Error) => error.message);

	it('without it, and with tables of similar names, nothing is chosen, and a run says so before it writes', async () => {
		await table('msbx_settings_old', Object.entries(installation.choices));
		const before = items();
		expect(await imported()).toMatch(/catalog/i);
		expect(items()).toBe(before);
	});

	it('what it holds is chosen in all templates; what stands in a node or in Settings counts before it', async () => {
		await table('msbx_settings', [...Object.entries(installation.choices), ['startDate', '2020-01-01'], ['siteKey', 'of-the-table'], ['journal', 'any']]);
		expect(await importCatalog(installation)).toMatchObject({ failed: 0 });
		expect(items()).toBeGreaterThan(10);
		const orders = installation.workflow('05');
		Object.assign(orders.nodes.find(({ name }) => name === 'To MoySklad')?.parameters ?? {}, { unknownGoods: 'create', deliveryServiceName: 'Delivery' });
		await installation.api.update(orders);
		placeOrders(installation.bitrix.portal, installation.bitrix.catalogs, { count: 3, seed: 3 });
		const bring = async (): Promise<string> => (await installation.api.run(orders.id, 'Run Now', undefined, WITHIN_MS)).run.error?.message ?? 'ended well';
		expect(await bring()).toBe('ended well');
		const ofKey = (key: string): number => installation.moySklad.account.table('customerorder').all().filter(({ externalCode }) => String(externalCode).startsWith(`bitrix:${key}:`)).length;
		expect(ofKey('of-the-table')).toBe(3);
		expect(await flowState(installation.api, 'orders')).toMatchObject({ siteKey: 'of-the-table' });
		// A cursor belongs to one key, so the other key ends the run.
		await changeSetting(installation, '05', 'siteKey', 'of-the-template');
		expect(await bring()).toContain('of-the-template');
		expect(ofKey('of-the-template')).toBe(0);
	});

	it('two different rows for one choice, or a table that cannot be read, end the run before anything is written', async () => {
		await table('msbx_settings', [...Object.entries(installation.choices), ['catalog', '999']]);
		const before = items();
		expect(await imported()).toMatch(/JSON Output.*does not contain a valid JSON object/);
		const workflow = installation.workflow('03');
		const reader = workflow.nodes.find(({ name }) => name === 'Read Choices');
		Object.assign(reader?.parameters ?? {}, { dataTableId: { __rl: true, mode: 'id', value: 'aTableThatIsGone' } });
		await installation.api.update(workflow);
		expect(await imported()).toMatch(/data ?table/i);
		expect(items()).toBe(before);
	});
});
