import * as fc from 'fast-check';
import { addressFields, bankFields, readPartner, readSalesDocument, requisitePreset, requisitesOf, SyncError } from '../../../../core';
import { link, order, partner, position, uuid } from './documents';

describe('a counterparty as MoySklad gives it', () => {
	it('with what a CRM wants to know', () => {
		const read = readPartner(partner('Ромашка', {
			inn: '7701234567', kpp: '770101001', ogrn: '1027700132195', legalTitle: 'Общество «Ромашка»', phone: '+7 495 111-22-33', tags: ['опт'], balance: -12_345,
			legalAddressFull: { postalCode: '101000', city: 'Москва', street: 'Ленина', house: '5', apartment: '7', addInfo: 'вход со двора', region: { ...link('region', 'msk'), name: 'г. Москва' } },
			legalAddress: '101000, Москва',
			accounts: { rows: [{ id: uuid('account'), accountNumber: '40702810', bankName: 'Банк', bic: '044525225', correspondentAccount: '301', isDefault: true }] },
			contactpersons: { rows: [{ id: uuid('anna'), name: 'Анна', phone: '8 916', position: 'бухгалтер' }, { id: uuid('nobody') }] },
		}));
		expect(read).toMatchObject({ id: uuid('Ромашка'), companyType: 'legal', balance: -12_345, tags: ['опт'] });
		expect(read.accounts).toEqual([{ id: uuid('account'), number: '40702810', bank: 'Банк', location: null, bic: '044525225', correspondent: '301', main: true }]);
		expect(read.people?.map(({ name }) => name)).toEqual(['Анна']);
		expect(requisitesOf(read)).toEqual({ RQ_COMPANY_NAME: 'ООО «Ромашка»', RQ_COMPANY_FULL_NAME: 'Общество «Ромашка»', RQ_INN: '7701234567', RQ_KPP: '770101001', RQ_OGRN: '1027700132195' });
		expect(read.legalAddress && addressFields(read.legalAddress)).toEqual({ ADDRESS_1: 'Ленина, 5', ADDRESS_2: '7, вход со двора', CITY: 'Москва', POSTAL_CODE: '101000', PROVINCE: 'г. Москва' });
		expect(read.accounts?.[0] && bankFields(read.accounts[0])).toEqual({ NAME: 'Банк 40702810', RQ_ACC_NUM: '40702810', RQ_BANK_NAME: 'Банк', RQ_BIK: '044525225', RQ_COR_ACC_NUM: '301' });
	});

	it('fields of another kind of firm are not requisites of this one', () => {
		const numbers = { inn: '770123456789', kpp: '770101001', ogrn: '102', ogrnip: '304' };
		expect(requisitesOf(readPartner(partner('ИП Петров', { companyType: 'entrepreneur', ...numbers })))).toEqual({ RQ_COMPANY_NAME: 'ООО «ИП Петров»', RQ_INN: '770123456789', RQ_OGRNIP: '304' });
		expect(requisitesOf(readPartner(partner('Пётр', { companyType: 'individualKZ', ...numbers })))).toEqual({ RQ_INN: '770123456789' });
	});

	it('a person of whom nothing more is known has none', () => expect(requisitesOf(readPartner(partner('Пётр', { companyType: 'individual', phone: '8916' })))).toBeUndefined());

	it('lists of which only the link is there are unknown, not empty', () => {
		const read = readPartner(partner('Ромашка', { accounts: { meta: { href: 'x' } }, contactpersons: { rows: [] } }));
		expect([read.accounts, read.people]).toEqual([null, []]);
	});

	it('a link alone says who it is', () => expect(readPartner(link('counterparty', 'Ромашка'))).toMatchObject({ id: uuid('Ромашка'), name: null, companyType: null }));

	it('an address in one line stays in one', () => {
		const read = readPartner(partner('Ромашка', { actualAddress: 'Москва, Ленина 5' }));
		expect(read.actualAddress && addressFields(read.actualAddress)).toEqual({ ADDRESS_1: 'Москва, Ленина 5' });
	});
});

describe('the preset of requisites', () => {
	const presets = [{ id: 1, name: 'Организация', xmlId: null }, { id: 2, name: 'ИП', xmlId: null }, { id: 3, name: 'Физ. лицо', xmlId: null }];

	it('is found by its name, or chosen', () => {
		expect((['legal', 'entrepreneur', 'individual'] as const).map((kind) => requisitePreset(kind, presets, {}))).toEqual([1, 2, 3]);
		expect(requisitePreset('legal', presets, { legal: 3 })).toBe(3);
	});

	it('is unknown when several have such a name, or the chosen one is gone', () => {
		expect(requisitePreset('legal', [...presets, { id: 4, name: 'Организация (KZ)', xmlId: null }], {})).toBeUndefined();
		expect(requisitePreset('legal', presets, { legal: 9 })).toBeUndefined();
	});
});

describe('a customer order as MoySklad gives it', () => {
	it('with moments in UTC, sums in kopecks and what it refers to', () => {
		const read = readSalesDocument(order({ sum: 1234.4, payedSum: 100, state: { meta: { href: `https://x/${uuid('s')}`, type: 'state' }, name: 'Новый' }, store: link('store', 'main') }), 'customerorder');
		expect(read).toMatchObject({
			id: uuid('order'), name: '00042', moment: '2026-11-20T12:00:00.000Z', sum: 1234, payedSum: 100, state: { id: uuid('s'), name: 'Новый' },
			store: { id: uuid('main'), name: null }, currency: 'RUB', ownCurrency: true, morePositions: null,
		});
	});

	it('positions that did not come along are counted, not forgotten', () => {
		expect(readSalesDocument(order({ positions: { meta: { size: 120 }, rows: [position('a', { quantity: 1, price: 1 })] } }), 'customerorder').morePositions).toBe(120);
		expect(readSalesDocument(order({ positions: { meta: { href: 'x' } } }), 'customerorder').morePositions).toBe(1);
		expect(readSalesDocument(order({ positions: undefined }), 'customerorder').morePositions).toBe(1);
	});

	it('a series is no good of the catalog', () => {
		const one = { ...position('a', { quantity: 1, price: 1 }), assortment: { ...link('consignment', 'series'), name: 'Серия 5' } };
		expect(readSalesDocument(order({ positions: [one] }), 'customerorder').positions).toMatchObject([{ good: null, name: 'Серия 5' }]);
	});

	it('another kind of document is none', () => {
		expect(() => readSalesDocument({ ...order(), ...link('demand', 'x') }, 'customerorder')).toThrow(expect.objectContaining({ code: 'CRM_ITEM_UNREADABLE' }) as Error);
		expect(() => readSalesDocument(order(), 'invoiceout')).toThrow(SyncError);
	});

	it('anything else is refused with a code', () => {
		fc.assert(
			fc.property(fc.anything(), (json) => {
				for (const read of [() => readSalesDocument(json, 'customerorder'), () => readPartner(json)]) {
					try {
						read();
					} catch (error) {
						expect(error).toBeInstanceOf(SyncError);
					}
				}
			}),
		);
	});

	it('a document with one strange field is refused with a code', () => {
		fc.assert(
			fc.property(fc.constantFrom('id', 'sum', 'agent', 'positions', 'state', 'rate', 'attributes', 'name', 'moment', 'meta'), fc.jsonValue(), (field, value) => {
				try {
					readSalesDocument({ ...order(), [field]: value }, 'customerorder');
				} catch (error) {
					expect(error).toBeInstanceOf(SyncError);
				}
			}),
		);
	});
});
