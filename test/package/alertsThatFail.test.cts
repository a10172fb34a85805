import type { INode } from 'n8n-workflow';
import { plainProducts } from '../demo/mainJob.cts';
import { OrderChanges } from '../e2e/orderChanges.cts';
import { templates, type Template } from '../n8n/templates.cts';
import { chosen, node, to } from '../n8n/workflowDraft.cts';
import { objectHook, shownUrl } from '../nodes/MoySklad/webhookBench.cts';
import { control } from '../simulators/moysklad/control.cts';
import { ImportedShop } from './importedShop.cts';

/** Stands for what a user connects behind an alert, while its server is away. */
const CHANNEL = 'Channel';

describe('An alert whose channel fails', () => {
	let shop: ImportedShop;
	let stored: Map<string, Template>;

	beforeAll(async () => {
		stored = templates();
		connectChannel('04', 'Critical Stock Alert');
		connectChannel('13', 'Alert');
		shop = await ImportedShop.open(stored, { edition: 'box' });
	});
	afterAll(async () => await shop?.close());

	function template(number: string): Template {
		const found = [...stored].find(([file]) => file.startsWith(`${number}-`));
		if (!found) throw new RangeError(`There is no template ${number}`);
		return found[1];
	}

	function connectChannel(number: string, alert: string): void {
		const { nodes, connections } = template(number);
		// Far below what keeps the state: only the connection counts.
		nodes.push(node(CHANNEL, 'n8n-nodes-base.stopAndError', { errorMessage: 'The mail server is away' }, { position: [4000, 5000] }));
		connections[alert] = { main: [to(CHANNEL)] };
	}

	/** The channel works again, or does not. */
	function setChannel(number: string, works: boolean): void {
		const channel = template(number).nodes.find(({ name }) => name === CHANNEL) as INode;
		channel.disabled = works;
		shop.change(number, {});
	}

	/** What one run tells; the message of the channel that failed. */
	async function told(number: string, start: string, alert: string): Promise<{ alerts: Array<Record<string, unknown>>; failed?: string }> {
		const { run } = await shop.run(number, start);
		expect(run.executed).not.toContain('Another Run Works');
		return { alerts: run.executed.includes(alert) ? run.node(alert).json() : [], failed: run.error?.message };
	}

	/** As if the time for which a run holds its row were over. */
	const laterOn = (flow: string): void => {
		for (const row of shop.tables.rows('msbx_flows').filter((one) => one.flow === flow)) row.leaseUntil = Math.min(Number(row.leaseUntil), 1);
	};

	it('04: critical stock is told again by the next run, and once when it was told', async () => {
		const [product] = plainProducts(shop.moySklad);
		const [store] = shop.moySklad.account.table('store').all();
		const setStock = async (stock: number): Promise<unknown> => await control(shop.moySklad.parts, 'POST', 'stock', { assortment: String(product?.id), store: String(store?.id), stock });
		const look = async () => await told('04', 'Critical Stock Every 15 Minutes', 'Critical Stock Alert');
		shop.change('04', { 'Find Critical': { thresholds: { row: [{ scope: 'product', product: chosen(String(product?.id)), store: chosen(String(store?.id)), amount: 4 }] } } });
		await setStock(3);
		for (let time = 0; time < 2; time += 1) {
			expect(await look()).toMatchObject({ alerts: [{ subject: 'Critical stock: 1 low, 0 restored' }], failed: 'The mail server is away' });
			laterOn('critical stock');
		}
		setChannel('04', true);
		expect(await look()).toMatchObject({ alerts: [{ subject: 'Critical stock: 1 low, 0 restored' }], failed: undefined });
		expect(await look()).toEqual({ alerts: [] });
		await setStock(50);
		expect(await look()).toMatchObject({ alerts: [{ subject: 'Critical stock: 0 low, 1 restored' }] });
		expect(await look()).toEqual({ alerts: [] });
	});

	it('13: what was healed, and what cannot be, is told again by the next run, and once when it was told', async () => {
		const changes = new OrderChanges(shop);
		const hooks = () => shop.moySklad.account.table('webhook').all();
		const look = async () => await told('13', 'Run Now', 'Alert');
		shop.change('13', {}, { triggerUrl: shownUrl() });
		await shop.run('01', 'Form', [{ 'Webhook URL of the trigger': shownUrl(), Profiles: ['Catalog'], Deletions: 'Report them too', Action: 'Make the change' }]);
		setChannel('13', true);
		await look();
		expect(await look()).toEqual({ alerts: [] });
		setChannel('13', false);
		await changes.edit('PUT', `entity/webhook/${String(hooks()[0]?.id)}`, { enabled: false });
		const first = await look();
		expect(first).toMatchObject({ alerts: [{ news: [expect.stringContaining('Healed: ')] }], failed: 'The mail server is away' });
		expect(hooks().filter(({ enabled }) => enabled !== true)).toEqual([]);
		laterOn('webhook guardian');
		shop.moySklad.account.table('webhook').put({ ...objectHook('product', 'CREATE', String(hooks()[0]?.url).replace(/^https?:\/\/[^/]+/, 'https://old.example.com')), id: 'elsewhere', method: 'POST' } as never);
		const news = [...(first.alerts[0]?.news as string[]), expect.stringContaining('(WEBHOOK_OTHER_ADDRESS)')];
		expect(await look()).toMatchObject({ alerts: [{ news }], failed: 'The mail server is away' });
		laterOn('webhook guardian');
		setChannel('13', true);
		expect(await look()).toMatchObject({ alerts: [{ news }], failed: undefined });
		expect(await look()).toEqual({ alerts: [] });
	});
});
