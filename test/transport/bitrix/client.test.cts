import { result } from '../../../core';
import { Batches, BitrixClient, BucketLimiter, OperatingBudget, readAllRows, readRows } from '../../../transport';
import { VirtualClock } from '../../support/virtualClock.cts';
import { scripted, socketError, type Step } from '../scriptedSend';

const refusal = (status: number, error: string | number, description = 'Отказ'): Step => ({ status, body: { error, error_description: description } });
const HTML: Step = { status: 504, text: '<html>Gateway Timeout</html>' };
const ok = (value: unknown, time?: object): Step => ({ body: { result: value, ...(time ? { time } : {}) } });

function setUp(...steps: Step[]) {
	return setUpBy(undefined, ...steps);
}

/** The same by a channel of an application. */
function setUpBy(connector: string | undefined, ...steps: Step[]) {
	const clock = new VirtualClock();
	const { send, requests } = scripted(...steps);
	const limiter = new BucketLimiter({ capacity: 50, drainPerSecond: 2, parallel: 4 }, clock);
	const client = new BitrixClient({ send, clock, limiter, operating: new OperatingBudget(clock), connector });
	return { client, batches: new Batches(client), clock, requests };
}

const bodyOf = (request: { body?: unknown } | undefined): { cmd: Record<string, string>; [name: string]: unknown } => JSON.parse(String(request?.body)) as never;

describe('BitrixClient', () => {
	it('posts JSON to a path below the secret address', async () => {
		const { client, requests } = setUp(ok([]));
		await client.read('catalog.section.list', { filter: { iblockId: 5 } });
		expect(requests[0]).toMatchObject({ method: 'POST', url: '/catalog.section.list.json', body: '{"filter":{"iblockId":5}}' });
	});

	it('names its channel in the request, once for a batch, and nothing without one', async () => {
		const { client, batches, requests } = setUpBy('exchange', ok([]), ok({ result: { g0_c: 1 } }));
		await client.read('event.get');
		await batches.each([{ method: 'event.get', parameters: {} }], { repeatable: true });
		expect(requests.map(bodyOf)).toEqual([{ auth_connector: 'exchange' }, { halt: 0, cmd: { g0_c: 'event.get?' }, auth_connector: 'exchange' }]);
		for (const connector of ['', undefined]) {
			const plain = setUpBy(connector, ok([]));
			await plain.client.read('event.get');
			expect(plain.requests[0]?.body).toBe('{}');
		}
	});

	it.each([
		[503, 'QUERY_LIMIT_EXCEEDED'],
		[429, 'OPERATION_TIME_LIMIT'],
	])('waits and repeats after %i %s, even an add: nothing was done', async (status, code) => {
		const { client, clock, requests } = setUp(refusal(status, code), ok(1));
		await expect(clock.until(client.call('catalog.product.add', {}, { repeatable: false }))).resolves.toMatchObject({ result: 1 });
		expect(requests).toHaveLength(2);
	});

	it('never repeats OVERLOAD_LIMIT, although it is a 503 too', async () => {
		const { client, requests } = setUp(refusal(503, 'OVERLOAD_LIMIT'));
		await expect(client.read('profile')).rejects.toMatchObject({ code: 'BITRIX_OVERLOAD', retryable: false });
		expect(requests).toHaveLength(1);
	});

	it.each([
		['a time-out', socketError('ETIMEDOUT')],
		['a page of the gateway', HTML],
		['INTERNAL_SERVER_ERROR', refusal(500, 'INTERNAL_SERVER_ERROR')],
	])('T13: leaves an add open after %s, and repeats a read', async (_name, failure) => {
		const add = setUp(failure as Step);
		await expect(add.clock.until(add.client.call('catalog.product.add', {}, { repeatable: false }))).rejects.toMatchObject({ code: 'BITRIX_UNVERIFIED' });
		expect(add.requests).toHaveLength(1);
		const read = setUp(failure as Step, ok([]));
		await read.clock.until(read.client.read('catalog.product.list'));
		expect(read.requests).toHaveLength(2);
	});

	it.each([
		[401, 'expired_token', 'BITRIX_TOKEN_EXPIRED'],
		[401, 'NO_AUTH_FOUND', 'BITRIX_AUTH_FAILED'],
		[403, 'insufficient_scope', 'BITRIX_SCOPE'],
		[403, 'WRONG_AUTH_TYPE', 'BITRIX_APPLICATION_ONLY'],
		[403, 'WRONG_LICENSE', 'BITRIX_PLAN'],
		[403, 'ACCESS_DENIED', 'BITRIX_NO_RIGHT'],
		[403, 'INVALID_CREDENTIALS', 'BITRIX_AUTH_FAILED'],
		[401, 'invalid_token', 'BITRIX_AUTH_FAILED'],
		[401, 'METHOD_CONFIRM_WAITING', 'BITRIX_AUTH_FAILED'],
		[403, 'METHOD_CONFIRM_DENIED', 'BITRIX_NO_RIGHT'],
		[403, 'user_access_error', 'BITRIX_NO_RIGHT'],
		[500, 'PORTAL_DELETED', 'BITRIX_PORTAL_CLOSED'],
		[400, 'BX_INVALID_VALUE', 'BITRIX_NOT_UNIQUE'],
		[405, 'ERROR_BATCH_METHOD_NOT_ALLOWED', 'BITRIX_REJECTED'],
		[404, 'ERROR_METHOD_NOT_FOUND', 'BITRIX_METHOD_MISSING'],
		[400, 'INVALID_REQUEST', 'BITRIX_NOT_HTTPS'],
		[400, 200040300030, 'BITRIX_NO_RIGHT'],
		[400, '200540400001', 'BITRIX_NOT_FOUND'],
		[400, 0, 'BITRIX_REJECTED'],
		[400, '', 'BITRIX_REJECTED'],
		[200, '', 'BITRIX_REJECTED'],
	])('maps %i %p to %s', async (status, error, code) => {
		const { client } = setUp(refusal(status, error));
		await expect(client.read('x')).rejects.toMatchObject({ code });
	});

	it('A1: takes a page with 403 for that of a firewall, not for a right that is missing', async () => {
		const { client } = setUp({ status: 403, text: '<html>Access denied</html>' });
		await expect(client.read('profile')).rejects.toMatchObject({ code: 'CONNECTION_BLOCKED', retryable: false });
	});

	it('posts again to the new address of a portal that moved', async () => {
		const { client, requests } = setUp({ status: 302, headers: { location: 'https://new.bitrix24.ru/rest/1/s/profile.json' } }, ok({ ID: 1 }));
		await client.read('profile');
		expect(requests[1]).toMatchObject({ method: 'POST', url: 'https://new.bitrix24.ru/rest/1/s/profile.json', body: '{}' });
	});

	it('pauses a method shortly before its working time is used up, and no other', async () => {
		const clock = new VirtualClock();
		const resetAt = clock.now() / 1000 + 120;
		const { send } = scripted(ok(1, { operating: 475, operating_reset_at: resetAt }), ok(2), ok(3));
		const limiter = new BucketLimiter({ capacity: 50, drainPerSecond: 2, parallel: 4 }, clock);
		const client = new BitrixClient({ send, clock, limiter, operating: new OperatingBudget(clock) });
		await client.read('catalog.product.update');
		const begin = clock.now();
		await client.read('catalog.price.update');
		expect(clock.now()).toBe(begin);
		await clock.until(client.read('catalog.product.update'));
		expect(clock.now() - begin).toBeGreaterThanOrEqual(120_000);
	});
});

describe('Batches', () => {
	const product = (xmlId: string) => [
		{ key: 'p', method: 'catalog.product.add', parameters: { fields: { xmlId, name: 'Чай & кофе' } } },
		{ key: 'price', method: 'catalog.price.add', parameters: { fields: { productId: result('p', 'element', 'id'), price: 10 } } },
	];

	it('never tears a group apart, and lets its commands refer to each other', async () => {
		const groups = Array.from({ length: 60 }, (_, index) => product(`x${index}`));
		const { batches, clock, requests } = setUp(...Array.from({ length: 3 }, () => ok({ result: [], result_error: [] })));
		await clock.until(batches.run(groups, { repeatable: false }));
		expect(requests.map((request) => Object.keys(bodyOf(request).cmd).length)).toEqual([50, 50, 20]);
		expect(bodyOf(requests[1]).cmd.g0_price).toBe('catalog.price.add?fields[productId]=$result[g0_p][element][id]&fields[price]=10');
	});

	it('keeps to fewer commands a batch where the caller asks for it', async () => {
		const { batches, clock, requests } = setUp(...Array.from({ length: 3 }, () => ok({ result: [], result_error: [] })));
		await clock.until(batches.each(Array.from({ length: 45 }, () => ({ method: 'sale.order.get', parameters: {} })), { repeatable: true, most: 20 }));
		expect(requests.map((request) => Object.keys(bodyOf(request).cmd).length)).toEqual([20, 20, 5]);
	});

	it('gives each command its own outcome, with PHP’s empty maps as lists', async () => {
		const { batches } = setUp(
			ok({ result: { g0_c: { id: 1 } }, result_error: { g1_c: { error: '0', error_description: 'уже существует' } }, result_total: [], result_next: [], result_time: [] }),
		);
		const outcomes = await batches.each([{ method: 'a', parameters: {} }, { method: 'b', parameters: {} }], { repeatable: true });
		expect(outcomes).toMatchObject([{ result: { id: 1 } }, { error: { code: 'BITRIX_NOT_UNIQUE' } }]);
	});

	it('keeps a null result apart from a missing one', async () => {
		const { batches } = setUp(ok({ result: { g0_c: null }, result_error: [] }));
		const outcomes = await batches.each([{ method: 'a', parameters: {} }, { method: 'b', parameters: {} }], { repeatable: true });
		expect(outcomes).toMatchObject([{ result: null }, { error: { code: 'BITRIX_SERVER_ERROR' } }]);
	});

	it('fails the commands of a lost batch only, and makes the next ones smaller', async () => {
		const groups = Array.from({ length: 40 }, (_, index) => product(`x${index}`));
		const { batches, clock, requests } = setUp(socketError('ETIMEDOUT'), ...Array.from({ length: 3 }, () => ok({ result: [], result_error: [] })));
		const outcomes = await clock.until(batches.run(groups, { repeatable: false }));
		expect(requests.map((request) => Object.keys(bodyOf(request).cmd).length)).toEqual([50, 24, 6]);
		expect(outcomes.filter(([first]) => first && 'error' in first && first.error.code === 'BITRIX_UNVERIFIED')).toHaveLength(25);
	});

	it('shrinks when answers get slow and grows again when they are quick', async () => {
		const { batches, clock, requests } = setUp(
			ok({ result: [], result_error: [] }, { duration: 31 }),
			ok({ result: [], result_error: [] }, { duration: 1 }),
			ok({ result: [], result_error: [] }, { duration: 1 }),
		);
		await clock.until(batches.each(Array.from({ length: 110 }, () => ({ method: 'a', parameters: {} })), { repeatable: true }));
		expect(requests.map((request) => Object.keys(bodyOf(request).cmd).length)).toEqual([50, 25, 35]);
	});
});

describe('lists by id', () => {
	const rows = (from: number, count: number) => Array.from({ length: count }, (_, index) => ({ id: from + index }));
	const list = { method: 'catalog.section.list', rows: 'sections' };

	it('goes on after the last id until a page is short', async () => {
		const { client, requests } = setUp(ok({ sections: rows(1, 50) }), ok({ sections: rows(51, 3) }));
		const pages = [];
		for await (const page of readRows(client, list)) pages.push(page.length);
		expect(pages).toEqual([50, 3]);
		expect(JSON.parse(String(requests[1]?.body))).toEqual({ filter: { '>id': 50 }, order: { id: 'ASC' }, start: -1 });
	});

	it('notices a cursor that does not move, which would repeat the same rows for ever', async () => {
		const { client } = setUp(ok({ sections: rows(1, 50) }), ok({ sections: rows(1, 50) }));
		const read = async (): Promise<void> => {
			for await (const page of readRows(client, list)) expect(page).toHaveLength(50);
		};
		await expect(read()).rejects.toMatchObject({ code: 'BITRIX_CURSOR_STALLED' });
	});

	it('chains pages inside a batch and stops at the first short one, whatever the unresolved ones bring', async () => {
		const page = (from: number, count: number) => ({ sections: rows(from, count) });
		const { batches, requests } = setUp(ok({ result: { g0_p0: page(1, 50), g0_p1: page(51, 20), g0_p2: page(1, 50), g0_p3: page(1, 50) }, result_error: [] }));
		await expect(readAllRows(batches, list)).resolves.toHaveLength(70);
		expect(bodyOf(requests[0]).cmd.g0_p1).toContain('filter[%3Eid]=$result[g0_p0][sections][49][id]');
	});
});

describe('Batches: texts that read like references', () => {
	const RISKY = { name: 'print($result[0])' };

	it('go by themselves, in calls of their own, in the order of the groups', async () => {
		const { batches, requests } = setUp(ok({ result: { g0_c: 1 } }), ok({ element: { id: 7 } }), ok({ price: { id: 8 } }), ok({ result: { g0_c: 3 } }));
		const plain = [{ key: 'c', method: 'a', parameters: {} }];
		const risky = [
			{ key: 'e', method: 'catalog.product.add', parameters: { fields: RISKY } },
			{ key: 'p', method: 'catalog.price.add', parameters: { fields: { productId: result('e', 'element', 'id'), price: 5 } } },
		];
		await expect(batches.run([plain, risky, plain], { repeatable: true })).resolves.toEqual([[{ result: 1 }], [{ result: { element: { id: 7 } } }, { result: { price: { id: 8 } } }], [{ result: 3 }]]);
		expect(requests.map(({ url }) => url)).toEqual(['/batch.json', '/catalog.product.add.json', '/catalog.price.add.json', '/batch.json']);
		expect([requests[1], requests[2]].map((request) => JSON.parse(String(request?.body)))).toEqual([{ fields: RISKY }, { fields: { productId: 7, price: '5' } }]);
	});

	it('what needs the result of a call that failed is not sent and fails with it', async () => {
		const { batches, requests } = setUp(refusal(400, 0, 'No name'));
		const risky = [{ key: 'e', method: 'a', parameters: { fields: RISKY } }, { key: 'p', method: 'b', parameters: { id: result('e', 'id') } }];
		const rejected = { error: expect.objectContaining({ code: 'BITRIX_REJECTED' }) as unknown };
		await expect(batches.run([risky], { repeatable: false })).resolves.toEqual([[rejected, rejected]]);
		expect(requests).toHaveLength(1);
	});
});

describe('answers in less usual shapes', () => {
	it('an error of version 3 is named by its code', async () => {
		const { client } = setUp({ status: 403, body: { error: { code: 'insufficient_scope', message: 'No scope' } } });
		await expect(client.read('a')).rejects.toMatchObject({ code: 'BITRIX_SCOPE' });
	});

	it('an answer beside its times instead of in “result”', async () => {
		const { client } = setUp({ body: { vats: [{ id: 2, rate: 0 }], total: 1, time: { start: 1 } } });
		await expect(client.read('catalog.vat.list')).resolves.toEqual({ vats: [{ id: 2, rate: 0 }] });
	});

	it('nothing but times is no answer', async () => {
		const { client } = setUp({ body: { time: { start: 1 } } });
		await expect(client.read('a')).rejects.toMatchObject({ code: 'BITRIX_REJECTED' });
	});

	it('a list of PHP whose numbers have gaps', async () => {
		const { client } = setUp(ok({ sections: { 0: { id: 1 }, 2: { id: 3 } } }));
		const pages = [];
		for await (const page of readRows(client, { method: 'catalog.section.list', rows: 'sections' })) pages.push(page);
		expect(pages).toEqual([[{ id: 1 }, { id: 3 }]]);
	});

	it.each([[[null]], [['x']], [5], [null], [undefined]])('rows that are none: %j', async (sections) => {
		const { client } = setUp(ok({ sections }));
		await expect(readRows(client, { method: 'catalog.section.list', rows: 'sections' }).next()).rejects.toMatchObject({ code: 'ANSWER_UNEXPECTED' });
	});
});
