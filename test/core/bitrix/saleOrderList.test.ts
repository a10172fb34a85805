import { commandQuery, orderList, readOrderRow, type OrderFilter } from '../../../core';

const filter: OrderFilter = {
	since: '2026-11-21T07:00:00.750Z',
	start: '2026-11-01T00:00:00.000Z',
	statuses: ['N', 'P'],
	sites: ['s1'],
	paid: false,
	canceled: false,
};

const row = (more: object = {}) => ({
	id: '5',
	dateUpdate: '2026-11-21T10:00:00+03:00',
	dateInsert: '2026-11-20T10:00:00+03:00',
	statusId: 'N',
	lid: 's1',
	payed: 'N',
	canceled: 'N',
	externalOrder: 'N',
	...more,
});

describe('the list of changed orders', () => {
	it('T1: asks with dates that Bitrix can read: whole seconds and an offset', () => {
		const { parameters } = orderList(filter);
		expect(parameters.filter).toEqual({
			'>=dateUpdate': '2026-11-21T07:00:00+00:00',
			'>=dateInsert': '2026-11-01T00:00:00+00:00',
			'@statusId': ['N', 'P'],
			'@lid': ['s1'],
			'=payed': 'N',
			'=canceled': 'N',
		});
		expect(commandQuery(parameters)).toContain('2026-11-21T07%3A00%3A00%2B00%3A00');
	});

	it('asks for nothing that is not chosen', () => {
		expect(
			Object.keys(orderList({ since: filter.since, start: filter.start, statuses: [], sites: [] }).parameters.filter as object),
		).toEqual(['>=dateUpdate', '>=dateInsert']);
	});

	it('gives a row that was asked for', () =>
		expect(readOrderRow(row(), filter)).toMatchObject({ id: 5, dateUpdate: '2026-11-21T07:00:00.000Z', externalOrder: false }));

	it.each([
		{ dateUpdate: '2026-11-21T09:59:59+03:00' },
		{ dateInsert: '2026-10-31T10:00:00+03:00' },
		{ statusId: 'F' },
		{ lid: 's2' },
		{ payed: 'Y' },
		{ canceled: 'Y' },
	])('T1: a row with %j tells that the filter was dropped', (more) => {
		expect(() => readOrderRow(row(more), filter)).toThrow(expect.objectContaining({ code: 'BITRIX_FILTER_IGNORED' }));
	});

	it.each([{ id: 'x' }, { dateUpdate: null }, { dateInsert: '' }])('a row with %j is not understood', (more) => {
		expect(() => readOrderRow(row(more), filter)).toThrow(expect.objectContaining({ code: 'ANSWER_UNEXPECTED' }));
	});
});
