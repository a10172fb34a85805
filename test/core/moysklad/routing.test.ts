import fc from 'fast-check';
import {
	divideEvents,
	wantedEvents,
	type Execution,
	type ImmediateLimits,
	type Notification,
	type ObjectEvent,
	type Routed,
	type StockEvent,
	type Subscriptions,
} from '../../../core';

const event = (index: number, more: Partial<ObjectEvent> = {}): ObjectEvent => ({
	entity: 'customerorder',
	id: `id ${index}`,
	action: 'UPDATE',
	updatedFields: [],
	moment: null,
	author: 'user@account',
	requestId: null,
	index,
	accountId: null,
	...more,
});
const stockEvent: StockEvent = {
	entity: 'stock',
	action: 'UPDATE',
	reportType: 'bystore',
	stockType: 'stock',
	reportPath: '/x',
	moment: null,
	author: null,
	requestId: null,
	index: 0,
	accountId: null,
};
const notification = (objects: ObjectEvent[], stock: StockEvent | null = null) => ({
	objects,
	stock,
	accountIds: [],
	unreadable: 0,
});
const subscribed = (execution: Execution, more: Partial<Subscriptions> = {}): Subscriptions => ({
	objects: [{ entity: 'customerorder', actions: ['CREATE', 'UPDATE'], diffType: 'FIELDS', execution }],
	stock: [],
	...more,
});
const FREE: ImmediateLimits = { most: Infinity, together: true };
const routed = (
	notifications: Notification[],
	subscriptions: Subscriptions,
	{ limits = FREE, ignored = [] }: { limits?: ImmediateLimits; ignored?: string[] } = {},
): Routed =>
	divideEvents(
		notifications.flatMap((one) => wantedEvents(one, subscriptions, ignored).wanted),
		limits,
	);
const indices = ({ immediate, queued }: Routed) => ({
	immediate: immediate.map(({ index }) => index),
	queued: queued.map(({ index }) => index),
});

describe('The events of a notification', () => {
	it.each<[Execution, number[], number[]]>([
		['immediate', [0, 1, 2], []],
		['queued', [], [0, 1, 2]],
		['firstImmediate', [0], [1, 2]],
	])('R028 to R030: leave by %s', (execution, immediate, queued) => {
		expect(indices(routed([notification([event(0), event(1), event(2)])], subscribed(execution)))).toEqual({
			immediate,
			queued,
		});
	});

	it('R031: leave by the execution of their own row', () => {
		const subscriptions: Subscriptions = {
			objects: [
				{ entity: 'customerorder', actions: ['CREATE'], diffType: 'NONE', execution: 'immediate' },
				{ entity: 'customerorder', actions: ['UPDATE'], diffType: 'NONE', execution: 'firstImmediate' },
				{ entity: 'demand', actions: ['UPDATE'], diffType: 'NONE', execution: 'firstImmediate' },
			],
			stock: [],
		};
		const events = [
			event(0),
			event(1, { action: 'CREATE' }),
			event(2),
			event(3, { entity: 'demand' }),
			event(4, { entity: 'demand' }),
		];
		expect(indices(routed([notification(events)], subscriptions))).toEqual({
			immediate: [0, 1, 3],
			queued: [2, 4],
		});
	});

	it('are left out when their action is not wanted, without taking the first place', () => {
		const events = [event(0, { action: 'DELETE' }), event(1), event(2)];
		expect(indices(routed([notification(events)], subscribed('firstImmediate')))).toEqual({
			immediate: [1],
			queued: [2],
		});
	});

	it('are left out when an ignored login is their author, in any case', () => {
		const events = [event(0, { author: 'Robot@Account' }), event(1), event(2, { author: null })];
		expect(indices(routed([notification(events)], subscribed('queued'), { ignored: [' robot@account '] }))).toEqual({
			immediate: [],
			queued: [1, 2],
		});
	});

	it('W2: of asynchronous tasks are wanted whatever actions the row has', () => {
		const objects: Subscriptions['objects'] = [
			{ entity: 'async', actions: [], diffType: 'FIELDS', execution: 'queued' },
		];
		const processed = notification([event(0, { entity: 'async', action: 'PROCESSED' })]);
		expect(indices(routed([processed], { objects, stock: [] }))).toEqual({ immediate: [], queued: [0] });
	});

	it('are not lost when one among them is unknown', () => {
		const both = notification([event(0, { entity: 'product' }), event(1)]);
		expect(indices(routed([both], subscribed('queued')))).toEqual({ immediate: [], queued: [1] });
		expect(wantedEvents(both, subscribed('queued')).unknown).toEqual(['product']);
	});

	it('R207: are refused when all are unknown', () => {
		expect(() => wantedEvents(notification([event(0, { entity: 'product' })]), subscribed('queued'))).toThrow(
			expect.objectContaining({ code: 'WEBHOOK_CALL_UNKNOWN_ENTITY' }),
		);
		expect(() => wantedEvents(notification([], stockEvent), subscribed('queued'))).toThrow(
			expect.objectContaining({ code: 'WEBHOOK_CALL_UNKNOWN_ENTITY' }),
		);
	});

	it('of stock leave by the row of their report', () => {
		const stock = [
			{ reportType: 'all', execution: 'immediate' },
			{ reportType: 'bystore', execution: 'queued' },
		] as const;
		const subscriptions = subscribed('queued', { stock: [...stock] });
		const all: StockEvent = { ...stockEvent, reportType: 'all' };
		expect(routed([notification([], stockEvent), notification([], all)], subscriptions)).toEqual({
			immediate: [all],
			queued: [stockEvent],
		});
	});

	it('are each on exactly one output, or left out', () => {
		const entities = fc.constantFrom('customerorder', 'demand', 'product');
		const events = fc.array(fc.tuple(entities, fc.constantFrom('CREATE', 'UPDATE', 'DELETE')), { minLength: 1 });
		const rows = fc.array(
			fc.record({
				entity: entities,
				actions: fc.subarray(['CREATE', 'UPDATE', 'DELETE'] as const).map((actions) => [...actions]),
				diffType: fc.constant('NONE' as const),
				execution: fc.constantFrom<Execution>('immediate', 'queued', 'firstImmediate'),
			}),
		);
		const anyLimits = fc.record({ most: fc.integer({ min: 1, max: 3 }), together: fc.boolean() });
		fc.assert(
			fc.property(events, rows, anyLimits, (some, objects, limits) => {
				const all = some.map(([entity, action], index) =>
					event(index, { entity, action: action as ObjectEvent['action'] }),
				);
				fc.pre(all.some(({ entity }) => objects.some((row) => row.entity === entity)));
				const brought = wantedEvents(notification(all), { objects, stock: [] });
				const { immediate, queued } = divideEvents(brought.wanted, limits);
				const wanted = all.filter(({ entity, action }) =>
					objects.some((row) => row.entity === entity && row.actions.includes(action as 'CREATE')),
				);
				expect(immediate.length).toBeLessThanOrEqual(limits.most);
				expect([...immediate, ...queued].map(({ index }) => index).sort((a, b) => a - b)).toEqual(
					wanted.map(({ index }) => index),
				);
				expect(brought.unknown).toHaveLength(all.filter(({ entity }) => !objects.some((row) => row.entity === entity)).length);
			}),
		);
	});
});

describe('The events of several notifications in one execution', () => {
	const single = (index: number, more: Partial<ObjectEvent> = {}) => notification([event(index, more)]);

	it('R030: have one first event a row', () => {
		const rows = subscribed('firstImmediate');
		expect(indices(routed([single(0), notification([event(1), event(2)]), single(3)], rows))).toEqual({
			immediate: [0],
			queued: [1, 2, 3],
		});
	});

	it('W3, R032: leave by Immediate up to the limit, and the rest of them by Queued', () => {
		const fifty = Array.from({ length: 50 }, (_, index) => single(index));
		const { immediate, queued } = indices(routed(fifty, subscribed('immediate'), { limits: { most: 5, together: true } }));
		expect(immediate).toEqual([0, 1, 2, 3, 4]);
		expect(queued).toEqual(Array.from({ length: 45 }, (_, index) => index + 5));
	});

	it.each<Execution>(['immediate', 'firstImmediate'])(
		'W3, R034: of mass edits leave by Queued when the switch is off, those of %s too',
		(execution) => {
			const notifications = [notification([event(0), event(1)]), single(2)];
			const limits = { most: 100, together: false };
			expect(indices(routed(notifications, subscribed(execution), { limits }))).toEqual({
				immediate: [2],
				queued: [0, 1],
			});
		},
	);

	it('R015: leave once when their notification was delivered twice', () => {
		const more = { requestId: 'request' };
		const twice = [notification([event(0, more), event(1, more)]), notification([event(0, more), event(1, more)])];
		expect(indices(routed(twice, subscribed('queued')))).toEqual({ immediate: [], queued: [0, 1] });
		const stock = notification([], { ...stockEvent, requestId: 'request' });
		expect(
			routed([stock, stock], subscribed('queued', { stock: [{ reportType: 'bystore', execution: 'queued' }] })).queued,
		).toHaveLength(1);
	});

	it('leave all when only their content is the same, or when nobody can tell', () => {
		const another = [single(0, { requestId: 'one' }), single(0, { requestId: 'two' })];
		expect(routed(another, subscribed('queued')).queued).toHaveLength(2);
		expect(routed([single(0), single(0)], subscribed('queued')).queued).toHaveLength(2);
	});
});
