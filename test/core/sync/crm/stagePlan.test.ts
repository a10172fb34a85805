import { stageMove, stageOfDeleted, stageRuleFor, type Stage, type StageRule, type StageSides } from '../../../../core';

const rule = (more: Partial<StageRule>): StageRule => ({ when: 'state', state: '', stage: 'NEW', reopen: false, ...more });

const STAGES: Stage[] = [
	{ id: 'NEW', name: 'Новая', pipeline: 0, meaning: 'process' },
	{ id: 'WORK', name: 'В работе', pipeline: 0, meaning: 'process' },
	{ id: 'WON', name: 'Успех', pipeline: 0, meaning: 'won' },
	{ id: 'LOSE', name: 'Провал', pipeline: 0, meaning: 'lost' },
	{ id: 'C1:NEW', name: 'Опт', pipeline: 1, meaning: 'process' },
];

const order = { state: { id: 's1', name: 'Подтверждён' }, sum: 1000, payedSum: 0, shippedSum: 0 };

const codes = ({ warnings }: { warnings: Array<{ code: string }> }): string[] => warnings.map(({ code }) => code);

describe('the row that decides about an order', () => {
	const rules = [rule({ when: 'shipped', stage: 'WON' }), rule({ when: 'paid', stage: 'WORK' }), rule({ state: 'подтверждён', stage: 'NEW' })];

	it('R141: all shipped decides, a part does not', () => {
		expect(stageRuleFor({ ...order, shippedSum: 1000 }, rules).rule?.stage).toBe('WON');
		expect(stageRuleFor({ ...order, shippedSum: 1001 }, rules).rule?.stage).toBe('WON');
		expect(stageRuleFor({ ...order, shippedSum: 999 }, rules).rule?.stage).toBe('NEW');
		expect(stageRuleFor({ ...order, sum: 0 }, rules).rule?.stage).toBe('NEW');
	});

	it('the first row that fits counts', () => {
		expect(stageRuleFor({ ...order, payedSum: 1000, shippedSum: 1000 }, rules).rule?.stage).toBe('WON');
		expect(stageRuleFor({ ...order, payedSum: 1000 }, rules).rule?.stage).toBe('WORK');
	});

	it('a state is found by its id or its name', () => {
		expect(stageRuleFor(order, [rule({ state: 'S1', stage: 'WORK' })]).rule?.stage).toBe('WORK');
		expect(stageRuleFor(order, [rule({ state: ' ПОДТВЕРЖДЁН ', stage: 'WORK' })]).rule?.stage).toBe('WORK');
	});

	it('O3: a state without a row is a warning; without a map, or without a state, there is none', () => {
		expect(stageRuleFor(order, [rule({ state: 'Другой' })]).warning?.code).toBe('CRM_STAGE_UNMAPPED');
		expect(stageRuleFor(order, [])).toEqual({});
		expect(stageRuleFor({ ...order, state: null }, [rule({ state: 'Другой' })]).warning).toBeUndefined();
	});

	it('orders that are gone have a row of their own', () => {
		expect(stageOfDeleted([...rules, rule({ when: 'deleted', stage: 'LOSE' })])?.stage).toBe('LOSE');
		expect(stageRuleFor(order, [rule({ when: 'deleted', stage: 'LOSE' })]).rule).toBeUndefined();
	});
});

describe('where a deal goes', () => {
	const move = (more: Partial<StageSides>) =>
		stageMove({ rule: rule({ stage: 'WORK' }), present: { stage: 'NEW', pipeline: 0 }, pipeline: 0, stages: STAGES, written: undefined, policy: 'sourceWins', changed: { source: null, target: null }, ...more });

	it('to the stage of the row, also when it is made', () => {
		expect(move({})).toEqual({ to: 'WORK', warnings: [] });
		expect(move({ present: undefined })).toEqual({ to: 'WORK', warnings: [] });
	});

	it('nowhere without a row, or when it is there already', () => {
		expect(move({ rule: undefined })).toEqual({ warnings: [] });
		expect(move({ present: { stage: 'WORK', pipeline: 0 } })).toEqual({ settled: 'WORK', warnings: [] });
	});

	it('not into another pipeline, and not to a stage that is gone', () => {
		expect(codes(move({ rule: rule({ stage: 'C1:NEW' }) }))).toEqual(['CRM_STAGE_FOREIGN']);
		expect(codes(move({ rule: rule({ stage: 'C1:NEW' }), present: undefined }))).toEqual(['CRM_STAGE_FOREIGN']);
		expect(move({ rule: rule({ stage: 'C1:NEW' }), present: undefined, pipeline: 1 }).to).toBe('C1:NEW');
		expect(codes(move({ rule: rule({ stage: 'GONE' }) }))).toEqual(['CRM_STAGE_UNKNOWN']);
	});

	describe('a deal that is closed', () => {
		it.each(['WON', 'LOSE'])('by a person stays so (%s)', (stage) => {
			for (const written of [undefined, 'NEW']) {
				const closed = move({ present: { stage, pipeline: 0 }, written });
				expect(closed.to).toBeUndefined();
				expect(codes(closed)).toEqual(['CRM_STAGE_CLOSED']);
			}
		});

		it('is opened when the row says so, whatever the conflict policy', () => {
			for (const policy of ['sourceWins', 'targetWins', 'review'] as const)
				expect(move({ rule: rule({ stage: 'WORK', reopen: true }), present: { stage: 'LOSE', pipeline: 0 }, policy }).to).toBe('WORK');
		});

		it('by us follows the order', () => expect(move({ present: { stage: 'WON', pipeline: 0 }, written: 'WON' }).to).toBe('WORK'));

		it('can be closed the other way only by us', () => {
			expect(codes(move({ rule: rule({ stage: 'WON' }), present: { stage: 'LOSE', pipeline: 0 } }))).toEqual(['CRM_STAGE_CLOSED']);
		});
	});

	describe('with a memory of what was written', () => {
		it('what a person alone has moved stays there, without a word', () => {
			expect(move({ present: { stage: 'NEW', pipeline: 0 }, written: 'WORK' })).toEqual({ warnings: [] });
		});

		it('what both have moved is decided by the policy', () => {
			const both = { rule: rule({ stage: 'WON' }), present: { stage: 'NEW', pipeline: 0 }, written: 'WORK' };
			expect(move(both).to).toBe('WON');
			expect(codes(move({ ...both, policy: 'targetWins' }))).toEqual(['CRM_STAGE_KEPT']);
			expect(move({ ...both, policy: 'review' }).review).toBe(true);
			expect(move({ ...both, policy: 'newerWins', changed: { source: '2026-11-21T10:00:00Z', target: '2026-11-21T09:00:00Z' } }).to).toBe('WON');
			expect(move({ ...both, policy: 'newerWins', changed: { source: '2026-11-21T08:00:00Z', target: '2026-11-21T09:00:00Z' } }).to).toBeUndefined();
		});
	});
});
