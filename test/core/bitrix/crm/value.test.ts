import * as fc from 'fast-check';
import { presentCrmValue, wantedCrmValue, type CrmField, type FieldValue } from '../../../../core';

const field = (type: string, more: Partial<CrmField> = {}): CrmField => ({
	name: 'UF_CRM_X', label: 'X', type, multiple: false, readOnly: false, immutable: false, choices: [], ...more,
});

const list = field('enumeration', { choices: [{ id: '45', value: 'Красный' }, { id: '46', value: 'Да' }] });

const wanted = (one: CrmField, value: FieldValue): unknown => wantedCrmValue(one, value)?.parameter;

describe('what goes into a field of the CRM', () => {
	it.each<[string, CrmField, FieldValue, unknown]>([
		['a text', field('string'), ' Привет\r\nмир ', 'Привет\nмир'],
		['a dictionary entry into a text', field('string'), { id: 'x', name: 'Опт' }, 'Опт'],
		['an amount into a number', field('double'), { amount: '1234.50', currency: 'RUB' }, '1234.5'],
		['an amount with its currency', field('money'), { amount: '1234.50', currency: 'RUB' }, '1234.5|RUB'],
		['a whole number', field('integer'), '12', '12'],
		['yes as a letter', field('char'), true, 'Y'],
		['no as a letter', field('char'), 'нет', 'N'],
		['yes of a user field', field('boolean'), 'Y', '1'],
		['a day by Moscow', field('date'), '2026-11-20T21:30:00.000Z', '2026-11-21'],
		['a day as it is', field('date'), '2026-11-20', '2026-11-20'],
		['a moment with an offset', field('datetime'), '2026-11-20T21:30:00.999Z', '2026-11-20T21:30:00+00:00'],
		['a choice by its words', list, 'красный', '45'],
		['a choice by its id', list, '45', '45'],
		['a choice for yes', list, true, '46'],
		['a user', field('user'), 7, '7'],
		['several texts', field('string', { multiple: true }), ['a', 'b'], ['a', 'b']],
		['the first of several', field('string'), ['a', 'b'], 'a'],
	])('%s', (_, one, value, parameter) => expect(wanted(one, value)).toEqual(parameter));

	it.each<[string, CrmField, FieldValue]>([
		['words as a number', field('double'), 'много'],
		['half a piece as a whole number', field('integer'), '1.5'],
		['an amount without its currency', field('money'), { amount: '10', currency: null }],
		['words as a day', field('date'), 'завтра'],
		['a choice that is not in the list', list, 'Синий'],
		['a name as a user', field('user'), 'Иванов'],
		['maybe', field('char'), 'может быть'],
		['anything into a file', field('file'), 'x'],
	])('not %s', (_, one, value) => expect(wantedCrmValue(one, value)).toBeUndefined());

	it.each<[string, CrmField, unknown, string]>([
		['nothing', field('string'), null, ''],
		['false for nothing', field('string'), false, ''],
		['an empty list', field('string', { multiple: true }), [], ''],
		['a number as text', field('double'), '100.00', '100'],
		['no user', field('user'), '0', ''],
		['a moment in another zone', field('datetime'), '2026-11-21T00:30:00+03:00', String(Date.parse('2026-11-20T21:30:00Z') / 1000)],
		['a day with its midnight', field('date'), '2026-11-21T03:00:00+03:00', '2026-11-21'],
		['money', field('money'), '100.00|RUB', '100|RUB'],
		['a flag of a user field', field('boolean'), '1', 'Y'],
	])('reads %s', (_, one, raw, canonical) => expect(presentCrmValue(one, raw).canonical).toBe(canonical));

	it('knows again whatever it has written', () => {
		const pairs: Array<[CrmField, fc.Arbitrary<FieldValue>]> = [
			[field('string'), fc.string({ unit: 'binary', maxLength: 400 })],
			[field('string', { multiple: true }), fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 })],
			[field('double'), fc.double({ noNaN: true, noDefaultInfinity: true }).map(String)],
			[field('date'), fc.date({ min: new Date('1970-01-02'), max: new Date('2099-01-01'), noInvalidDate: true }).map((date) => date.toISOString())],
			[field('datetime'), fc.date({ min: new Date('1970-01-02'), max: new Date('2099-01-01'), noInvalidDate: true }).map((date) => date.toISOString())],
			[field('money'), fc.integer().map((kopecks) => ({ amount: String(kopecks / 100), currency: 'RUB' }))],
			[field('boolean'), fc.boolean()],
			[list, fc.constantFrom('Красный', 'Да', '45')],
		];
		for (const [one, values] of pairs)
			fc.assert(
				fc.property(values, (value) => {
					const made = wantedCrmValue(one, value);
					expect(made && presentCrmValue(one, made.parameter).canonical).toBe(made?.canonical);
				}),
			);
	});

	it('does not cut a letter in two', () => {
		const made = wantedCrmValue(field('string', { name: 'TITLE' }), `${'x'.repeat(254)}🎁`);
		expect(made?.parameter).toBe('x'.repeat(254));
	});
});
