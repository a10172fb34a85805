import { isDone, planMoves, stopOf, stopTasks, type RegisteredWebhook } from '../../../core';

const url = (check: string): string => `https://n8n.example.com/webhook/w/moysklad?instance=0123456789ab&check=${check}`;
const OLD = 'older-secret-0123456789';
const NEW = 'newer-secret-0123456789';
const webhook = (id: string, check: string, enabled = true, action: 'CREATE' | 'DELETE' = 'CREATE'): RegisteredWebhook => ({
	kind: 'object', entity: 'product', action, diffType: null, url: url(check), enabled, id, accountId: null, ofSolution: false,
});
const plan = (moving: RegisteredWebhook[], others: RegisteredWebhook[] = []) => planMoves(moving, [...moving, ...others], (one) => ({ ...one, url: url(NEW) }));

describe('The plan of moves', () => {
	it('gives each its new address and leaves it on or off', () => {
		const { tasks, surplus } = plan([webhook('a', OLD), webhook('b', OLD, false, 'DELETE')]);
		expect(tasks.map(({ wanted, found }) => [found?.id, wanted.url, wanted.enabled])).toEqual([
			['a', url(NEW), true],
			['b', url(NEW), false],
		]);
		expect(surplus).toEqual([]);
	});

	it('changes nothing of what is there already', () => {
		const { tasks, surplus } = plan([webhook('a', NEW)]);
		expect([tasks.every(isDone), surplus]).toEqual([true, []]);
	});

	it('deletes what would be twice, and keeps that one of both on', () => {
		const moving = webhook('a', OLD);
		const { tasks, surplus } = plan([moving], [webhook('b', NEW, false)]);
		expect(surplus).toEqual([moving]);
		expect(tasks.map(({ found, wanted }) => [found?.id, wanted.enabled])).toEqual([['b', true]]);
		expect(plan([moving], [webhook('b', NEW)]).tasks).toEqual([]);
	});

	it('of two that meet moves the one that is on', () => {
		const [off, on] = [webhook('a', OLD, false), webhook('b', 'oldest-secret-0123456789')];
		const { tasks, surplus } = plan([off, on]);
		expect(tasks.map(({ found, wanted }) => [found?.id, wanted.enabled])).toEqual([['b', true]]);
		expect(surplus).toEqual([off]);
	});
});

describe('The stop of several webhooks', () => {
	const NOW = Date.parse('2026-11-22T10:00:00Z');

	it('marks two of one subject apart, since MoySklad takes an address once', () => {
		const tasks = stopTasks([webhook('a', OLD), webhook('b', NEW), webhook('c', OLD, true, 'DELETE')], 'paused', NOW);
		expect(tasks.map(({ wanted }) => stopOf(wanted)?.since)).toEqual(['2026-11-22T10:00:00.000Z', '2026-11-22T09:59:59.000Z', '2026-11-22T10:00:00.000Z']);
		expect(new Set(tasks.map(({ wanted }) => `${wanted.kind === 'object' ? wanted.action : ''} ${wanted.url}`)).size).toBe(3);
	});

	it('keeps the time of an earlier stop, and does nothing where it is the same', () => {
		const [first] = stopTasks([webhook('a', OLD)], 'unpublished', NOW);
		const unpublished = { ...webhook('a', OLD), ...first?.wanted } as RegisteredWebhook;
		const [paused] = stopTasks([unpublished], 'paused', NOW + 60_000);
		expect(paused && stopOf(paused.wanted)).toEqual({ reason: 'paused', since: '2026-11-22T10:00:00.000Z' });
		expect(stopTasks([unpublished], 'unpublished', NOW + 60_000).map(isDone)).toEqual([true]);
	});
});
