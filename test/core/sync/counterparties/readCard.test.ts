import { cardSchema, readCard, type CustomerCard } from '../../../../core';

const reading = { siteKey: 'shop', payerTypes: [] };
const read = (json: unknown): CustomerCard => readCard(json, reading);
const customer = { kind: 'person', payerType: { id: '1', name: 'Физлицо', code: null }, userId: '7', name: 'Анна Волкова', company: null, inn: null, kpp: null, legalAddress: null, phone: '8 916 123-45-67', email: 'anna@mail.ru' };
const order = { source: { siteKey: 'other', host: 'x', flow: 'orders' }, customer, address: 'Москва', updatedAt: '2026-11-21T10:00:00.000Z' };

describe('A customer, wherever he comes from', () => {
	it('an order says itself from which store it is; the same buyer is the same customer', () => {
		const card = read(order);
		expect(card).toMatchObject({ source: { siteKey: 'other', entity: 'customer' }, kind: 'individual', name: 'Анна Волкова', actualAddress: 'Москва', updatedAt: order.updatedAt });
		expect(read({ ...order, customer: { ...customer, name: 'А. Волкова' } }).source).toEqual(card.source);
		expect(read(customer).source).toEqual({ ...card.source, siteKey: 'shop' });
	});

	it('a card comes back as it is, so that a decision can be obeyed later', () => {
		const card = read(order);
		expect(read(JSON.parse(JSON.stringify(card)))).toEqual(card);
		expect(cardSchema.parse(card)).toEqual(card);
	});

	it('R145: kinds by the payer type, the INN, the word before the name', () => {
		const firm = { ...customer, kind: 'legal', company: 'Волкова' };
		const kindOf = (json: object, payerType?: string): string => readCard(json, { siteKey: 'shop', payerTypes: payerType === undefined ? [] : [{ payerType, kind: 'entrepreneur' }] }).kind;
		expect(kindOf(customer)).toBe('individual');
		expect(kindOf(firm)).toBe('legal');
		expect(kindOf({ ...firm, inn: '770123456789' })).toBe('entrepreneur');
		expect(kindOf({ ...firm, company: 'ИП Волкова' })).toBe('entrepreneur');
		expect(kindOf({ ...firm, company: 'IP Телефония', inn: '7701234567' })).toBe('legal');
		expect(kindOf(firm, 'Физлицо')).toBe('entrepreneur');
		expect(kindOf({ name: 'Волкова', inn: '7701234567' })).toBe('legal');
		expect(kindOf({ name: 'Анна Волкова', inn: 'нет' })).toBe('individual');
		expect(kindOf({ name: 'Волкова' })).toBe('individual');
		expect(kindOf({ name: 'ООО Волна' })).toBe('legal');
		expect(kindOf({ name: 'Волкова', kind: 'entrepreneur' })).toBe('entrepreneur');
	});

	it('contacts and companies of Bitrix24 in both spellings; whom MoySklad made is known by its id', () => {
		const id = '7944ef04-f831-11e5-7a69-971500188b19';
		const capitals = { ID: '5', NAME: 'Анна', LAST_NAME: 'Волкова', PHONE: [{ VALUE: '89161234567' }], EMAIL: [{ VALUE: 'a@b.ru' }], ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: id };
		const camel = { id: 5, name: 'Анна', lastName: 'Волкова', fm: [{ typeId: 'PHONE', value: '89161234567' }, { typeId: 'EMAIL', value: 'a@b.ru' }], originatorId: 'MOYSKLAD', originId: id };
		expect(read(capitals)).toMatchObject({ source: { entity: 'contact', id: '5' }, kind: 'individual', name: 'Волкова Анна', lastName: 'Волкова', phones: ['89161234567'], emails: ['a@b.ru'], moySkladId: id });
		expect(read(camel)).toEqual(read(capitals));
		expect(read({ ID: '6', TITLE: 'ИП Волкова', requisites: [{ RQ_INN: '770123456789' }] })).toMatchObject({ source: { entity: 'company', id: '6' }, kind: 'entrepreneur', inn: '770123456789', externalCode: 'bitrix:shop:company:6' });
	});

	it('fields under their own names, also numbers; known by their id, or by what tells them from others', () => {
		expect(read({ id: 17, name: 'Анна', inn: 770123456789 })).toMatchObject({ source: { id: 'id 17' }, inn: '770123456789', externalCode: 'bitrix:shop:customer:17' });
		expect(read({ name: 'Анна Волкова', phone: '+79161234567', email: 'anna@mail.ru' }).source.id).toBe(read({ name: 'Волкова', phones: ['8 916 123-45-67'], emails: ['Anna@mail.ru'] }).source.id);
		expect(read({ phone: '+79161234567' }).name).toBe('+79161234567');
	});

	it.each([
		['x', 'COUNTERPARTY_UNREADABLE'],
		[null, 'COUNTERPARTY_UNREADABLE'],
		[[customer], 'COUNTERPARTY_UNREADABLE'],
		[{ name: { first: 'Анна' } }, 'COUNTERPARTY_UNREADABLE'],
		[{ name: 'Анна', kind: 'alien' }, 'COUNTERPARTY_UNREADABLE'],
		[{ source: { siteKey: 'shop', entity: 'order', id: '1' }, kind: 'legal' }, 'COUNTERPARTY_UNREADABLE'],
		[{}, 'COUNTERPARTY_NAMELESS'],
		[{ ID: '7', NAME: '' }, 'COUNTERPARTY_NAMELESS'],
		[{ ...customer, name: null, phone: null, email: null }, 'COUNTERPARTY_NAMELESS'],
	])('%j is none: %s', (json, code) => expect(() => read(json)).toThrow(expect.objectContaining({ code })));

	it('without a site key nobody could be found again', () =>
		expect(() => readCard(customer, { siteKey: ' ', payerTypes: [] })).toThrow(expect.objectContaining({ code: 'COUNTERPARTY_SITE_KEY_MISSING' })));
});
