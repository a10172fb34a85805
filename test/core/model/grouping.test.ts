import fc from 'fast-check';
import { groupBy } from '../../../core';

describe('Grouping', () => {
	it('keeps every item once, under its key, in order', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(99)), (numbers) => {
				const groups = groupBy(
					numbers.map((number, index) => ({ number, index })),
					({ number }) => number % 7,
				);
				const all = [...groups.values()].flat();
				expect(all.map(({ index }) => index).sort((one, other) => one - other)).toEqual(
					numbers.map((_, index) => index),
				);
				for (const [key, group] of groups) {
					expect(group.every(({ number }) => number % 7 === key)).toBe(true);
					expect(group.map(({ index }) => index)).toEqual(
						group.map(({ index }) => index).sort((one, other) => one - other),
					);
				}
			}),
		);
	});
});
