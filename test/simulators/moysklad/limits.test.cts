import { ask, control, first, UNLIMITED, type Reply } from './caller.cts';
import { startMoySklad, type MoySkladOptions, type RunningMoySklad } from './start.cts';

const running: RunningMoySklad[] = [];
const start = async (options: MoySkladOptions = {}): Promise<RunningMoySklad> => {
	const shop = await startMoySklad({ size: { products: 2 }, ...options });
	running.push(shop);
	return shop;
};
afterAll(async () => {
	for (const shop of running) await shop.close();
});

const PATH = 'entity/uom';
const statuses = (replies: Reply[]): number[] => replies.map(({ status }) => status);

async function times(count: number, work: () => Promise<Reply>): Promise<Reply[]> {
	const replies: Reply[] = [];
	for (let index = 0; index < count; index++) replies.push(await work());
	return replies;
}

describe('units', () => {
	it('let a user make 11 requests in 3 s, and say how many are left', async () => {
		const shop = await start();
		const replies = await times(12, async () => await ask(shop, 'GET', PATH));
		expect(statuses(replies)).toEqual([...Array<number>(11).fill(200), 429]);
		expect(replies[0]?.headers).toMatchObject({
			'x-ratelimit-limit': '45',
			'x-ratelimit-remaining': '41',
			'x-lognex-retry-timeinterval': '3000',
			'x-lognex-reset': '0',
		});
		const refused = replies[11];
		expect(refused?.code).toBe(1049);
		expect(Number(refused?.headers['x-lognex-retry-after'])).toBeGreaterThan(2000);
		expect(refused?.headers['x-lognex-reset']).toBe(refused?.headers['x-lognex-retry-after']);
		expect(shop.counters.snapshot().refused).toBe(1);
	});

	it('come back after a fixed window, all at once', async () => {
		const shop = await start();
		await times(11, async () => await ask(shop, 'GET', PATH));
		await control(shop, 'POST', 'clock', { advance: 3000 });
		expect(statuses(await times(11, async () => await ask(shop, 'GET', PATH)))).not.toContain(429);
	});

	it('come back one by one in a sliding window', async () => {
		const shop = await start({ window: 'sliding' });
		await times(5, async () => await ask(shop, 'GET', PATH));
		await control(shop, 'POST', 'clock', { advance: 2000 });
		await times(6, async () => await ask(shop, 'GET', PATH));
		await control(shop, 'POST', 'clock', { advance: 1000 });
		expect(statuses(await times(6, async () => await ask(shop, 'GET', PATH)))).toEqual([200, 200, 200, 200, 200, 429]);
	});

	it('are counted for each user, and a solution pays 1', async () => {
		const shop = await start();
		await times(11, async () => await ask(shop, 'GET', PATH));
		expect((await ask(shop, 'GET', PATH)).status).toBe(429);
		expect((await ask(shop, 'GET', PATH, { user: shop.users.integration })).status).toBe(200);
		const solution = await times(46, async () => await ask(shop, 'GET', PATH, { user: shop.users.solution }));
		expect(statuses(solution)).toEqual([...Array<number>(45).fill(200), 429]);
	});

	it('are more for the two heavy stock reports, for solutions too', async () => {
		const shop = await start();
		const user = shop.users.solution;
		const left = async (path: string): Promise<unknown> =>
			(await ask(shop, 'GET', path, { user })).headers['x-ratelimit-remaining'];
		expect([
			await left('report/stock/all'),
			await left('report/stock/bystore'),
			await left('report/stock/all/current'),
		]).toEqual(['40', '35', '34']);
	});

	it('can be set', async () => {
		const shop = await start({ rate: { unitsPerWindow: 6, weight: 3 } });
		expect(statuses(await times(3, async () => await ask(shop, 'GET', PATH)))).toEqual([200, 200, 429]);
	});
});

describe('parallel requests', () => {
	it('are 5 for one user, which no header shows', async () => {
		const shop = await start({ latencyMilliseconds: 500 });
		const replies = await Promise.all(Array.from({ length: 7 }, async () => await ask(shop, 'GET', PATH)));
		const refused = replies.filter(({ status }) => status === 429);
		expect(refused.map(({ code }) => code)).toEqual([1073, 1073]);
		expect(refused[0]?.headers['x-lognex-retry-after']).toBe('0');
		expect((await ask(shop, 'GET', PATH)).status).toBe(200);
	});

	it('are 20 for the account', async () => {
		const shop = await start({ latencyMilliseconds: 800, rate: { ...UNLIMITED } });
		const replies = await Promise.all(Array.from({ length: 25 }, async () => await ask(shop, 'GET', PATH)));
		expect(replies.filter(({ code }) => code === 1073)).toHaveLength(5);
	});
});

describe('habits that switch access off', () => {
	const shopWithoutLimits = async (): Promise<RunningMoySklad> => await start({ rate: UNLIMITED });

	it('more than 200 identical failures within a minute', async () => {
		const shop = await shopWithoutLimits();
		const failures = await times(201, async () => await ask(shop, 'GET', 'entity/nothing'));
		expect(new Set(failures.map(({ code }) => code))).toEqual(new Set([1005]));
		const off = await ask(shop, 'GET', PATH);
		expect([off.status, off.code]).toEqual([403, 1061]);
		expect(await control(shop, 'GET', 'violations')).toMatchObject([
			{ kind: 'identicalFailures', user: shop.users.admin.login },
		]);
		expect((await ask(shop, 'GET', PATH, { user: shop.users.editor })).status).toBe(200);
		await control(shop, 'POST', 'access', { login: shop.users.admin.login });
		expect((await ask(shop, 'GET', PATH)).status).toBe(200);
	});

	it('but not when they are spread over time or differ', async () => {
		const shop = await shopWithoutLimits();
		await times(150, async () => await ask(shop, 'GET', 'entity/nothing'));
		await control(shop, 'POST', 'clock', { advance: 60_000 });
		await times(150, async () => await ask(shop, 'GET', 'entity/nothing'));
		for (let index = 0; index < 201; index++) await ask(shop, 'GET', `entity/nothing${index}`);
		expect(await control(shop, 'GET', 'violations')).toEqual([]);
	});

	it('more than 200 answers 429 within a minute', async () => {
		const shop = await start({ rate: { unitsPerWindow: 4, windowMilliseconds: 3_600_000 } });
		await times(202, async () => await ask(shop, 'GET', PATH));
		expect((await ask(shop, 'GET', PATH)).code).toBe(1061);
		expect(await control(shop, 'GET', 'violations')).toMatchObject([{ kind: 'rateRefusals' }]);
	});

	it('more than 100 PUTs to one entity within a minute', async () => {
		const shop = await shopWithoutLimits();
		const { id } = await first(shop, 'product');
		const put = async (): Promise<Reply> => await ask(shop, 'PUT', `entity/product/${id}`, { body: { code: 'x' } });
		expect(new Set(statuses(await times(101, put)))).toEqual(new Set([200]));
		expect((await put()).code).toBe(1061);
		expect(await control(shop, 'GET', 'violations')).toMatchObject([
			{ kind: 'putsToOneEntity', what: expect.stringContaining(String(id)) },
		]);
	});
});
