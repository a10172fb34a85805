import fc from 'fast-check';
import { presentValue, propertyKind, wantedValue, type FieldValue, type Property } from '../../../core';

const property = (more: Partial<Property> = {}): Property => ({ id: 1, iblockId: 7, name: 'P', code: null, xmlId: null, type: 'S', userType: '', multiple: false, ...more });
const list = (...values: string[]): Property => property({ type: 'L', enums: values.map((value, index) => ({ id: index + 10, value, xmlId: `x${index}` })) });

/** What Bitrix shows after it stored a parameter: `{value, valueId}`, a list of them, or null. */
function shown(parameter: unknown): unknown {
	if (Array.isArray(parameter)) return parameter.length === 0 ? null : parameter.map(shown);
	const { value } = parameter as { value: unknown };
	return value === '' || value === null ? null : { value, valueId: '9' };
}

describe('values of properties', () => {
	const texts = fc.string({ maxLength: 20 });
	const cases: Array<[string, Property, fc.Arbitrary<FieldValue>]> = [
		['text', property(), texts],
		['several texts', property({ multiple: true }), fc.array(texts, { minLength: 1 })],
		['number', property({ type: 'N' }), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })],
		['HTML', property({ userType: 'HTML' }), texts],
		['moment', property({ userType: 'DateTime' }), fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((date) => date.toISOString())],
		['day', property({ userType: 'Date' }), fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((date) => date.toISOString().slice(0, 10))],
		['money', property({ userType: 'Money' }), fc.integer({ min: 0, max: 1e9 }).map((kopecks) => ({ amount: (kopecks / 100).toFixed(2), currency: 'RUB' }))],
		['directory', property({ userType: 'directory' }), fc.record({ id: fc.uuid(), name: texts })],
	];

	it.each(cases)('of the kind %s are found unchanged after they were written', (_, definition, values) => {
		fc.assert(fc.property(values, (value) => {
			const wanted = wantedValue(definition, value);
			expect(presentValue(definition, shown(wanted.parameter)).canonical).toBe(wanted.canonical);
		}));
	});

	it('T3: are always wrapped, since a bare value clears the property in an update', () => {
		expect(wantedValue(property(), 'a').parameter).toEqual({ value: 'a' });
		expect(wantedValue(property({ multiple: true }), ['a', 'b']).parameter).toEqual([{ value: 'a' }, { value: 'b' }]);
		expect(wantedValue(list('a', 'b'), 'B').parameter).toEqual({ value: 11 });
	});

	it('several of them have no order', () => {
		const several = property({ multiple: true });
		expect(presentValue(several, [{ value: 'b' }, { value: 'a' }]).canonical).toBe(wantedValue(several, ['a', 'b']).canonical);
	});

	it('are empty when nothing is there', () => {
		for (const raw of [null, undefined, '', [], { value: '' }, { value: null }]) expect(presentValue(property(), raw)).toEqual({ canonical: '', shown: null, empty: true });
	});

	it('of lists are found by name or XML_ID; what is missing is named', () => {
		expect(wantedValue(list('Red', 'Blue'), ' red ')).toMatchObject({ canonical: '10', missing: [] });
		expect(wantedValue(list('Red', 'Blue'), { id: 'x1', name: 'Navy' })).toMatchObject({ canonical: '11', shown: 'Blue' });
		expect(wantedValue(list('Red', 'Blue'), { id: 'u', name: 'Green' }).missing).toEqual([expect.objectContaining({ value: 'Green', xmlId: 'u' })]);
		expect(wantedValue(list('Red', 'Blue'), 'Green').missing[0]?.xmlId).toBe(wantedValue(list(), 'green').missing[0]?.xmlId);
		expect(wantedValue(list('Да', 'Нет'), true)).toMatchObject({ canonical: '10' });
		expect(wantedValue(list('yes', 'no'), false)).toMatchObject({ canonical: '11' });
	});

	it('T12: a list of one is a yes or no', () => {
		const box = list('Hit');
		expect(propertyKind(box)).toBe('flag');
		expect(propertyKind({ ...box, multiple: true })).toBe('list');
		expect(wantedValue(box, true)).toMatchObject({ parameter: { value: 'Y' }, canonical: presentValue(box, 'Y').canonical });
		expect(wantedValue(box, false)).toMatchObject({ parameter: { value: 'N' }, canonical: presentValue(box, null).canonical });
		expect(wantedValue(box, 'hit').canonical).toBe('Y');
		expect(wantedValue(box, 'Other').missing).toHaveLength(1);
	});

	it.each([
		[property({ type: 'N' }), 'many'],
		[property({ userType: 'DateTime' }), 'soon'],
		[property({ userType: 'Money' }), '12'],
		[property({ userType: 'Money' }), { amount: '12', currency: null }],
		[property({ type: 'E' }), 'cup'],
		[property({ type: 'F' }), 'a.pdf'],
		[property({ type: 'L' }), 'unread'],
		[property({ userType: 'video' }), 'x'],
	])('do not go where they do not fit (%#)', (definition, value) => expect(() => wantedValue(definition, value)).toThrow('cannot be written into P'));

	it('dates are those of Moscow', () => expect(wantedValue(property({ userType: 'Date' }), '2026-11-20T22:30:00.000Z').canonical).toBe('2026-11-21'));
});
