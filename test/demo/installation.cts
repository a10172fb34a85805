import type { INodeParameters } from 'n8n-workflow';
import { N8nApi, type ApiCredential, type ApiWorkflow } from '../n8n/api.cts';
import { filledIn, withSettings, type Choices } from '../n8n/filledIn.cts';
import { startN8n, type N8n, type N8nSetup } from '../n8n/instance.cts';
import { templates, type Template } from '../n8n/templates.cts';
import { startBitrix, type RunningBitrix } from '../simulators/bitrix/start.cts';
import type { BitrixOptions } from '../simulators/bitrix/options.cts';
import { startMoySklad, type MoySkladOptions, type RunningMoySklad } from '../simulators/moysklad/start.cts';
import { sitePriceTypes } from './sitePriceTypes.cts';

export interface InstallationSetup {
	moySklad?: MoySkladOptions;
	bitrix?: BitrixOptions;
	/** A second store, for the templates of the 1C exchange. Default: they work with the first one. */
	exchangeStore?: BitrixOptions;
	n8n?: N8nSetup;
	/** How many processes of n8n call MoySklad. Default: one. */
	processes?: number;
	/** `inTable`: nothing is chosen in the templates, so that they take what the settings table holds. Default: in their lists. */
	choose?: 'inLists' | 'inTable';
	/** Other values in the node *Settings* of a template, by the number of the template. */
	settings?: Record<string, Record<string, string | number | boolean>>;
	/** Whether n8n keeps the items of all executions, also where a template says that those that ended well are not kept. Default: no. */
	keepExecutions?: boolean;
}

/** Closes each once. */
const close = async (platforms: Array<RunningMoySklad | RunningBitrix>): Promise<void> =>
	void (await Promise.all([...new Set(platforms)].map(async (platform) => await platform.close())));

/** The first group chat of a portal of Bitrix24. */
const CHAT = 'chat13';

const CHECK_STRING = 'a-long-random-check-string-0123456789';

/** A real n8n joined to both simulators, with the templates imported as a user has them who chose from all lists. */
export class Installation {
	readonly workflows = new Map<string, ApiWorkflow>();
	/** Of both platforms, for workflows beside the templates. */
	readonly credentials: ApiCredential[] = [];

	private constructor(
		readonly moySklad: RunningMoySklad,
		readonly bitrix: RunningBitrix,
		/** The store of the templates of the 1C exchange. */
		readonly exchangeStore: RunningBitrix,
		readonly n8n: N8n,
		readonly api: N8nApi,
	) {}

	/** Starts everything. Templates are imported, not published. */
	static async start({ moySklad = {}, bitrix = {}, exchangeStore, n8n = {}, processes = 1, settings = {}, choose = 'inLists', keepExecutions = false }: InstallationSetup = {}): Promise<Installation> {
		const [backOffice, store] = await Promise.all([startMoySklad(moySklad), startBitrix(bitrix)]);
		const second = exchangeStore ? await startBitrix(exchangeStore) : store;
		const running = await startN8n(n8n).catch(async (error: unknown) => {
			await close([backOffice, store, second]);
			throw error;
		});
		const installation = new Installation(backOffice, store, second, running, await N8nApi.logIn(running));
		await installation.importTemplates(settings, processes, choose, keepExecutions);
		return installation;
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		await close([this.moySklad, this.bitrix, this.exchangeStore]);
	}

	/** The workflow that was made of the template with this number, e.g. `03`. */
	workflow(number: string): ApiWorkflow {
		const found = this.workflows.get(number);
		if (!found) throw new RangeError(`There is no template ${number}`);
		return found;
	}

	async publish(...numbers: string[]): Promise<void> {
		for (const number of numbers) await this.api.publish(this.workflow(number).id);
	}

	async unpublish(...numbers: string[]): Promise<void> {
		for (const number of numbers) await this.api.unpublish(this.workflow(number).id);
	}

	/** The id of the first object of a type in MoySklad. */
	firstId(type: string): string {
		return String(this.moySklad.account.table(type).all()[0]?.id);
	}

	private async importTemplates(settings: NonNullable<InstallationSetup['settings']>, processes: number, choose: 'inLists' | 'inTable', keepExecutions: boolean): Promise<void> {
		this.credentials.push(...(await this.createCredentials(processes)));
		// The wizard calls another one, which has to be there first.
		const inOrder = [...templates()].sort(([one], [other]) => Number(one.startsWith('00')) - Number(other.startsWith('00')));
		for (const [file, template] of inOrder) {
			const number = file.slice(0, file.indexOf('-'));
			const chosen = this.chosen(number, template, choose, settings[number]);
			if (keepExecutions) chosen.settings = { ...chosen.settings, saveDataSuccessExecution: 'all' };
			this.workflows.set(number, await this.api.createWorkflow(chosen, this.credentials));
		}
	}

	/** What its user chooses, by the names of parameters, which are those of the rows in the settings table too. */
	get choices(): Choices {
		return { catalog: String(this.bitrix.catalogs.main.products), organization: this.firstId('organization'), shipmentStore: this.firstId('store'), chat: CHAT };
	}

	private chosen(number: string, template: Template, choose: 'inLists' | 'inTable', settings: Record<string, string | number | boolean> = {}): Template {
		const changes = {
			'To MoySklad': { unknownGoods: 'create', deliveryServiceName: 'Delivery' },
			...(number.endsWith('b') && choose === 'inLists' && this.pricesOfExchange()),
			...(number === '00' && { 'First Import': { ...this.calling('03'), options: { waitForSubWorkflow: false } } }),
			...(number === '26' && { Import: this.calling('24') }),
			...(number.startsWith('29') && { 'Bring the Orders': this.calling('05'), 'Bring Payments and Shipments': this.calling('21') }),
		};
		return withSettings(filledIn(template, choose === 'inLists' ? this.choices : {}, changes), settings);
	}

	/** What a user chooses from the list of workflows. */
	private calling(number: string): INodeParameters {
		return { workflowId: { __rl: true, mode: 'list', value: this.workflow(number).id } };
	}

	private pricesOfExchange(): Record<string, INodeParameters> {
		const prices = sitePriceTypes(this.exchangeStore, this.moySklad);
		return { 'Upsert Items': prices, 'Update Prices': prices };
	}

	private async createCredentials(processes: number): Promise<ApiCredential[]> {
		const { moySklad, bitrix, exchangeStore } = this;
		return [
			await this.api.createCredential('moySkladApi', {
				authentication: 'token',
				token: moySklad.users.integration.token,
				baseUrl: moySklad.baseUrl,
				checkSecret: CHECK_STRING,
				processes,
			}, 'MoySklad (simulator)'),
			await this.api.createCredential('bitrixWebhookApi', { secretAddress: bitrix.webhookUrl, edition: bitrix.portal.edition === 'cloud' ? 'cloud' : 'selfHosted' }, 'Bitrix (simulator)'),
			await this.api.createCredential('bitrix1cExchangeApi', { siteAddress: exchangeStore.url, login: exchangeStore.exchange.login, password: exchangeStore.exchange.password }, 'Bitrix 1C exchange (simulator)'),
		];
	}
}
