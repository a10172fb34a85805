import {
	attributeText,
	chargesOf,
	joinBodies,
	linesSource,
	orderExternalCode,
	ORDER_FIELDS,
	trackedFields,
	type AttributeDefinition,
	type AttributeRule,
} from '../../../core';
import { anOrder } from './orders';

const definition: AttributeDefinition = {
	id: 'a1',
	name: 'Время',
	type: 'string',
	required: false,
	meta: { href: 'h', type: 'attributemetadata' },
};
const rule = (more: Partial<AttributeRule>): AttributeRule => ({ source: { field: 'number' }, definition, whenEmpty: '', ...more });

describe('fields of the header', () => {
	const byName = (
		facts: Parameters<typeof trackedFields>[1],
		order = anOrder({ customerComment: 'Позвоните "за час" 🎁', address: '101000, Москва' }),
	) => Object.fromEntries(trackedFields(order, facts).map((field) => [field.name, field]));

	it('the description has the store’s number, the comment, and what placeholders stand for, which is no change of the store', () => {
		const { description } = byName({ number: { kind: 'own' }, attributes: [], standIns: ['Чай × 2'] });
		expect(description?.body).toEqual({ description: 'shop 1017\nПозвоните "за час" 🎁\nЧай × 2' });
		expect(description?.source).toBe('shop 1017\nПозвоните "за час" 🎁');
	});

	it('the number follows the policy', () => {
		expect(byName({ number: { kind: 'own' }, attributes: [] })).not.toHaveProperty('name');
		expect(byName({ number: { kind: 'store', prefix: '' }, attributes: [] }).name?.body).toEqual({ name: '1017' });
		expect(byName({ number: { kind: 'store', prefix: 'shop-' }, attributes: [] }).name?.body).toEqual({ name: 'shop-1017' });
	});

	it('texts end where MoySklad cuts them', () => {
		const long = anOrder({ customerComment: 'x'.repeat(5000), address: 'y'.repeat(300) });
		const { description, shipmentAddress } = byName({ number: { kind: 'own' }, attributes: [] }, long);
		expect(String(description?.body.description)).toHaveLength(4096);
		expect(String(shipmentAddress?.body.shipmentAddress)).toHaveLength(255);
	});

	it('additional fields are sent in one list', () => {
		const attributes = [rule({}), rule({ definition: { ...definition, id: 'a2' } })].map((one) => ({
			rule: one,
			text: '1',
			body: { meta: one.definition.id },
		}));
		expect(joinBodies(trackedFields(anOrder(), { number: { kind: 'own' }, attributes }))).toMatchObject({
			attributes: [{ meta: 'a1' }, { meta: 'a2' }],
		});
	});
});

describe('values of additional fields', () => {
	const order = anOrder({
		properties: [
			{ id: 1, code: 'TIME', name: 'Время', values: ['10-12', '14-16'] },
			{ id: 2, code: 'EMPTY', name: 'Нет', values: [' '] },
		],
	});

	it.each([
		[{ source: { property: 'time' } }, '10-12, 14-16'],
		[{ source: { property: 'EMPTY' }, whenEmpty: 'любое' }, 'любое'],
		[{ source: { property: 'NONE' } }, null],
		[{ source: { field: 'number' as const } }, '1017'],
		[{ source: { field: 'paid' as const } }, 'false'],
	])('%j', (more, expected) => expect(attributeText(rule(more), order)).toBe(expected));

	it('every field of the list can be read', () => {
		for (const { read } of Object.values(ORDER_FIELDS))
			expect([null, 'string']).toContain(typeof read(order) === 'string' ? 'string' : read(order));
	});
});

describe('what an order charges for', () => {
	it('its lines, and the delivery when it costs anything', () => {
		expect(chargesOf(anOrder(), '20')).toEqual([
			{ line: '5', price: '50', quantity: '2', vat: '20', vatIncluded: true },
			{ line: 'delivery', price: '30', quantity: '1', vat: '20', vatIncluded: true },
		]);
		expect(chargesOf(anOrder({ shipments: [{ id: 1, price: '0' }] }), null)).toHaveLength(1);
		expect(
			chargesOf(
				anOrder({
					shipments: [
						{ id: 1, price: '10.5' },
						{ id: 2, price: '0.25' },
					],
				}),
				null,
			).at(-1)?.price,
		).toBe('10.75');
	});

	it('any change of lines, delivery or total is seen, and nothing else', () => {
		const source = (more: Record<string, unknown>): string => JSON.stringify(linesSource(anOrder(more)));
		const [line] = anOrder().lines;
		for (const more of [
			{ total: '131' },
			{ shipments: [] },
			{ lines: [] },
			{ lines: [{ ...line, quantity: '3' }] },
			{ lines: [{ ...line, price: '49' }] },
			{ lines: [{ ...line, vat: null }] },
			{ lines: [{ ...line, key: 'other' }] },
		])
			expect(source(more)).not.toBe(source({}));
		expect(source({ paid: true, customerComment: 'x', updatedAt: '2026-11-22T00:00:00Z', status: { id: 'F' } })).toBe(source({}));
	});

	it('names its customer order for people and tables', () => expect(orderExternalCode(anOrder())).toBe('bitrix:shop:17'));
});
