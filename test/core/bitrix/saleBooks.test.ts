import { isLegal, propertiesFor, readOrderProperty, readPayerTypes, readPaySystems, readStatuses, type SaleBooks } from '../../../core';

const books = (more: Partial<SaleBooks>): SaleBooks => ({
	payerTypes: [],
	properties: [],
	statuses: new Map(),
	paySystems: new Map(),
	deliveries: new Map(),
	...more,
});

describe('the books of a store', () => {
	it('payer types have the kind that Bitrix keeps for them', () => {
		const rows = [
			{ id: 1, name: 'A' },
			{ id: 2, name: 'B' },
			{ id: 3, name: 'C', code: 'CRM_COMPANY' },
			{ id: 4, name: 'D' },
		];
		const kinds = readPayerTypes(rows, [
			{ personTypeId: '1', domain: 'I' },
			{ personTypeId: 2, domain: 'E' },
		]).map(({ kind }) => kind);
		expect(kinds).toEqual(['person', 'legal', 'legal', null]);
		expect(isLegal('3', books({ payerTypes: readPayerTypes(rows, []) }), [], {})).toBe(true);
	});

	it('statuses have their Russian names, or those that there are', () => {
		const statuses = readStatuses(
			[{ id: 'N' }, { id: 'P' }, { id: 'X' }],
			[
				{ statusId: 'N', lid: 'ru', name: 'Принят' },
				{ statusId: 'N', lid: 'en', name: 'Accepted' },
				{ statusId: 'P', lid: 'en', name: 'Paid' },
				{ statusId: 'gone', lid: 'ru', name: 'Нет' },
			],
		);
		expect([...statuses]).toEqual([
			['N', 'Принят'],
			['P', 'Paid'],
			['X', null],
		]);
	});

	it('properties are found by what the user says, by marks, by usual codes, in that order and within the payer type', () => {
		const rows = [
			{ id: 1, personTypeId: 1, code: 'TEL', isPhone: 'Y' },
			{ id: 2, personTypeId: 1, code: 'PHONE' },
			{ id: 3, personTypeId: 1, code: 'mobile' },
			{ id: 4, personTypeId: 2, code: 'PHONE' },
		];
		const all = books({ properties: rows.map(readOrderProperty) });
		expect(propertiesFor('phone', '1', all, {})).toEqual(['1', '2']);
		expect(propertiesFor('phone', '1', all, { phone: 'MOBILE' })).toEqual(['3', '1', '2']);
		expect(propertiesFor('phone', '2', all, { phone: 'MOBILE' })).toEqual(['4']);
	});

	it('pay systems of older versions do not say whether they are cash', () => {
		expect([...readPaySystems([{ ID: '1', NAME: 'Наличные', IS_CASH: 'Y' }, { ID: 2, NAME: 'Карта', IS_CASH: 'N' }, { ID: 3 }])]).toEqual([
			['1', { name: 'Наличные', cash: true }],
			['2', { name: 'Карта', cash: false }],
			['3', { name: null, cash: null }],
		]);
	});
});
