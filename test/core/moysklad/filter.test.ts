import * as fc from 'fast-check';
import { anyOf, filterText, withArchived, type Condition } from '../../../core';

/** MoySklad's side: conditions end at a `;` without a backslash before it. */
const parsed = (text: string): string[] => text.split(/(?<!\\);/).map((part) => part.replaceAll('\\;', ';'));

describe('filter', () => {
	it('joins conditions and repeats a field for "or"', () => {
		const updated: Condition = { field: 'updated', operator: '>=', value: '2026-11-20 10:00:00' };
		expect(filterText([...anyOf('id', ['a', 'b']), ...withArchived, updated])).toBe('id=a;id=b;archived=true;archived=false;updated>=2026-11-20 10:00:00');
	});

	it('never lets a value end its own condition', () => {
		const harmless = fc.string().filter((value) => !value.includes('\\'));
		fc.assert(
			fc.property(fc.array(harmless, { minLength: 1 }), (values) =>
				expect(parsed(filterText(anyOf('name', values)))).toEqual(values.map((value) => `name=${value}`)),
			),
		);
	});

	it('puts the value that ends with a backslash last, where nothing follows that it could escape', () => {
		expect(filterText([...anyOf('code', ['x\\', 'y']), ...withArchived])).toBe('code=y;archived=true;archived=false;code=x\\');
		expect(() => filterText(anyOf('code', ['x\\', 'y\\']))).toThrow('ends with a backslash');
	});
});
