import { findDuplicates, toParty, type DuplicateReport, type PartyWords } from '../../../../core';

const report = (most: number, ...all: PartyWords[]): DuplicateReport =>
	findDuplicates(all.map(toParty), { rules: ['innKpp', 'phone', 'email', 'name'], threshold: 0.8, score: 60, most });

describe('Duplicates in one list', () => {
	it('are found by several fields and hang together, the most certain group first', () => {
		const { groups } = report(
			10,
			{ id: '1', names: ['ООО «Ромашка»'], inn: '7701234567', kind: 'legal' },
			{ id: '2', names: ['Пётр Семёнов'], phones: ['89161234567'] },
			{ id: '3', names: ['Ромашка'], inn: '7701234567', phones: ['84951112233'], kind: 'legal' },
			{ id: '4', names: ['Семенов Петр'], phones: ['+7 916 123-45-67'], emails: ['p@mail.ru'] },
			{ id: '5', names: ['ООО Ромашка'], phones: ['8 (495) 111-22-33'], kind: 'legal' },
			{ id: '6', names: ['П. Семёнов'], emails: ['P@mail.ru'] },
			{ id: '7', names: ['Ольга Романова'] },
		);
		expect(groups.map(({ ids }) => ids)).toEqual([['2', '4', '6'], ['1', '3', '5']].sort((one, other) => scoreOf(groups, other) - scoreOf(groups, one)));
		const people = groups.find(({ ids }) => ids.includes('2'));
		expect(people?.pairs.find(({ ids }) => ids.join() === '2,4')?.reasons).toEqual([
			{ field: 'phone', says: 'same' },
			{ field: 'name', says: 'same', percent: 100 },
		]);
	});

	it('that have another INN or KPP are none, whatever else they share', () => {
		const shop = { names: ['ООО «Ромашка»'], phones: ['84951112233'], emails: ['a@rom.ru'], kind: 'legal' };
		expect(report(10, { id: '1', ...shop, inn: '7701234567' }, { id: '2', ...shop, inn: '5001112223' }).groups).toEqual([]);
		expect(report(10, { id: '1', ...shop, inn: '7701234567', kpp: '770101001' }, { id: '2', ...shop, inn: '7701234567', kpp: '540101001' }).groups).toEqual([]);
	});

	it('a phone that many have is told, and compares nobody', () => {
		const callers = Array.from({ length: 5 }, (_, place) => ({ id: `c${place}`, names: [`Звонящий${place}`], phones: ['88005553535'] }));
		expect(report(4, ...callers)).toEqual({ groups: [], shared: [{ rule: 'phone', key: '8005553535', count: 5 }] });
	});
});

const scoreOf = (groups: DuplicateReport['groups'], ids: string[]): number => groups.find((group) => group.ids[0] === ids[0])?.score ?? 0;
