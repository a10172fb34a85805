import fc from 'fast-check';
import {
	routeNotification,
	subscribedWebhooks,
	subjectOf,
	WEBHOOK_ENTITIES,
	type Execution,
	type ObjectEvent,
	type StockEvent,
	type Subscriptions,
} from '../../../core';

const URL = 'https://n8n.example.com/hook';
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
const indices = (routed: ReturnType<typeof routeNotification>) => ({
	immediate: routed.immediate.map(({ index }) => index),
	queued: routed.queued.map(({ index }) => index),
});

describe('The events of a notification', () => {
	it.each<[Execution, number[], number[]]>([
		['immediate', [0, 1, 2], []],
		['queued', [], [0, 1, 2]],
		['firstImmediate', [0], [1, 2]],
	])('R028 to R030: leave by %s', (execution, immediate, queued) => {
		expect(indices(routeNotification(notification([event(0), event(1), event(2)]), subscribed(execution)))).toEqual({
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
		expect(indices(routeNotification(notification(events), subscriptions))).toEqual({
			immediate: [0, 1, 3],
			queued: [2, 4],
		});
	});

	it('are left out when their action is not wanted, without taking the first place', () => {
		const events = [event(0, { action: 'DELETE' }), event(1), event(2)];
		expect(indices(routeNotification(notification(events), subscribed('firstImmediate')))).toEqual({
			immediate: [1],
			queued: [2],
		});
	});

	it('are left out when an ignored login is their author, in any case', () => {
		const events = [event(0, { author: 'Robot@Account' }), event(1), event(2, { author: null })];
		expect(indices(routeNotification(notification(events), subscribed('queued'), [' robot@account ']))).toEqual({
			immediate: [],
			queued: [1, 2],
		});
	});

	it('W2: of asynchronous tasks are wanted whatever actions the row has', () => {
		const objects: Subscriptions['objects'] = [
			{ entity: 'async', actions: [], diffType: 'FIELDS', execution: 'queued' },
		];
		expect(
			indices(
				routeNotification(notification([event(0, { entity: 'async', action: 'PROCESSED' })]), { objects, stock: [] }),
			),
		).toEqual({ immediate: [], queued: [0] });
	});

	it('are not lost when one among them is unknown', () => {
		const routed = routeNotification(notification([event(0, { entity: 'product' }), event(1)]), subscribed('queued'));
		expect(indices(routed)).toEqual({ immediate: [], queued: [1] });
		expect(routed.unknown).toEqual(['product']);
	});

	it('R207: are refused when all are unknown', () => {
		expect(() => routeNotification(notification([event(0, { entity: 'product' })]), subscribed('queued'))).toThrow(
			expect.objectContaining({ code: 'WEBHOOK_CALL_UNKNOWN_ENTITY' }),
		);
		expect(() => routeNotification(notification([], stockEvent), subscribed('queued'))).toThrow(
			expect.objectContaining({ code: 'WEBHOOK_CALL_UNKNOWN_ENTITY' }),
		);
	});

	it('of stock leave by the row of their report', () => {
		const stock = [
			{ reportType: 'all', execution: 'immediate' },
			{ reportType: 'bystore', execution: 'queued' },
		] as const;
		expect(routeNotification(notification([], stockEvent), subscribed('queued', { stock: [...stock] }))).toEqual({
			immediate: [],
			queued: [stockEvent],
			unknown: [],
		});
		expect(
			routeNotification(
				notification([], { ...stockEvent, reportType: 'all' }),
				subscribed('queued', { stock: [...stock] }),
			).immediate,
		).toHaveLength(1);
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
		fc.assert(
			fc.property(events, rows, (some, objects) => {
				const all = some.map(([entity, action], index) =>
					event(index, { entity, action: action as ObjectEvent['action'] }),
				);
				fc.pre(all.some(({ entity }) => objects.some((row) => row.entity === entity)));
				const { immediate, queued, unknown } = routeNotification(notification(all), { objects, stock: [] });
				const wanted = all.filter(({ entity, action }) =>
					objects.some((row) => row.entity === entity && row.actions.includes(action as 'CREATE')),
				);
				expect([...immediate, ...queued].map(({ index }) => index).sort((a, b) => a - b)).toEqual(
					wanted.map(({ index }) => index),
				);
				expect(unknown).toHaveLength(all.filter(({ entity }) => !objects.some((row) => row.entity === entity)).length);
			}),
		);
	});
});

describe('The webhooks of subscriptions', () => {
	it('are one for each object and action, and name changed fields for updates only', () => {
		const webhooks = subscribedWebhooks(
			subscribed('queued', { stock: [{ reportType: 'all', execution: 'queued' }] }),
			URL,
		);
		expect(webhooks).toEqual([
			{ kind: 'object', entity: 'customerorder', action: 'CREATE', diffType: null, url: URL, enabled: true },
			{ kind: 'object', entity: 'customerorder', action: 'UPDATE', diffType: 'FIELDS', url: URL, enabled: true },
			{ kind: 'stock', reportType: 'all', url: URL, enabled: true },
		]);
	});

	it('are there once, and name the fields when one row wants it', () => {
		const row = (diffType: 'NONE' | 'FIELDS') => ({
			entity: 'demand',
			actions: ['UPDATE' as const],
			diffType,
			execution: 'queued' as const,
		});
		for (const objects of [
			[row('NONE'), row('FIELDS')],
			[row('FIELDS'), row('NONE')],
		])
			expect(subscribedWebhooks({ objects, stock: [] }, URL)).toMatchObject([
				{ entity: 'demand', action: 'UPDATE', diffType: 'FIELDS' },
			]);
	});

	it('W2: of asynchronous tasks are PROCESSED', () => {
		expect(
			subscribedWebhooks(
				{ objects: [{ entity: 'async', actions: ['UPDATE'], diffType: 'FIELDS', execution: 'queued' }], stock: [] },
				URL,
			).map(subjectOf),
		).toEqual(['async PROCESSED']);
	});
});

it('The objects that can be chosen are unique and sorted by their names', () => {
	const names = WEBHOOK_ENTITIES.map(({ name }) => name);
	expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
	expect(new Set(WEBHOOK_ENTITIES.map(({ keyword }) => keyword)).size).toBe(WEBHOOK_ENTITIES.length);
});
