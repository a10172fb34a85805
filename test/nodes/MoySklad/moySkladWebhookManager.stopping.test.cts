import { stopOf } from '../../../core';
import { control } from '../../simulators/moysklad/control.cts';
import { FOREIGN, ManagerBench, outcome, results } from './managerBench.cts';
import { CHECK_STRING, eventRow, objectHook, stockRow, type Hook, type WebhookBench } from './webhookBench.cts';

describe('MoySklad Webhook Manager', () => {
	let manager: ManagerBench;
	let bench: WebhookBench;
	beforeAll(async () => {
		manager = await ManagerBench.start();
		bench = manager.account;
	});
	beforeEach(() => bench.reset());
	afterAll(async () => await bench.close());

	const own = async (operation: 'pause' | 'resume', parameters = {}, more = {}) => await manager.run({ resource: 'ownWebhooks', operation, ...parameters }, more);
	const everything = () => bench.trigger({ events: { row: [eventRow('customerorder', ['CREATE', 'UPDATE']), eventRow('product', ['CREATE'])] }, stock: { row: [stockRow('all')] } });
	const put = (hook: Hook | undefined, more: Partial<Hook>): void => void bench.moySklad.account.table('webhook').put({ ...hook, ...more } as never);
	const on = ['customerorder CREATE on', 'customerorder UPDATE on', 'product CREATE on', 'stock all on'];

	describe('Pause', () => {
		it('R069: switches off in one call each for objects and stock, and keeps since when', async () => {
			await bench.publish(everything());
			bench.moySklad.counters.reset();
			const before = Date.now() - 1000;
			const paused = await own('pause');
			expect(outcome(paused).every((line) => line.endsWith('deactivated'))).toBe(true);
			expect(bench.summary()).toEqual(on.map((line) => line.replace(' on', ' off')));
			for (const { webhook } of results(paused)) {
				expect(webhook).toMatchObject({ status: 'paused', owner: 'ours' });
				expect(Date.parse(webhook?.since ?? '')).toBeGreaterThanOrEqual(before);
			}
			expect([bench.calls('POST /entity/webhook'), bench.calls('POST /entity/webhookstock'), bench.calls()]).toEqual([1, 1, 4]);
			expect(JSON.stringify(paused.json())).not.toContain(CHECK_STRING);
		});

		it('in a preview changes nothing, and the second time neither', async () => {
			await bench.publish(everything());
			const before = bench.hooks();
			expect(outcome(await own('pause', { preview: true })).every((line) => line.endsWith('planned'))).toBe(true);
			expect(bench.hooks()).toEqual(before);
			await own('pause');
			const paused = bench.hooks();
			expect(outcome(await own('pause')).every((line) => line.endsWith('unchanged'))).toBe(true);
			expect(bench.hooks()).toEqual(paused);
		});

		it('R066: leaves everything that is not ours alone', async () => {
			const foreign = [bench.add(objectHook('product', 'CREATE', FOREIGN)), bench.add(objectHook('product', 'CREATE', `https://n8n.example.com/webhook/w/moysklad?instance=ffffffffffff&check=${CHECK_STRING}`))];
			await bench.publish(everything());
			await own('pause', { triggerUrl: '' });
			expect(bench.hooks()).toEqual(expect.arrayContaining(foreign));
			expect(bench.hooks().filter(({ enabled }) => enabled)).toHaveLength(2);
		});

		it('stops one part of the business only, when that is chosen', async () => {
			await bench.publish(everything());
			await own('pause', { purposes: ['orders'] });
			expect(bench.summary()).toEqual(['customerorder CREATE off', 'customerorder UPDATE off', 'product CREATE on', 'stock all on']);
		});

		it('W2: outlasts Ensure, publishing and a start of n8n', async () => {
			await bench.publish(everything());
			await own('pause');
			const paused = bench.hooks();
			expect(results(await manager.ensure({ profiles: ['base'], full: false }))).toEqual([
				expect.objectContaining({ status: 'skipped', key: 'customerorder UPDATE', warnings: [expect.objectContaining({ code: 'WEBHOOK_PAUSED' })] }),
			]);
			await bench.publish(everything());
			await bench.engine.runHook('delete', everything());
			await bench.publish(everything());
			expect(bench.hooks()).toEqual(paused);
		});

		it('switches off two webhooks that a trigger has for the same', async () => {
			await bench.publish(bench.trigger({ events: { row: [eventRow('product', ['CREATE'])] } }));
			const [hook] = bench.hooks();
			bench.add(objectHook('product', 'CREATE', String(hook?.url).replace(CHECK_STRING, 'older-string-0123456789')));
			expect((await own('pause')).json(1)).toEqual([]);
			expect(bench.hooks().map(({ enabled }) => enabled)).toEqual([false, false]);
			expect((await own('resume')).json(1)).toEqual([]);
			expect(bench.summary()).toEqual(['product CREATE on']);
		});
	});

	describe('Resume', () => {
		it('switches on what was paused, with the present check string, and says from when on to catch up', async () => {
			await bench.publish(everything());
			const times = new Set(results(await own('pause')).map(({ webhook }) => webhook?.since));
			const resumed = await own('resume', {}, { credentials: bench.credential('admin', { checkSecret: 'another-string-0123456789' }) });
			expect(results(resumed).map(({ status, catchUpFrom }) => [status, times.has(String(catchUpFrom))])).toEqual(Array(4).fill(['updated', true]));
			expect(bench.summary()).toEqual(on);
			expect(bench.hooks().every(({ url }) => url.endsWith('=another-string-0123456789'))).toBe(true);
			expect((await own('resume')).json()).toEqual([]);
		});

		it('gives a time that Get Changes takes for a cursor: nothing of the pause is missing', async () => {
			const { account } = bench.moySklad;
			await bench.publish(everything());
			await own('pause');
			const [resumed] = results(await own('resume', { purposes: ['catalog'] }));
			const [product] = account.table('product').all();
			await control(bench.moySklad.parts, 'POST', 'edit', { user: 'editor', method: 'PUT', path: `entity/product/${String(product?.id)}`, body: { description: 'In the pause' } });
			const changes = await bench.engine.runNode({
				type: 'moySkladEntity',
				credentials: bench.credential(),
				parameters: { resource: 'product', operation: 'getChanges', cursor: '={{ $json.catchUpFrom }}' },
				items: [resumed ?? {}],
			});
			expect(changes.error).toBeUndefined();
			expect(JSON.stringify(changes.json()[0]?.events)).toContain(String(product?.id));
		});

		it('leaves what was switched off by others, and what unpublishing switched off unless that is chosen', async () => {
			await bench.publish(everything());
			await bench.engine.runHook('delete', everything());
			expect((await own('resume')).json()).toEqual([]);
			expect(outcome(await own('resume', { reasons: ['unpublished'] }))).toHaveLength(4);
			expect(bench.summary()).toEqual(on);
			put(bench.hooks()[0], { enabled: false });
			expect((await own('resume', { reasons: ['paused', 'unpublished'] })).json()).toEqual([]);
		});

		it('gives a paused webhook that somebody switched on by hand its check string back', async () => {
			await bench.publish(everything());
			await own('pause', { purposes: ['catalog'] });
			put(bench.hooks().find(({ entityType }) => entityType === 'product'), { enabled: true });
			expect(outcome(await own('resume'))).toEqual(['product CREATE updated']);
			expect(bench.hooks().every(({ url }) => url.endsWith(CHECK_STRING))).toBe(true);
		});

		it('in a preview says what it would do and from when', async () => {
			await bench.publish(everything());
			await own('pause');
			const paused = bench.hooks();
			const preview = results(await own('resume', { preview: true }));
			expect(preview.map(({ status, catchUpFrom }) => [status, typeof catchUpFrom])).toEqual(Array(4).fill(['planned', 'string']));
			expect(bench.hooks()).toEqual(paused);
		});

		it('says what is wrong with the check string before it changes anything', async () => {
			await bench.publish(everything());
			await own('pause');
			const refused = await own('resume', {}, { credentials: bench.credential('admin', { checkSecret: '' }) });
			expect(refused.error?.description).toMatch('(WEBHOOK_CHECK_STRING_MISSING)');
			expect(bench.hooks().every(({ enabled }) => !enabled)).toBe(true);
		});
	});

	describe('W1: what unpublishing leaves behind', () => {
		it('says since when, to everybody who looks; publishing takes it away', async () => {
			await bench.publish(everything());
			await bench.engine.runHook('delete', everything());
			const views = (await manager.run({ operation: 'getAll', filters: { status: 'unpublished' } })).json();
			expect(views).toHaveLength(4);
			expect(views.every(({ since }) => Date.parse(String(since)) > 0)).toBe(true);
			await bench.publish(everything());
			expect((await manager.run({ operation: 'getAll', filters: { status: 'unpublished' } })).json()).toEqual([]);
			expect(bench.hooks().every(({ url, enabled }) => enabled && url.endsWith(CHECK_STRING))).toBe(true);
		});

		it('marks also what MoySklad had switched off, so that nobody switches it on for a trigger that does not listen', async () => {
			await bench.publish(everything());
			put(bench.hooks()[0], { enabled: false });
			await bench.engine.runHook('delete', everything());
			expect(bench.hooks().every((hook) => stopOf(hook)?.reason === 'unpublished')).toBe(true);
			expect(new Set(results(await manager.ensure({ profiles: ['base', 'orderImport'], full: false })).map(({ status }) => status))).toEqual(new Set(['skipped']));
		});

		it('marks what was removed from the rows of the trigger', async () => {
			await bench.publish(everything());
			await bench.publish(bench.trigger());
			expect(bench.hooks().filter((hook) => stopOf(hook)?.reason === 'unpublished')).toHaveLength(2);
		});
	});
});
