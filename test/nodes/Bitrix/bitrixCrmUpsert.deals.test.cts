import { link, order, partner, position, uuid } from '../../core/sync/crm/documents.ts';
import { chosen, Crm, stageRow, type Item } from './crmBench.cts';

const CONFIRMED = { meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/customerorder/metadata/states/${uuid('confirmed')}`, type: 'state' }, id: uuid('confirmed'), name: 'Подтверждён' };

/** An order of two positions for 250.50. */
const simple = (more: object = {}): Item =>
	order({
		sum: 25_050,
		positions: { rows: [position('tea', { quantity: 2, price: 10_000, vat: 20, vatEnabled: true }), position('cup', { quantity: 1, price: 5050 })] },
		...more,
	}) as Item;

const codes = (warnings: Array<{ code: string }> | undefined): string[] => (warnings ?? []).map(({ code }) => code);

describe('Bitrix CRM Upsert: Deals: Upsert From Orders', () => {
	let crm: Crm;
	beforeEach(async () => (crm = await Crm.open()));
	afterEach(async () => await crm.close());

	it('makes a deal with its rows, to the kopeck', async () => {
		const [result] = await crm.deals([simple({ description: 'Позвоните' })]);
		expect(result).toMatchObject({ status: 'created', key: uuid('order'), moySkladId: uuid('order') });
		const deal = await crm.deal(result?.bitrixId ?? '');
		expect(deal).toMatchObject({
			TITLE: 'Заказ 00042', OPPORTUNITY: '250.50', CURRENCY_ID: 'RUB', CATEGORY_ID: '0', STAGE_ID: 'NEW', OPENED: 'Y', COMMENTS: 'Позвоните',
			ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid('order'), IS_MANUAL_OPPORTUNITY: 'N',
		});
		expect(await crm.rows(result?.bitrixId ?? '')).toEqual([[0, 'Товар tea', 100, 2, 20, 796], [0, 'Товар cup', 50.5, 1, null, 796]]);
		expect(codes(result?.warnings)).toEqual(['CRM_CUSTOMER_MISSING']);
	});

	it('a second run of unchanged orders writes nothing', async () => {
		const items = [simple(), simple({ word: 'other', sum: 5050, positions: { rows: [position('cup', { quantity: 1, price: 5050 })] } })];
		await crm.deals(items);
		crm.resetCounters();
		expect((await crm.deals(items)).map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
		expect(crm.writes()).toEqual({});
	});

	it('writes only what has changed', async () => {
		const [made] = await crm.deals([simple()]);
		crm.resetCounters();
		const [result] = await crm.deals([simple({ sum: 30_100, positions: { rows: [position('tea', { quantity: 2, price: 10_000, vat: 20, vatEnabled: true }), position('cup', { quantity: 2, price: 5050 })] } })]);
		expect(result).toMatchObject({ status: 'updated', changes: [{ field: 'productRows', from: '2 rows, 250.50', to: '2 rows, 301.00' }] });
		expect(crm.writes()).toEqual({ 'crm.deal.update': 1, 'crm.deal.productrows.set': 1 });
		expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ OPPORTUNITY: '301.00' });
	});

	it('what people wrote in the deal stays', async () => {
		const [made] = await crm.deals([simple({ description: 'Первое' })]);
		await crm.call('crm.deal.update', { id: made?.bitrixId, fields: { TITLE: 'Важный клиент', COMMENTS: 'Мой комментарий', ASSIGNED_BY_ID: 3 } });
		const [again] = await crm.deals([simple({ description: 'Второе' })]);
		expect(again).toMatchObject({ status: 'unchanged' });
		expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ TITLE: 'Важный клиент', COMMENTS: 'Мой комментарий', ASSIGNED_BY_ID: '3' });
	});

	it('Preview shows it all and writes nothing', async () => {
		crm.resetCounters();
		const [result] = await crm.deals([simple()], { preview: true, stageMap: { row: [stageRow('state', 'EXECUTING', { state: chosen('Подтверждён') })] } });
		expect(result).toMatchObject({ status: 'planned', bitrixId: null });
		expect(result?.changes.map(({ field }) => field)).toEqual(expect.arrayContaining(['TITLE', 'CURRENCY_ID', 'productRows']));
		expect(result?.link).toBeUndefined();
		expect(crm.writes()).toEqual({});
		expect(crm.kept('deals')).toHaveLength(0);
	});

	describe('sums', () => {
		it('a price that is not whole kopecks becomes two rows of the same sum', async () => {
			const [result] = await crm.deals([simple({ sum: 10_000, positions: { rows: [position('tea', { quantity: 3, price: 3333.3333 })] } })]);
			expect(await crm.deal(result?.bitrixId ?? '')).toMatchObject({ OPPORTUNITY: '100.00' });
			expect((await crm.rows(result?.bitrixId ?? '')).map(([, , price, quantity]) => [price, quantity])).toEqual([[33.33, 2], [33.34, 1]]);
		});

		it('positions that do not come to the sum: nothing is written', async () => {
			const run = await crm.run('upsertDeals', [simple({ sum: 99_999 })]);
			expect(run.json(1)).toMatchObject([{ status: 'conflict', error: { code: 'CRM_SUM_DIFFERS' } }]);
			expect(crm.kept('deals')).toHaveLength(0);
		});

		it('positions that did not come along: nothing is written', async () => {
			const [result] = await crm.deals([simple({ positions: { meta: { size: 5 } } })]);
			expect(result?.error?.code).toBe('CRM_POSITIONS_MISSING');
			expect(crm.kept('deals')).toHaveLength(0);
		});

		it('a sum that a person set by hand is put right', async () => {
			const [made] = await crm.deals([simple()]);
			await crm.call('crm.deal.update', { id: made?.bitrixId, fields: { OPPORTUNITY: 1, IS_MANUAL_OPPORTUNITY: 'Y' } });
			expect((await crm.deals([simple()]))[0]?.status).toBe('updated');
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ OPPORTUNITY: '250.50', IS_MANUAL_OPPORTUNITY: 'N' });
		});

		it('without rows the sum is written by hand', async () => {
			const [result] = await crm.deals([simple()], { rows: 'never' });
			expect(await crm.deal(result?.bitrixId ?? '')).toMatchObject({ OPPORTUNITY: '250.50', IS_MANUAL_OPPORTUNITY: 'Y' });
			expect(await crm.rows(result?.bitrixId ?? '')).toEqual([]);
			expect((await crm.deals([simple()], { rows: 'never' }))[0]?.status).toBe('unchanged');
		});

		it('amounts of an unknown currency are not taken for others', async () => {
			const [result] = await crm.deals([simple({ rate: { value: 90, currency: link('currency', 'USD') } })]);
			expect(result?.error?.code).toBe('CRM_CURRENCY_UNKNOWN');
		});

		it('a currency that the portal does not have fails its order only', async () => {
			const results = await crm.deals([simple({ rate: { currency: { ...link('currency', 'XXX'), isoCode: 'XXX' } } }), simple({ word: 'other' })]);
			expect(results.map(({ status }) => status)).toEqual(['failed', 'created']);
		});
	});

	describe('products of rows', () => {
		const catalog = (): { catalog: object } => ({ catalog: chosen(crm.bitrix.catalogs.main.products) });

		it('are found by the key of the good', async () => {
			const iblockId = crm.bitrix.catalogs.main.products;
			const { element } = (await crm.call('catalog.product.add', { fields: { iblockId, name: 'Чай', xmlId: 'tea' } })) as unknown as { element: { id: number } };
			const [result] = await crm.deals([simple()], catalog() as never);
			expect((await crm.rows(result?.bitrixId ?? '')).map(([product]) => product)).toEqual([element.id, 0]);
			expect(codes(result?.warnings)).toContain('CRM_GOODS_FREE');
			expect((await crm.deals([simple()], catalog() as never))[0]?.status).toBe('unchanged');
		});

		it('that are there twice are a conflict', async () => {
			const iblockId = crm.bitrix.catalogs.main.products;
			for (const name of ['Чай', 'Чай 2']) await crm.call('catalog.product.add', { fields: { iblockId, name, xmlId: 'tea' } });
			expect((await crm.deals([simple()], catalog() as never))[0]).toMatchObject({ status: 'conflict', error: { code: 'CRM_GOODS_AMBIGUOUS' } });
		});

		it('that are missing can stop the order', async () => {
			expect((await crm.deals([simple()], { ...catalog(), unknownGoods: 'stop' } as never))[0]?.error?.code).toBe('CRM_GOODS_UNKNOWN');
			expect(crm.kept('deals')).toHaveLength(0);
		});
	});

	describe('several deals of one order', () => {
		it('are a conflict that names them, and none is changed', async () => {
			const ids = [];
			for (const title of ['a', 'b']) ids.push(await crm.call('crm.deal.add', { fields: { TITLE: title, ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid('order') } }));
			crm.resetCounters();
			const [result] = await crm.deals([simple()]);
			expect(result).toMatchObject({ status: 'conflict', error: { code: 'CRM_DUPLICATE' } });
			expect(result?.error?.message).toContain(ids.join(', '));
			expect(crm.writes()).toEqual({});
		});

		it('of another system are not ours', async () => {
			await crm.call('crm.deal.add', { fields: { TITLE: 'чужая', ORIGINATOR_ID: 'OTHER', ORIGIN_ID: uuid('order') } });
			expect((await crm.deals([simple()]))[0]?.status).toBe('created');
		});

		it('of several items of one order the last counts', async () => {
			const results = await crm.deals([simple({ description: 'старое' }), simple({ description: 'новое' })]);
			expect(results.map(({ status }) => status)).toEqual(['skipped', 'created']);
			expect(await crm.deal(results[1]?.bitrixId ?? '')).toMatchObject({ COMMENTS: 'новое' });
		});
	});

	describe('the stage', () => {
		const map = (...row: object[]): object => ({ stageMap: { row } });
		const toWork = stageRow('state', 'EXECUTING', { state: chosen('Подтверждён') });

		it('follows the state, and is left alone without a row', async () => {
			const parameters = map(toWork) as never;
			const [made] = await crm.deals([simple({ state: CONFIRMED })], parameters);
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ STAGE_ID: 'EXECUTING' });
			const [again] = await crm.deals([simple({ state: { ...CONFIRMED, id: uuid('strange'), name: 'Странный' } })], parameters);
			expect(codes(again?.warnings)).toContain('CRM_STAGE_UNMAPPED');
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ STAGE_ID: 'EXECUTING' });
		});

		it('R141: all shipped closes the deal, a part does not', async () => {
			const parameters = map(stageRow('shipped', 'WON'), toWork) as never;
			const [made] = await crm.deals([simple({ state: CONFIRMED, shippedSum: 25_049 })], parameters);
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ STAGE_ID: 'EXECUTING' });
			await crm.deals([simple({ state: CONFIRMED, shippedSum: 25_050 })], parameters);
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ STAGE_ID: 'WON', CLOSED: 'Y' });
		});

		it('a deal that a person closed stays closed, unless the row says otherwise', async () => {
			const parameters = map(toWork) as never;
			const [made] = await crm.deals([simple({ state: CONFIRMED })], parameters);
			await crm.call('crm.deal.update', { id: made?.bitrixId, fields: { STAGE_ID: 'LOSE' } });
			const [again] = await crm.deals([simple({ state: CONFIRMED })], parameters);
			expect(codes(again?.warnings)).toContain('CRM_STAGE_CLOSED');
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ STAGE_ID: 'LOSE' });
			await crm.deals([simple({ state: CONFIRMED })], map({ ...toWork, reopen: true }) as never);
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ STAGE_ID: 'EXECUTING' });
		});

		it('with a link, what a person moved stays until the order moves', async () => {
			const parameters = map(toWork, stageRow('paid', 'FINAL_INVOICE')) as never;
			const [made] = await crm.deals([simple({ state: CONFIRMED })], parameters);
			await crm.call('crm.deal.update', { id: made?.bitrixId, fields: { STAGE_ID: 'PREPARATION' } });
			const [kept] = await crm.deals([simple({ state: CONFIRMED, link: made?.link })], parameters);
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ STAGE_ID: 'PREPARATION' });
			await crm.deals([simple({ payedSum: 25_050, link: kept?.link })], map(stageRow('paid', 'FINAL_INVOICE'), toWork) as never);
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ STAGE_ID: 'FINAL_INVOICE' });
		});

		it('is one of the pipeline of the deal', async () => {
			const [made] = await crm.deals([simple({ state: CONFIRMED })], { ...map(stageRow('state', 'C5:EXECUTING', { state: chosen('Подтверждён') })), pipeline: chosen(5) } as never);
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ STAGE_ID: 'C5:EXECUTING', CATEGORY_ID: '5' });
			const [foreign] = await crm.deals([simple({ state: CONFIRMED })], map(toWork) as never);
			expect(codes(foreign?.warnings)).toContain('CRM_STAGE_FOREIGN');
		});

		it('of a deleted order', async () => {
			const [made] = await crm.deals([simple()]);
			const gone: Item = { deleted: true, entity: 'customerorder', id: uuid('order') };
			expect((await crm.deals([gone]))[0]).toMatchObject({ status: 'skipped' });
			expect((await crm.deals([gone], map(stageRow('deleted', 'LOSE')) as never))[0]?.status).toBe('updated');
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ STAGE_ID: 'LOSE' });
			expect((await crm.deals([{ ...gone, id: uuid('never seen') }], map(stageRow('deleted', 'LOSE')) as never))[0]?.status).toBe('skipped');
		});
	});

	describe('the timeline', () => {
		const parameters = { stageMap: { row: [stageRow('paid', 'FINAL_INVOICE')] } } as never;

		it('is told of each change once, by the link', async () => {
			const [made] = await crm.deals([simple()], parameters);
			expect(crm.comments(made?.bitrixId ?? '')).toEqual([]);
			const [half] = await crm.deals([simple({ payedSum: 10_000, link: made?.link })], parameters);
			expect(crm.comments(made?.bitrixId ?? '')).toEqual(['Заказ 00042 \nОплачено 100.00 RUB из 250.50 RUB, отгружено 0.00 RUB']);
			expect(half?.status).toBe('updated');
			expect((await crm.deals([simple({ payedSum: 10_000, link: half?.link })], parameters))[0]?.status).toBe('unchanged');
			await crm.deals([simple({ payedSum: 10_000, link: made?.link })], { ...(parameters as object), options: { comments: false } } as never);
			expect(crm.comments(made?.bitrixId ?? '')).toHaveLength(1);
		});

		it('without a link, of moves of the stage only', async () => {
			const [made] = await crm.deals([simple()], parameters);
			await crm.deals([simple({ payedSum: 10_000 })], parameters);
			expect(crm.comments(made?.bitrixId ?? '')).toEqual([]);
			await crm.deals([simple({ payedSum: 25_050 })], parameters);
			await crm.deals([simple({ payedSum: 25_050 })], parameters);
			expect(crm.comments(made?.bitrixId ?? '')).toHaveLength(1);
		});
	});

	describe('the customer', () => {
		it('is the contact or company of the counterparty', async () => {
			const company = await crm.call('crm.company.add', { fields: { TITLE: 'Ромашка', ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid('Ромашка') } });
			const contact = await crm.call('crm.contact.add', { fields: { NAME: 'Иван', ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid('Иван') } });
			const results = await crm.deals([simple(), simple({ word: 'other', agent: partner('Иван', { companyType: 'individual' }) })]);
			expect(await crm.deal(results[0]?.bitrixId ?? '')).toMatchObject({ COMPANY_ID: String(company), CONTACT_ID: null });
			expect(await crm.deal(results[1]?.bitrixId ?? '')).toMatchObject({ COMPANY_ID: '0', CONTACT_ID: String(contact) });
		});

		it('is added to a deal that has none, and does not take the place of another', async () => {
			const [first, second] = await crm.deals([simple(), simple({ word: 'other' })]);
			const company = await crm.call('crm.company.add', { fields: { TITLE: 'Ромашка', ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid('Ромашка') } });
			const own = await crm.call('crm.company.add', { fields: { TITLE: 'Своя' } });
			await crm.call('crm.deal.update', { id: second?.bitrixId, fields: { COMPANY_ID: own } });
			await crm.deals([simple(), simple({ word: 'other' })]);
			expect(await crm.deal(first?.bitrixId ?? '')).toMatchObject({ COMPANY_ID: String(company) });
			expect(await crm.deal(second?.bitrixId ?? '')).toMatchObject({ COMPANY_ID: String(own) });
		});

		it('contacts beside ours stay when ours is to be the first', async () => {
			const contact = await crm.call('crm.contact.add', { fields: { NAME: 'Иван', ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid('Иван') } });
			const other = await crm.call('crm.contact.add', { fields: { NAME: 'Пётр' } });
			const item = simple({ agent: partner('Иван', { companyType: 'individual' }) });
			const [made] = await crm.deals([item]);
			await crm.call('crm.deal.contact.items.set', { id: made?.bitrixId, items: [{ CONTACT_ID: other }] });
			const mapping = { mapping: { change: [{ target: chosen('CONTACT_ID'), value: 'field', field: chosen('contact'), policy: 'always' }] } };
			expect((await crm.deals([item], mapping as never))[0]?.status).toBe('updated');
			const items = (await crm.call('crm.deal.contact.items.get', { id: made?.bitrixId })) as unknown as Array<{ CONTACT_ID: number; IS_PRIMARY: string }>;
			expect(items.map(({ CONTACT_ID, IS_PRIMARY }) => [CONTACT_ID, IS_PRIMARY])).toEqual(expect.arrayContaining([[contact, 'Y'], [other, 'N']]));
			expect((await crm.deals([item], mapping as never))[0]?.status).toBe('unchanged');
		});

		it('is made on request, once', async () => {
			const items = [simple({ agent: partner('Ромашка', { inn: '7701234567', phone: '+7 495 111-22-33' }) }), simple({ word: 'other', agent: partner('Ромашка', { inn: '7701234567', phone: '+7 495 111-22-33' }) })];
			const results = await crm.deals(items, { missingCustomer: 'create' });
			expect(crm.kept('companies')).toHaveLength(1);
			const [company] = crm.kept('companies');
			for (const { bitrixId } of results) expect(await crm.deal(bitrixId ?? '')).toMatchObject({ COMPANY_ID: String(company?.id) });
			crm.resetCounters();
			expect((await crm.deals(items, { missingCustomer: 'create' })).map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
			expect(crm.writes()).toEqual({});
		});

		it('that must be there stops its order only', async () => {
			await crm.call('crm.company.add', { fields: { TITLE: 'Ромашка', ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid('Ромашка') } });
			const results = await crm.deals([simple(), simple({ word: 'other', agent: partner('Лютик') })], { missingCustomer: 'stop' });
			expect(results.map(({ status, error }) => error?.code ?? status)).toEqual(['created', 'CRM_CUSTOMER_MISSING']);
		});
	});

	it('responsible, probability and source are of new deals', async () => {
		const parameters = {
			responsible: chosen(1), responsibles: { row: [{ by: 'store', store: chosen(uuid('main')), user: chosen(3) }] },
			options: { probability: 70, source: chosen('STORE'), opened: false },
		} as never;
		const results = await crm.deals([simple({ store: link('store', 'main') }), simple({ word: 'other' })], parameters);
		expect(await crm.deal(results[0]?.bitrixId ?? '')).toMatchObject({ ASSIGNED_BY_ID: '3', PROBABILITY: '70', SOURCE_ID: 'STORE', OPENED: 'N' });
		expect(await crm.deal(results[1]?.bitrixId ?? '')).toMatchObject({ ASSIGNED_BY_ID: '1' });
	});

	it('a deal that was deleted is not made again, as far as the link knows of it', async () => {
		const [made] = await crm.deals([simple()]);
		await crm.call('crm.deal.delete', { id: made?.bitrixId });
		const [again] = await crm.deals([simple({ link: made?.link })]);
		expect(again?.status).toBe('skipped');
		expect(codes(again?.warnings)).toContain('CRM_GONE');
		expect((await crm.deals([simple()]))[0]?.status).toBe('created');
	});

	it('a deal whose mark of origin a person took away is found by the link, and marked again', async () => {
		const [made] = await crm.deals([simple()]);
		await crm.call('crm.deal.update', { id: made?.bitrixId, fields: { ORIGIN_ID: '', ORIGINATOR_ID: '' } });
		const [again] = await crm.deals([simple({ link: made?.link })]);
		expect(again).toMatchObject({ status: 'updated', bitrixId: made?.bitrixId });
		expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ ORIGIN_ID: uuid('order'), ORIGINATOR_ID: 'MOYSKLAD' });
		expect(crm.kept('deals')).toHaveLength(1);
	});
});
