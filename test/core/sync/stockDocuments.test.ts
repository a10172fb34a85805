import * as fc from 'fast-check';
import { correctDraft, differenceOf, documentMark, documentTitle, planDocuments, type Difference } from '../../../core';

const difference = fc.record({ elementId: fc.integer({ min: 1, max: 1000 }), by: fc.integer({ min: -50, max: 50 }).filter((by) => by !== 0) });
const differences = fc.uniqueArray(difference, { selector: ({ elementId }) => elementId, maxLength: 60 });

describe('S4: documents', () => {
	it('are needed for differences only', () => {
		expect(differenceOf(7, 3, 5)).toEqual({ elementId: 7, by: 2 });
		expect(differenceOf(7, 0.3, 0.1)).toEqual({ elementId: 7, by: -0.2 });
		expect(differenceOf(7, 0.1 + 0.2, 0.3)).toBeUndefined();
	});

	it('bring every difference about once: D takes out, S brings in, none is too long', () => {
		fc.assert(
			fc.property(differences, fc.integer({ min: 1, max: 20 }), (wanted, most) => {
				const plans = planDocuments(wanted, most);
				const moved = plans.flatMap(({ type, lines }) => lines.map(({ elementId, amount }) => ({ elementId, by: type === 'S' ? amount : -amount })));
				expect(moved).toHaveLength(wanted.length);
				expect(new Map(moved.map(({ elementId, by }) => [elementId, by]))).toEqual(new Map(wanted.map(({ elementId, by }) => [elementId, by])));
				for (const { lines } of plans) {
					expect(lines.length).toBeGreaterThan(0);
					expect(lines.length).toBeLessThanOrEqual(most);
					expect(lines.every(({ amount }) => amount > 0)).toBe(true);
				}
			}),
		);
	});

	it('are corrected so that what is conducted is what is missing then', () => {
		fc.assert(
			fc.property(differences, differences, (planned, now) => {
				const present = new Map<number, Difference | undefined>(now.map((one) => [one.elementId, one]));
				for (const { type, lines } of planDocuments(planned, 20)) {
					const draft = lines.map((line, index) => ({ ...line, id: index + 1 }));
					const { change, remove } = correctDraft(type, draft, present);
					const removed = new Set(remove.map(({ id }) => id));
					const left = draft.filter(({ id }) => !removed.has(id)).map((line) => change.find(({ id }) => id === line.id) ?? line);
					for (const { elementId, amount } of left) expect(present.get(elementId)?.by).toBe(type === 'S' ? amount : -amount);
					for (const { elementId } of remove) {
						const by = present.get(elementId)?.by ?? 0;
						expect(type === 'S' ? by <= 0 : by >= 0).toBe(true);
					}
				}
			}),
		);
	});

	it('are found again by a title that no other store shares', () => {
		const title = documentTitle(12, '4711-abc', 2);
		expect(title).toBe('MoySklad stock [store 12] 4711-abc/2');
		expect(title.startsWith(documentMark(12))).toBe(true);
		expect(title.startsWith(documentMark(1))).toBe(false);
	});
});
