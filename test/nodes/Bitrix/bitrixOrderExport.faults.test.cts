import { Proxy } from '../orders/proxy.cts';
import { MINUTE, Store } from '../orders/store.cts';

const START = { startDate: '2020-01-01T00:00:00Z' };

describe('Bitrix Order Export: a Bitrix that misbehaves', () => {
	let store: Store;

	beforeEach(async () => (store = await Store.open()));
	afterEach(async () => await store.close());

	const errorOf = async (parameters: object, cursor?: unknown, webhook?: string): Promise<unknown> =>
		(await store.run('exportChanged', parameters as never, [{ cursor: (cursor ?? null) as never }], webhook)).error?.description;

	const through = async (rewriting: Parameters<typeof Proxy.open>[1], work: (webhook: string) => Promise<void>): Promise<void> => {
		const proxy = await Proxy.open(store.bitrix.url, rewriting);
		try {
			await work(store.bitrix.webhookUrl.replace(store.bitrix.url, proxy.url));
		} finally {
			await proxy.close();
		}
	};

	it('T1: a filter that it dropped is noticed, and nothing is exported', async () => {
		store.place({}, 60 * MINUTE);
		const startDate = new Date(store.bitrix.clock.now() - MINUTE).toISOString();
		await through(
			{ request: (body) => body.replaceAll('%3E%3DdateUpdate', '%3E%3DdateChanged').replaceAll('%3E%3DdateInsert', '%3E%3DdatePlaced') },
			async (webhook) => expect(await errorOf({ startDate }, undefined, webhook)).toContain('BITRIX_FILTER_IGNORED'),
		);
	});

	it('T10: the list is read without counting, by rising ids', async () => {
		store.place();
		const bodies: string[] = [];
		await through(
			{ request: (body) => (bodies.push(body), body) },
			async (webhook) => void (await store.run('exportChanged', START, [{}], webhook)),
		);
		const [list = ''] = bodies;
		expect(decodeURIComponent(list)).toContain('start=-1');
		expect(decodeURIComponent(list)).toContain('filter[>id]=0');
	});

	it('rows that do not rise end the run instead of repeating themselves', async () => {
		store.place();
		await through({ answer: (body) => body.replace(/"id":\d+,"dateUpdate"/g, '"id":0,"dateUpdate"') }, async (webhook) =>
			expect(await errorOf(START, undefined, webhook)).toContain('BITRIX_CURSOR_STALLED'),
		);
	});

	it('an order that cannot be understood goes to Failed and does not hold up the others', async () => {
		const [broken, fine] = [store.place(), store.place()];
		await through(
			{
				answer: (body) =>
					body
						.replace(`"id":${broken},"lid"`, `"id":${broken},"price":"free","lid"`)
						.replace(/("accountNumber":"\d+",.*?)"price":[\d.]+/, '$1"price":"free"'),
			},
			async (webhook) => {
				const run = await store.run('exportChanged', START, [{}], webhook);
				expect(run.json(0).map(({ id }) => id)).toEqual([String(fine)]);
				expect(run.json(1)).toEqual([expect.objectContaining({ orders: [String(fine)] })]);
				expect(run.json(2)).toEqual([
					expect.objectContaining({
						status: 'failed',
						bitrixId: String(broken),
						error: expect.objectContaining({ code: 'ORDER_UNREADABLE', retryable: false }) as unknown,
					}),
				]);
			},
		);
	});

	/** One command of a batch fails as the store answers it. */
	const failing = (id: number, error: string, times = Infinity): { answer(body: string): string } => ({
		answer(body) {
			const parsed = JSON.parse(body) as { result?: { result: Record<string, { order?: { id: number } }>; result_error: object } };
			const key = Object.entries(parsed.result?.result ?? {}).find(([, one]) => one?.order?.id === id)?.[0];
			if (key === undefined || parsed.result === undefined || times-- <= 0) return body;
			delete parsed.result.result[key];
			parsed.result.result_error = { [key]: { error, error_description: 'no' } };
			return JSON.stringify(parsed);
		},
	});

	it('an order at which the store itself fails goes to Failed and does not hold up the others', async () => {
		const [broken, fine] = [store.place(), store.place()];
		await through(failing(broken, 'INTERNAL_SERVER_ERROR'), async (webhook) => {
			const run = await store.run('exportChanged', START, [{}], webhook);
			expect(run.json(1)).toEqual([expect.objectContaining({ orders: [String(fine)] })]);
			expect(run.json(2)).toEqual([
				expect.objectContaining({
					bitrixId: String(broken),
					error: expect.objectContaining({ code: 'BITRIX_SERVER_ERROR', retryable: true }) as unknown,
				}),
			]);
		});
	});

	it('a failure that passes is not even seen', async () => {
		const ids = [store.place(), store.place()];
		await through(failing(ids[0] ?? 0, 'INTERNAL_SERVER_ERROR', 2), async (webhook) => {
			expect((await store.run('exportChanged', START, [{}], webhook)).json(1)).toEqual([
				expect.objectContaining({ orders: ids.map(String) }),
			]);
		});
	});

	it('a refusal that concerns all orders ends the run: nothing of the page counts', async () => {
		const id = store.place();
		store.place();
		await through(failing(id, 'ACCESS_DENIED'), async (webhook) =>
			expect(await errorOf(START, undefined, webhook)).toContain('BITRIX_NO_RIGHT'),
		);
	});

	it('an order that is deleted while the page is read is left out', async () => {
		const [gone, stays] = [store.place(), store.place()];
		await through(
			{
				answer: (body) =>
					store.bitrix.portal.store.orders.get(gone) && body.includes('"orders"')
						? (store.bitrix.portal.store.orders.remove(gone), body)
						: body,
			},
			async (webhook) => {
				const run = await store.run('exportChanged', START, [{}], webhook);
				expect(run.json(1)).toEqual([expect.objectContaining({ orders: [String(stays)] })]);
				expect(run.json(2)).toEqual([]);
			},
		);
	});

	it.each(['rateLimit', 'html', 'cut', 'reset', 'unavailable', 'serverError'] as const)(
		'%s: a page is whole or not at all',
		async (kind) => {
			const ids = Array.from({ length: 30 }, () => String(store.place()));
			store.later(2000);
			store.bitrix.faults.set([{ kind, share: 1, times: 2 }]);
			const { orders } = await store.page(START);
			expect(orders.map(({ id }) => id)).toEqual(ids);
		},
	);

	it('a permission that is missing is said in its own words', async () => {
		expect(await errorOf({}, undefined, store.bitrix.webhooks.catalogOnly)).toContain('BITRIX_SCOPE');
	});

	it('without the permission pay_system orders are read all the same', async () => {
		const id = store.place({ payments: [{ paySystem: 'pay-cash', sum: 100, paid: true }] });
		const run = await store.run('exportChanged', START, [{}], store.bitrix.webhooks.saleOnly);
		expect(run.json(0)).toEqual([
			expect.objectContaining({ id: String(id), payments: [expect.objectContaining({ name: 'Наличные курьеру', cash: true })] }),
		]);
	});
});
