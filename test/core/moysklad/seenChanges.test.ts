import { keptMarks, unseen, type ObjectEvent } from '../../../core';

const event = (id: string, moment: string): ObjectEvent => ({
	entity: 'product', id: `${id.padStart(8, '0')}-0000-4000-8000-000000000000`, action: 'UPDATE', updatedFields: [], moment, author: null, requestId: null, index: 0, accountId: null,
});
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 22, 10, minute)).toISOString();

describe('The memory of changes', () => {
	it('knows what came, and tells a later change of the same object', () => {
		const marks = keptMarks([], [event('1', at(1)), event('2', at(2))], 0);
		expect(unseen([event('1', at(1)), event('1', at(3)), event('3', at(2))], marks)).toEqual([event('1', at(3)), event('3', at(2))]);
	});

	it('forgets what no window can bring again', () => {
		expect(keptMarks(keptMarks([], [event('1', at(1)), event('2', at(5))], 0), [], Date.parse(at(5)))).toHaveLength(1);
	});

	it('stays small, however much changes', () => {
		const many = Array.from({ length: 7000 }, (_, index) => event(index.toString(16), at(1)));
		const marks = keptMarks([], many, 0);
		expect(marks).toHaveLength(5000);
		expect(unseen(many, marks)).toHaveLength(2000);
		expect(JSON.stringify(marks).length).toBeLessThan(120_000);
	});
});
