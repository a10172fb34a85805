import { AccountGuard, MoySkladClient, readAll, readByValues, readPage, WindowLimiter, writeMany } from '../../../transport';
import { VirtualClock } from '../../support/virtualClock.cts';
import { scripted, socketError, type Step } from '../scriptedSend';

const BASE = 'http://127.0.0.1:9/api/remap/1.2';
const refusal = (code: number, error = 'No', status = 400): Step => ({ status, body: { errors: [{ code, error }] } });
const HTML: Step = { status: 502, text: '<html>Bad Gateway</html>' };

function setUp(...steps: Step[]) {
	const clock = new VirtualClock();
	const { send, requests } = scripted(...steps);
	const limiter = new WindowLimiter({ units: 45, windowMilliseconds: 3000, weight: 4, parallel: 5, processes: 1 }, clock);
	const stop = new AbortController();
	const client = new MoySkladClient({ send, clock, limiter, guard: new AccountGuard(clock), baseUrl: BASE, disableByPrefix: 'https://n8n.example.com/webhook/1', signal: stop.signal });
	return { client, clock, requests, stop };
}

describe('MoySkladClient', () => {
	it('sends the exact headers that MoySklad demands', async () => {
		const { client, requests } = setUp({ body: { rows: [] } });
		await client.get('/entity/product', { filter: 'name=Чай;id=1', offset: undefined });
		expect(requests[0]).toMatchObject({
			method: 'GET',
			url: `${BASE}/entity/product?filter=name%3D%D0%A7%D0%B0%D0%B9%3Bid%3D1`,
			headers: { accept: 'application/json;charset=utf-8', 'accept-encoding': 'gzip', 'x-lognex-webhook-disablebyprefix': 'https://n8n.example.com/webhook/1' },
			authorize: true,
		});
	});

	it('puts any href of MoySklad behind its own address, and encodes the raw space of a stock report', async () => {
		const { client, requests } = setUp({ body: [] });
		await client.get('https://online.moysklad.ru/api/remap/1.2/report/stock/all/current?changedSince=2026-11-21 19:14:32');
		expect(requests[0]?.url).toBe(`${BASE}/report/stock/all/current?changedSince=2026-11-21%2019:14:32`);
	});

	it.each([
		['429', refusal(1049, 'Too many', 429)],
		['an inner error', refusal(1999, 'Inner error', 500)],
		['maintenance', refusal(1095, 'Wait', 503)],
		['503', { status: 503, body: { errors: [{ error: 'Unavailable' }] } }],
		['a page', HTML],
		['a cut body', { status: 200, text: '{"rows":[' }],
		['a broken connection', socketError('ECONNRESET')],
		['a time-out', socketError('ETIMEDOUT')],
	])('repeats a read after %s', async (_name, failure) => {
		const { client, clock, requests } = setUp(failure as Step, failure as Step, { body: { id: 1 } });
		await expect(clock.until(client.get('/entity/product/1'))).resolves.toEqual({ id: 1 });
		expect(requests).toHaveLength(3);
	});

	it('never repeats a creation of which nobody knows whether it happened', async () => {
		for (const failure of [socketError('ECONNRESET'), HTML, { status: 500, body: { errors: [{ error: 'Oops' }] } }]) {
			const { client, clock, requests } = setUp(failure as Step);
			await expect(clock.until(client.write('POST', '/entity/counterparty', { name: 'x' }, { repeatable: false }))).rejects.toMatchObject({ code: 'MOYSKLAD_UNVERIFIED' });
			expect(requests).toHaveLength(1);
		}
	});

	it('knows that nothing was done during maintenance, and does not know it after an inner error', async () => {
		const create = async (number: number, status: number): Promise<unknown> => {
			const { client, clock } = setUp(refusal(number, 'No', status));
			return await clock.until(client.write('POST', '/entity/counterparty', { name: 'x' }, { repeatable: false }));
		};
		for (const number of [1074, 1095]) await expect(create(number, 503)).rejects.toMatchObject({ code: 'MOYSKLAD_MAINTENANCE', retryable: true });
		await expect(create(1999, 500)).rejects.toMatchObject({ code: 'MOYSKLAD_UNVERIFIED' });
	});

	it('repeats a creation that cannot have arrived, that was refused for the rate, or that carries a syncId', async () => {
		const refused = setUp(socketError('ECONNREFUSED'), refusal(1073, 'Parallel', 429), { body: { id: 1 } });
		await refused.clock.until(refused.client.write('POST', '/entity/counterparty', { name: 'x' }, { repeatable: false }));
		expect(refused.requests).toHaveLength(3);
		const safe = setUp(socketError('ECONNRESET'), { body: { id: 1 } });
		await safe.clock.until(safe.client.write('POST', '/entity/counterparty', { name: 'x', syncId: '1' }, { repeatable: true }));
		expect(safe.requests).toHaveLength(2);
	});

	it.each([
		[1056, 401, 'MOYSKLAD_AUTH_FAILED'],
		[1061, 403, 'MOYSKLAD_ACCESS_DISABLED'],
		[1021, 404, 'MOYSKLAD_NOT_FOUND'],
		[1062, 400, 'MOYSKLAD_REQUEST_INVALID'],
		[3006, 400, 'MOYSKLAD_NOT_UNIQUE'],
		[1028, 409, 'MOYSKLAD_IN_USE'],
		[30003, 400, 'WEBHOOK_EXISTS'],
		[30007, 400, 'WEBHOOK_SLOTS_FULL'],
		[1065, 409, 'MOYSKLAD_CHANGED_MEANWHILE'],
		[1070, 403, 'MOYSKLAD_TARIFF'],
		[1088, 400, 'MOYSKLAD_TOO_LARGE'],
		[13005, 400, 'MOYSKLAD_TOO_LARGE'],
		[17003, 400, 'MOYSKLAD_REJECTED'],
	])('maps MoySklad’s %i to a code and keeps its words', async (number, status, code) => {
		const { client, requests } = setUp(refusal(number, 'Слова МоегоСклада', status));
		const failure = client.write('PUT', '/entity/product/1', {}, { repeatable: true });
		await expect(failure).rejects.toMatchObject({ code });
		if (code !== 'MOYSKLAD_AUTH_FAILED' && code !== 'MOYSKLAD_ACCESS_DISABLED' && code !== 'MOYSKLAD_NOT_FOUND')
			await expect(failure).rejects.toHaveProperty('details.reason', `Слова МоегоСклада [${number}]`);
		expect(requests).toHaveLength(1);
	});

	it('A1: a page with 403 is of a firewall, not of MoySklad’s rights', async () => {
		const { client } = setUp({ status: 403, text: '<html>Access denied</html>' });
		await expect(client.get('/entity/product')).rejects.toMatchObject({ code: 'CONNECTION_BLOCKED', details: { host: '127.0.0.1:9', status: 403 } });
	});

	it('shows the path but never the query in messages', async () => {
		const { client } = setUp(refusal(1034, 'Bad filter'));
		await expect(client.get('/entity/counterparty', { search: '+79161234567' })).rejects.toThrow(/^(?!.*7916).*GET \/entity\/counterparty/);
	});

	it('follows ids of the web page to the object of the API', async () => {
		const { client, requests } = setUp({ status: 308, headers: { location: 'https://api.moysklad.ru/api/remap/1.2/entity/product/api-id' } }, { body: { id: 'api-id' } });
		await expect(client.get('/entity/product/ui-id')).resolves.toEqual({ id: 'api-id' });
		expect(requests[1]?.url).toBe(`${BASE}/entity/product/api-id`);
	});

	it('fetches pictures from the storage without the Authorization that it refuses', async () => {
		const { client, requests } = setUp(
			{ status: 302, headers: { location: 'https://storage.example.com/a?signature=secret' } },
			{ headers: { 'content-type': 'image/png' }, text: 'PNG' },
		);
		await expect(client.download('https://api.moysklad.ru/api/remap/1.2/download/1')).resolves.toMatchObject({ contentType: 'image/png' });
		expect(requests.map(({ authorize }) => authorize)).toEqual([true, false]);
	});

	it('takes no XML for a picture', async () => {
		const { client, clock } = setUp(...Array.from({ length: 5 }, () => ({ headers: { 'content-type': 'application/xml' }, text: '<Error/>' })));
		await expect(clock.until(client.download('/download/1'))).rejects.toMatchObject({ code: 'ANSWER_NOT_JSON' });
	});

	it('stops when the execution is stopped, also while waiting', async () => {
		const { client, clock, requests, stop } = setUp(HTML, HTML, HTML, HTML, HTML);
		const call = client.get('/entity/product');
		const stopped = expect(clock.until(call)).rejects.toBeDefined();
		stop.abort(new Error('cancelled'));
		await stopped;
		expect(requests.length).toBeLessThanOrEqual(1);
	});

	it('holds back a request that fails again and again, long before MoySklad disables the user', async () => {
		const { client, clock, requests } = setUp(...Array.from({ length: 200 }, () => refusal(1034)));
		let held = 0;
		for (let index = 0; index < 100; index += 1)
			await clock.until(client.get('/entity/product', { filter: 'x=1' }).catch((error: { code: string }) => (held += Number(error.code === 'MOYSKLAD_REPEATED_FAILURE'))));
		expect(requests.length + held).toBe(100);
		expect(requests.length).toBeLessThanOrEqual(60);
	});

	it('puts one object at most 80 times a minute', async () => {
		const { client, clock, requests } = setUp(...Array.from({ length: 200 }, () => ({ body: {} })));
		const begin = clock.now();
		for (let index = 0; index < 161; index += 1) await clock.until(client.write('PUT', '/entity/customerorder/1', {}, { repeatable: true }));
		expect(requests).toHaveLength(161);
		expect(clock.now() - begin).toBeGreaterThanOrEqual(119_000);
	});
});

describe('lists', () => {
	it('asks for at most 100 rows where expand would be ignored', async () => {
		const { client, requests } = setUp({ body: { rows: [], meta: {} } }, { body: { rows: [], meta: {} } });
		await readPage(client, '/entity/product', { expand: 'images' });
		await readPage(client, '/entity/product');
		expect(requests.map(({ url }) => new URL(url).searchParams.get('limit'))).toEqual(['100', '1000']);
	});

	it('walks nextHref on whatever host it names', async () => {
		const next = 'https://api.moysklad.ru/api/remap/1.2/entity/product?limit=1000&offset=1000';
		const { client, requests } = setUp({ body: { rows: [{ id: 1 }], meta: { nextHref: next } } }, { body: { rows: [{ id: 2 }], meta: {} } });
		await expect(readAll(client, '/entity/product')).resolves.toEqual([{ id: 1 }, { id: 2 }]);
		expect(requests[1]?.url).toBe(`${BASE}/entity/product?limit=1000&offset=1000`);
	});

	it('reads many ids in calls that fit into an address, each once', async () => {
		const ids = Array.from({ length: 400 }, (_, index) => `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`);
		const { client, clock, requests } = setUp(...Array.from({ length: 3 }, () => ({ body: { rows: [], meta: {} } })));
		await clock.until(readByValues(client, '/entity/product', 'id', [...ids, ...ids]));
		expect(requests).toHaveLength(3);
		for (const { url } of requests) expect(url.length).toBeLessThan(8000);
		const asked = requests.flatMap(({ url }) => (new URL(url).searchParams.get('filter') ?? '').split(';'));
		expect(asked.sort()).toEqual(ids.map((id) => `id=${id}`));
	});

	it('does not take an answer without rows for an empty list', async () => {
		const { client } = setUp({ body: { hello: 1 } });
		await expect(readAll(client, '/entity/product')).rejects.toMatchObject({ code: 'ANSWER_UNEXPECTED' });
	});
});

describe('arrays', () => {
	it('gives each element its own outcome, whatever the status', async () => {
		const mixed = [{ id: 1 }, { errors: [{ code: 3000, error: 'name is empty' }] }, { id: 3 }];
		for (const status of [200, 400]) {
			const { client } = setUp({ status, body: mixed });
			const outcomes = await writeMany(client, '/entity/product', [{}, {}, {}], { repeatable: true });
			expect(outcomes).toMatchObject([{ entity: { id: 1 } }, { error: { code: 'MOYSKLAD_REJECTED' } }, { entity: { id: 3 } }]);
		}
	});

	it('tells by the address what the answer is to show', async () => {
		const { client, requests } = setUp({ body: [{}] });
		await writeMany(client, '/entity/customerorder', [{}], { repeatable: true, query: { expand: 'positions', limit: 100 } });
		expect(requests[0]?.url).toBe(`${BASE}/entity/customerorder?expand=positions&limit=100`);
	});

	it('cuts at 200 elements, and one refused call fails its own elements only', async () => {
		const { client, clock, requests } = setUp({ body: Array.from({ length: 200 }, () => ({})) }, refusal(2001), { body: [{}] });
		const outcomes = await clock.until(writeMany(client, '/entity/product', Array.from({ length: 401 }, (_, index) => ({ index })), { repeatable: true }));
		expect(requests.map(({ body }) => (JSON.parse(String(body)) as unknown[]).length)).toEqual([200, 200, 1]);
		expect(outcomes.filter((outcome) => 'error' in outcome)).toHaveLength(200);
	});
});

describe('answers and values that are not what they should be', () => {
	it('values longer than any text of MoySklad are not asked for: they would burst the address of all others', async () => {
		const { client, requests } = setUp({ body: { rows: [{ id: 'a' }] } });
		await expect(readByValues(client, 'entity/product', 'externalCode', ['good', 'x'.repeat(256)])).resolves.toEqual([{ id: 'a' }]);
		expect(decodeURIComponent(requests[0]?.url ?? '')).toContain('filter=externalCode=good&');
		await expect(readByValues(client, 'entity/product', 'externalCode', ['x'.repeat(300_000)])).resolves.toEqual([]);
		expect(requests).toHaveLength(1);
	});

	it('half a letter is taken for an unknown one', async () => {
		const { client, requests } = setUp({ body: { rows: [] } });
		await readByValues(client, 'entity/product', 'externalCode', ['a\uD800']);
		expect(requests[0]?.url).toContain('a%EF%BF%BD');
	});

	it.each([[[null]], [['x']]])('rows that are no objects: %j', async (rows) => {
		const { client } = setUp({ body: { rows } });
		await expect(readPage(client, 'entity/product')).rejects.toMatchObject({ code: 'ANSWER_UNEXPECTED' });
	});

	it('entries of “errors” that are none do not hide the others', async () => {
		const { client } = setUp({ status: 400, body: { errors: [null, 'x', { error: 'No', code: 1017 }] } });
		await expect(client.get('/entity/product')).rejects.toMatchObject({ code: 'MOYSKLAD_NO_RIGHT' });
	});

	it('what cannot be sent at all is no “TypeError”', async () => {
		const { client, clock } = setUp(...Array<Error>(5).fill(new TypeError('Cannot convert argument to a ByteString')));
		await expect(clock.until(client.get('/entity/product'))).rejects.toMatchObject({ code: 'CONNECTION_FAILED', message: expect.not.stringContaining('TypeError') as string });
	});
});
