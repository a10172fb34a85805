import fc from 'fast-check';
import { suggestPairs, type LiveEntry, type LiveList } from '../../../core';

const entries = (list: LiveList, ...names: string[]): LiveEntry[] => names.map((name, index) => ({ list, id: `${list}${index}`, name }));
const suggested = (...lists: LiveEntry[][]): string[] => suggestPairs(lists.flat()).map(({ left, right, by }) => `${left.name} = ${right.name} (${by})`);

describe('Suggested maps', () => {
	it('R155: pair what has the same name, whatever its letters, signs and codes in brackets', () => {
		expect(suggested(entries('orderStates', 'Отменён', 'На сборке'), entries('orderStatuses', 'отменен (C)', 'НА СБОРКЕ [A]'))).toEqual(['Отменён = отменен (C) (name)', 'На сборке = НА СБОРКЕ [A] (name)']);
	});

	it('pair what means the same in other words', () => {
		expect(suggested(entries('orderStates', 'Новый', 'Отгружен'), entries('orderStatuses', 'Принят, ожидается оплата', 'Отправлен'))).toEqual(['Новый = Принят, ожидается оплата (meaning)', 'Отгружен = Отправлен (meaning)']);
		expect(suggested(entries('units', 'шт'), entries('measures', 'Штука'))).toEqual(['шт = Штука (meaning)']);
	});

	it('leave open what could be two', () => {
		expect(suggested(entries('orderStates', 'Выполнен', 'Завершен'), entries('orderStatuses', 'Доставлен'))).toEqual([]);
		expect(suggested(entries('moySkladStores', 'Склад'), entries('bitrixStores', 'Склад', 'склад'))).toEqual([]);
	});

	it('never use an entry twice', () => {
		const names = fc.array(fc.constantFrom('Новый', 'новый', 'Принят', 'Отгружен', 'Отправлен', 'Оплачен', 'X', ''), { maxLength: 8 });
		fc.assert(
			fc.property(names, names, (lefts, rights) => {
				const pairs = suggestPairs([...entries('orderStates', ...lefts), ...entries('orderStatuses', ...rights)]);
				expect(new Set(pairs.map(({ left }) => left)).size).toBe(pairs.length);
				expect(new Set(pairs.map(({ right }) => right)).size).toBe(pairs.length);
			}),
		);
	});
});
