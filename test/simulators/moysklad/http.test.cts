import { ask, control, first, UNLIMITED, type Reply } from './caller.cts';
import { startMoySklad, type RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
beforeAll(async () => {
	shop = await startMoySklad({ size: { products: 3 }, rate: UNLIMITED });
});
afterAll(async () => {
	expect(shop.parts.crashes).toEqual([]);
	await shop.close();
});

const basic = (login: string, password: string): string =>
	`Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;
const get = async (path: string, headers: Record<string, string | undefined>): Promise<Reply> =>
	await ask(shop, 'GET', path, { headers });

describe('Accept-Encoding', () => {
	it.each([undefined, 'identity', 'deflate, br', 'gzip;q=0', '*'])(
		'%s is answered 415 without a body',
		async (value) => {
			const { status, text } = await get('entity/product', { 'accept-encoding': value });
			expect([status, text]).toEqual([415, '']);
		},
	);

	it.each(['gzip', 'gzip, deflate, br', 'br, GZIP;q=0.5'])(
		'%s is taken and the answer is compressed',
		async (value) => {
			const { status, headers } = await get('entity/product', { 'accept-encoding': value });
			expect([status, headers['content-encoding']]).toEqual([200, 'gzip']);
		},
	);
});

describe('Accept', () => {
	it.each([
		'application/json',
		'application/json; charset=windows-1251',
		'text/html',
		'application/json, text/plain, */*',
	])('%s is refused with 1062', async (accept) => {
		const { status, code } = await get('entity/product', { accept });
		expect([status, code]).toEqual([400, 1062]);
	});

	it.each(['application/json;charset=utf-8', 'application/json; charset=UTF-8', '*/*', undefined])(
		'%s is taken',
		async (accept) => {
			expect((await get('entity/product', { accept })).status).toBe(200);
		},
	);

	it('of any type is refused when the simulator was told to be strict', async () => {
		const strict = await startMoySklad({ size: { products: 1 }, acceptWildcard: false });
		const { status, code } = await ask(strict, 'GET', 'entity/product', { headers: { accept: '*/*' } });
		expect([status, code]).toEqual([400, 1062]);
		await strict.close();
	});
});

describe('authentication', () => {
	it('works with a password and with a token', async () => {
		const { login, password } = shop.users.editor;
		expect((await get('context/employee', { authorization: basic(login, password) })).body.uid).toBe(login);
		expect((await ask(shop, 'GET', 'context/employee', { user: shop.users.editor })).body.uid).toBe(login);
	});

	it.each([undefined, 'Bearer wrong', 'Basic wrong', 'Digest x'])(
		'%s is refused with 1056 and its headers',
		async (authorization) => {
			const { status, code, headers } = await get('entity/product', { authorization });
			expect([status, code, headers['x-lognex-auth']]).toEqual([401, 1056, '1056']);
			expect(headers['x-lognex-auth-message']).toMatch(/\w/);
		},
	);

	it('a new token takes the place of the earlier one of that user only', async () => {
		const { login, password, token } = shop.users.editor;
		const others = shop.users.admin.token;
		const issued = await ask(shop, 'POST', 'security/token', { headers: { authorization: basic(login, password) } });
		expect(issued.status).toBe(200);
		expect((await get('context/employee', { authorization: `Bearer ${token}` })).code).toBe(1056);
		expect((await get('context/employee', { authorization: `Bearer ${issued.body.access_token}` })).status).toBe(200);
		expect((await get('context/employee', { authorization: `Bearer ${others}` })).status).toBe(200);
		expect(shop.users.editor.token).toBe(issued.body.access_token);
	});

	it('a token cannot be had with a token', async () => {
		expect((await ask(shop, 'POST', 'security/token')).code).toBe(1056);
	});

	it('too many wrong passwords block the login for an hour, the right one too', async () => {
		const { login, password } = shop.users.clerk;
		const wrong = async (): Promise<number | undefined> =>
			(await get('context/employee', { authorization: basic(login, 'no') })).code;
		for (let attempt = 0; attempt <= 30; attempt++) expect(await wrong()).toBe(1056);
		expect(await wrong()).toBe(1048);
		expect((await get('context/employee', { authorization: basic(login, password) })).code).toBe(1048);
		await control(shop, 'POST', 'clock', { advance: 3_600_001 });
		expect((await get('context/employee', { authorization: basic(login, password) })).status).toBe(200);
	});

	it('tells users and solutions apart', async () => {
		expect((await ask(shop, 'GET', 'context/application', { user: shop.users.solution })).body.appUid).toBe(
			shop.users.solution.login,
		);
		expect((await ask(shop, 'GET', 'context/employee', { user: shop.users.solution })).code).toBe(55006);
		expect((await ask(shop, 'GET', 'context/application')).code).toBe(55005);
	});

	it('shows permissions', async () => {
		const admin = (await ask(shop, 'GET', 'context/employee')).body.permissions;
		const clerk = (await ask(shop, 'GET', 'context/employee', { user: shop.users.clerk })).body.permissions;
		expect(admin.admin.view).toBe('ALL');
		expect(admin.webhook).toEqual({ view: 'ALL', create: 'ALL', update: 'ALL', delete: 'ALL' });
		expect([clerk.admin.view, clerk.webhook.create, clerk.customerorder.view, clerk.product.view]).toEqual([
			'NO',
			'NO',
			'NO',
			'ALL',
		]);
	});
});

describe('sizes', () => {
	it('more than 8 KB of headers and URL are answered 414', async () => {
		expect((await ask(shop, 'GET', `entity/product?search=${'a'.repeat(8200)}`)).status).toBe(414);
		expect((await ask(shop, 'GET', 'entity/product', { headers: { 'x-long': 'a'.repeat(8200) } })).status).toBe(414);
		expect((await ask(shop, 'GET', `entity/product?search=${'a'.repeat(7000)}`)).status).toBe(200);
	});

	it('a body of more than 10 MB is refused with 1044', async () => {
		expect(
			(await ask(shop, 'POST', 'entity/product', { body: { name: 'x', description: 'a'.repeat(10 * 1024 * 1024) } }))
				.code,
		).toBe(1044);
	});

	it('arrays of more than 1000 elements are answered 413', async () => {
		const many = Array.from({ length: 1001 }, (_, index) => ({ name: `n${index}` }));
		const whole = await ask(shop, 'POST', 'entity/product', { body: many });
		const nested = await ask(shop, 'POST', 'entity/product', { body: { name: 'x', barcodes: many } });
		expect([whole.status, whole.code, nested.status, nested.code]).toEqual([413, 2007, 413, 2022]);
	});

	it('deep nesting and arrays of arrays are refused', async () => {
		const deep = `{"a":`.repeat(11) + '1' + '}'.repeat(11);
		expect((await ask(shop, 'POST', 'entity/product', { body: deep })).code).toBe(2006);
		expect((await ask(shop, 'POST', 'entity/product', { body: [[{ name: 'x' }]] })).code).toBe(2004);
	});
});

describe('bodies', () => {
	it('must be JSON, and the error says where it is not', async () => {
		const { code, body } = await ask(shop, 'POST', 'entity/product', { body: '{"name":\n "x",}' });
		expect(code).toBe(2001);
		expect(body.errors[0]).toMatchObject({ line: 2, column: expect.any(Number) });
	});

	it('must begin with an object or an array', async () => {
		expect((await ask(shop, 'POST', 'entity/product', { body: '"x"' })).code).toBe(2005);
		expect((await ask(shop, 'POST', 'entity/product')).code).toBe(2005);
	});

	it.each(['text/plain', 'application/x-www-form-urlencoded', undefined])(
		'of type %s are refused with 1037',
		async (type) => {
			const { status, code } = await ask(shop, 'POST', 'entity/product', {
				body: { name: 'x' },
				headers: { 'content-type': type },
			});
			expect([status, code]).toEqual([415, 1037]);
		},
	);

	it('of a single entity must not be an array', async () => {
		const { id } = await first(shop, 'product');
		expect((await ask(shop, 'PUT', `entity/product/${id}`, { body: [{ name: 'x' }] })).code).toBe(2009);
	});
});

describe('paths', () => {
	it.each([
		['GET', 'nothing', 404, 1002],
		['GET', 'entity/nothing', 404, 1005],
		['GET', 'entity/product/00000000-0000-4000-8000-000000000000', 404, 1021],
		['GET', 'entity/product/not-a-uuid', 400, 1052],
		['DELETE', 'entity/product', 405, 1039],
		['POST', 'entity/product/00000000-0000-4000-8000-000000000000', 400, 1006],
		['PATCH', 'context/employee', 405, 1039],
	])('%s %s is answered %d with %d', async (method, path, status, code) => {
		const reply = await ask(shop, method, path, { body: method === 'GET' ? undefined : {} });
		expect([reply.status, reply.code]).toEqual([status, code]);
	});

	it('of another version are refused', async () => {
		expect((await ask(shop, 'GET', `${shop.url}/api/remap/1.1/entity/product`)).code).toBe(1015);
		expect((await ask(shop, 'GET', `${shop.url}/elsewhere`)).code).toBe(1002);
	});

	it('with the id of the UI lead on to the API (308), for products and their pictures', async () => {
		const product = await first(shop, 'product');
		const page = /id=([0-9a-f-]{36})/.exec(product.meta.uuidHref as string)?.[1] ?? '';
		expect(page).not.toBe(product.id);
		const moved = await ask(shop, 'GET', `entity/product/${page}?expand=images`);
		expect([moved.status, moved.headers.location]).toEqual([
			308,
			`${shop.baseUrl}/entity/product/${product.id}?expand=images`,
		]);
		expect((await ask(shop, 'GET', String(moved.headers.location))).body.id).toBe(product.id);
		expect((await ask(shop, 'GET', `entity/product/${page}/images`)).headers.location).toBe(
			`${shop.baseUrl}/entity/product/${product.id}/images`,
		);
	});
});

describe('answers', () => {
	it('are pretty on demand', async () => {
		expect((await get('entity/product?limit=1', {})).text.split('\n')).toHaveLength(1);
		expect(
			(await get('entity/product?limit=1', { 'lognex-pretty-print-json': 'true' })).text.split('\n').length,
		).toBeGreaterThan(20);
	});

	it('have errors in Russian, or in English when asked', async () => {
		const text = async (language?: string): Promise<string> =>
			(await get('entity/nothing', { 'accept-language': language })).body.errors[0].error as string;
		expect(await text()).toMatch(/[а-я]/);
		expect(await text('ru')).toBe(await text());
		expect(await text('en-US,en;q=0.9')).not.toMatch(/[а-я]/);
	});
});

describe('faults', () => {
	it('look like the platform', async () => {
		await control(shop, 'PUT', 'faults', [
			{ kind: 'rateLimit', share: 1, times: 1, route: 'entity/product' },
			{ kind: 'unavailable', share: 1, times: 1, route: 'entity/product' },
		]);
		const limited = await get('entity/product', {});
		const away = await get('entity/product', {});
		expect([limited.status, limited.code, limited.headers['x-lognex-retry-after']]).toEqual([429, 1049, '3000']);
		expect([away.status, away.code]).toEqual([503, 1074]);
		expect((await get('entity/product', {})).status).toBe(200);
	});
});
