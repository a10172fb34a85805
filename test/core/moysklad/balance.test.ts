import * as fc from 'fast-check';
import { readBalance } from '../../../core';

const HREF = 'https://api.moysklad.ru/api/remap/1.2/entity/counterparty/7944ef04-f831-11e5-7a69-971500188b19';
const row = (more: object = {}): object => ({ counterparty: { meta: { href: HREF }, name: 'rtr' }, balance: -60_000, demandsSum: 60_000, ...more });

describe('a balance', () => {
	it('below zero is a debt, as in the example of the documentation', () => {
		expect(readBalance(row())).toMatchObject({ counterparty: { id: '7944ef04-f831-11e5-7a69-971500188b19', name: 'rtr', inn: null }, balance: -60_000, balanceAmount: '-600', debt: 60_000, debtAmount: '600' });
	});

	it('is read to the kopeck, whatever form the number has', () => {
		expect(readBalance(row({ balance: '1241255000.5' }))).toMatchObject({ balance: 1_241_255_001, balanceAmount: '12412550.01', debt: 0, debtAmount: '0' });
		expect(readBalance(row({ balance: -0 })).debt).toBe(0);
		fc.assert(fc.property(fc.integer({ min: -9e12, max: 9e12 }), (balance) => {
			const read = readBalance(row({ balance }));
			expect(read.balance).toBe(balance);
			expect(read.debt).toBe(balance < 0 ? -balance : 0);
			expect(Math.round(Number(read.balanceAmount) * 100)).toBe(balance);
		}));
	});

	it('that is missing is no zero; what may not be seen is null', () => {
		for (const bad of [row({ balance: undefined }), row({ balance: null }), row({ balance: 'x' }), row({ counterparty: {} }), row({ counterparty: { meta: { href: 'x' } } }), null, 'x'])
			expect(() => readBalance(bad)).toThrow(expect.objectContaining({ code: 'ANSWER_UNEXPECTED' }) as Error);
		expect(readBalance(row({ profit: undefined, bonusBalance: null }))).toMatchObject({ profit: null, bonusBalance: null, demandsCount: 0 });
	});
});
