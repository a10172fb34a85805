import { connect, control, readAnswer } from './restClient';
import type { BitrixOptions } from './options.cts';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;

const start = async (options: BitrixOptions): Promise<RunningBitrix> => (bitrix = await startBitrix(options));

afterEach(async () => await bitrix.close());

async function burst(calls: number): Promise<number[]> {
	const rest = connect(bitrix);
	const statuses: number[] = [];
	for (let call = 0; call < calls; call++) statuses.push((await rest('server.time')).status);
	return statuses;
}

const countOf = (statuses: number[], status: number): number => statuses.filter((one) => one === status).length;

describe('the rate limit', () => {
	it('lets through what fits into the bucket, and then what drains', async () => {
		await start({ plan: { bucket: 10, drain: 0.001 } });
		expect(await burst(20)).toEqual([...Array(10).fill(200), ...Array(10).fill(503)]);
		expect(bitrix.counters.snapshot().refused).toBe(10);
		bitrix.clock.advance(5_500_000);
		expect(countOf(await burst(12), 200)).toBe(5);
		expect(await connect(bitrix)('server.time')).toMatchObject({ status: 503, error: 'QUERY_LIMIT_EXCEEDED' });
	});

	it.each([['box'], ['site']] as const)('a %s has none, and tells no operating time', async (edition) => {
		await start({ edition, plan: { bucket: 2, drain: 1 } });
		expect(countOf(await burst(20), 200)).toBe(20);
		expect(Object.keys((await connect(bitrix)('server.time')).body.time as object)).not.toContain('operating');
	});

	it('counts a batch as one request', async () => {
		await start({ plan: { bucket: 2, drain: 0 } });
		const answer = await connect(bitrix)('batch', { cmd: Array(50).fill('server.time') });
		expect(Object.keys(answer.result.result ?? {})).toHaveLength(50);
		expect((await connect(bitrix)('server.time')).status).toBe(200);
		expect((await connect(bitrix)('server.time')).status).toBe(503);
	});

	it('reports how much of it was used', async () => {
		await start({ plan: { bucket: 10, drain: 0.002 } });
		await burst(1);
		bitrix.clock.advance(10_000_000);
		await burst(14);
		const [usage] = Object.values(await control(bitrix, 'GET rate')) as unknown as Array<Record<string, number>>;
		expect(usage).toMatchObject({ accepted: 11, refused: 4 });
		expect(usage?.share).toBeCloseTo(11 / 30, 3);
	});
});

describe('operating time', () => {
	const options: BitrixOptions = {
		plan: { bucket: 1000, drain: 100 },
		operating: { limit: 10, costs: [{ method: 'catalog\\.measure\\.list', seconds: 4 }] },
	};

	it('the call that crosses the limit finishes, the next is refused until the oldest minute drops out', async () => {
		await start(options);
		const rest = connect(bitrix);
		const accounts: unknown[] = [];
		for (let call = 0; call < 3; call++)
			accounts.push(((await rest('catalog.measure.list')).body.time as { operating: number }).operating);
		expect(accounts).toEqual([4, 8, 12]);
		expect(await rest('catalog.measure.list')).toMatchObject({ status: 429, error: 'OPERATION_TIME_LIMIT' });
		expect((await rest('catalog.vat.list')).status).toBe(200);
		expect(bitrix.counters.snapshot().refused).toBe(1);
		bitrix.clock.advance(9 * 60_000);
		expect((await rest('catalog.measure.list')).status).toBe(429);
		bitrix.clock.advance(60_000);
		const { body, status } = await rest('catalog.measure.list');
		expect(status).toBe(200);
		expect(body.time).toMatchObject({ operating: 4 });
	});

	it('tells when the oldest minute drops out', async () => {
		await start(options);
		const { body } = await connect(bitrix)('catalog.measure.list');
		const resetAt = (body.time as { operating_reset_at: number }).operating_reset_at * 1000 - bitrix.clock.now();
		expect(resetAt).toBeGreaterThan(8.9 * 60_000);
		expect(resetAt).toBeLessThanOrEqual(10 * 60_000);
	});

	it('is counted for each webhook by itself', async () => {
		await start(options);
		for (let call = 0; call < 3; call++) await connect(bitrix)('catalog.measure.list');
		expect((await connect(bitrix)('catalog.measure.list')).status).toBe(429);
		expect((await connect(bitrix, bitrix.webhooks.catalogOnly)('catalog.measure.list')).status).toBe(200);
	});

	it('T10: a list of orders that is counted costs more the more orders there are', async () => {
		await start({ ...options, orders: 100 });
		const spent = async (params: Record<string, unknown>): Promise<number> =>
			((await connect(bitrix)('sale.order.list', params)).body.time as { processing: number }).processing;
		expect(await spent({ start: -1 })).toBeCloseTo(0.05, 3);
		expect(await spent({})).toBeCloseTo(0.25, 3);
	});

	it('a batch is billed to the methods of its commands, and stops at them', async () => {
		await start(options);
		const { result, body } = await connect(bitrix)('batch', {
			cmd: { a: 'catalog.measure.list', b: 'catalog.measure.list', c: 'catalog.measure.list', d: 'catalog.measure.list' },
		});
		expect(result.result_error).toEqual({ d: { error: 'OPERATION_TIME_LIMIT', error_description: expect.any(String) } });
		expect(result.result_time?.c).toMatchObject({ operating: 12 });
		expect(body.time).toMatchObject({ operating: 0 });
	});

	it('can be billed to the batch as a whole, as was measured once', async () => {
		await start({ ...options, operating: { ...options.operating, batch: 'batch' } });
		const rest = connect(bitrix);
		const { body } = await rest('batch', { cmd: ['catalog.measure.list', 'catalog.measure.list', 'catalog.measure.list'] });
		expect(body.time).toMatchObject({ operating: 12 });
		expect(await rest('batch', { cmd: ['scope'] })).toMatchObject({ status: 429 });
		expect((await rest('catalog.measure.list')).status).toBe(200);
	});

	it('a box counts it only when it is configured', async () => {
		await start({ edition: 'box', operating: { costs: [{ method: 'scope', seconds: 420 }] } });
		expect((await connect(bitrix)('scope')).status).toBe(200);
		expect((await connect(bitrix)('scope')).status).toBe(429);
	});
});

describe('what else stands in the way', () => {
	it('work of more than a minute in one request ends at the gateway, and what was done stays done', async () => {
		await start({ operating: { costs: [{ method: 'measure.add', seconds: 25 }] } });
		const cmd = [1001, 1002, 1003, 1004].map((code) => `catalog.measure.add?fields[code]=${code}&fields[measureTitle]=x`);
		const answer = await fetch(`${bitrix.webhookUrl}batch`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ cmd }),
		});
		expect(answer.status).toBe(504);
		expect(answer.headers.get('content-type')).toContain('text/html');
		const { result } = await connect(bitrix)('catalog.measure.list', { filter: { '>code': 1000 }, select: ['code'] });
		expect(result.measures).toEqual([{ code: 1001 }, { code: 1002 }, { code: 1003 }]);
	});

	it.each([
		[{ overloaded: true }, 503, 'OVERLOAD_LIMIT'],
		[{ deleted: true }, 500, 'PORTAL_DELETED'],
		[{ commercial: false }, 403, 'ACCESS_DENIED'],
		[{ waiting: ['scope'] }, 401, 'METHOD_CONFIRM_WAITING'],
		[{ denied: ['scope'] }, 403, 'METHOD_CONFIRM_DENIED'],
		[{ refusals: [{ method: '^scope', status: 500, error: 'ERROR_UNEXPECTED_ANSWER' }] }, 500, 'ERROR_UNEXPECTED_ANSWER'],
	])('%j', async (switches, status, error) => {
		await start({});
		await control(bitrix, 'PUT switches', switches);
		expect(await connect(bitrix)('scope')).toMatchObject({ status, error });
	});

	it('a portal that moved sends callers to its new address', async () => {
		await start({});
		await control(bitrix, 'PUT switches', { movedTo: 'https://new.example.com' });
		const answer = await fetch(`${bitrix.webhookUrl}scope?full=1`, { redirect: 'manual' });
		expect([answer.status, answer.headers.get('location')]).toEqual([
			302,
			expect.stringMatching(/^https:\/\/new\.example\.com\/rest\/1\/.*\/scope\?full=1$/),
		]);
	});

	it('plain HTTP where HTTPS is required', async () => {
		await start({ requireHttps: true });
		expect(await connect(bitrix)('scope')).toMatchObject({ status: 400, error: 'INVALID_REQUEST' });
	});

	it("injected faults look like the portal's own", async () => {
		await start({});
		const statuses: Array<[number, unknown]> = [];
		for (const kind of ['rateLimit', 'serverError'] as const) {
			bitrix.faults.set([{ kind, share: 1, route: '^scope$', times: 1 }]);
			const { status, error } = await connect(bitrix)('scope');
			statuses.push([status, error]);
		}
		expect(statuses).toEqual([
			[503, 'QUERY_LIMIT_EXCEEDED'],
			[500, 'INTERNAL_SERVER_ERROR'],
		]);
		bitrix.faults.set([{ kind: 'unavailable', share: 1 }]);
		const closed = await fetch(`${bitrix.webhookUrl}scope`);
		expect([closed.status, closed.headers.get('content-type')]).toEqual([503, expect.stringContaining('html')]);
		expect(bitrix.counters.snapshot().faults).toEqual({ rateLimit: 1, serverError: 1, unavailable: 1 });
	});

	it('answers take as long as they are told to', async () => {
		await start({ latencyMilliseconds: 60, commandCostMilliseconds: 30 });
		const before = Date.now();
		await readAnswer(await fetch(`${bitrix.webhookUrl}batch?cmd[]=scope&cmd[]=scope`));
		expect(Date.now() - before).toBeGreaterThanOrEqual(115);
	});
});
