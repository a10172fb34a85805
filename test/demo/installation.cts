import { N8nApi, type ApiCredential, type ApiWorkflow } from '../n8n/api.cts';
import { filledIn, withSettings } from '../n8n/filledIn.cts';
import { startN8n, type N8n, type N8nSetup } from '../n8n/instance.cts';
import { templates, type Template } from '../n8n/templates.cts';
import { startBitrix, type RunningBitrix } from '../simulators/bitrix/start.cts';
import type { BitrixOptions } from '../simulators/bitrix/options.cts';
import { startMoySklad, type MoySkladOptions, type RunningMoySklad } from '../simulators/moysklad/start.cts';

export interface InstallationSetup {
	moySklad?: MoySkladOptions;
	bitrix?: BitrixOptions;
	n8n?: N8nSetup;
	/** Other values in the node *Settings* of a template, by the number of the template. */
	settings?: Record<string, Record<string, string | number | boolean>>;
}

const CHECK_STRING = 'a-long-random-check-string-0123456789';

/** A real n8n joined to both simulators, with the templates imported as a user has them who chose from all lists. */
export class Installation {
	readonly workflows = new Map<string, ApiWorkflow>();
	/** Of both platforms, for workflows beside the templates. */
	readonly credentials: ApiCredential[] = [];

	private constructor(
		readonly moySklad: RunningMoySklad,
		readonly bitrix: RunningBitrix,
		readonly n8n: N8n,
		readonly api: N8nApi,
	) {}

	/** Starts everything. Templates are imported, not published. */
	static async start({ moySklad = {}, bitrix = {}, n8n = {}, settings = {} }: InstallationSetup = {}): Promise<Installation> {
		const platforms = await Promise.all([startMoySklad(moySklad), startBitrix(bitrix)]);
		const running = await startN8n(n8n);
		const installation = new Installation(...platforms, running, await N8nApi.logIn(running));
		await installation.importTemplates(settings);
		return installation;
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		await Promise.all([this.moySklad.close(), this.bitrix.close()]);
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

	private async importTemplates(settings: NonNullable<InstallationSetup['settings']>): Promise<void> {
		this.credentials.push(...(await this.createCredentials()));
		for (const [file, template] of templates()) {
			const number = file.slice(0, file.indexOf('-'));
			this.workflows.set(number, await this.api.createWorkflow(this.chosen(template, settings[number]), this.credentials));
		}
	}

	private chosen(template: Template, settings: Record<string, string | number | boolean> = {}): Template {
		const choices = { catalog: String(this.bitrix.catalogs.main.products), organization: this.firstId('organization') };
		return withSettings(filledIn(template, choices, { 'To MoySklad': { unknownGoods: 'create', deliveryServiceName: 'Delivery' } }), settings);
	}

	private async createCredentials(): Promise<ApiCredential[]> {
		const { moySklad, bitrix } = this;
		return [
			await this.api.createCredential('moySkladApi', {
				authentication: 'token',
				token: moySklad.users.integration.token,
				baseUrl: moySklad.baseUrl,
				checkSecret: CHECK_STRING,
			}, 'MoySklad (simulator)'),
			await this.api.createCredential('bitrixWebhookApi', { secretAddress: bitrix.webhookUrl, edition: bitrix.portal.edition === 'cloud' ? 'cloud' : 'selfHosted' }, 'Bitrix (simulator)'),
			await this.api.createCredential('bitrix1cExchangeApi', { siteAddress: bitrix.url, login: bitrix.exchange.login, password: bitrix.exchange.password }, 'Bitrix 1C exchange (simulator)'),
		];
	}
}
