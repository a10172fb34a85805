import * as fc from 'fast-check';
import {
	dealList, EMPTY_STATISTIC, orderOfDeal, orderSchema, readCrmFields, readDeal, readListedDeal, withPage,
	type DealBooks, type DealFilter, type PresentRow, type WholeDeal,
} from '../../../../core';

const dealRow = (more: object = {}): Record<string, unknown> => ({
	ID: '15', TITLE: 'Сделка', CATEGORY_ID: '0', STAGE_ID: 'WON', OPPORTUNITY: '250.50', CURRENCY_ID: 'RUB', COMPANY_ID: '7', CONTACT_ID: '9', ORIGINATOR_ID: null, ORIGIN_ID: null,
	COMMENTS: '[b]Позвоните[/b]<br>завтра', DATE_CREATE: '2026-11-20T10:00:00+03:00', DATE_MODIFY: '2026-11-21T10:00:00+03:00', UF_CRM_COLOR: '45', UF_CRM_EMPTY: '', UF_CRM_MANY: ['a', 'b'], ...more,
});

const row = (more: Partial<PresentRow> = {}): PresentRow => ({ id: '3', productId: 101, name: 'Чай', price: '125.25', quantity: '2', vat: '20', measure: 796, measureName: 'шт', basePrice: '130', ...more });

const books: DealBooks = {
	stages: [{ id: 'WON', name: 'Успех', pipeline: 0, meaning: 'won' }, { id: 'LOSE', name: 'Провал', pipeline: 0, meaning: 'lost' }],
	fields: readCrmFields({
		TITLE: { type: 'string' }, UF_CRM_EMPTY: { type: 'string' }, UF_CRM_MANY: { type: 'string', isMultiple: true, formLabel: 'Много' },
		UF_CRM_COLOR: { type: 'enumeration', listLabel: 'Цвет', items: [{ ID: '45', VALUE: 'Красный' }] },
	}),
	goodsKeys: new Map([[101, 'чай#чёрный']]),
};

const person = (more: object = {}) => ({ id: 9, name: 'Иван Петров', phone: '+79161234567', email: 'i@p.ru', inn: null, kpp: null, legalAddress: null, ...more });
const whole = (more: Partial<WholeDeal> = {}): WholeDeal => ({ deal: readDeal(dealRow()), rows: [row()], company: undefined, contact: undefined, ...more });
const source = { siteKey: 'portal', host: 'portal.bitrix24.ru', flow: 'deals' };

const make = (more: Partial<WholeDeal> = {}) => orderOfDeal(whole(more), books, source);

describe('a deal as an order', () => {
	it('of a company, with its contact to talk to', () => {
		const order = make({ company: person({ id: 7, name: 'ООО «Ромашка»', phone: null, inn: '7701234567', kpp: '770101001', legalAddress: 'Москва' }), contact: person() });
		expect(order).toMatchObject({
			id: '15', number: '15', total: '250.5', currency: 'RUB', canceled: false, bornElsewhere: false, status: { id: 'WON', name: 'Успех' },
			createdAt: '2026-11-20T07:00:00.000Z', source: { ...source, entity: 'deal' }, customerComment: 'Позвоните\nзавтра',
		});
		expect(order.customer).toEqual({
			kind: 'legal', payerType: { id: 'company', name: 'Company', code: null }, userId: 'company 7', name: 'Иван Петров', company: 'ООО «Ромашка»',
			inn: '7701234567', kpp: '770101001', legalAddress: 'Москва', phone: '+79161234567', email: 'i@p.ru',
		});
		expect(order.lines).toEqual([{
			id: '3', key: 'чай#чёрный', productId: '101', name: 'Чай', quantity: '2', unit: { code: '796', name: 'шт' }, price: '125.25', basePrice: '130', vat: '20', vatIncluded: true, properties: [],
		}]);
	});

	it('of a contact alone is a person', () => expect(make({ contact: person() }).customer).toMatchObject({ kind: 'person', userId: 'contact 9', company: null }));

	it('of nobody says so', () => expect(make().customer).toMatchObject({ kind: 'person', userId: null, name: null, phone: null }));

	it('its user fields are properties that a mapping can name', () => {
		expect(make().properties).toEqual([
			{ id: 'UF_CRM_MANY', code: 'UF_CRM_MANY', name: 'Много', values: ['a', 'b'] },
			{ id: 'UF_CRM_COLOR', code: 'UF_CRM_COLOR', name: 'Цвет', values: ['Красный'] },
		]);
	});

	it('that is lost is cancelled, one of another system was born elsewhere', () => {
		expect(make({ deal: readDeal(dealRow({ STAGE_ID: 'LOSE', ORIGINATOR_ID: 'shop' })) })).toMatchObject({ canceled: true, bornElsewhere: true });
	});

	it('a row without a product is a free line', () => expect(make({ rows: [row({ productId: null })] }).lines[0]).toMatchObject({ key: null, productId: null }));

	it('passes as an order, whatever its texts are', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.string(), (title, comment) => {
				const order = make({ deal: readDeal(dealRow({ TITLE: title, COMMENTS: comment, UF_CRM_EMPTY: title })) });
				expect(orderSchema.safeParse(order).success).toBe(true);
			}),
		);
	});

	it.each([['sum', { OPPORTUNITY: 'много' }], ['currency', { CURRENCY_ID: '' }]])('one with a strange %s is refused with a code', (_, more) => {
		expect(() => make({ deal: readDeal(dealRow(more)) })).toThrow(expect.objectContaining({ code: 'CRM_DEAL_UNREADABLE' }) as Error);
	});

	it.each([{ ID: '' }, { DATE_MODIFY: 'вчера' }, { DATE_CREATE: null }])('nor is a row that cannot be read: %j', (more) => {
		expect(() => readDeal(dealRow(more))).toThrow(expect.objectContaining({ code: 'CRM_DEAL_UNREADABLE' }) as Error);
	});
});

describe('the list of deals', () => {
	const filter: DealFilter = { since: '2026-11-21T07:00:00.500Z', start: '2026-11-20T07:00:00Z', stages: ['WON'], pipelines: [0] };

	it('is asked for with moments that Bitrix can read', () => {
		expect(dealList(filter).parameters.filter).toEqual({ '>=DATE_MODIFY': '2026-11-21T07:00:00+00:00', '>=DATE_CREATE': '2026-11-20T07:00:00+00:00', '@STAGE_ID': ['WON'], '@CATEGORY_ID': [0] });
	});

	it('T1: a deal that was not asked for stops it', () => {
		expect(readListedDeal(dealRow(), filter).id).toBe(15);
		for (const other of [{ STAGE_ID: 'NEW' }, { CATEGORY_ID: '1' }, { DATE_MODIFY: '2026-11-21T09:59:59+03:00' }, { DATE_CREATE: '2026-11-20T09:59:59+03:00' }])
			expect(() => readListedDeal(dealRow(other), filter)).toThrow(expect.objectContaining({ code: 'BITRIX_FILTER_IGNORED' }) as Error);
	});
});

describe('the statistic of a first import', () => {
	it('adds up page by page as all at once', () => {
		const deals = fc.array(fc.record({ pipeline: fc.nat(2), stage: fc.constantFrom('NEW', 'WON'), currency: fc.constantFrom('RUB', 'USD'), sum: fc.nat(1_000_000).map((kopecks) => String(kopecks / 100)) }));
		fc.assert(
			fc.property(deals, fc.nat(20), (all, cut) => {
				const [first, second] = [all.slice(0, cut), all.slice(cut)];
				const paged = withPage(withPage(EMPTY_STATISTIC, first, { leftOut: 1, failed: 0 }), second, { leftOut: 0, failed: 2 });
				const whole = withPage(EMPTY_STATISTIC, all, { leftOut: 1, failed: 2 });
				expect(paged).toEqual(whole);
				expect(whole.found).toBe(all.length + 3);
				expect(whole.groups.reduce((count, group) => count + group.count, 0)).toBe(whole.exported);
			}),
		);
	});
});
