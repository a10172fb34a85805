import { isReserved, stateFor, type StateRule } from '../../../core';

const order = (more: object = {}) => ({ status: { id: 'N', name: 'Принят' }, paid: false, canceled: false, ...more });

const rules: StateRule[] = [
	{ when: 'status', status: 'F', state: 'done' },
	{ when: 'paid', status: '', state: 'paid' },
	{ when: 'status', status: 'принят ', state: 'new' },
	{ when: 'canceled', status: '', state: 'canceled' },
];

describe('O3: the state of an order', () => {
	it.each([
		[{}, 'new'],
		[{ status: { id: 'F', name: null }, paid: true }, 'done'],
		[{ paid: true }, 'paid'],
		[{ canceled: true, paid: true, status: { id: 'F', name: null } }, 'canceled'],
	])('%j is %s', (more, expected) => expect(stateFor(order(more), rules)).toEqual({ state: expected }));

	it('O3: an unmapped status leaves the state alone, with a warning', () => {
		const { state, warning } = stateFor(order({ status: { id: 'X', name: 'На складе' } }), rules);
		expect(state).toBeUndefined();
		expect(warning).toMatchObject({ code: 'ORDER_STATE_UNMAPPED', message: expect.stringContaining('На складе') as string });
	});

	it('a cancelled order without a row of its own has the state of its status', () =>
		expect(stateFor(order({ canceled: true }), rules.slice(0, 3))).toEqual({ state: 'new' }));

	it('without a map there is nothing to warn of', () => expect(stateFor(order(), [])).toEqual({}));
});

describe('O2: the reserve of an order', () => {
	const inStatus = { when: 'status', statuses: ['F', 'принят '] } as const;

	it.each([
		[{}, { when: 'always', statuses: [] }, true],
		[{}, { when: 'never', statuses: ['N'] }, false],
		[{ paid: true }, { when: 'paid', statuses: [] }, true],
		[{}, { when: 'paid', statuses: [] }, false],
		[{}, inStatus, true],
		[{ status: { id: 'F', name: null } }, inStatus, true],
		[{ status: { id: 'X', name: null } }, inStatus, false],
		[{ canceled: true, paid: true }, { when: 'always', statuses: [] }, false],
		[{ canceled: true }, inStatus, false],
	] as const)('O2: %j with %j is %s', (more, rule, expected) => expect(isReserved(order(more), rule)).toBe(expected));
});
