import { subscribedWebhooks, subjectOf, WEBHOOK_ENTITIES, type Execution, type Subscriptions } from '../../../core';

const URL = 'https://n8n.example.com/hook';
const subscribed = (execution: Execution, more: Partial<Subscriptions> = {}): Subscriptions => ({
	objects: [{ entity: 'customerorder', actions: ['CREATE', 'UPDATE'], diffType: 'FIELDS', execution }],
	stock: [],
	...more,
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
