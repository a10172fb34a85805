import { Installation } from '../demo/installation.cts';
import { flowState, importCatalog } from '../demo/mainJob.cts';
import type { StoredRow } from '../n8n/dataTables.cts';
import { waitFor } from '../n8n/waiting.cts';
import { must, connect, type Json } from '../simulators/bitrix/restClient.ts';
import type { CrmRow } from '../simulators/bitrix/crm/rows.cts';
import { control } from '../simulators/moysklad/control.cts';
import { expectOneRun } from './twoAtOnce.cts';

const WITHIN_MS = 120_000;
const RUN = 'Run Now';
const CHAT = 'chat13';
/** Short, so that the lease of a killed run ends while the test waits. */
const LEASE_MINUTES = 0.1;
const DAY = 86_400_000;

interface Outcome {
	bitrix: number;
	moySklad: number;
	error: string | undefined;
	finished: Record<string, unknown> | undefined;
}

/** A portal with CRM, an account with goods, and both templates. */
class Shop {
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
	async run(number: '24' | '23'): Promise<Outcome> {
		const { bitrix, moySklad, api } = this.installation;
		bitrix.counters.reset();
		moySklad.counters.reset();
		const { run } = await api.run(this.installation.workflow(number).id, RUN, undefined, WITHIN_MS);
		const finished = run.executed.includes('Finished') ? run.node('Finished').json()[0] : undefined;
		return { bitrix: calls(bitrix, /\.(add|update|set|delete)$/), moySklad: calls(moySklad, /^(POST|PUT|DELETE) /), error: run.error?.message, finished };
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

const NOTHING = { bitrix: 0, moySklad: 0, error: undefined };

describe('Template 24: orders into CRM', () => {
	let shop: Shop;
	beforeAll(async () => (shop = await Shop.open()));
	afterAll(async () => await shop?.installation.stop());

	it('R122, R129: the first run imports the last 30 days and ends with a statistic', async () => {
		const firm = await shop.buyer('ООО «Ромашка»', { companyType: 'legal', inn: '7701234567', phone: '+7 495 111-22-33' });
		const person = await shop.buyer('Иванов Иван', { companyType: 'individual', phone: '+7 916 111-22-33' });
		await shop.buyer('ООО «Поставщик»', { companyType: 'legal', inn: '7709999999' });
		const orders = [await shop.order(firm, 10_050), await shop.order(person, 333), await shop.order(firm, 20_000, 30 * DAY - 3_600_000)];
		const old = await shop.order(person, 500, 30 * DAY + 3_600_000);
		const { error, finished } = await shop.run('24');
		expect(error).toBeUndefined();
		expect(finished).toMatchObject({ statistic: { customers: { created: 2, failed: 0 }, deals: { created: 3, failed: 0 }, invoices: { created: 0 } } });
		expect(orders.map((order) => shop.dealOf(order)?.opportunity)).toEqual([20_100, 666, 40_000]);
		expect(shop.dealOf(old)).toBeUndefined();
		expect(shop.portal.companies.all().map(({ title }) => title)).toEqual(['ООО «Ромашка»']);
		expect(shop.portal.requisites.all().map((row) => row.RQ_INN)).toEqual(['7701234567']);
		const rows = (await shop.call('crm.deal.productrows.get', { id: shop.dealOf(orders[0] ?? {})?.id })) as unknown as Array<{ PRODUCT_ID: unknown }>;
		expect(rows.every(({ PRODUCT_ID }) => Number(PRODUCT_ID) > 0)).toBe(true);
		expect(shop.told()).toEqual([expect.stringContaining('Первый импорт в CRM закончен')]);
		expect(await shop.rows('msbx_failures')).toEqual([]);
	});

	it('a second run writes nothing, and neither does a third', async () => {
		expect(await shop.run('24')).toMatchObject(NOTHING);
		expect(await shop.run('24')).toMatchObject(NOTHING);
	});

	it('what becomes of an order moves its deal, is told in the timeline, and what is owed stands in the company', async () => {
		const [firm] = shop.installation.moySklad.account.table('counterparty').all().filter(({ name }) => name === 'ООО «Ромашка»');
		const order = await shop.order({ meta: { href: `${shop.installation.moySklad.baseUrl}/entity/counterparty/${String(firm?.id)}`, type: 'counterparty', mediaType: 'application/json' } } as never, 15_000);
		await shop.run('24');
		expect(shop.dealOf(order)).toMatchObject({ opportunity: 30_000, stageId: 'NEW' });
		expect(shop.told().at(-1)).toMatch(/на 300\.00: новая сделка$/);
		await shop.setState(order, 'Подтверждён');
		await shop.run('24');
		expect(shop.dealOf(order)?.stageId).toBe('PREPARATION');
		await shop.pay(order, 10_000);
		await shop.run('24');
		expect(shop.comments(shop.dealOf(order)).at(-1)).toContain('Оплачено 100.00 RUB из 300.00 RUB, отгружено 0.00 RUB');
		await shop.ship(order);
		await shop.run('24');
		expect(shop.dealOf(order)?.stageId).toBe('WON');
		expect(shop.comments(shop.dealOf(order)).at(-1)).toContain('отгружено 300.00 RUB');
		const [company] = shop.portal.companies.all();
		expect((await shop.call('crm.company.get', { id: company?.id })).UF_CRM_MS_BALANCE).toBe('-200|RUB');
		expect(await shop.run('24')).toMatchObject(NOTHING);
		expect(shop.told()).toHaveLength(2);
	});

	it('R121: an invoice becomes a smart invoice of the deal, once', async () => {
		const [order] = shop.orders.filter(({ sum }) => Number(sum) === 20_100);
		const whole = await shop.edit('GET', `entity/customerorder/${String(order?.id)}?expand=positions`, {});
		const { rows } = whole.positions as unknown as { rows: Array<Record<string, unknown>> };
		await shop.edit('POST', 'entity/invoiceout', { organization: whole.organization, agent: whole.agent, customerOrder: { meta: whole.meta }, vatEnabled: false, positions: rows.map(({ assortment, quantity, price }) => ({ assortment, quantity, price })) });
		expect((await shop.run('24')).error).toBeUndefined();
		expect(shop.portal.smartInvoices.all()).toMatchObject([{ opportunity: 20_100 }]);
		expect(await shop.run('24')).toMatchObject(NOTHING);
	});

	it('while the portal is away nothing is passed over', async () => {
		const { bitrix } = shop.installation;
		const order = await shop.order(await shop.buyer('ООО «Лютик»', { companyType: 'legal', inn: '7702222222' }), 700);
		bitrix.faults.set([{ kind: 'html', share: 1 }]);
		expect((await shop.run('24')).error).toBeDefined();
		bitrix.faults.set([]);
		expect((await shop.run('24')).error).toBeUndefined();
		expect(shop.dealOf(order)).toMatchObject({ opportunity: 1400 });
	});

	it('a run that was killed while it wrote is done again, and makes nothing twice', async () => {
		const { bitrix, api, workflow } = { ...shop.installation, workflow: shop.installation.workflow('24') };
		const buyer = await shop.buyer('ООО «Василёк»', { companyType: 'legal', inn: '7703333333' });
		const orders = [];
		for (let index = 1; index <= 12; index += 1) orders.push(await shop.order(buyer, index * 100));
		const before = shop.portal.deals.all().length;
		bitrix.faults.set([{ kind: 'slow', share: 1, route: 'batch', milliseconds: 1500 }]);
		void api.run(workflow.id, RUN, undefined, WITHIN_MS).catch(() => undefined);
		await waitFor('The deals in the portal', WITHIN_MS, async () => await Promise.resolve(shop.portal.deals.all().length > before ? true : undefined));
		bitrix.faults.set([]);
		await shop.killAndRestart();
		expect((await shop.run('24')).error).toBeUndefined();
		expect(orders.map((order) => shop.portal.deals.all().filter(({ originId }) => originId === String(order.id)).length)).toEqual(orders.map(() => 1));
		expect(shop.portal.companies.all().filter(({ title }) => title === 'ООО «Василёк»')).toHaveLength(1);
		expect(await shop.run('24')).toMatchObject(NOTHING);
	});

	it('of two runs at once one works', async () => {
		await expectOneRun(async () => await shop.installation.api.run(shop.installation.workflow('24').id, RUN, undefined, WITHIN_MS));
	});
});

describe('Template 23: deals to MoySklad', () => {
	let shop: Shop;
	beforeAll(async () => {
		shop = await Shop.open();
		await shop.run('23');
		await shop.run('24');
		shop.installation.bitrix.clock.advance(2000);
	});
	afterAll(async () => await shop?.installation.stop());

	/** A deal as a salesperson makes it, of products of the catalog. */
	async function deal(title: string, prices: number[], more: object = {}): Promise<number> {
		const contact = await shop.call('crm.contact.add', { fields: { NAME: 'Анна', LAST_NAME: title, PHONE: [{ VALUE: `+7916${String(title.length).padStart(7, '1')}`, VALUE_TYPE: 'WORK' }] } });
		const id = Number(await shop.call('crm.deal.add', { fields: { TITLE: title, CURRENCY_ID: 'RUB', CONTACT_ID: contact, STAGE_ID: 'NEW' } }));
		const products = shop.portal.elements.all().filter(({ iblockId }) => iblockId === shop.installation.bitrix.catalogs.main.products);
		await shop.call('crm.deal.productrows.set', { id, rows: prices.map((PRICE, index) => ({ PRODUCT_ID: products[index]?.id, PRICE, QUANTITY: 1 })) });
		if (Object.keys(more).length > 0) await shop.call('crm.deal.update', { id, fields: more });
		return id;
	}

	const orderOf = (id: number): Record<string, unknown> | undefined => shop.orders.find(({ externalCode }) => String(externalCode).endsWith(`:deal:${id}`));
	const later = (): void => shop.installation.bitrix.clock.advance(2000);

	it('a deal’s whole life: deal, stage, order, state, payment, shipment, closed', async () => {
		const id = await deal('Первая', [100.5, 49.5]);
		later();
		expect(await shop.run('23')).toMatchObject(NOTHING);
		expect(orderOf(id)).toBeUndefined();
		await shop.call('crm.deal.update', { id, fields: { STAGE_ID: 'PREPARATION' } });
		later();
		expect((await shop.run('23')).error).toBeUndefined();
		const order = orderOf(id) as Json;
		expect(order.sum).toBe(15_000);
		expect(shop.told().at(-1)).toBe(`[URL=/crm/deal/details/${id}/]Сделка ${id}[/URL] на 150 RUB: заказ создан в МойСклад`);
		later();
		expect(await shop.run('23')).toMatchObject(NOTHING);
		const count = shop.portal.deals.all().length;
		await shop.setState(order, 'Собран');
		expect((await shop.run('24')).error).toBeUndefined();
		expect(shop.portal.deals.all()).toHaveLength(count);
		expect(shop.dealOf(order)).toMatchObject({ id, stageId: 'EXECUTING', title: 'Первая', opportunity: 15_000 });
		await shop.ship(order);
		expect((await shop.run('24')).error).toBeUndefined();
		expect(shop.dealOf(order)).toMatchObject({ id, stageId: 'WON' });
		later();
		expect(await shop.run('23')).toMatchObject(NOTHING);
		expect(await shop.run('24')).toMatchObject(NOTHING);
		expect(shop.orders.filter(({ externalCode }) => String(externalCode).includes(':deal:'))).toHaveLength(1);
	});

	it('a sum that differs from the rows is told, and its order is kept unposted', async () => {
		const id = await deal('Вторая сделка', [100], { STAGE_ID: 'WON', IS_MANUAL_OPPORTUNITY: 'Y', OPPORTUNITY: 90.01 });
		later();
		expect((await shop.run('23')).error).toBeUndefined();
		expect(shop.told().at(-1)).toContain('сумма не сходится');
		expect(orderOf(id)?.applicable).toBe(false);
	});

	it('N2: while MoySklad is away nothing is confirmed, and afterwards nothing is missing', async () => {
		const { moySklad, api } = shop.installation;
		const id = await deal('Третья, длинная', [5], { STAGE_ID: 'WON' });
		later();
		const before = await flowState(api, 'deals');
		moySklad.faults.set([{ kind: 'html', share: 1, route: 'customerorder' }]);
		expect((await shop.run('23')).error).toBeDefined();
		expect(await flowState(api, 'deals')).toEqual(before);
		moySklad.faults.set([]);
		moySklad.clock.advance(60_000);
		expect((await shop.run('23')).error).toBeUndefined();
		expect(orderOf(id)?.sum).toBe(500);
	});

	it('a run that was killed between order and link makes no second order', async () => {
		const { moySklad, api } = shop.installation;
		const id = await deal('Четвёртая, убитая', [7], { STAGE_ID: 'WON' });
		later();
		moySklad.faults.set([{ kind: 'hangAfter', share: 1, route: 'POST /entity/customerorder', milliseconds: 60_000 }]);
		void api.run(shop.installation.workflow('23').id, RUN, undefined, WITHIN_MS).catch(() => undefined);
		await waitFor('The order in MoySklad', WITHIN_MS, async () => await Promise.resolve(orderOf(id)));
		moySklad.faults.set([]);
		await shop.killAndRestart();
		expect((await shop.run('23')).error).toBeUndefined();
		expect(shop.orders.filter(({ externalCode }) => String(externalCode).endsWith(`:deal:${id}`))).toHaveLength(1);
		expect((await shop.rows('msbx_links')).filter(({ type, bitrixId }) => type === 'customerorder' && bitrixId === String(id))).toHaveLength(1);
	});
});
