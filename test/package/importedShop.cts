import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { packageOfN8n } from '../n8n/cachedN8n.cts';
import type { Secrets } from '../n8n/credentialStore.cts';
import { Engine } from '../n8n/engine.cts';
import { filledIn, withSettings } from '../n8n/filledIn.cts';
import { imported } from '../n8n/importedWorkflow.cts';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { repositoryRoot } from '../n8n/repository.cts';
import type { WorkflowRun } from '../n8n/runs.cts';
import type { CallableWorkflow } from '../n8n/subWorkflows.cts';
import { TablesInMemory } from '../n8n/tablesInMemory.cts';
import type { Template } from '../n8n/templates.cts';
import type { BitrixOptions } from '../simulators/bitrix/options.cts';
import { startBitrix, type RunningBitrix } from '../simulators/bitrix/start.cts';
import { startMoySklad, type RunningMoySklad } from '../simulators/moysklad/start.cts';

const SIZE = { products: 6, folders: 2, variantShare: 0.2, variantsEach: 2, bundles: 1, services: 1, pictures: 0, archivedShare: 0 };
const CHAT = 'chat13';
const CHECK_STRING = 'a-long-random-check-string-0123456789';

/** Nodes of n8n that Jest cannot load, and what stands for them: what a form gets comes in as items, and a run that reaches another one ends. */
const OUTSIDE = ['wait', 'form', 'emailSend', 'telegram'].map((name) => `n8n-nodes-base.${name}`);
const FORM = 'n8n-nodes-base.formTrigger';

function loadable(node: INode): INode {
	if (node.type === FORM) return { ...node, type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1, parameters: { inputSource: 'passthrough' } };
	return OUTSIDE.includes(node.type) ? { ...node, type: 'n8n-nodes-base.stopAndError', typeVersion: 1, parameters: { errorMessage: `"${node.name}" was reached` } } : node;
}

/** Templates for sites with the 1C exchange. */
export const BY_EXCHANGE = ['03b', '04b', '05b', '20b'];

/** Templates that this engine cannot run: people answer pages of a form, a database is needed, or an application of Bitrix24. The end-to-end tests run them. */
export const NEED_MORE = ['00', '25', '10b', '11b', '33b', '29b'];

export interface Ran {
	run: WorkflowRun;
	/** Calls that changed something, on each side. */
	bitrix: number;
	moySklad: number;
}

/** Workflows as a user has them who imported a release and let the wizard keep every choice, run by n8n's engine between both simulators. */
export class ImportedShop {
	/** The numbers of the workflows that were run. */
	readonly ran = new Set<string>();
	private readonly workflows = new Map<string, CallableWorkflow>();

	private constructor(
		private readonly stored: Map<string, Template>,
		private readonly engine: Engine,
		private readonly library: NodeLibrary,
		readonly bitrix: RunningBitrix,
		readonly moySklad: RunningMoySklad,
		readonly tables: TablesInMemory,
	) {}

	static async open(stored: Map<string, Template>, store: BitrixOptions, tables = new TablesInMemory()): Promise<ImportedShop> {
		const [engine, library, bitrix, moySklad] = await Promise.all([
			Engine.load({ fromN8n: ['n8n-nodes-base'] }),
			NodeLibrary.load([repositoryRoot(), packageOfN8n('n8n-nodes-base')]),
			startBitrix(store),
			startMoySklad({ size: SIZE, rate: { unitsPerWindow: 1_000_000, parallel: 20 } }),
		]);
		const shop = new ImportedShop(stored, engine, library, bitrix, moySklad, tables);
		shop.choose();
		return shop;
	}

	async close(): Promise<void> {
		await Promise.all([this.bitrix.close(), this.moySklad.close()]);
	}

	/** Runs the workflow with this number from one of its nodes. */
	async run(number: string, start: string, items: IDataObject[] = [{}]): Promise<Ran> {
		const workflow = this.workflow(number);
		this.ran.add(number);
		this.bitrix.counters.reset();
		this.moySklad.counters.reset();
		const run = await this.engine.runWorkflow({ workflow, start, items, credentials: this.credentials, more: this.tables.proxy, workflows: this.all() });
		return { run, bitrix: calls(this.bitrix, /\.(add|update|delete|set|modify)$/), moySklad: calls(this.moySklad, /^(POST|PUT|DELETE) /) };
	}

	/** Changes parameters of nodes, and values of *Settings*, as a user does in the editor. */
	change(number: string, parameters: Record<string, INodeParameters>, settings: Record<string, string | number | boolean> = {}): void {
		const [file, template] = this.template(number);
		this.stored.set(file, withSettings(filledIn(template, {}, parameters), settings));
		this.workflows.delete(number);
	}

	/** A flow's state as its row holds it. */
	state(flow: string): Record<string, unknown> {
		const row = this.tables.rows('msbx_flows').find((one) => one.flow === flow);
		return JSON.parse(String(row?.state || '{}')) as Record<string, unknown>;
	}

	workflow(number: string): CallableWorkflow {
		const known = this.workflows.get(number);
		if (known) return known;
		const references = Object.fromEntries(Object.keys(this.credentials).map((name) => [name, { id: name, name }]));
		const { nodes, ...rest } = imported(this.template(number)[1], references, ({ type, typeVersion }) => this.library.description(type, typeVersion));
		const made = { ...rest, id: number, nodes: nodes.map(loadable) };
		this.workflows.set(number, made);
		return made;
	}

	/** Of all workflows of the release. */
	get numbers(): string[] {
		return [...this.stored.keys()].map((file) => file.slice(0, file.indexOf('-')));
	}

	/** Any of them can be called. */
	private all(): Record<string, CallableWorkflow> {
		return Object.fromEntries(this.numbers.map((number) => [number, this.workflow(number)]));
	}

	private template(number: string): [file: string, template: Template] {
		const found = [...this.stored].find(([file]) => file.startsWith(`${number}-`));
		if (!found) throw new RangeError(`There is no template ${number}`);
		return found;
	}

	private get credentials(): Secrets {
		const { bitrix, moySklad } = this;
		return {
			bitrixWebhookApi: { secretAddress: bitrix.webhookUrl, edition: 'enterprise' },
			bitrix1cExchangeApi: { siteAddress: bitrix.url, login: bitrix.exchange.login, password: bitrix.exchange.password },
			moySkladApi: { authentication: 'token', token: moySklad.users.integration.token, baseUrl: moySklad.baseUrl, checkSecret: CHECK_STRING },
		};
	}

	/** What the wizard keeps. */
	private choose(): void {
		const first = (type: string): string => String(this.moySklad.account.table(type).all()[0]?.id);
		const choices = { catalog: String(this.bitrix.catalogs.main.products), organization: first('organization'), shipmentStore: first('store'), chat: CHAT, startDate: '2020-01-01' };
		this.tables.create('msbx_settings', ['name', 'value', 'shownAs'].map((name) => ({ name, type: 'string' })));
		this.tables.insert('msbx_settings', Object.entries(choices).map(([name, value]) => ({ name, value: JSON.stringify(value), shownAs: '' })));
	}
}

const calls = ({ counters }: RunningBitrix | RunningMoySklad, wanted: RegExp): number =>
	Object.entries(counters.snapshot().routes).reduce((sum, [route, count]) => sum + (wanted.test(route) ? count.calls : 0), 0);
