import fc from 'fast-check';
import {
	isDone,
	planWebhooks,
	switchTask,
	undoing,
	webhookTask,
	type RegisteredWebhook,
	type Webhook,
} from '../../../core';

const OWN = 'https://n8n.example.com/webhook/w/moysklad?instance=0123456789ab&check=secret-0123456789';
const EARLIER = 'https://n8n.example.com/webhook/w/moysklad?instance=0123456789ab&check=older-secret-0123456789';
const FOREIGN = 'https://shop.example.com/hook';
const isOwn = (url: string): boolean => url === OWN || url === EARLIER;

const order = (more: Partial<Extract<Webhook, { kind: 'object' }>> = {}): Webhook => ({
	kind: 'object',
	entity: 'customerorder',
	action: 'UPDATE',
	diffType: 'FIELDS',
	url: OWN,
	enabled: true,
	...more,
});
const registered = (webhook: Webhook, id: string): RegisteredWebhook => ({
	...webhook,
	id,
	accountId: 'account',
	ofSolution: false,
});

describe('The plan for webhooks', () => {
	it('makes what is missing', () => {
		const { tasks, surplus } = planWebhooks(
			[order()],
			[registered(order({ url: FOREIGN }), 'a'), registered(order({ action: 'CREATE', url: FOREIGN }), 'b')],
			isOwn,
		);
		expect(tasks).toEqual([
			{
				wanted: order(),
				found: null,
				changes: [
					{ field: 'url', from: null, to: OWN.replace('secret-0123456789', '***') },
					{ field: 'enabled', from: null, to: true },
					{ field: 'diffType', from: null, to: 'FIELDS' },
				],
			},
		]);
		expect(surplus).toEqual([]);
	});

	it('leaves alone what is right', () => {
		const { tasks } = planWebhooks([order()], [registered(order(), 'a')], isOwn);
		expect(tasks.map(isDone)).toEqual([true]);
	});

	it('R064: switches on what is off, and sets what differs', () => {
		const [task] = planWebhooks([order()], [registered(order({ enabled: false, diffType: 'NONE' }), 'a')], isOwn).tasks;
		expect(task?.found?.id).toBe('a');
		expect(task?.changes).toEqual([
			{ field: 'enabled', from: false, to: true },
			{ field: 'diffType', from: 'NONE', to: 'FIELDS' },
		]);
	});

	it('takes over what carries an earlier check string instead of making a second one', () => {
		const [task] = planWebhooks([order()], [registered(order({ url: EARLIER }), 'a')], isOwn).tasks;
		expect(task?.found?.id).toBe('a');
		expect(task?.changes.map(({ field }) => field)).toEqual(['url']);
		expect(JSON.stringify(task?.changes)).not.toMatch(/secret/);
	});

	it('prefers what has the address already, and the other one is surplus', () => {
		const { tasks, surplus } = planWebhooks(
			[order()],
			[registered(order({ url: EARLIER }), 'a'), registered(order(), 'b')],
			isOwn,
		);
		expect(tasks[0]?.found?.id).toBe('b');
		expect(surplus.map(({ id }) => id)).toEqual(['a']);
	});

	it('R066: finds surplus only among its own, and only what is on', () => {
		const present = [
			registered(order({ entity: 'product' }), 'ours'),
			registered(order({ entity: 'demand', enabled: false }), 'off'),
			registered(order({ entity: 'product', url: FOREIGN }), 'foreign'),
			registered({ kind: 'stock', reportType: 'all', url: OWN, enabled: true }, 'stock'),
		];
		expect(planWebhooks([order()], present, isOwn).surplus.map(({ id }) => id)).toEqual(['ours', 'stock']);
	});

	it('does not touch what is not at its addresses, and a second plan is empty once the first is carried out', () => {
		const subjects = fc.constantFrom('CREATE', 'UPDATE', 'DELETE') as fc.Arbitrary<'CREATE' | 'UPDATE' | 'DELETE'>;
		const webhooks = fc.array(
			fc.record({ action: subjects, url: fc.constantFrom(OWN, EARLIER, FOREIGN), enabled: fc.boolean() }),
			{ maxLength: 9 },
		);
		fc.assert(
			fc.property(webhooks, fc.subarray(['CREATE', 'UPDATE', 'DELETE'] as const), (some, actions) => {
				const unique = [...new Map(some.map((one) => [`${one.action} ${one.url}`, one])).values()];
				const present = unique.map((one, index) =>
					registered(order({ ...one, diffType: one.action === 'UPDATE' ? 'NONE' : null }), String(index)),
				);
				const wanted = actions.map((action) => order({ action, diffType: action === 'UPDATE' ? 'FIELDS' : null }));
				const { tasks, surplus } = planWebhooks(wanted, present, isOwn);
				expect([...tasks.flatMap(({ found }) => found ?? []), ...surplus].every(({ url }) => isOwn(url))).toBe(true);
				const after = carriedOut(present, tasks, surplus);
				const second = planWebhooks(wanted, after, isOwn);
				expect(second.tasks.every(isDone)).toBe(true);
				expect(second.surplus).toEqual([]);
			}),
		);
	});
});

describe('A task', () => {
	it('that switches off changes only that', () => {
		expect(switchTask(registered(order(), 'a'), false).changes).toEqual([{ field: 'enabled', from: true, to: false }]);
		expect(isDone(switchTask(registered(order(), 'a'), true))).toBe(true);
	});

	it('of stock has no changed fields', () => {
		expect(
			webhookTask({ kind: 'stock', reportType: 'all', url: OWN, enabled: true }, null).changes.map(
				({ field }) => field,
			),
		).toEqual(['url', 'enabled']);
	});
});

describe('Undoing', () => {
	const before = [
		registered(order({ enabled: false }), 'off'),
		registered(order({ action: 'CREATE', diffType: null, url: EARLIER }), 'old'),
		registered(order({ url: FOREIGN }), 'foreign'),
	];

	it('deletes what was made since and changes back what was changed', () => {
		const now = [
			registered(order(), 'off'),
			registered(order({ action: 'CREATE', diffType: null }), 'old'),
			registered(order({ action: 'DELETE', diffType: null }), 'new'),
			registered(order({ url: FOREIGN, enabled: false }), 'foreign'),
			registered(order({ url: FOREIGN, action: 'DELETE' }), 'foreign too'),
		];
		const { remove, restore } = undoing(before, now, isOwn);
		expect(remove.map(({ id }) => id)).toEqual(['new']);
		expect(restore.map(({ found, wanted }) => [found?.id, wanted.url, wanted.enabled])).toEqual([
			['off', OWN, false],
			['old', EARLIER, true],
		]);
	});

	it('does nothing when nothing was done', () => {
		expect(undoing(before, before, isOwn)).toEqual({ remove: [], restore: [] });
	});
});

function carriedOut(
	present: RegisteredWebhook[],
	tasks: ReturnType<typeof planWebhooks>['tasks'],
	surplus: RegisteredWebhook[],
): RegisteredWebhook[] {
	const off = new Set(surplus.map(({ id }) => id));
	const written = new Map(tasks.map(({ wanted, found }, index) => [found?.id ?? `new ${index}`, wanted]));
	const kept = present.map(
		(webhook) =>
			({ ...webhook, ...written.get(webhook.id), ...(off.has(webhook.id) && { enabled: false }) }) as RegisteredWebhook,
	);
	return [
		...kept,
		...[...written]
			.filter(([id]) => !present.some((webhook) => webhook.id === id))
			.map(([id, webhook]) => registered(webhook, id)),
	];
}
