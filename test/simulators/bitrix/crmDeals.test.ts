import { freshCrm } from './crmClient';
import { connect, type Json } from './restClient';
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
		expect(Date.parse(String(after.DATE_MODIFY)) - Date.parse(String(before.DATE_MODIFY))).toBeGreaterThanOrEqual(5000);
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
