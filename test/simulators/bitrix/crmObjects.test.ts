import { freshCrm } from './crmClient';
import { connect, readAnswer, type Json } from './restClient';
import { startBitrix } from './start.cts';

const bench = freshCrm();

describe('a plain site', () => {
	it('has no CRM', async () => {
		const site = await startBitrix({ edition: 'site' });
		try {
			expect(await connect(site)('crm.deal.list')).toMatchObject({ status: 404, error: 'ERROR_METHOD_NOT_FOUND' });
			expect((await connect(site)('method.get', { name: 'crm.deal.list' })).result).toMatchObject({ isExisting: false });
			expect(site.portal.store.crmStatuses.size).toBe(0);
		} finally {
			await site.close();
		}
	});
});

describe('a deal', () => {
	it('is made with what is first in each book, and shown as texts', async () => {
		const { crm } = bench;
		const id = await crm.add('deal');
		const now = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/) as unknown;
		expect(await crm.get('deal', id)).toMatchObject({
			ID: String(id),
			TITLE: `Сделка #${id}`,
			TYPE_ID: 'SALE',
			CATEGORY_ID: '0',
			STAGE_ID: 'NEW',
			STAGE_SEMANTIC_ID: 'P',
			IS_NEW: 'Y',
			CLOSED: 'N',
			OPENED: 'Y',
			OPPORTUNITY: '0.00',
			IS_MANUAL_OPPORTUNITY: 'N',
			CURRENCY_ID: 'RUB',
			ASSIGNED_BY_ID: '1',
			CREATED_BY_ID: '1',
			DATE_CREATE: now,
			DATE_MODIFY: now,
			SOURCE_ID: 'CALL',
			COMPANY_ID: '0',
			CONTACT_ID: null,
			ORIGINATOR_ID: null,
			PROBABILITY: null,
			BEGINDATE: expect.stringContaining('T00:00:00+03:00'),
		});
	});

	it('takes all that is given, and drops what it does not know', async () => {
		const { crm } = bench;
		const id = await crm.add('deal', {
			TITLE: 'Заказ «Ё» & "кавычки" 🛒',
			STAGE_ID: 'C5:UC_AGREED',
			CATEGORY_ID: 5,
			OPPORTUNITY: '1234.565',
			PROBABILITY: 40,
			OPENED: 'N',
			ORIGINATOR_ID: 'MOYSKLAD',
			ORIGIN_ID: 'a1',
			ASSIGNED_BY_ID: 4,
			DATE_CREATE: '2001-01-01',
			NONSENSE: 'x',
			CLOSED: 'Y',
		});
		const deal = await crm.get('deal', id);
		expect(deal).toMatchObject({
			TITLE: 'Заказ «Ё» & "кавычки" 🛒',
			STAGE_ID: 'C5:UC_AGREED',
			CATEGORY_ID: '5',
			OPPORTUNITY: '1234.57',
			PROBABILITY: '40',
			OPENED: 'N',
			ORIGINATOR_ID: 'MOYSKLAD',
			ORIGIN_ID: 'a1',
			ASSIGNED_BY_ID: '4',
			CREATED_BY_ID: '1',
			CLOSED: 'N',
		});
		expect(deal).not.toHaveProperty('NONSENSE');
		expect(deal).not.toHaveProperty('CONTACT_IDS');
		expect(String(deal.DATE_CREATE)).not.toContain('2001');
	});

	it('cuts off texts that are too long, without a word', async () => {
		const { crm } = bench;
		const deal = await crm.add('deal', {
			TITLE: '🛒'.repeat(300),
			ORIGIN_ID: 'x'.repeat(300),
			COMMENTS: 'y'.repeat(70_000),
		});
		const { TITLE, ORIGIN_ID, COMMENTS } = await crm.get('deal', deal);
		expect([TITLE, String(ORIGIN_ID).length, String(COMMENTS).length]).toEqual(['🛒'.repeat(255), 255, 70_000]);
		const contact = await crm.add('contact', { LAST_NAME: 'ё'.repeat(60), PHONE: [{ VALUE: '1'.repeat(300) }] });
		const { LAST_NAME, PHONE } = await crm.get('contact', contact);
		expect(String(LAST_NAME)).toHaveLength(50);
		expect(String((PHONE as unknown as Json[])[0]?.VALUE)).toHaveLength(250);
		await crm.call('crm.deal.productrows.set', { id: deal, rows: [{ PRODUCT_NAME: 'z'.repeat(300), PRICE: 1 }] });
		expect(
			String(((await crm.call('crm.deal.productrows.get', { id: deal })) as unknown as Json[])[0]?.PRODUCT_NAME),
		).toHaveLength(256);
	});

	it('may have the mark of origin of another', async () => {
		const { crm } = bench;
		const origin = { ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: 'same' };
		const ids = [await crm.add('deal', origin), await crm.add('deal', origin)];
		const found = await crm.list('deal', { filter: origin, select: ['ID'] });
		expect(found).toEqual(ids.map((id) => ({ ID: String(id) })));
	});

	it('is changed: what is not named stays, and the time of change moves even when nothing differs', async () => {
		const { crm, bitrix } = bench;
		const id = await crm.add('deal', { TITLE: 'А', COMMENTS: 'Б' });
		const before = await crm.get('deal', id);
		bitrix.clock.advance(5000);
		expect(await crm.update('deal', id, { TITLE: 'А' })).toBe(true);
		const after = await crm.get('deal', id);
		expect(after).toMatchObject({ TITLE: 'А', COMMENTS: 'Б' });
		expect(Date.parse(String(after.DATE_MODIFY)) - Date.parse(String(before.DATE_MODIFY))).toBe(5000);
		expect(await crm.announced('deal')).toEqual([`add ${id}`, `update ${id}`]);
	});

	it('that is won is closed, today, and knows who moved it', async () => {
		const { crm, bitrix } = bench;
		const id = await crm.add('deal', { CLOSEDATE: '2030-05-06' });
		expect(await crm.get('deal', id)).toMatchObject({ CLOSEDATE: '2030-05-06T00:00:00+03:00', MOVED_BY_ID: '1' });
		const editor = connect(bitrix, bitrix.webhooks.editor);
		await editor('crm.deal.update', { ID: id, FIELDS: { STAGE_ID: 'WON' } });
		const deal = await crm.get('deal', id);
		expect(deal).toMatchObject({ CLOSED: 'Y', STAGE_SEMANTIC_ID: 'S', IS_NEW: 'N', MOVED_BY_ID: '4', MODIFY_BY_ID: '4' });
		expect(String(deal.CLOSEDATE)).not.toContain('2030');
	});

	it('stays in its pipeline, and leaves alone a stage that is not of it', async () => {
		const { crm } = bench;
		const id = await crm.add('deal', { CATEGORY_ID: 1, STAGE_ID: 'NEW' });
		expect(await crm.get('deal', id)).toMatchObject({ CATEGORY_ID: '1', STAGE_ID: 'C1:NEW' });
		await crm.update('deal', id, { CATEGORY_ID: 5, STAGE_ID: 'C5:UC_AGREED' });
		expect(await crm.get('deal', id)).toMatchObject({ CATEGORY_ID: '1', STAGE_ID: 'C1:NEW' });
		await crm.update('deal', id, { STAGE_ID: 'C1:EXECUTING' });
		expect(await crm.get('deal', id)).toMatchObject({ STAGE_ID: 'C1:EXECUTING' });
	});

	it('is deleted, and then is not found', async () => {
		const { crm, bitrix } = bench;
		const contact = await crm.add('contact');
		const id = await crm.add('deal', { CONTACT_IDS: [contact] });
		await crm.call('crm.deal.productrows.set', { id, rows: [{ PRODUCT_NAME: 'x', PRICE: 1 }] });
		expect(await crm.call('crm.deal.delete', { id })).toBe(true);
		expect(await crm.ask('crm.deal.get', { id })).toMatchObject({
			status: 400,
			error: '',
			body: { error_description: 'Not found' },
		});
		expect(bitrix.portal.store.productRows.size + bitrix.portal.store.contactBindings.size).toBe(0);
		expect((await crm.announced('deal')).at(-1)).toBe(`delete ${id}`);
	});

	it.each([
		['crm.deal.get', {}, 'ID is not defined or invalid.'],
		['crm.deal.get', { id: 'x' }, 'ID is not defined or invalid.'],
		['crm.deal.update', { id: 1, fields: {} }, 'Not found'],
		['crm.deal.add', { fields: 'x' }, "Parameter 'fields' must be array."],
		['crm.deal.add', { fields: { CURRENCY_ID: 'XXX' } }, 'Некорректное значение поля «Валюта».'],
	])('%s with %j is refused', async (method, params, description) => {
		expect(await bench.crm.ask(method, params)).toMatchObject({
			status: 400,
			error: '',
			body: { error_description: description },
		});
	});

	it('is described by its fields', async () => {
		const fields = await bench.crm.call('crm.deal.fields');
		expect(fields.STAGE_ID).toEqual({
			type: 'crm_status',
			isRequired: false,
			isReadOnly: false,
			isImmutable: false,
			isMultiple: false,
			isDynamic: false,
			statusType: 'DEAL_STAGE',
			title: 'Стадия сделки',
		});
		expect(fields).toMatchObject({
			CATEGORY_ID: { isImmutable: true },
			OPPORTUNITY: { type: 'double' },
			OPENED: { type: 'char' },
			DATE_MODIFY: { type: 'datetime', isReadOnly: true },
			CONTACT_IDS: { isMultiple: true },
		});
		expect(fields).not.toHaveProperty('PHONE');
		expect(await bench.crm.call('crm.contact.fields')).toMatchObject({
			PHONE: { type: 'crm_multifield', isMultiple: true },
			ORIGIN_VERSION: { type: 'string' },
		});
	});
});

describe('a list', () => {
	it('has pages of fifty, and with start -1 no count', async () => {
		const { crm, rest } = bench;
		for (let number = 0; number < 120; number++) await crm.add('deal', { TITLE: `№ ${number}` });
		const first = await rest('crm.deal.list', { select: ['ID'] });
		expect(first).toMatchObject({ total: 120, next: 50, result: { length: 50 } });
		const last = await rest('crm.deal.list', { select: ['ID'], start: 100 });
		expect(last).toMatchObject({ total: 120, next: undefined, result: { length: 20 } });
		const ids: string[] = [];
		for (let rows: Json[] = []; ids.length === 0 || rows.length === 50; ) {
			rows = await crm.list('deal', { order: { ID: 'ASC' }, filter: { '>ID': ids.at(-1) ?? 0 }, select: ['ID'], start: -1 });
			ids.push(...rows.map(({ ID }) => String(ID)));
		}
		expect(new Set(ids).size).toBe(120);
		expect((await rest('crm.deal.list', { start: -1 })).total).toBeUndefined();
	});

	it('knows the prefixes of filters, in whatever case the parameters are', async () => {
		const { crm } = bench;
		for (const [TITLE, OPPORTUNITY] of [
			['Стол', 100],
			['Стул', 200.5],
			['Шкаф', 300],
		] as const)
			await crm.add('deal', { TITLE, OPPORTUNITY, CATEGORY_ID: OPPORTUNITY === 300 ? 1 : 0 });
		const found = async (filter: Record<string, unknown>): Promise<string> =>
			(await crm.list('deal', { FILTER: filter, SELECT: ['TITLE'], ORDER: { TITLE: 'DESC' } }))
				.map(({ TITLE }) => String(TITLE))
				.join(' ');
		expect(await found({ '>OPPORTUNITY': 100, '<=OPPORTUNITY': '200.50' })).toBe('Стул');
		expect(await found({ '%TITLE': 'т' })).toBe('Стул Стол');
		expect(await found({ '=%TITLE': '%каф' })).toBe('Шкаф');
		expect(await found({ '@STAGE_ID': ['C1:NEW', 'WON'] })).toBe('Шкаф');
		expect(await found({ STAGE_ID: ['NEW', 'C1:NEW'] })).toBe('Шкаф Стул Стол');
		expect(await found({ '!CATEGORY_ID': 0 })).toBe('Шкаф');
		expect(await found({ '!=TITLE': 'Стол', STAGE_SEMANTIC_ID: 'P' })).toBe('Шкаф Стул');
	});

	it('drops conditions that it does not know, and dates that it cannot read: all rows come', async () => {
		const { crm, bitrix } = bench;
		await crm.add('deal');
		bitrix.clock.advance(60_000);
		await crm.add('deal');
		const { portal } = bitrix;
		expect(await crm.list('deal', { filter: { ORIGIN: 'x', '>=DATE_MODIFY': 'gestern' } })).toHaveLength(2);
		const [, second] = portal.store.deals.all();
		const since = new Date(second?.updatedTime ?? 0).toISOString();
		expect(await crm.list('deal', { filter: { '>=DATE_MODIFY': since }, select: ['ID'] })).toEqual([
			{ ID: String(second?.id) },
		]);
	});

	it('shows phones only when they are asked for', async () => {
		const { crm } = bench;
		const id = await crm.add('contact', { NAME: 'Анна', PHONE: [{ VALUE: '+7 916 111-22-33', VALUE_TYPE: 'MOBILE' }] });
		const [all] = await crm.list('contact');
		expect(all).toMatchObject({ NAME: 'Анна', HAS_PHONE: 'Y', HAS_EMAIL: 'N' });
		expect(all).not.toHaveProperty('PHONE');
		expect(await crm.list('contact', { select: ['ID', 'PHONE', 'EMAIL', 'NONSENSE'] })).toEqual([
			{
				ID: String(id),
				PHONE: [{ ID: expect.any(String), VALUE: '+7 916 111-22-33', VALUE_TYPE: 'MOBILE', TYPE_ID: 'PHONE' }],
			},
		]);
	});

	it('finds phones only as they were written', async () => {
		const { crm } = bench;
		await crm.add('contact', { NAME: 'А', PHONE: [{ VALUE: '8 916 1112233' }] });
		expect(await crm.list('contact', { filter: { PHONE: '8 916 1112233' } })).toHaveLength(1);
		expect(await crm.list('contact', { filter: { PHONE: '+79161112233' } })).toHaveLength(0);
	});
});

describe('phones and the like', () => {
	const values = async (id: number): Promise<unknown> =>
		((await bench.crm.get('contact', id)).PHONE as unknown as Json[] | undefined)?.map(({ VALUE }) => VALUE);

	it('are added to those that are there, changed and deleted by their id', async () => {
		const { crm } = bench;
		const id = await crm.add('contact', { NAME: 'А', PHONE: [{ VALUE: '1' }, { VALUE: '2', VALUE_TYPE: 'HOME' }] });
		await crm.update('contact', id, { PHONE: [{ VALUE: '2' }] });
		expect(await values(id)).toEqual(['1', '2', '2']);
		const [first, second, third] = (await crm.get('contact', id)).PHONE as unknown as Json[];
		await crm.update('contact', id, {
			PHONE: [{ ID: first?.ID, VALUE: '11', VALUE_TYPE: 'MOBILE' }, { ID: second?.ID, DELETE: 'Y' }, { ID: third?.ID }],
		});
		expect((await crm.get('contact', id)).PHONE).toEqual([
			{ ID: first?.ID, VALUE: '11', VALUE_TYPE: 'MOBILE', TYPE_ID: 'PHONE' },
		]);
	});

	it('of somebody else stay, and an e-mail must be one', async () => {
		const { crm } = bench;
		const [one, other] = [
			await crm.add('contact', { NAME: 'А', PHONE: [{ VALUE: '1' }] }),
			await crm.add('contact', { NAME: 'Б' }),
		];
		const [phone] = (await crm.get('contact', one)).PHONE as unknown as Json[];
		await crm.update('contact', other, { PHONE: [{ ID: phone?.ID, DELETE: 'Y' }] });
		expect(await values(one)).toEqual(['1']);
		expect(await crm.ask('crm.contact.update', { id: one, fields: { EMAIL: [{ VALUE: 'нет' }] } })).toMatchObject({
			status: 400,
			error: 'ERROR_CORE',
		});
	});
});

describe('who belongs to whom', () => {
	it('a deal has several contacts, one of them the first', async () => {
		const { crm } = bench;
		const [a, b, c] = [await crm.add('contact'), await crm.add('contact'), await crm.add('contact')];
		const deal = await crm.add('deal', { CONTACT_IDS: [b, a, 999] });
		const items = async (): Promise<unknown> => await crm.call('crm.deal.contact.items.get', { id: deal });
		expect(await items()).toEqual([
			{ CONTACT_ID: b, SORT: 10, ROLE_ID: 0, IS_PRIMARY: 'Y' },
			{ CONTACT_ID: a, SORT: 20, ROLE_ID: 0, IS_PRIMARY: 'N' },
		]);
		expect(await crm.call('crm.deal.contact.add', { id: deal, fields: { CONTACT_ID: c, SORT: 5, IS_PRIMARY: 'Y' } })).toBe(
			true,
		);
		expect(await crm.call('crm.deal.contact.add', { id: deal, fields: { CONTACT_ID: c } })).toBe(false);
		expect(await crm.get('deal', deal)).toMatchObject({ CONTACT_ID: String(c) });
		await crm.call('crm.deal.contact.items.set', { id: deal, items: [{ CONTACT_ID: a, SORT: 100 }, { CONTACT_ID: b }] });
		expect(await items()).toEqual([
			{ CONTACT_ID: b, SORT: 20, ROLE_ID: 0, IS_PRIMARY: 'N' },
			{ CONTACT_ID: a, SORT: 100, ROLE_ID: 0, IS_PRIMARY: 'Y' },
		]);
		await crm.call('crm.deal.contact.delete', { id: deal, fields: { CONTACT_ID: a } });
		expect(await crm.get('deal', deal)).toMatchObject({ CONTACT_ID: String(b) });
		await crm.call('crm.contact.delete', { id: b });
		expect(await items()).toEqual([]);
	});

	it('a contact has companies, and a company contacts', async () => {
		const { crm } = bench;
		const [one, other] = [await crm.add('company', { TITLE: 'ООО «Один»' }), await crm.add('company', { TITLE: 'Два' })];
		const contact = await crm.add('contact', { NAME: 'А', COMPANY_ID: one });
		await crm.update('contact', contact, { COMPANY_ID: other });
		expect(await crm.get('contact', contact)).toMatchObject({ COMPANY_ID: String(other) });
		expect(await crm.call('crm.contact.company.items.get', { id: contact })).toMatchObject([
			{ COMPANY_ID: one, IS_PRIMARY: 'N' },
			{ COMPANY_ID: other, IS_PRIMARY: 'Y' },
		]);
		expect(await crm.list('contact', { filter: { COMPANY_ID: other }, select: ['ID'] })).toHaveLength(1);
		expect(await crm.call('crm.company.contact.items.get', { id: one })).toMatchObject([{ CONTACT_ID: contact }]);
		await crm.call('crm.company.delete', { id: other });
		expect(await crm.get('contact', contact)).toMatchObject({ COMPANY_ID: String(one) });
	});
});

describe('lines of goods', () => {
	const set = async (id: number, rows: Array<Record<string, unknown>>): Promise<unknown> =>
		await bench.crm.call('crm.deal.productrows.set', { id, rows });

	it('are all replaced, and the sum of the deal follows', async () => {
		const { crm } = bench;
		const id = await crm.add('deal');
		await set(id, [
			{ PRODUCT_NAME: 'Стол', PRICE: 100.55, QUANTITY: 3, TAX_RATE: 20, TAX_INCLUDED: 'Y', SORT: 20 },
			{ PRODUCT_NAME: 'Стул', PRICE: 10, SORT: 10 },
		]);
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '311.65', TAX_VALUE: '50.28' });
		const rows = (await crm.call('crm.deal.productrows.get', { id })) as unknown as Json[];
		expect(rows).toMatchObject([
			{ OWNER_ID: String(id), OWNER_TYPE: 'D', PRODUCT_ID: 0, PRODUCT_NAME: 'Стул', PRICE: 10, QUANTITY: 1, TAX_RATE: null },
			{ PRODUCT_NAME: 'Стол', PRICE: 100.55, QUANTITY: 3, TAX_RATE: 20, TAX_INCLUDED: 'Y' },
		]);
		await set(id, [{ PRODUCT_NAME: 'Шкаф', PRICE: 7, QUANTITY: 0.5 }]);
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '3.50', TAX_VALUE: '0.00' });
		expect(await crm.call('crm.deal.productrows.get', { id })).toHaveLength(1);
		await set(id, []);
		expect(await crm.call('crm.deal.productrows.get', { id })).toEqual([]);
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '0.00' });
	});

	it('leave a sum alone that is kept by hand, and take it over when it is not any more', async () => {
		const { crm } = bench;
		const id = await crm.add('deal', { OPPORTUNITY: 5, IS_MANUAL_OPPORTUNITY: 'Y' });
		await set(id, [{ PRODUCT_NAME: 'Стол', PRICE: 100 }]);
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '5.00' });
		await crm.update('deal', id, { IS_MANUAL_OPPORTUNITY: 'N' });
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '100.00' });
	});

	it('know the prices before discount and tax', async () => {
		const { crm } = bench;
		const id = await crm.add('deal');
		await set(id, [
			{ PRODUCT_NAME: 'А', PRICE: 90_000, TAX_RATE: 10, TAX_INCLUDED: 'Y', DISCOUNT_TYPE_ID: 2, DISCOUNT_RATE: 10 },
			{ PRODUCT_NAME: 'Б', PRICE: 900, DISCOUNT_TYPE_ID: 1, DISCOUNT_SUM: 100, SORT: 10 },
		]);
		expect(await crm.call('crm.deal.productrows.get', { id })).toMatchObject([
			{ PRICE_EXCLUSIVE: 81818.18181818, PRICE_NETTO: 90909.09090909, PRICE_BRUTTO: 100_000, DISCOUNT_SUM: 9090.90909091 },
			{ PRICE_EXCLUSIVE: 900, PRICE_NETTO: 1000, PRICE_BRUTTO: 1000, DISCOUNT_RATE: 10, DISCOUNT_SUM: 100 },
		]);
	});

	it('must have the discount that goes with its kind', async () => {
		const { crm } = bench;
		const id = await crm.add('deal');
		const rows = [{ PRODUCT_NAME: 'А', PRICE: 1, DISCOUNT_TYPE_ID: 1 }];
		expect(await crm.ask('crm.deal.productrows.set', { id, rows })).toMatchObject({ status: 400, error: 'ERROR_CORE' });
	});

	it('take name and unit from the catalog', async () => {
		const { crm, bitrix } = bench;
		const { element } = await crm.call('catalog.product.add', {
			fields: { iblockId: bitrix.catalogs.main.products, name: 'Сахар', measure: 4 },
		});
		const id = await crm.add('deal');
		await set(id, [{ PRODUCT_ID: element?.id, PRICE: 1 }]);
		expect(await crm.call('crm.deal.productrows.get', { id })).toMatchObject([
			{ PRODUCT_ID: element?.id, PRODUCT_NAME: 'Сахар', MEASURE_CODE: 166, MEASURE_NAME: 'кг', TYPE: 1 },
		]);
	});
});

describe('books', () => {
	it('of stages tell what each means', async () => {
		const { crm, rest } = bench;
		const stages = await rest('crm.status.list', { filter: { ENTITY_ID: 'DEAL_STAGE' }, order: { SORT: 'ASC' } });
		expect(stages.total).toBe(8);
		expect(stages.result).toMatchObject({
			0: { STATUS_ID: 'NEW', SEMANTICS: null, SYSTEM: 'Y', SORT: '10', EXTRA: { SEMANTICS: 'process', COLOR: '#39A8EF' } },
			5: { STATUS_ID: 'WON', SEMANTICS: 'S', EXTRA: { SEMANTICS: 'success' } },
			6: { STATUS_ID: 'LOSE', EXTRA: { SEMANTICS: 'failure' } },
			7: { STATUS_ID: 'APOLOGY', EXTRA: { SEMANTICS: 'apology' } },
		});
		const ids = async (book: string): Promise<unknown> =>
			((await crm.call('crm.status.list', { filter: { ENTITY_ID: book } })) as unknown as Json[]).map(
				({ STATUS_ID }) => STATUS_ID,
			);
		expect(await ids('DEAL_STAGE_5')).toEqual(['C5:NEW', 'C5:UC_AGREED', 'C5:EXECUTING', 'C5:WON', 'C5:LOSE']);
		expect(await ids('SMART_INVOICE_STAGE_2')).toEqual(['DT31_2:N', 'DT31_2:S', 'DT31_2:P', 'DT31_2:D']);
		const [source] = (await crm.call('crm.status.list', { filter: { ENTITY_ID: 'SOURCE' } })) as unknown as Json[];
		expect(source).toMatchObject({ STATUS_ID: 'CALL', NAME: 'Звонок' });
		expect(source).not.toHaveProperty('EXTRA');
	});

	it('of pipelines are kept by kind', async () => {
		const { crm, rest } = bench;
		const { result, total } = await rest('crm.category.list', { entityTypeId: 2 });
		expect(total).toBe(3);
		expect(result.categories).toEqual([
			{ id: 0, name: 'Общая', sort: 200, entityTypeId: 2, isDefault: 'Y' },
			{ id: 1, name: 'Розница', sort: 210, entityTypeId: 2, isDefault: 'N' },
			{ id: 5, name: 'Опт «крупный»', sort: 250, entityTypeId: 2, isDefault: 'N' },
		]);
		expect((await crm.call('crm.category.list', { entityTypeId: 31 })).categories).toMatchObject([
			{ id: 2, isDefault: 'Y' },
		]);
		expect(await crm.ask('crm.category.list', { entityTypeId: 77 })).toMatchObject({ status: 400, error: 'NOT_FOUND' });
		expect(await crm.ask('crm.category.list', { entityTypeId: 1 })).toMatchObject({ error: 'ENTITY_TYPE_NOT_SUPPORTED' });
	});

	it('of currencies never count', async () => {
		const { result, total } = await bench.rest('crm.currency.list');
		expect(total).toBe(0);
		expect(result).toMatchObject({
			0: { CURRENCY: 'RUB', BASE: 'Y', AMOUNT: '1.0000' },
			1: { CURRENCY: 'USD', AMOUNT: '90.0000' },
		});
	});
});

describe('limits and rights', () => {
	it('follow the user and the scope', async () => {
		const { bitrix } = bench;
		const { manager, guest, catalogOnly } = bitrix.webhooks;
		expect(await connect(bitrix, manager)('crm.deal.list')).toMatchObject({ status: 200, result: [] });
		expect(await connect(bitrix, manager)('crm.deal.add', { fields: {} })).toMatchObject({
			status: 400,
			error: '',
			body: { error_description: 'Access denied.' },
		});
		expect(await connect(bitrix, guest)('crm.deal.list')).toMatchObject({ status: 400, error: '' });
		expect(await connect(bitrix, catalogOnly)('crm.deal.list')).toMatchObject({ status: 403, error: 'insufficient_scope' });
	});

	it('are those of every method: batch, operating time, rate', async () => {
		const cloud = await startBitrix({
			operating: { limit: 100, costs: [{ method: 'crm\\.deal\\.add', seconds: 50 }] },
			plan: { bucket: 3, drain: 0.001 },
		});
		try {
			const rest = connect(cloud);
			const { result } = await rest('batch', {
				cmd: {
					contact: 'crm.contact.add?fields[NAME]=A%26B',
					deal: 'crm.deal.add?fields[CONTACT_IDS][0]=$result[contact]&fields[TITLE]=x',
					get: 'crm.deal.get?id=$result[deal]',
					none: 'crm.deal.get?id=1',
				},
			});
			expect(result.result).toMatchObject({ get: { TITLE: 'x', CONTACT_ID: String(result.result?.contact) } });
			expect(result.result_error).toEqual({ none: { error: '', error_description: 'Not found' } });
			await rest('crm.deal.add', { fields: {} });
			expect(await rest('crm.deal.add', { fields: {} })).toMatchObject({ status: 429, error: 'OPERATION_TIME_LIMIT' });
			expect(await rest('crm.deal.list')).toMatchObject({ status: 503, error: 'QUERY_LIMIT_EXCEEDED' });
		} finally {
			await cloud.close();
		}
	});

	it('and a form may be sent instead of JSON', async () => {
		const { bitrix, crm } = bench;
		const answer = await readAnswer(
			await fetch(`${bitrix.webhookUrl}crm.contact.add`, {
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: 'fields[NAME]=A&fields[PHONE][0][VALUE]=%2B7916&fields[PHONE][0][VALUE_TYPE]=WORK',
			}),
		);
		expect(await crm.get('contact', Number(answer.result))).toMatchObject({ NAME: 'A', PHONE: [{ VALUE: '+7916' }] });
	});
});
