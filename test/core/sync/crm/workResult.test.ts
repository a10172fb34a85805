import { orderReference, readWorkResult, SyncError, workResultText } from '../../../../core';
import { link, uuid } from './documents';

const TEXT = '{kind} {name} от {moment} на {sum}\n{positions}\n{description}\n{unknown}';

const demand = (more: object = {}): object => ({
	...link('demand', 'd1'), name: '00007', moment: '2026-11-20 00:30:00.000', sum: 350_050,
	positions: { rows: [
		{ quantity: 2, price: 100_000, discount: 10, assortment: { name: 'Настройка кассы', uom: { name: 'ч' } } },
		{ quantity: 1.5, price: 100_033.3333, assortment: { name: 'Выезд' } },
	] },
	...more,
});

describe('what the timeline tells of a document', () => {
	it('has its kind, number, day in Moscow, sum and positions, and leaves empty lines out', () => {
		expect(workResultText(TEXT, readWorkResult(demand()))).toBe(
			'Отгрузка 00007 от 20.11.2026 на 3500.50\n• Настройка кассы — 2 ч, 1800.00\n• Выезд — 1.5, 1500.50\n{unknown}',
		);
	});

	it('a document without positions, a day or a kind that is known', () => {
		expect(workResultText(TEXT, readWorkResult({ ...link('move', 'm'), name: 'М-1', description: 'Готово' }))).toBe('Документ М-1 от  на 0.00\nГотово\n{unknown}');
	});

	it('names of fields in its own texts are no placeholders', () => {
		expect(workResultText('{name}', readWorkResult(demand({ name: '{sum}' })))).toBe('{sum}');
	});

	it.each([[{}], [null], ['text'], [{ id: 'no uuid' }], [demand({ sum: 'much' })]])('%j is refused', (json) => {
		expect(() => readWorkResult(json)).toThrow(SyncError);
	});
});

describe('the customer order of a document', () => {
	const order = link('customerorder', 'order');
	it.each([
		['its id', uuid('order').toUpperCase()],
		['its address', order.meta.href],
		['its link', order],
		['a document that has it', { ...link('demand', 'd1'), customerOrder: order }],
		['the order itself', { ...order, id: uuid('order'), name: '1' }],
	])('by %s', (_, value) => expect(orderReference(value)).toBe(uuid('order')));

	it.each([undefined, null, '', 'x', {}, link('demand', 'd1'), link('demand', 'd1').meta.href])('%j has none', (value) => expect(orderReference(value)).toBeUndefined());
});
