import { Installation } from '../demo/installation.cts';
import { importCatalog } from '../demo/mainJob.cts';
import type { StoredRow } from '../n8n/dataTables.cts';
import { must, connect, type Json } from '../simulators/bitrix/restClient.ts';
import type { CrmRow } from '../simulators/bitrix/crm/rows.cts';
import { control } from '../simulators/moysklad/control.cts';

export const WITHIN_MS = 120_000;
/** The triggers of the templates that a person starts. */
const START = { '23': 'Run Now', '24': 'Run Now', '26': 'Import Now' };
const CHAT = 'chat13';
/** Short, so that the lease of a killed run ends while the test waits. */
const LEASE_MINUTES = 0.1;
export const DAY = 86_400_000;

interface Outcome {
	bitrix: number;
	moySklad: number;
	error: string | undefined;
	finished: Record<string, unknown> | undefined;
	executed: string[];
}

/** A portal with CRM, an account with goods, and the templates that join them. */
export class Shop {
	private constructor(readonly installation: Installation) {}

	static async open(): Promise<Shop> {
		const installation = await Installation.start({
			moySklad: { size: { products: 6, variantShare: 0, bundles: 0, services: 0, pictures: 0, archivedShare: 0 } },
			bitrix: { edition: 'box' },
			settings: { '24': { leaseMinutes: LEASE_MINUTES }, '23': { leaseMinutes: LEASE_MINUTES } },
		});
		await importCatalog(installation);
		return new Shop(installation);
	}

	/** Runs a template, and counts what it changed in both systems. */
	async run(number: keyof typeof START): Promise<Outcome> {
		const { bitrix, moySklad, api } = this.installation;
		bitrix.counters.reset();
		moySklad.counters.reset();
		const { run } = await api.run(this.installation.workflow(number).id, START[number], undefined, WITHIN_MS);
		const finished = run.executed.includes('Finished') ? run.node('Finished').json()[0] : undefined;
		return { bitrix: calls(bitrix, /\.(add|update|set|delete)$/), moySklad: calls(moySklad, /^(POST|PUT|DELETE) /), error: run.error?.message, finished, executed: run.executed };
	}

	async edit(method: string, path: string, body: object): Promise<Json> {
		const { status, body: answer } = (await control(this.installation.moySklad.parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { status: number; body: Json };
		if (status >= 400) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
		return answer;
	}

	private meta(type: string, index = 0): { meta: object } {
		const { baseUrl, account } = this.installation.moySklad;
		return { meta: { href: `${baseUrl}/entity/${type}/${String(account.table(type).all()[index]?.id)}`, type, mediaType: 'application/json' } };
	}

	async buyer(name: string, more: object = {}): Promise<Json> {
		return await this.edit('POST', 'entity/counterparty', { name, ...more });
	}

	/** An order of two products for `price` kopecks each, placed `age` milliseconds ago. */
	async order(agent: Json, price: number, age = 0): Promise<Json> {
		const positions = [0, 1].map((index) => ({ assortment: this.meta('product', index), quantity: 1, price }));
		const moment = new Date(Date.now() + 3 * 3_600_000 - age).toISOString().slice(0, 19).replace('T', ' ');
		return await this.edit('POST', 'entity/customerorder', { organization: this.meta('organization'), agent: { meta: agent.meta }, vatEnabled: false, positions, moment });
	}

	async setState(order: { id?: unknown }, name: string): Promise<void> {
		const state = this.installation.moySklad.account.statesOf('customerorder').find((one) => one.name === name);
		const href = `${this.installation.moySklad.baseUrl}/entity/customerorder/metadata/states/${String(state?.id)}`;
		await this.edit('PUT', `entity/customerorder/${String(order.id)}`, { state: { meta: { href, type: 'state', mediaType: 'application/json' } } });
	}

	/** Ships all of an order. */
	async ship(order: { id?: unknown }): Promise<void> {
		const whole = await this.edit('GET', `entity/customerorder/${String(order.id)}?expand=positions`, {});
		const { rows } = whole.positions as unknown as { rows: Array<Record<string, unknown>> };
		await this.edit('POST', 'entity/demand', {
			organization: whole.organization, agent: whole.agent, store: this.meta('store'), customerOrder: { meta: whole.meta }, vatEnabled: whole.vatEnabled, vatIncluded: whole.vatIncluded,
			positions: rows.map(({ assortment, quantity, price, vat, vatEnabled, discount }) => ({ assortment, quantity, price, vat, vatEnabled, discount })),
		});
	}

	async pay(order: Json, sum: number): Promise<void> {
		await this.edit('POST', 'entity/paymentin', { organization: this.meta('organization'), agent: order.agent, sum, operations: [{ meta: order.meta, linkedSum: sum }] });
	}

	async call(method: string, params: Record<string, unknown> = {}): Promise<Json> {
		return await must(connect(this.installation.bitrix)(method, params));
	}

	get portal(): Installation['bitrix']['portal']['store'] {
		return this.installation.bitrix.portal.store;
	}

	dealOf(order: { id?: unknown }): CrmRow | undefined {
		return this.portal.deals.all().find(({ originId }) => originId === order.id);
	}

	comments(deal: CrmRow | undefined): string[] {
		return this.portal.timelineComments.where('owner', `deal:${deal?.id ?? 0}`).map(({ comment }) => comment);
	}

	told(): string[] {
		return this.portal.chatMessages.where('dialog', CHAT).map(({ text }) => text);
	}

	get orders(): Array<Record<string, unknown>> {
		return this.installation.moySklad.account.table('customerorder').all();
	}

	async rows(table: string): Promise<StoredRow[]> {
		const { dataTables } = this.installation.api;
		return (await dataTables.rows((await dataTables.named(table)).id)).data;
	}

	/** Kills n8n, starts it again, and waits until the lease of the killed run has ended. */
	async killAndRestart(): Promise<void> {
		await this.installation.n8n.kill();
		await this.installation.n8n.restart();
		await new Promise((resolve) => setTimeout(resolve, LEASE_MINUTES * 60_000 + 500));
	}
}

const calls = ({ counters }: Pick<Installation['bitrix'], 'counters'>, routes: RegExp): number =>
	Object.entries(counters.snapshot().routes).reduce((sum, [route, count]) => sum + (routes.test(route) ? count.calls : 0), 0);
