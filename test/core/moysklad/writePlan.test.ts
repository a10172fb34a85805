import { planWrite, repeatedKeys, type Draft } from '../../../core';

const ID = '7944ef04-f831-11e5-7a69-971500188b19';
const rules = { entity: 'product', creates: true };
const draft = (body: Record<string, unknown>, matchOn?: string): Draft => ({ body, matchOn });
const plan = (one: Draft, present: object[] = [], more: Partial<typeof rules> = {}) => planWrite(one, present as never, { ...rules, ...more });

describe('planWrite', () => {
	it('makes what is not there', () => {
		expect(plan(draft({ externalCode: 'a', name: 'Lamp' }, 'externalCode'))).toMatchObject({ kind: 'create', key: 'a', body: { externalCode: 'a', name: 'Lamp' } });
		expect(plan(draft({ name: 'Lamp' }))).toMatchObject({ kind: 'create', key: 'Lamp', changes: [{ field: 'name', from: null, to: 'Lamp' }] });
		expect(plan(draft({ id: '', name: 'Lamp' }, 'id'))).toMatchObject({ kind: 'create', body: { name: 'Lamp' } });
	});

	it('changes what differs, and leaves alone what does not', () => {
		const present = { id: ID, externalCode: 'a', name: 'Lamp', code: '1' };
		expect(plan(draft({ externalCode: 'a', name: 'Lamp', code: '2' }, 'externalCode'), [present])).toMatchObject({ kind: 'update', id: ID, body: { code: '2' } });
		expect(plan(draft({ externalCode: 'a', name: 'Lamp' }, 'externalCode'), [present])).toMatchObject({ kind: 'settled', result: { status: 'unchanged', moySkladId: ID } });
	});

	it.each<[string, Draft, object[], string, string]>([
		['an empty key', draft({ externalCode: ' ' }, 'externalCode'), [], 'conflict', 'MOYSKLAD_KEY_EMPTY'],
		['several objects with the key', draft({ externalCode: 'a' }, 'externalCode'), [{ id: ID }, { id: 'b', archived: true }], 'conflict', 'MOYSKLAD_KEY_AMBIGUOUS'],
		['an id that is not there', draft({ id: ID }, 'id'), [], 'failed', 'MOYSKLAD_NOT_FOUND'],
	])('I3: %s is reported, never guessed', (_, one, present, status, code) => {
		expect(plan(one, present)).toMatchObject({ kind: 'settled', result: { status, error: { code } } });
	});

	it('I3: what lies in the bin is skipped with a code, unless another one is alive', () => {
		const binned = { id: ID, deleted: '2026-11-21 10:00:00.000' };
		expect(plan(draft({ externalCode: 'a' }, 'externalCode'), [binned])).toMatchObject({
			kind: 'settled', result: { status: 'skipped', moySkladId: ID, warnings: [{ code: 'MOYSKLAD_IN_BIN' }] },
		});
		expect(plan(draft({ externalCode: 'a', name: 'x' }, 'externalCode'), [binned, { id: 'b', externalCode: 'a' }])).toMatchObject({ kind: 'update', id: 'b' });
	});

	it('does not make anything where only changes are wanted', () => {
		expect(plan(draft({ externalCode: 'a' }, 'externalCode'), [], { creates: false })).toMatchObject({ result: { status: 'failed', error: { code: 'MOYSKLAD_NOT_FOUND' } } });
	});

	it('never sends what cannot be changed, and says so when it would differ', () => {
		const present = { id: ID, externalCode: 'a', syncId: ID, name: 'Lamp' };
		expect(plan(draft({ externalCode: 'a', syncId: ID, name: 'Lamp' }, 'externalCode'), [present])).toMatchObject({ result: { status: 'unchanged', warnings: [] } });
		const other = plan(draft({ externalCode: 'a', syncId: ID.replace('79', '80'), name: 'New' }, 'externalCode'), [present]);
		expect(other).toMatchObject({ kind: 'update', body: { name: 'New' }, warnings: [{ code: 'MOYSKLAD_FIELD_FIXED' }] });
		expect((other as { body: object }).body).not.toHaveProperty('syncId');
	});
});

it('I3: keys that occur twice are found, empty ones are not among them', () => {
	const drafts = ['a', 'b', 'a', '', ''].map((externalCode) => draft({ externalCode }, 'externalCode'));
	expect([...repeatedKeys([...drafts, undefined, draft({ name: 'x' })])]).toEqual([0, 2]);
});
