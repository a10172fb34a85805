import { Turns } from '../../transport';

describe('Turns', () => {
	it('let one work run at a time, in the order in which it came, failed ones too', async () => {
		const turns = new Turns();
		const log: string[] = [];
		const work = (name: string, error?: Error) => async (): Promise<string> => {
			log.push(`${name} begins`);
			for (let step = 0; step < 5; step += 1) await Promise.resolve();
			log.push(`${name} ends`);
			if (error) throw error;
			return name;
		};
		const outcomes = await Promise.allSettled([turns.take(work('a')), turns.take(work('b', new RangeError('b'))), turns.take(work('c'))]);
		expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
		expect(outcomes).toEqual([{ status: 'fulfilled', value: 'a' }, { status: 'rejected', reason: new RangeError('b') }, { status: 'fulfilled', value: 'c' }]);
	});
});
