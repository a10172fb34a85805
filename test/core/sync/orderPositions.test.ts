import * as fc from 'fast-check';
import { orderSums, pairPositions, sameGoods, wantedPositions, type Charge, type KnownPosition } from '../../../core';
import { aPosition, wantedAs } from './orders';

const charges: Charge[] = [
	{ line: '1', price: '33.3333', quantity: '3', vat: '20', vatIncluded: true },
	{ line: '2', price: '10', quantity: '1', vat: null, vatIncluded: true },
	{ line: '3', price: '10', quantity: '1', vat: '0', vatIncluded: true },
];
const goods = new Map([
	['1', { type: 'product', id: 'a' }],
	['2', { type: 'service', id: 'b' }],
	['3', { type: 'variant', id: 'c' }],
]);

describe('positions', () => {
	it('P3: each carries its rate; none is without, 0 is 0 %', () => {
		const positions = wantedPositions(orderSums(charges, '120').positions, charges, goods, true);
		expect(
			positions.map(({ line, quantity, price, vat, vatEnabled, reserve }) => [line, quantity, price, vat, vatEnabled, reserve]),
		).toEqual([
			['1', 2, 3333, 20, true, 2],
			['1', 1, 3334, 20, true, 1],
			['2', 1, 1000, 0, false, 0],
			['3', 1, 1000, 0, true, 1],
		]);
	});

	it('a line without its good is a defect', () =>
		expect(() => wantedPositions(orderSums(charges, '120').positions, charges, new Map(), true)).toThrow(RangeError));
});

describe('the pairing of lines and positions', () => {
	const some = fc.array(
		fc.record({ good: fc.constantFrom('a', 'b', 'c'), quantity: fc.integer({ min: 1, max: 3 }), price: fc.integer({ min: 0, max: 3 }) }),
		{ maxLength: 8 },
	);

	it('finds every position once, whatever the order of the answer', () => {
		fc.assert(
			fc.property(some, fc.integer(), (rows, seed) => {
				const present = rows.map(
					({ good, ...row }, index): KnownPosition => aPosition(String(index), { ...row, good: { type: 'product', id: good } }),
				);
				const wanted = present.map((position) => wantedAs(position, `line ${position.id}`));
				const shuffled = [...present].sort((one, other) => ((Number(one.id) * 7 + seed) % 5) - ((Number(other.id) * 7 + seed) % 5));
				const paired = pairPositions(wanted, shuffled);
				expect(paired.map(({ id }) => id).sort()).toEqual(present.map(({ id }) => id).sort());
				expect(paired.map(({ line }) => line)).toEqual(wanted.map(({ line }) => line));
				for (const [index, { good, quantity, price }] of paired.entries()) expect({ good, quantity, price }).toEqual(rows[index]);
			}),
		);
	});

	it('says the same of any split', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 2, max: 50 }),
				fc.integer({ min: 0, max: 9999 }),
				fc.integer({ min: 1, max: 49 }),
				(quantity, price, part) => {
					fc.pre(part < quantity);
					const good = { type: 'product', id: 'a' };
					const whole = wantedAs(aPosition('1', { good, quantity, price }), '1');
					const split = [aPosition('1', { good, quantity: part, price }), aPosition('2', { good, quantity: quantity - part, price })];
					expect(sameGoods(split, [whole], { withVat: true })).toBe(true);
					expect(sameGoods(split, [{ ...whole, price: price + 1 }], { withVat: true })).toBe(false);
					expect(sameGoods(split.slice(1), [whole], { withVat: false })).toBe(false);
				},
			),
		);
	});
});
