import fc from 'fast-check';
import { ApiError } from './errors.cts';
import { formatMoment, parseMoment } from './moments.cts';
import { OPERATORS, parseFilter, printFilter, type Condition } from './query/filterGrammar.cts';
import { Parameters } from './query/parameters.cts';
import { parsePage } from './query/paging.cts';

const codeOf = (work: () => unknown): number | undefined => {
	try {
		work();
		return undefined;
	} catch (error) {
		return error instanceof ApiError ? error.codes[0] : -1;
	}
};

describe('the filter grammar', () => {
	it('knows every operator, the longer ones first', () => {
		for (const operator of OPERATORS)
			expect(parseFilter(`name${operator}value`)).toEqual([{ field: 'name', operator, value: 'value' }]);
	});

	it('takes an address as a field, and operators inside a value as text', () => {
		expect(parseFilter('https://api.moysklad.ru/api/remap/1.2/entity/product/metadata/attributes/1-2=a=b>c')).toEqual([
			{
				field: 'https://api.moysklad.ru/api/remap/1.2/entity/product/metadata/attributes/1-2',
				operator: '=',
				value: 'a=b>c',
			},
		]);
	});

	it('keeps an escaped semicolon', () => {
		expect(parseFilter('name=a\\;b;code=1')).toEqual([
			{ field: 'name', operator: '=', value: 'a;b' },
			{ field: 'code', operator: '=', value: '1' },
		]);
	});

	it.each(['name', '=x', '!x', '; ;name'])('refuses %j', (text) => {
		expect(codeOf(() => parseFilter(text))).toBe(1034);
	});

	it('reads back what it prints', () => {
		const field = fc.stringMatching(/^[a-zA-Z][a-zA-Z.]{0,15}$/);
		const value = fc.string({ maxLength: 30 }).filter((text) => !/^[=~]/.test(text) && !text.includes('\\'));
		const condition: fc.Arbitrary<Condition> = fc.record({ field, operator: fc.constantFrom(...OPERATORS), value });
		fc.assert(
			fc.property(fc.array(condition, { maxLength: 6 }), (conditions) =>
				expect(parseFilter(printFilter(conditions))).toEqual(conditions),
			),
		);
	});
});

describe('moments', () => {
	it('are Moscow time', () => {
		expect(formatMoment(Date.UTC(2026, 10, 21, 12, 51, 16, 7))).toBe('2026-11-21 15:51:16.007');
		expect(parseMoment('2026-11-21 15:51:16')).toBe(Date.UTC(2026, 10, 21, 12, 51, 16));
	});

	it.each([
		'2026-11-21T15:51:16',
		'2026-11-21 15:51:16Z',
		'2026-11-21',
		'2026-02-30 10:00:00',
		'2026-11-21 25:00:00',
		'2026-11-21 10:00:61',
		'',
	])('%j is none', (text) => {
		expect(parseMoment(text, true)).toBeUndefined();
	});

	it('may lack seconds in filters only', () => {
		expect(parseMoment('2026-11-21 15:51')).toBeUndefined();
		expect(parseMoment('2026-11-21 15:51', true)).toBe(Date.UTC(2026, 10, 21, 12, 51));
	});

	it('survive being written and read', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 4_000_000_000_000 }),
				(moment) => parseMoment(formatMoment(moment)) === moment,
			),
		);
	});
});

describe('parameters', () => {
	it('survive being written and read', () => {
		const pairs = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: 'grapheme', maxLength: 20 }));
		fc.assert(
			fc.property(pairs, (given) => {
				const query = Parameters.parse(Parameters.parse('').with(given));
				for (const [name, value] of Object.entries(given)) expect(query.get(name)).toBe(value);
			}),
		);
	});

	it('of which several filters are one', () => {
		expect(Parameters.parse('filter=a%3D1&x=+y&filter=b%3D2').filter()).toBe('a=1;b=2');
	});

	it('that cannot be decoded are refused', () => {
		expect(codeOf(() => Parameters.parse('filter=%E0%A4%A'))).toBe(1058);
	});

	it.each([['limit=0'], ['limit=1001'], ['limit=x'], ['offset=-1']])('%s is no page', (query) => {
		expect(codeOf(() => parsePage(Parameters.parse(query)))).toBe(1040);
	});
});
