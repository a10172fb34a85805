import * as fc from 'fast-check';
import { compareParties, findDuplicates, nameSimilarity, namesAgree, PartyDirectory, readName, toParty, type MatchRule, type PartyWords } from '../../../../core';
import { NameIndex } from '../../../../core/sync/matching/nameIndex';
import { THRESHOLD } from './pairs';

const RULES: MatchRule[] = ['externalId', 'innKpp', 'phone', 'email', 'name'];

const word = fc.constantFrom('Анна', 'Инна', 'Иван', 'Иванов', 'Иванова', 'Семёнов', 'Семенов', 'Ильич', 'Ильинична', 'Ким', 'Ромашка', 'Ромашко', 'И.', 'А.', 'ООО', 'ИП', 'дом');
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const maybe = <T>(values: T[]) => fc.constantFrom(undefined, ...values);

const words: fc.Arbitrary<Omit<PartyWords, 'id'>> = fc.record({
	kind: maybe(['legal', 'entrepreneur', 'individual']),
	inn: maybe(['7701234567', '5001112223']),
	kpp: maybe(['770101001', '230101001']),
	externalIds: fc.subarray(['x1', 'x2']),
	phones: fc.subarray(['9161234567', '+79031112233']),
	emails: fc.subarray(['a@b.ru', 'c@d.ru']),
	names: fc.array(name, { maxLength: 2 }),
	archived: fc.boolean(),
});
const party = words.map((some) => toParty({ id: 'x', ...some }));
const crowd = fc.array(words, { maxLength: 8 }).map((all) => all.map((some, place) => toParty({ id: `p${place}`, ...some })));
const rules = fc.shuffledSubarray(RULES);

describe('Laws of matching', () => {
	it('whoever of two comes first makes no difference', () => {
		fc.assert(fc.property(party, party, (one, other) => expect(compareParties(one, other)).toEqual(compareParties(other, one))));
		fc.assert(fc.property(name, name, fc.boolean(), (one, other, whole) => expect(namesAgree(readName(one), readName(other), whole)).toBe(namesAgree(readName(other), readName(one), whole))));
	});

	it('nothing differs from itself', () => {
		fc.assert(fc.property(party, (one) => expect(compareParties(one, one).reasons.filter(({ field, says }) => says !== 'same' && field !== 'name')).toEqual([])));
	});

	it('names are as similar whatever their order, case, ё, quotes and alphabet, from 0 to 1', () => {
		fc.assert(
			fc.property(name, name, (one, other) => {
				const similarity = nameSimilarity(readName(one), readName(other));
				expect(similarity).toBeGreaterThanOrEqual(0);
				expect(similarity).toBeLessThanOrEqual(1);
				const otherwise = `«${one.split(' ').reverse().join('" ').toUpperCase().replaceAll('Ё', 'Е')}»`;
				expect(nameSimilarity(readName(otherwise), readName(other))).toBeCloseTo(similarity);
			}),
		);
	});

	it('the order in which others were added, and the run, make no difference', () => {
		fc.assert(
			fc.property(crowd, party, rules, (all, sought, chosen) => {
				const [forward, back] = [new PartyDirectory({ names: true }), new PartyDirectory({ names: true })];
				for (const one of all) forward.add(one);
				for (const one of [...all].reverse()) back.add(one);
				expect(forward.match(chosen, sought, { threshold: THRESHOLD })).toEqual(back.match(chosen, sought, { threshold: THRESHOLD }));
			}),
		);
	});

	it('nobody is taken by a name alone, nor somebody with another INN, nor one of two that fit', () => {
		fc.assert(
			fc.property(crowd, party, rules, (all, sought, chosen) => {
				const directory = new PartyDirectory({ names: true });
				for (const one of all) directory.add(one);
				const verdict = directory.match(chosen, sought, { threshold: THRESHOLD });
				if (verdict.kind !== 'take') return;
				const taken = all.find(({ id }) => id === verdict.id);
				expect(verdict.rule).not.toBe('name');
				expect(taken?.inn === undefined || sought.inn === undefined || taken.inn === sought.inn).toBe(true);
				expect(directory.find([verdict.rule], sought)?.candidates.map(({ id }) => id)).toEqual([verdict.id]);
			}),
		);
	});

	it('the index of names leaves out nobody whose name is similar enough', () => {
		const short = fc.stringMatching(/^[абвг]{2,7}$/);
		const made = fc.array(fc.oneof(short, fc.constantFrom('а.', 'б.')), { minLength: 1, maxLength: 3 }).map((parts) => toParty({ id: 'x', names: [parts.join(' ')] }));
		fc.assert(
			fc.property(fc.array(made, { maxLength: 12 }), made, (some, sought) => {
				const all = some.map((one, place) => ({ ...one, id: `p${place}` }));
				const index = new NameIndex();
				all.forEach((one) => index.add(one));
				const similar = all.filter(({ names }) => names.some((theirs) => sought.names.some((mine) => nameSimilarity(mine, theirs) >= THRESHOLD)));
				expect([...index.alike(sought.names, THRESHOLD)]).toEqual(expect.arrayContaining(similar.map(({ id }) => id)));
			}),
			{ numRuns: 500 },
		);
	});

	it('groups of duplicates have nobody in common, hang together by pairs that are likely enough, and do not depend on the order', () => {
		const options = { rules: RULES, threshold: THRESHOLD, score: 60, most: 20 };
		fc.assert(
			fc.property(crowd, (all) => {
				const { groups } = findDuplicates(all, options);
				const ids = groups.flatMap((group) => group.ids);
				expect(new Set(ids).size).toBe(ids.length);
				for (const { pairs, score, ids: members } of groups) {
					const numbers = (field: 'inn' | 'kpp'): Set<string | undefined> => new Set(members.flatMap((id) => all.find((one) => one.id === id)?.[field] ?? []));
					expect([numbers('inn').size, numbers('kpp').size].every((size) => size <= 1)).toBe(true);
					expect(new Set(pairs.flatMap((pair) => pair.ids))).toEqual(new Set(members));
					expect(score).toBeGreaterThanOrEqual(60);
					for (const { reasons } of pairs) expect(reasons.filter(({ field, says }) => says === 'differs' && field !== 'kind' && field !== 'name')).toEqual([]);
				}
				expect(findDuplicates([...all].reverse(), options).groups).toEqual(groups);
			}),
		);
	});
});
