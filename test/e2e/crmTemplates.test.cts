import { flowState } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import type { Json } from '../simulators/bitrix/restClient.ts';
import { changeSetting } from './changeSetting.cts';
import { DAY, Shop, WITHIN_MS } from './crmShop.cts';
import { expectKnownRows } from './keptRows.cts';
import { publishSleeping } from './publishSleeping.cts';
import { expectOneRun } from './twoAtOnce.cts';

const RUN = 'Run Now';

const NOTHING = { bitrix: 0, moySklad: 0, error: undefined };

describe('Templates 24 and 26: orders into CRM', () => {
	let shop: Shop;
	/** An order that was there before 24 ran. */
	let early: Json;
	beforeAll(async () => (shop = await Shop.open()));
	afterAll(async () => await shop?.installation.stop());

	it('24 alone begins with the orders that are placed from then on', async () => {
		early = await shop.order(await shop.buyer('Иванов Иван', { companyType: 'individual', phone: '+7 916 111-22-33' }), 333, DAY);
		expect(await shop.run('24')).toMatchObject(NOTHING);
		await shop.setState(early, 'Подтверждён');
		expect(await shop.run('24')).toMatchObject(NOTHING);
		expect(shop.portal.deals.all()).toEqual([]);
		const next = await shop.order(await shop.buyer('Петров Пётр', { companyType: 'individual', phone: '+7 916 222-33-44' }), 100);
		expect((await shop.run('24')).error).toBeUndefined();
		expect(shop.portal.deals.all().map(({ originId }) => originId)).toEqual([next.id]);
		// What other workflows call has to be published.
		await publishSleeping(shop.installation, '24');
	});

	it('R122, R129: 26 imports the last 30 days and ends with a statistic', async () => {
		const firm = await shop.buyer('ООО «Ромашка»', { companyType: 'legal', inn: '7701234567', phone: '+7 495 111-22-33' });
		await shop.buyer('ООО «Поставщик»', { companyType: 'legal', inn: '7709999999' });
		const orders = [await shop.order(firm, 10_050, DAY), early, await shop.order(firm, 20_000, 30 * DAY - 3_600_000)];
		const old = await shop.order(firm, 500, 30 * DAY + 3_600_000);
		const { error, finished } = await shop.run('26');
		expect(error).toBeUndefined();
		expect(finished).toMatchObject({
			statistic: { customers: { created: 2, unchanged: 1, failed: 0 }, deals: { created: 3, unchanged: 1, failed: 0, sum: 60_966, otherCurrencies: 0 }, invoices: { created: 0, sum: 0 } },
			text: expect.stringContaining('сделки: создано 3, изменено 0, без изменений 1, пропущено 0, с ошибкой 0, на сумму 609.66'),
		});
		expect(orders.map((order) => shop.dealOf(order)?.opportunity)).toEqual([20_100, 666, 40_000]);
		expect(shop.dealOf(old)).toBeUndefined();
		expect(shop.portal.companies.all().map(({ title }) => title)).toEqual(['ООО «Ромашка»']);
		expect(shop.portal.requisites.all().map((row) => row.RQ_INN)).toEqual(['7701234567']);
		const rows = (await shop.call('crm.deal.productrows.get', { id: shop.dealOf(orders[0] ?? {})?.id })) as unknown as Array<{ PRODUCT_ID: unknown }>;
		expect(rows.every(({ PRODUCT_ID }) => Number(PRODUCT_ID) > 0)).toBe(true);
		expect(shop.told()).toHaveLength(2);
		expect(shop.told()[1]).toMatch(/^\[B\]Первый импорт в CRM закончен\[\/B\]\n.*\nсделки: создано 3,.* на сумму 609\.66\n/);
		expect(await shop.rows('msbx_failures')).toEqual([]);
	});

	it('a second import writes nothing but its statistic, and neither does 24', async () => {
		const { finished, ...again } = await shop.run('26');
		expect(again).toMatchObject({ ...NOTHING, bitrix: 1 });
		expect(finished?.statistic).toMatchObject({ customers: { created: 0, updated: 0, unchanged: 3 }, deals: { created: 0, updated: 0, unchanged: 4, failed: 0, sum: 60_966 } });
		expect(shop.told()).toHaveLength(3);
		expect(await shop.run('24')).toMatchObject(NOTHING);
		expect(await shop.run('24')).toMatchObject(NOTHING);
	});

	it('an import waits for a run that is at work', async () => {
		const { dataTables } = shop.installation.api;
		const { id } = await dataTables.named('msbx_flows');
		await dataTables.update(id, [{ columnName: 'flow', condition: 'eq', value: 'crm' }], { owner: 'another run', leaseUntil: Date.now() + 4000 });
		const { error, finished, executed } = await shop.run('26');
		expect(error).toBeUndefined();
		expect(executed).toContain('Pause');
		expect(finished?.statistic).toMatchObject({ deals: { unchanged: 4 } });
	});

	it('an import that was interrupted goes on with 24, which tells its statistic and misses nothing', async () => {
		const { bitrix } = shop.installation;
		const told = shop.told().length;
		const [firm] = shop.installation.moySklad.account.table('counterparty').all().filter(({ name }) => name === 'ООО «Поставщик»');
		const order = await shop.order({ meta: { href: `${shop.installation.moySklad.baseUrl}/entity/counterparty/${String(firm?.id)}`, type: 'counterparty', mediaType: 'application/json' } } as never, 1200, 2 * DAY);
		bitrix.faults.set([{ kind: 'html', share: 1 }]);
		expect((await shop.run('26')).error).toBeDefined();
		bitrix.faults.set([]);
		const { error, finished } = await shop.run('24');
		expect(error).toBeUndefined();
		expect(finished?.statistic).toMatchObject({ deals: { created: 1, unchanged: 4 } });
		expect(shop.dealOf(order)?.opportunity).toBe(2400);
		expect(shop.told().slice(told)).toEqual([expect.stringContaining('Первый импорт в CRM закончен')]);
		expect(await shop.run('24')).toMatchObject(NOTHING);
	});

	it('R123: an import has settings of its own', async () => {
		await changeSetting(shop.installation, '26', 'counterparties', 'all');
		const { error, finished } = await shop.run('26');
		expect(error).toBeUndefined();
		const known = shop.installation.moySklad.account.table('counterparty').all().length;
		expect(shop.portal.companies.all().length + shop.portal.contacts.all().length).toBe(known);
		expect(finished?.statistic).toMatchObject({ deals: { created: 0, updated: 0, unchanged: 5 } });
	});

	it('what becomes of an order moves its deal, is told in the timeline, and what is owed stands in the company', async () => {
		const [firm] = shop.installation.moySklad.account.table('counterparty').all().filter(({ name }) => name === 'ООО «Ромашка»');
		const order = await shop.order({ meta: { href: `${shop.installation.moySklad.baseUrl}/entity/counterparty/${String(firm?.id)}`, type: 'counterparty', mediaType: 'application/json' } } as never, 15_000);
		await shop.run('24');
		expect(shop.dealOf(order)).toMatchObject({ opportunity: 30_000, stageId: 'NEW' });
		const told = shop.told().length;
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
		expect(shop.told()).toHaveLength(told);
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
		expect(await expectKnownRows(shop.installation)).toEqual(expect.arrayContaining(['msbx_flows', 'msbx_links']));
	});
});
