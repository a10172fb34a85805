import { eventRow, objectHook, stockRow, WebhookBench } from './webhookBench.cts';

describe('MoySklad Trigger', () => {
	let bench: WebhookBench;
	beforeAll(async () => (bench = await WebhookBench.start()));
	beforeEach(() => bench.reset());
	afterAll(async () => await bench.close());

	describe('that cannot be published', () => {
		const failure = async (setup = bench.trigger()): Promise<string> =>
			await bench.publish(setup).then(
				() => 'published',
				(error: Error) => error.message,
			);

		it('names those that have the five slots, and takes back what it made (30007)', async () => {
			for (let number = 1; number <= 5; number += 1)
				bench.add(
					objectHook('customerorder', 'UPDATE', `https://shop${number}.example.com/hook?secret=s3cr3t`, {
						enabled: number > 1,
					}),
				);
			const before = bench.hooks();
			const message = await failure(bench.trigger({ stock: { row: [stockRow('all')] } }));
			expect(message).toBe(
				'All five webhooks that MoySklad allows for this object and action are in use: customerorder UPDATE: shop1.example.com (disabled), shop2.example.com, shop3.example.com, shop4.example.com, shop5.example.com. ' +
					'Look with MoySklad Webhook Manager (Get Many) which of them are not needed any more and delete those. (WEBHOOK_SLOTS_FULL)',
			);
			expect(bench.hooks()).toEqual(before);
		});

		it('switches off again what it had switched on', async () => {
			const setup = bench.trigger();
			await bench.publish(setup);
			await bench.engine.runHook('delete', setup);
			for (let number = 1; number <= 5; number += 1)
				bench.add(objectHook('demand', 'CREATE', `https://shop${number}.example.com/hook`));
			const before = bench.summary();
			expect(
				await failure(
					bench.trigger({
						events: {
							row: [eventRow('customerorder', ['CREATE', 'UPDATE', 'DELETE']), eventRow('demand', ['CREATE'])],
						},
					}),
				),
			).toMatch('WEBHOOK_SLOTS_FULL');
			expect(bench.summary()).toEqual(before);
		});

		it('R070: says that it needs an administrator (30004)', async () => {
			expect(await failure(bench.trigger({}, { credentials: bench.credential('editor') }))).toMatch(
				/^Webhooks can only be changed by an administrator.* \(WEBHOOK_NO_ADMIN\)$/,
			);
		});

		it('says that the tariff is the reason (30006)', async () => {
			bench.moySklad.account.settings.paidTariff = false;
			expect(await failure()).toMatch(/tariff.*\(WEBHOOK_TARIFF\)$/);
			expect(bench.hooks()).toEqual([]);
		});

		it.each<[string, Record<string, string>, Record<string, string>]>([
			['WEBHOOK_URL_TOO_LONG', {}, { checkSecret: 'x'.repeat(200) }],
			['WEBHOOK_CHECK_STRING_MISSING', {}, { checkSecret: '' }],
			['WEBHOOK_CHECK_STRING_WEAK', {}, { checkSecret: 'short' }],
			['WEBHOOK_CHECK_STRING_WEAK', {}, { checkSecret: 'not/for/addresses-0123' }],
			['WEBHOOK_BASE_URL_INVALID', { publicBaseUrl: 'n8n.example.com' }, {}],
			[
				'WEBHOOK_ADDRESS_LOCAL',
				{ publicBaseUrl: 'http://192.168.0.5:5678' },
				{ baseUrl: 'https://api.moysklad.ru/api/remap/1.2' },
			],
		])(
			'R071: says %s before it calls anybody, even when it registers nothing',
			async (code, parameters, credential) => {
				for (const registerWebhooks of ['onPublish', 'never'])
					expect(
						await failure(
							bench.trigger(
								{ ...parameters, registerWebhooks },
								{ credentials: bench.credential('admin', credential) },
							),
						),
					).toMatch(`(${code})`);
				expect(bench.calls()).toBe(0);
			},
		);

		it.each([
			['no rows', {}],
			['a row without actions', { row: [eventRow('product', [])] }],
		])('says that nothing is chosen with %s', async (_what, events) => {
			expect(await failure(bench.trigger({ events }))).toMatch('(WEBHOOK_NOTHING_CHOSEN)');
		});

		it('says that it has no address without a webhook id', async () => {
			expect(await failure(bench.trigger({}, { node: { webhookId: undefined } }))).toMatch('(WEBHOOK_ID_MISSING)');
		});
	});

	describe('under faults of MoySklad', () => {
		it.each(['rateLimit', 'unavailable', 'html', 'reset', 'cut'] as const)(
			'registers everything once after a %s on each kind of call',
			async (kind) => {
				bench.moySklad.faults.set([
					{ kind, share: 1, times: 1, route: '^GET /entity/webhook$' },
					{ kind, share: 1, times: 1, route: '^POST /entity/webhook$' },
				]);
				await bench.publish(bench.trigger({ stock: { row: [stockRow('all')] } }));
				expect(bench.summary()).toEqual(['customerorder CREATE on', 'customerorder UPDATE on', 'stock all on']);
			},
			20_000,
		);

		it('counts as registered what is there, although no answer to its making ever arrived', async () => {
			bench.moySklad.faults.set([{ kind: 'cut', share: 1, route: '^POST /entity/webhook$' }]);
			await bench.publish(bench.trigger());
			expect(bench.summary()).toEqual(['customerorder CREATE on', 'customerorder UPDATE on']);
		}, 30_000);

		it('deletes everything after a test run when the answer to the deletion is cut', async () => {
			const staticData = await bench.publish(bench.trigger({}, { mode: 'manual' }));
			bench.moySklad.faults.set([{ kind: 'cut', share: 1, times: 1, route: 'webhook/delete' }]);
			await bench.engine.runHook('delete', bench.trigger({}, { mode: 'manual', staticData }));
			expect(bench.hooks()).toEqual([]);
		}, 20_000);

		it('says so when what was made cannot be taken back', async () => {
			for (let number = 1; number <= 5; number += 1)
				bench.add(objectHook('customerorder', 'UPDATE', `https://shop${number}.example.com/hook`));
			bench.moySklad.faults.set([{ kind: 'html', share: 1, route: 'webhook/delete' }]);
			await expect(bench.publish(bench.trigger())).rejects.toThrow(
				/could not be taken back: All five.*\(WEBHOOK_ROLLBACK_FAILED\)/,
			);
			bench.moySklad.faults.set([]);
			expect(bench.summary().filter((line) => line === 'customerorder CREATE on')).toHaveLength(1);
		}, 60_000);
	});
});
