import * as fc from 'fast-check';
import { FieldsInConflict, planEdit, SyncError, type ConflictPolicy, type KnownPosition, type OrderEdit, type Policy, type StoreState, type TrackedField } from '../../../core';
import { aLink, aPosition, knownOrder, wantedAs } from './orders';

const description = (text: string, policy: Policy = 'always'): TrackedField => ({ name: 'description', source: text, body: { description: text }, policy });

const state = (more: Partial<StoreState> = {}): StoreState => ({
	fields: [],
	marks: {},
	balanced: true,
	reserve: true,
	posted: true,
	standIns: [],
	updatedAt: '2026-11-21T10:00:00.000Z',
	conflicts: { fields: 'sourceWins', lines: 'review' },
	mark: (text) => text,
	...more,
});

const codeOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		return (error as SyncError).code;
	}
	return 'nothing was thrown';
};

const positions = [aPosition('1'), aPosition('2', { quantity: 1, price: 300 })];
const asWritten = positions.map((position) => wantedAs(position, `line ${position.id}`));
const bodies = ({ body }: OrderEdit): Array<Record<string, unknown>> => body.positions as Array<Record<string, unknown>>;

describe('O2: fields of the header', () => {
	const known = knownOrder(positions, { row: { description: 'written by a person' } });

	it('are written when the store changed them since', () => {
		const edit = planEdit(
			known,
			state({ fields: [description('new')], marks: { description: 'b' } }),
			aLink(positions, { description: 'a' }),
		);
		expect(edit.body).toEqual({ description: 'new' });
		expect(edit.changes).toEqual([{ field: 'description', from: 'written by a person', to: 'new' }]);
	});

	it('O2: belong to MoySklad as long as the store says the same', () => {
		const edit = planEdit(known, state({ fields: [description('same')], marks: { description: 'a' } }), aLink(positions, { description: 'a' }));
		expect(edit).toMatchObject({ body: {}, changes: [], warnings: [] });
	});

	it('are not written when MoySklad says so already', () => {
		expect(
			planEdit(
				known,
				state({ fields: [description('written by a person')], marks: { description: 'b' } }),
				aLink(positions, { description: 'a' }),
			).body,
		).toEqual({});
	});

	it('O2: are only followed from now on when they were never written', () => {
		expect(planEdit(known, state({ fields: [description('new')], marks: { description: 'b' } }), aLink(positions, {})).body).toEqual({});
	});

	it('are left, and told, without a link', () => {
		const edit = planEdit(known, state({ fields: [description('new')], marks: { description: 'b' }, positions: asWritten }), undefined);
		expect(edit.body).toEqual({});
		expect(edit.warnings).toEqual([
			expect.objectContaining({ code: 'ORDER_FIELDS_LEFT', message: expect.stringContaining('description') as string }),
		]);
	});

	it('name what a placeholder stands for when that changed', () => {
		const edit = planEdit(
			known,
			state({ fields: [description('Чай × 2')], marks: { description: 'a' }, positions: asWritten, standIns: ['Чай × 2'] }),
			aLink(positions, { description: 'a' }),
		);
		expect(edit.body).toEqual({ description: 'Чай × 2' });
	});
});

describe('what both sides changed', () => {
	const link = aLink(positions, { description: 'old' });
	const edited = (updated: string) => knownOrder(positions, { row: { description: 'of a person', updated } });
	const plan = (fields: ConflictPolicy, updated = '2026-11-21 12:00:00.000', policy: Policy = 'always') =>
		planEdit(edited(updated), state({ fields: [description('of the store', policy)], marks: { description: 'of the store' }, conflicts: { fields, lines: 'review' } }), link);

	it('is up to the conflict policy', () => {
		expect(plan('sourceWins')).toMatchObject({ body: { description: 'of the store' }, warnings: [] });
		expect(plan('targetWins')).toMatchObject({ body: {}, warnings: [{ code: 'FIELDS_KEPT' }] });
	});

	it('goes to a person with both values', () => {
		try {
			plan('review');
			throw new Error('nothing was thrown');
		} catch (error) {
			expect(error).toBeInstanceOf(FieldsInConflict);
			expect(error).toMatchObject({ code: 'ORDER_REVIEW', fields: [{ field: 'description', from: 'of a person', to: 'of the store' }] });
		}
	});

	// The store's order was changed at 13:00 by the clocks of Moscow, in which MoySklad writes.
	it.each([
		['2026-11-21 12:59:59.999', { description: 'of the store' }],
		['2026-11-21 13:00:00.001', {}],
	])('newer wins: MoySklad changed at %s', (updated, body) => expect(plan('newerWins', updated).body).toEqual(body));

	it.each<[Policy]>([['creating'], ['empty']])('is no conflict where the policy is %s', (policy) => {
		expect(plan('review', undefined, policy)).toMatchObject({ body: {}, warnings: [] });
	});

	it('an emptied field is filled again where the policy is to fill what is empty', () => {
		const empty = knownOrder(positions, { row: { description: '' } });
		const fields = (policy: Policy) => state({ fields: [description('old', policy)], marks: { description: 'old' } });
		expect(planEdit(empty, fields('empty'), link).body).toEqual({ description: 'old' });
		expect(planEdit(empty, fields('always'), link).body).toEqual({});
	});

	it('a field that only the store changed is written, whatever the policy', () => {
		const untouched = knownOrder(positions, { row: { description: 'old' } });
		for (const fields of ['sourceWins', 'targetWins', 'newerWins', 'review'] as const) {
			const wish = state({ fields: [description('new')], marks: { description: 'new' }, conflicts: { fields, lines: 'review' } });
			expect(planEdit(untouched, wish, link).body).toEqual({ description: 'new' });
		}
	});
});

describe('O2: the counterparty', () => {
	it('follows the customer until the order is paid or shipped', () => {
		const link = aLink(positions, {});
		expect(planEdit(knownOrder(positions), state({ agentId: 'other' }), link).body).toMatchObject({
			agent: { meta: { href: expect.stringMatching(/counterparty\/other$/) as string } },
		});
		expect(planEdit(knownOrder(positions), state({ agentId: 'agent' }), link).body).toEqual({});
		for (const more of [{ payedSum: 1 }, { shippedSum: 1 }]) {
			const edit = planEdit(knownOrder(positions, more), state({ agentId: 'other' }), link);
			expect(edit.body).toEqual({});
			expect(edit.warnings).toEqual([expect.objectContaining({ code: 'ORDER_AGENT_LEFT' })]);
		}
	});
});

describe('O2: positions', () => {
	const dearer = asWritten.map((position) => ({ ...position, price: position.price + 100 }));

	it('are replaced, with their ids, while MoySklad has them as written', () => {
		const added = { ...wantedAs(aPosition('3'), 'line 3'), line: 'new line' };
		const edit = planEdit(knownOrder(positions), state({ positions: [...dearer, added] }), aLink(positions, { lines: 'a' }));
		expect(edit.replaced).toBe(true);
		expect(bodies(edit).map(({ id, price }) => [id, price])).toEqual([
			['1', 5100],
			['2', 400],
			[undefined, 5000],
		]);
	});

	it('O2: are a conflict when somebody changed them in MoySklad', () => {
		for (const change of [{ quantity: 3 }, { price: 1 }, { discount: 5 }, { vat: 10 }]) {
			const edited = knownOrder([aPosition('1', change), positions[1] as KnownPosition]);
			expect(codeOf(() => planEdit(edited, state({ positions: dearer }), aLink(positions, {})))).toBe('ORDER_POSITIONS_CHANGED');
		}
		expect(codeOf(() => planEdit(knownOrder(positions.slice(1)), state({ positions: dearer }), aLink(positions, {})))).toBe(
			'ORDER_POSITIONS_CHANGED',
		);
	});

	it.each<[ConflictPolicy, boolean]>([['sourceWins', true], ['targetWins', false]])('that both sides changed are up to their own policy: %s', (lines, replaced) => {
		const edited = knownOrder([aPosition('1', { quantity: 3 }), positions[1] as KnownPosition]);
		const edit = planEdit(edited, state({ positions: dearer, marks: { lines: 'b' }, conflicts: { fields: 'sourceWins', lines } }), aLink(positions, { lines: 'a' }));
		expect(edit.replaced).toBe(replaced);
		expect(edit.warnings.map(({ code }) => code)).toEqual(replaced ? [] : ['FIELDS_KEPT']);
		if (!replaced) expect(edit.body).toEqual({});
	});

	it('O2: are a conflict once anything is shipped', () => {
		const link = aLink(positions, {});
		expect(codeOf(() => planEdit(knownOrder(positions, { shippedSum: 1 }), state({ positions: dearer }), link))).toBe('ORDER_SHIPPED');
		expect(
			codeOf(() => planEdit(knownOrder([aPosition('1', { shipped: 1 }), ...positions.slice(1)]), state({ positions: dearer }), link)),
		).toBe('ORDER_SHIPPED');
	});

	it('that say what the order says are taken over, however they are split', () => {
		const split = knownOrder(
			[
				aPosition('7', { good: asWritten[0]?.good, quantity: 1 }),
				aPosition('8', { good: asWritten[0]?.good, quantity: 1 }),
				positions[1] as KnownPosition,
			],
			{ shippedSum: 1 },
		);
		const edit = planEdit(split, state({ positions: asWritten }), aLink(positions, {}));
		expect(edit.body).toEqual({});
		expect(edit.positions.map(({ id }) => id).sort()).toEqual(['2', '7', '8']);
	});

	it('of another rate are not the same, unless nobody knows what was written', () => {
		const other = asWritten.map((position) => ({ ...position, vat: 10 }));
		expect(planEdit(knownOrder(positions), state({ positions: other }), aLink(positions, {})).replaced).toBe(true);
		expect(planEdit(knownOrder(positions), state({ positions: other }), undefined).body).toEqual({});
	});

	it('that differ without a link are a conflict', () => {
		expect(codeOf(() => planEdit(knownOrder(positions), state({ positions: dearer }), undefined))).toBe('ORDER_NOT_LINKED');
		expect(codeOf(() => planEdit(knownOrder([]), state({ positions: asWritten }), undefined))).toBe('ORDER_NOT_LINKED');
	});

	it('a discount in percent counts when sums are compared', () => {
		const discounted = knownOrder([aPosition('1', { price: 10_000, discount: 50 }), positions[1] as KnownPosition]);
		expect(planEdit(discounted, state({ positions: asWritten }), undefined).body).toEqual({});
	});

	it('of an order that does not balance are written unposted and without reserve, and posted again when it does', () => {
		const unposted = planEdit(knownOrder(positions), state({ positions: dearer, balanced: false }), aLink(positions, {}));
		expect(unposted.body).toMatchObject({ applicable: false });
		expect(bodies(unposted).every(({ reserve }) => reserve === 0)).toBe(true);
		const balanced = state({ positions: dearer });
		expect(planEdit(knownOrder(positions, { applicable: false }), balanced, aLink(positions, {}, { unposted: true })).body).toMatchObject({
			applicable: true,
		});
		expect(
			planEdit(knownOrder(positions, { applicable: false }), balanced, aLink(positions, {}, { unposted: false })).body,
		).not.toHaveProperty('applicable');
	});
});

describe('O2: reserves', () => {
	const marks = { reserve: 'b' };
	const written = { reserve: 'a' };

	it('O2: of a cancelled order are released, whatever became of its positions', () => {
		const edited = knownOrder([aPosition('1', { quantity: 9, price: 1, reserve: 9 })]);
		const edit = planEdit(edited, state({ reserve: false, marks }), aLink(positions, written));
		expect(bodies(edit)).toEqual([expect.objectContaining({ id: '1', quantity: 9, price: 1, reserve: 0 })]);
		expect(edit.replaced).toBe(false);
	});

	it('O2: are never more than what is not shipped', () => {
		const some = fc.record({
			quantity: fc.integer({ min: 1, max: 50 }),
			shipped: fc.integer({ min: 0, max: 60 }),
			discount: fc.integer({ min: -50, max: 100 }),
			service: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(some, { minLength: 1 }), (rows) => {
				const present = rows.map(({ service, ...row }, index) =>
					aPosition(String(index), { ...row, reserve: 0, good: { type: service ? 'service' : 'product', id: String(index) } }),
				);
				const edit = planEdit(knownOrder(present), state({ reserve: true, marks }), aLink(present, written));
				for (const [index, body] of (bodies(edit) ?? []).entries()) {
					const { quantity = 0, shipped = 0, discount, service } = rows[index] ?? {};
					expect(body.reserve).toBe(service ? 0 : Math.max(0, quantity - shipped));
					expect(body).toMatchObject({ quantity, discount });
				}
			}),
		);
	});

	it('stay away from an order that is kept unposted', () => {
		expect(
			planEdit(knownOrder([aPosition('1', { reserve: 0 })]), state({ reserve: true, marks }), aLink(positions, written, { unposted: true }))
				.body,
		).toEqual({});
	});

	it('are left when nothing changed in the store', () => {
		expect(
			planEdit(knownOrder([aPosition('1', { reserve: 0 })]), state({ reserve: true, marks: written }), aLink(positions, written)).body,
		).toEqual({});
	});
});
