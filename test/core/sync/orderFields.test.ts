import {
	chargesOf,
	joinBodies,
	linesSource,
	orderExternalCode,
	ORDER_FIELDS,
	orderText,
	presentText,
	trackedFields,
	type FilledField,
	type OrderSource,
	type Policy,
} from '../../../core';
import { anOrder } from './orders';

const A1 = '11111111-1111-1111-1111-111111111111';
const A2 = '22222222-2222-2222-2222-222222222222';

describe('fields of the header', () => {
	const byName = (
		facts: Parameters<typeof trackedFields>[1],
		order = anOrder({ customerComment: 'Позвоните "за час" 🎁', address: '101000, Москва' }),
	) => Object.fromEntries(trackedFields(order, facts).map((field) => [field.name, field]));

	it('the description has the store’s number, the comment, and what placeholders stand for, which is no change of the store', () => {
		const { description } = byName({ number: { kind: 'own' }, filled: [], standIns: ['Чай × 2'] });
		expect(description?.body).toEqual({ description: 'shop 1017\nПозвоните "за час" 🎁\nЧай × 2' });
		expect(description?.source).toBe('shop 1017\nПозвоните "за час" 🎁');
	});

	it('the number follows the policy', () => {
		expect(byName({ number: { kind: 'own' }, filled: [] })).not.toHaveProperty('name');
		expect(byName({ number: { kind: 'store', prefix: '' }, filled: [] }).name?.body).toEqual({ name: '1017' });
		expect(byName({ number: { kind: 'store', prefix: 'shop-' }, filled: [] }).name?.body).toEqual({ name: 'shop-1017' });
	});

	it('texts end where MoySklad cuts them', () => {
		const long = anOrder({ customerComment: 'x'.repeat(5000), address: 'y'.repeat(300) });
		const { description, shipmentAddress } = byName({ number: { kind: 'own' }, filled: [] }, long);
		expect(String(description?.body.description)).toHaveLength(4096);
		expect(String(shipmentAddress?.body.shipmentAddress)).toHaveLength(255);
	});

	const attribute = (id: string, value: unknown, policy: Policy = 'always'): FilledField => ({
		target: `attribute:${id}`, policy, value: { meta: { href: `https://api/entity/customerorder/metadata/attributes/${id}`, type: 'attributemetadata' }, value },
	});

	it('additional fields are sent in one list', () => {
		const filled = [attribute(A1, '1'), attribute(A2, true)];
		const body = joinBodies(trackedFields(anOrder(), { number: { kind: 'own' }, filled }));
		expect(body.attributes).toEqual(filled.map(({ value }) => value));
	});

	it('the mapping takes the place of what the order says, and its policies hold', () => {
		const filled: FilledField[] = [{ target: 'shipmentAddress', policy: 'empty', value: 'Склад' }, { target: 'deliveryPlannedMoment', policy: 'always', value: '2026-11-21 12:30:15.000' }];
		const fields = byName({ number: { kind: 'store', prefix: '' }, state: 's1', filled, policies: { state: 'creating', name: 'never' } });
		expect(fields).not.toHaveProperty('name');
		expect(fields.state).toMatchObject({ source: 's1', policy: 'creating' });
		expect(fields.shipmentAddress).toMatchObject({ source: 'Склад', policy: 'empty', body: { shipmentAddress: 'Склад' } });
		expect(fields.deliveryPlannedMoment?.source).toBe('2026-11-21 12:30');
		expect(fields.description?.policy).toBe('always');
	});

	it('what MoySklad has is compared in the same form', () => {
		const filled = [attribute(A1, { meta: { href: `https://api/entity/customentity/x/${A2}`, type: 'customentity' } }), attribute(A2, 5)];
		const fields = byName({ number: { kind: 'own' }, state: A1, filled });
		const row = {
			description: 'shop 1017\nПозвоните "за час" 🎁\nЧай × 2',
			shipmentAddress: '101000, Москва',
			state: { meta: { href: `https://api/entity/customerorder/metadata/states/${A1}`, type: 'state' } },
			attributes: [{ ...attribute(A1, undefined).value as object, id: A1, value: { meta: { href: `https://api/entity/customentity/x/${A2}` }, name: 'Курьер' } }, { id: A2, value: 5 }],
		};
		for (const field of Object.values(fields)) expect(presentText(row, field, ['Чай × 2'])).toBe(field.source);
		for (const field of Object.values(fields)) expect(presentText({}, field, [])).toBe('');
	});
});

describe('what an order says', () => {
	const order = anOrder({
		properties: [
			{ id: 1, code: 'TIME', name: 'Время', values: ['10-12', '14-16'] },
			{ id: 2, code: 'EMPTY', name: 'Нет', values: [' '] },
		],
	});

	it.each<[OrderSource, string | null]>([
		[{ property: 'time' }, '10-12, 14-16'],
		[{ property: 'EMPTY' }, null],
		[{ property: 'NONE' }, null],
		[{ field: 'number' }, '1017'],
		[{ field: 'paid' }, 'false'],
	])('%j', (source, expected) => expect(orderText(source, order)).toBe(expected));

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
