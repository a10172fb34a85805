import { CHECK_STRING, eventRow, objectHook, stockRow, WebhookBench, WEBHOOK_ID } from './webhookBench.cts';

describe('MoySklad Trigger', () => {
	let bench: WebhookBench;
	beforeAll(async () => (bench = await WebhookBench.start()));
	beforeEach(() => bench.reset());
	afterAll(async () => await bench.close());

	describe('when it is published', () => {
		it('R003: registers a webhook for each object and action, and for stock', async () => {
			const staticData = await bench.publish(
				bench.trigger({
					events: { row: [eventRow('customerorder', ['CREATE', 'UPDATE']), eventRow('async', [])] },
					stock: { row: [stockRow('bystore')] },
				}),
			);
			expect(bench.summary()).toEqual([
				'async PROCESSED on',
				'customerorder CREATE on',
				'customerorder UPDATE on',
				'stock bystore on',
			]);
			expect(bench.hooks().map(({ url }) => url)).toEqual(
				Array(4).fill(
					expect.stringMatching(
						new RegExp(`^https://n8n\\.example\\.com/webhook/${WEBHOOK_ID}/moysklad\\?instance=[0-9a-f]{12}&check=${CHECK_STRING}$`),
					),
				),
			);
			expect(bench.hooks().find(({ action }) => action === 'UPDATE')?.diffType).toBe('FIELDS');
			expect(staticData).toEqual({
				accountId: bench.moySklad.accountId,
				instanceKey: expect.stringMatching(/^[0-9a-f]{12}$/),
			});
		});

		it('finds by address what is there, whatever it remembers: two calls, no change', async () => {
			await bench.publish(bench.trigger());
			const before = bench.hooks();
			bench.moySklad.counters.reset();
			const { result, staticData } = await bench.engine.runHook('checkExists', bench.trigger());
			expect({ result, staticData }).toEqual({
				result: true,
				staticData: { accountId: bench.moySklad.accountId, instanceKey: expect.any(String) },
			});
			expect(bench.hooks()).toEqual(before);
			expect(bench.calls()).toBe(2);
		});

		it('does not believe its memory when nothing is there', async () => {
			const staticData = await bench.publish(bench.trigger());
			bench.reset();
			expect((await bench.engine.runHook('checkExists', bench.trigger({}, { staticData }))).result).toBe(false);
		});

		it('R064: switches on what somebody switched off, and makes only what is missing', async () => {
			await bench.publish(bench.trigger());
			const [create, update] = bench.hooks();
			bench.moySklad.account.table('webhook').put({ ...create, enabled: false } as never);
			bench.moySklad.account.table('webhook').remove(update as never);
			bench.moySklad.counters.reset();
			await bench.publish(bench.trigger());
			expect(bench.summary()).toEqual(['customerorder CREATE on', 'customerorder UPDATE on']);
			expect(bench.hooks().map(({ id }) => id)).toContain(create?.id);
			expect(bench.calls('POST /entity/webhook')).toBe(1);
			expect(bench.calls()).toBe(5);
		});

		it('takes over what was registered with another choice of changed fields', async () => {
			await bench.publish(
				bench.trigger({ events: { row: [eventRow('demand', ['UPDATE'], { changedFields: false })] } }),
			);
			const [before] = bench.hooks();
			expect(before?.diffType).toBe('NONE');
			await bench.publish(bench.trigger({ events: { row: [eventRow('demand', ['UPDATE'])] } }));
			expect(bench.hooks()).toEqual([expect.objectContaining({ id: before?.id, diffType: 'FIELDS' })]);
		});

		it('rewrites what carries an earlier check string, instead of having everything sent twice', async () => {
			await bench.publish(bench.trigger());
			const ids = bench.hooks().map(({ id }) => id);
			await bench.publish(
				bench.trigger(
					{},
					{
						credentials: bench.credential('admin', {
							checkSecret: 'a-new-string-0123456789',
							previousCheckSecret: CHECK_STRING,
						}),
					},
				),
			);
			expect(bench.hooks().map(({ id }) => id)).toEqual(ids);
			expect(bench.hooks().every(({ url, enabled }) => enabled && url.endsWith('=a-new-string-0123456789'))).toBe(true);
		});

		it('switches off what was removed from its rows', async () => {
			await bench.publish(bench.trigger({ stock: { row: [stockRow('all')] } }));
			await bench.publish(bench.trigger({ events: { row: [eventRow('customerorder', ['UPDATE'])] } }));
			expect(bench.summary()).toEqual(['customerorder CREATE off', 'customerorder UPDATE on', 'stock all off']);
		});

		it('R066: touches nothing foreign', async () => {
			const foreign = [
				bench.add(objectHook('customerorder', 'UPDATE', 'https://shop.example.com/hook')),
				bench.add(objectHook('customerorder', 'CREATE', 'https://shop.example.com/hook', { enabled: false })),
				bench.add(
					objectHook(
						'customerorder',
						'UPDATE',
						`https://n8n.example.com/webhook/${WEBHOOK_ID}/moysklad?instance=ffffffffffff&check=${CHECK_STRING}`,
					),
				),
			];
			await bench.publish(bench.trigger());
			await bench.engine.runHook('delete', bench.trigger());
			expect(bench.hooks()).toEqual(expect.arrayContaining(foreign));
			expect(bench.summary()).toEqual([
				'customerorder CREATE off',
				'customerorder CREATE off',
				'customerorder UPDATE off',
				'customerorder UPDATE on',
				'customerorder UPDATE on',
			]);
		});

		it('R055: registers nothing when it shall not, but learns which account to expect', async () => {
			const never = bench.trigger({ registerWebhooks: 'never' });
			expect(await bench.publish(never)).toEqual({
				accountId: bench.moySklad.accountId,
				instanceKey: expect.any(String),
			});
			await bench.engine.runHook('delete', never);
			expect(bench.hooks()).toEqual([]);
			expect(bench.calls()).toBe(1);
		});

		it('R056: uses the public base address that the user entered', async () => {
			await bench.publish(bench.trigger({ publicBaseUrl: 'https://public.example.org/tools/' }));
			expect(bench.hooks()[0]?.url).toMatch(`https://public.example.org/tools/webhook/${WEBHOOK_ID}/moysklad?instance=`);
		});

		it('works with the token of a solution', async () => {
			await bench.publish(bench.trigger({}, { credentials: bench.credential('solution') }));
			expect(bench.summary()).toEqual(['customerorder CREATE on', 'customerorder UPDATE on']);
		});
	});

	describe('when it is unpublished', () => {
		it('W1: switches its webhooks off and deletes nothing; publishing switches them on again', async () => {
			const setup = bench.trigger({ stock: { row: [stockRow('all')] } });
			const staticData = await bench.publish(setup);
			const ids = bench.hooks().map(({ id }) => id);
			await bench.engine.runHook('delete', { ...setup, staticData });
			expect(bench.summary()).toEqual(['customerorder CREATE off', 'customerorder UPDATE off', 'stock all off']);
			await bench.publish(setup);
			expect(bench.hooks().map(({ id, enabled }) => [id, enabled])).toEqual(ids.map((id) => [id, true]));
		});

		it('calls no more than the lists when nothing is on', async () => {
			await bench.engine.runHook('delete', bench.trigger());
			expect(bench.calls()).toBe(2);
		});

		it('switches off what carries an earlier check string too, even when the credential has none any more', async () => {
			await bench.publish(bench.trigger());
			await bench.engine.runHook(
				'delete',
				bench.trigger({}, { credentials: bench.credential('admin', { checkSecret: '' }) }),
			);
			expect(bench.summary()).toEqual(['customerorder CREATE off', 'customerorder UPDATE off']);
		});
	});

	describe('in a test run', () => {
		it('has webhooks of its own at the test address, and deletes only those afterwards', async () => {
			await bench.publish(bench.trigger());
			const production = bench.hooks();
			const staticData = await bench.publish(bench.trigger({}, { mode: 'manual' }));
			expect(
				bench
					.hooks()
					.filter(({ url }) => url.startsWith(`https://n8n.example.com/webhook-test/${WEBHOOK_ID}/moysklad?instance=`)),
			).toHaveLength(2);
			expect(staticData.testRun).toBe(true);
			await bench.engine.runHook('delete', bench.trigger({}, { mode: 'manual', staticData }));
			expect(bench.hooks()).toEqual(production);
		});
	});

	describe('W1: of a clone of n8n at another address', () => {
		const clone = { baseUrl: 'https://clone.example.com' };

		it('W1: neither takes nor switches off nor deletes the webhooks of production', async () => {
			await bench.publish(bench.trigger());
			const production = bench.hooks();
			expect((await bench.engine.runHook('checkExists', bench.trigger({}, clone))).result).toBe(false);
			const staticData = await bench.publish(bench.trigger({}, clone));
			expect(bench.hooks()).toHaveLength(4);
			await bench.engine.runHook('delete', bench.trigger({}, { ...clone, staticData }));
			expect(bench.hooks()).toEqual(expect.arrayContaining(production));
			expect(
				bench
					.hooks()
					.filter(({ url }) => url.startsWith('https://clone.'))
					.map(({ enabled }) => enabled),
			).toEqual([false, false]);
		});

		it('has another key, so that it is known by it even below the same address', async () => {
			const one = await bench.publish(bench.trigger());
			const other = await bench.publish(bench.trigger({}, clone));
			const again = await bench.publish(bench.trigger({ publicBaseUrl: 'https://n8n.example.com' }, clone));
			expect(other.instanceKey).not.toBe(one.instanceKey);
			expect(again.instanceKey).toBe(one.instanceKey);
		});
	});
});
