import * as fc from 'fast-check';
import { planRecord, type CrmField, type FieldValues, type Policy, type RecordSides, type Rule } from '../../../../core';

const NAMES = ['TITLE', 'OPPORTUNITY', 'OPENED', 'UF_CRM_DAY'];
const TYPES: Record<string, string> = { TITLE: 'string', OPPORTUNITY: 'double', OPENED: 'char', UF_CRM_DAY: 'date' };
const field = (name: string, more: Partial<CrmField> = {}): CrmField => ({ name, label: name, type: TYPES[name] ?? 'string', multiple: false, readOnly: false, immutable: false, choices: [], ...more });
const fields = new Map(NAMES.map((name) => [name, field(name)]));
const rule = (target: string, policy: Policy = 'always'): Rule => ({ target, source: { field: target }, policy });

const sides = (more: Partial<RecordSides>): RecordSides => ({
	rules: [rule('TITLE')], values: {}, fields, present: undefined, written: {}, policy: 'sourceWins', changed: { source: null, target: null }, mark: (text) => `#${text}`, ...more,
});

const plan = (more: Partial<RecordSides>) => planRecord(sides(more));

describe('what is written of a record', () => {
	it('everything of a new one', () => {
		const rules = NAMES.map((name, index) => rule(name, (['always', 'creating', 'empty', 'always'] as const)[index]));
		const made = plan({ rules, values: { TITLE: 'Заказ', OPPORTUNITY: '10', OPENED: true, UF_CRM_DAY: '2026-11-20' } });
		expect(made.fields).toEqual({ TITLE: 'Заказ', OPPORTUNITY: '10', OPENED: 'Y', UF_CRM_DAY: '2026-11-20' });
	});

	it('only what differs, with what it was before', () => {
		const made = plan({ rules: [rule('TITLE'), rule('OPPORTUNITY')], values: { TITLE: 'Новый', OPPORTUNITY: '10' }, present: { TITLE: 'Старый', OPPORTUNITY: '10.00' } });
		expect(made.fields).toEqual({ TITLE: 'Новый' });
		expect(made.changes).toEqual([{ field: 'TITLE', from: 'Старый', to: 'Новый' }]);
	});

	it.each<[Policy, unknown, boolean]>([
		['always', 'Старый', true], ['always', '', true], ['creating', 'Старый', false], ['creating', '', false], ['empty', 'Старый', false], ['empty', '', true],
	])('policy %s over “%s”: %s', (policy, before, written) => {
		expect('TITLE' in plan({ rules: [rule('TITLE', policy)], values: { TITLE: 'Новый' }, present: { TITLE: before } }).fields).toBe(written);
	});

	it('an empty source never clears a field', () => {
		expect(plan({ values: {}, present: { TITLE: 'Старый' } }).fields).toEqual({});
		expect(plan({ values: { TITLE: '   ' }, present: { TITLE: 'Старый' } }).fields).toEqual({});
	});

	it('what the portal lacks, or cannot hold, is left out and told', () => {
		const made = plan({ rules: [rule('UF_CRM_GONE'), rule('OPPORTUNITY')], values: { UF_CRM_GONE: 'x', OPPORTUNITY: 'много' } });
		expect(made.fields).toEqual({});
		expect(made.warnings.map(({ code }) => code)).toEqual(['CRM_FIELD_MISSING', 'CRM_VALUE_UNFIT']);
	});

	describe('with a memory of what was written', () => {
		const both = { values: { TITLE: 'Наш' }, present: { TITLE: 'Их' }, written: { TITLE: '#Прежний' } };

		it('a field that a person alone has changed stays, without a word', () => {
			const made = plan({ values: { TITLE: 'Прежний' }, present: { TITLE: 'Их' }, written: { TITLE: '#Прежний' } });
			expect(made).toMatchObject({ fields: {}, warnings: [], review: [], marks: { TITLE: '#Прежний' } });
		});

		it('one that a person has emptied stays empty, unless the policy is to fill it', () => {
			const emptied = { values: { TITLE: 'Прежний' }, present: { TITLE: '' }, written: { TITLE: '#Прежний' } };
			expect(plan(emptied).fields).toEqual({});
			expect(plan({ ...emptied, rules: [rule('TITLE', 'empty')] }).fields).toEqual({ TITLE: 'Прежний' });
		});

		it('one that MoySklad alone has changed is written, whatever the policy', () => {
			for (const policy of ['sourceWins', 'targetWins', 'newerWins', 'review'] as const)
				expect(plan({ values: { TITLE: 'Новый' }, present: { TITLE: 'Прежний' }, written: { TITLE: '#Прежний' }, policy }).fields).toEqual({ TITLE: 'Новый' });
		});

		it('one that both have changed is decided by the policy', () => {
			expect(plan(both).fields).toEqual({ TITLE: 'Наш' });
			const kept = plan({ ...both, policy: 'targetWins' });
			expect(kept.fields).toEqual({});
			expect(kept.warnings.map(({ code }) => code)).toEqual(['CRM_FIELDS_KEPT']);
			expect(plan({ ...both, policy: 'review' }).review).toEqual([{ field: 'TITLE', from: 'Их', to: 'Наш' }]);
			expect(plan({ ...both, policy: 'newerWins', changed: { source: '2026-01-02', target: '2026-01-01' } }).fields).toEqual({ TITLE: 'Наш' });
		});
	});

	it('law: what was written once is not written again, and is remembered as it is', () => {
		const values = fc.record({
			TITLE: fc.string(), OPPORTUNITY: fc.integer().map(String), OPENED: fc.boolean(), UF_CRM_DAY: fc.constantFrom('2026-11-20', '2026-01-01'),
		}) as fc.Arbitrary<FieldValues>;
		const policies = fc.array(fc.constantFrom<Policy>('always', 'creating', 'empty'), { minLength: 4, maxLength: 4 });
		const before = fc.option(values.map((row) => ({ ...row, OPENED: row.OPENED === true ? 'Y' : 'N' })), { nil: undefined });
		fc.assert(
			fc.property(values, policies, before, fc.constantFrom('sourceWins' as const, 'targetWins' as const), (wanted, chosen, present, policy) => {
				const rules = NAMES.map((name, index) => rule(name, chosen[index]));
				const first = plan({ rules, values: wanted, present, policy });
				const after = { ...present, ...first.fields };
				const second = plan({ rules, values: wanted, present: after, written: first.marks, policy });
				expect(second.fields).toEqual({});
				expect(plan({ rules, values: wanted, present: after, policy }).fields).toEqual({});
			}),
		);
	});
});
