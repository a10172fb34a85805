import fc from 'fast-check';
import {
	confirmations, foldOfflineEvents, latestOf, readQueueRow, readReservations, wantedBitrixEvents, type BitrixAction, type BitrixEvent, type OfflineEvent,
} from '../../../../core';

const event = (entity: string, id: string, action: BitrixAction, moment: string | null = null): BitrixEvent => ({
	entity, id, action, moment, event: null, xmlId: null, memberId: null, domain: null,
});

it('takes what rows ask for, and names what no row has', () => {
	const events = [event('order', '1', 'SAVE'), event('order', '1', 'DELETE'), event('deal', '2', 'CREATE')];
	expect(wantedBitrixEvents(events, [{ entity: 'order', actions: ['SAVE'] }])).toEqual({ wanted: [event('order', '1', 'SAVE')], unknown: ['deal'] });
});

const anyEvent = fc.record({
	entity: fc.constantFrom('order', 'deal'),
	id: fc.constantFrom('1', '2', '3'),
	action: fc.constantFrom<BitrixAction>('SAVE', 'DELETE'),
	moment: fc.constantFrom(null, '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'),
});

it('each object and action stays once, with its latest moment, and none is left out', () => {
	fc.assert(
		fc.property(fc.array(anyEvent), (rows) => {
			const events = rows.map(({ entity, id, action, moment }) => event(entity, id, action, moment));
			const keyOf = (one: BitrixEvent): string => `${one.entity} ${one.id} ${one.action}`;
			const latest = latestOf(events);
			expect(new Set(latest.map(keyOf))).toEqual(new Set(events.map(keyOf)));
			expect(latest).toHaveLength(new Set(events.map(keyOf)).size);
			for (const one of latest)
				expect(one.moment ?? '').toBe(events.filter((other) => keyOf(other) === keyOf(one)).map(({ moment }) => moment ?? '').sort().at(-1));
		}),
	);
});

describe('rows of the offline queue', () => {
	const ROW = {
		ID: '5',
		TIMESTAMP_X: '2026-11-21T15:51:16+03:00',
		EVENT_NAME: 'OnCrmDealUpdate',
		EVENT_DATA: { FIELDS: { ID: 7 } },
		EVENT_ADDITIONAL: { user_id: '1' },
		MESSAGE_ID: 'm'.repeat(32),
	};
	const RESERVATION = { processId: 'p', messageId: 'm'.repeat(32) };
	const source = { memberId: 'portal', domain: 'shop.bitrix24.ru' };

	it('become events that can be confirmed', () =>
		expect(readQueueRow(ROW, source, { processId: 'p', again: true })).toEqual({
			name: 'ONCRMDEALUPDATE',
			reservation: RESERVATION,
			event: {
				entity: 'deal',
				id: '7',
				action: 'UPDATE',
				event: 'ONCRMDEALUPDATE',
				xmlId: null,
				moment: '2026-11-21T12:51:16.000Z',
				...source,
				reservations: [RESERVATION],
				failedBefore: false,
				again: true,
			},
		}));

	it.each([{ EVENT_NAME: 'ONTASKADD' }, { EVENT_DATA: false }, { EVENT_DATA: { FIELDS: { ID: 'x' } } }, { EVENT_NAME: 'ONCRMDYNAMICITEMADD' }])(
		'that nobody supports can still be cleared: %j',
		(more) => {
			const read = readQueueRow({ ...ROW, ...more }, source, { processId: 'p', again: false });
			expect(read).toEqual({ name: ({ ...ROW, ...more }.EVENT_NAME as string).toUpperCase(), reservation: RESERVATION });
		},
	);

	it('without a name are none', () => {
		for (const row of [null, {}, { ...ROW, MESSAGE_ID: '' }, { ...ROW, EVENT_NAME: null }])
			expect(readQueueRow(row, source, { processId: 'p', again: false })).toBeUndefined();
	});

	const offline = (id: string, messageId: string, more: Partial<OfflineEvent> = {}): OfflineEvent => ({
		...event('order', id, 'SAVE'),
		reservations: [{ processId: 'p', messageId }],
		failedBefore: false,
		again: false,
		...more,
	});

	it('that report one change under two names are one event, which confirms both', () =>
		expect(foldOfflineEvents([offline('1', 'a'), offline('2', 'b'), offline('1', 'c', { again: true })])).toEqual([
			{ ...offline('1', 'a'), again: true, reservations: [{ processId: 'p', messageId: 'a' }, { processId: 'p', messageId: 'c' }] },
			offline('2', 'b'),
		]));

	it('are confirmed by process, once each; what failed for one item is not cleared for another', () => {
		const row = (processId: string, messageId: string) => ({ processId, messageId });
		const items = [
			{ reservations: [row('p', 'a'), row('q', 'b')], failed: false },
			{ reservations: [row('p', 'a')], failed: true },
			{ reservations: [row('p', 'c'), row('p', 'c')], failed: false },
		];
		expect(confirmations(items)).toEqual([
			{ processId: 'p', failed: true, messageIds: ['a'] },
			{ processId: 'q', failed: false, messageIds: ['b'] },
			{ processId: 'p', failed: false, messageIds: ['c'] },
		]);
	});

	it.each([undefined, null, 'x', [], [{ processId: '', messageId: 'm' }], [{ processId: 'p' }]])('are not confirmed by %j', (value) =>
		expect(() => readReservations(value)).toThrow(expect.objectContaining({ code: 'BITRIX_RESERVATION_MISSING' }) as Error),
	);
});
