import { FOREIGN, ManagerBench, outcome, results } from './managerBench.cts';
import { CHECK_STRING, objectHook, queryOf, shownUrl, stockRow, WEBHOOK_ID, type WebhookBench } from './webhookBench.cts';

const NEW_STRING = 'a-newer-string-0123456789';

describe('MoySklad Webhook Manager', () => {
	let manager: ManagerBench;
	let bench: WebhookBench;
	beforeAll(async () => {
		manager = await ManagerBench.start();
		bench = manager.account;
	});
	beforeEach(() => bench.reset());
	afterAll(async () => await bench.close());

	const trigger = (more = {}) => bench.trigger({ stock: { row: [stockRow('all')] } }, more);
	const ends = (text: string) => bench.hooks().map(({ url }) => url.endsWith(text) || url.startsWith(text));

	describe('Move', () => {
		const OLD = 'https://old.example.com';
		const move = async (parameters = {}, more = {}) => await manager.run({ resource: 'ownWebhooks', operation: 'move', oldBaseUrl: OLD, ...parameters }, more);
		const publishedAtOld = async () => await bench.publish(trigger({ baseUrl: OLD }));

		it('R057: gives the webhooks of the old address the new one, in one call each for objects and stock: old 0, new all', async () => {
			await publishedAtOld();
			const ids = bench.hooks().map(({ id }) => id);
			bench.moySklad.counters.reset();
			expect(outcome(await move())).toEqual(['customerorder CREATE updated', 'customerorder UPDATE updated', 'stock all updated']);
			expect(bench.hooks().map(({ id }) => id)).toEqual(ids);
			expect(ends('https://n8n.example.com/')).toEqual([true, true, true]);
			expect(bench.calls()).toBe(4);
			expect((await bench.engine.runHook('checkExists', trigger())).result).toBe(true);
			expect((await move()).json()).toEqual([]);
		});

		it('deletes at the old address what the trigger has made at the new one already', async () => {
			await publishedAtOld();
			await bench.publish(bench.trigger());
			expect(outcome(await move()).sort()).toEqual(['customerorder CREATE deleted', 'customerorder UPDATE deleted', 'stock all updated']);
			expect(bench.summary()).toEqual(['customerorder CREATE on', 'customerorder UPDATE on', 'stock all on']);
			expect(ends('https://n8n.example.com/')).toEqual([true, true, true]);
		});

		it('W1: touches neither a clone with another key, nor other systems, nor another trigger', async () => {
			const others = [
				bench.add(objectHook('product', 'CREATE', `${OLD}/webhook/${WEBHOOK_ID}/moysklad?instance=ffffffffffff&check=${CHECK_STRING}`)),
				bench.add(objectHook('product', 'UPDATE', `${OLD}/hook`)),
				bench.add(objectHook('product', 'DELETE', FOREIGN)),
			];
			expect((await move()).json()).toEqual([]);
			expect(bench.hooks()).toEqual(others);
		});

		it('moves all triggers of this n8n when no URL of one is given', async () => {
			await publishedAtOld();
			const other = { webhookId: '5f0c1a2b-0000-4000-8000-000000000002' };
			await bench.publish(bench.trigger({}, { baseUrl: OLD, node: other }));
			expect(outcome(await move())).toHaveLength(3);
			expect(outcome(await move({ triggerUrl: '', options: { publicBaseUrl: 'https://n8n.example.com' } }))).toHaveLength(2);
		});

		it('leaves no gap: the trigger takes calls at the new address and at the old one, without being published again', async () => {
			const staticData = await publishedAtOld();
			const before = bench.hooks()[0]?.url ?? '';
			await move();
			const { mode: _mode, ...setup } = trigger();
			for (const url of [before, bench.hooks()[0]?.url ?? '']) {
				const { result } = await bench.engine.callWebhook({ ...setup, staticData, call: { query: queryOf(url), body: { events: [] } } });
				expect(result).not.toHaveProperty('noWebhookResponse');
			}
			const stranger = await bench.engine.callWebhook({ ...setup, staticData, call: { query: { ...queryOf(before), instance: 'ffffffffffff' }, body: { events: [] } } });
			expect(stranger.response.statusCode).toBe(403);
		});

		it('keeps a pause paused', async () => {
			await publishedAtOld();
			await manager.run({ resource: 'ownWebhooks', operation: 'pause', triggerUrl: shownUrl(OLD) });
			await move();
			expect(results(await manager.run({ resource: 'ownWebhooks', operation: 'resume' })).every(({ catchUpFrom }) => catchUpFrom !== undefined)).toBe(true);
			expect(bench.summary()).toEqual(['customerorder CREATE on', 'customerorder UPDATE on', 'stock all on']);
		});

		it('in a preview changes nothing', async () => {
			await publishedAtOld();
			const before = bench.hooks();
			expect(outcome(await move({ preview: true })).every((line) => line.endsWith('planned'))).toBe(true);
			expect(bench.hooks()).toEqual(before);
		});

		it.each([
			['the present address as the old one', 'https://n8n.example.com/', 'WEBHOOK_AT_HOME'],
			['what is no address', 'old.example.com', 'WEBHOOK_BASE_URL_INVALID'],
		])('refuses %s', async (_what, oldBaseUrl, code) => {
			expect((await move({ oldBaseUrl })).error?.description).toMatch(`(${code})`);
		});
	});

	describe('Rotate Check String', () => {
		const rotate = async (previousCheckSecret = CHECK_STRING, parameters = {}) =>
			await manager.run(
				{ resource: 'ownWebhooks', operation: 'rotate', ...parameters },
				{ credentials: bench.credential('admin', { checkSecret: NEW_STRING, previousCheckSecret }) },
			);

		it('R068, N16: rewrites only those that carry the previous one; they stay on', async () => {
			await bench.publish(trigger());
			const stranger = bench.add(objectHook('product', 'CREATE', bench.hooks()[0]?.url.replace(CHECK_STRING, 'unknown-string-0123456789') ?? ''));
			const before = bench.hooks().map(({ id }) => id);
			expect(outcome(await rotate())).toEqual(['customerorder CREATE updated', 'customerorder UPDATE updated', 'stock all updated']);
			expect(bench.hooks().map(({ id }) => id)).toEqual(before);
			expect(bench.hooks().filter(({ url }) => url.endsWith(`&check=${NEW_STRING}`))).toHaveLength(3);
			expect(bench.hooks()).toContainEqual(stranger);
			expect(bench.hooks().every(({ enabled }) => enabled)).toBe(true);
			expect((await rotate()).json()).toEqual([]);
		});

		it('has no gap: before, meanwhile and afterwards the trigger takes the calls', async () => {
			await bench.publish(trigger());
			const call = async (url: string, checkSecret: string, previousCheckSecret = '') => {
				const { mode: _mode, ...setup } = trigger({ credentials: bench.credential('admin', { checkSecret, previousCheckSecret }) });
				return (await bench.engine.callWebhook({ ...setup, call: { query: queryOf(url), body: { events: [] } } })).result;
			};
			const [old] = bench.hooks().map(({ url }) => url);
			await rotate();
			const [rotated] = bench.hooks().map(({ url }) => url);
			for (const url of [old, rotated]) expect(await call(String(url), NEW_STRING, CHECK_STRING)).not.toHaveProperty('noWebhookResponse');
			expect(await call(String(rotated), NEW_STRING)).not.toHaveProperty('noWebhookResponse');
			expect(await call(String(old), NEW_STRING)).toEqual({ noWebhookResponse: true });
		});

		it('shows no check string, and in a preview changes nothing', async () => {
			await bench.publish(trigger());
			const before = bench.hooks();
			const preview = await rotate(CHECK_STRING, { preview: true });
			expect(outcome(preview).every((line) => line.endsWith('planned'))).toBe(true);
			expect(bench.hooks()).toEqual(before);
			expect(JSON.stringify([preview.json(), (await rotate()).json()])).not.toMatch(`${CHECK_STRING}|${NEW_STRING}`);
		});

		it.each(['', NEW_STRING])('refuses the previous string %j', async (previous) => {
			expect((await rotate(previous)).error?.description).toMatch('(WEBHOOK_PREVIOUS_CHECK_STRING_MISSING)');
		});

		it.each(['unavailable', 'html', 'cut'] as const)('does all of it once after a %s', async (kind) => {
			await bench.publish(trigger());
			bench.moySklad.faults.set([{ kind, share: 1, times: 1, route: '^POST /entity/webhook' }]);
			expect((await rotate()).json(1)).toEqual([]);
			expect(ends(NEW_STRING)).toEqual([true, true, true]);
		}, 20_000);
	});
});
