import { ask, control, first, metaOf, parties, type Asking, type Json } from './caller.cts';
import type { Receiver } from '../receiver.cts';
import { useHooks } from './hookBench.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
let receiver: Receiver;
const { post, put, hook, flush, bodies } = useHooks((started, listening) => {
	shop = started;
	receiver = listening;
});

describe('registration', () => {
	it('gives back what was registered', async () => {
		const { body } = await hook();
		expect(body).toMatchObject({
			entityType: 'product',
			action: 'UPDATE',
			method: 'POST',
			enabled: true,
			diffType: 'NONE',
			accountId: shop.accountId,
		});
		expect((await hook({ action: 'CREATE' })).body).not.toHaveProperty('diffType');
		expect((await ask(shop, 'GET', `entity/webhook/${body.id}`)).body).toEqual(body);
		expect((await ask(shop, 'GET', 'entity/webhook')).body.rows).toHaveLength(2);
	});

	it.each([
		[{ entityType: 'webhook' }, 30000],
		[{ entityType: 'position' }, 30000],
		[{ method: 'GET' }, 30001],
		[{ action: 'CHANGE' }, 30002],
		[{ url: 'ftp://example.com' }, 30005],
		[{ url: 'example.com/hook' }, 30005],
		[{ action: 'PROCESSED' }, 30008],
		[{ entityType: 'async', action: 'CREATE' }, 30008],
		[{ action: 'CREATE', diffType: 'FIELDS' }, 30009],
		[{ url: `https://example.com/${'a'.repeat(240)}` }, 30010],
		[{ url: undefined }, 3000],
		[{ entityType: undefined }, 3000],
	])('refuses %j with %d', async (more, code) => {
		expect((await hook(more)).code).toBe(code);
	});

	it('takes async PROCESSED and an url of 255 characters', async () => {
		expect((await hook({ entityType: 'async', action: 'PROCESSED' })).status).toBe(200);
		expect((await hook({ url: `https://example.com/${'a'.repeat(235)}` })).status).toBe(200);
	});

	it('is unique by type, action and url, and ends at five urls', async () => {
		expect((await hook()).status).toBe(200);
		expect((await hook()).code).toBe(30003);
		for (let number = 2; number <= 5; number++)
			expect((await hook({ url: `${receiver.url}/${number}` })).status).toBe(200);
		expect((await hook({ url: `${receiver.url}/6` })).code).toBe(30007);
		expect((await hook({ url: `${receiver.url}/6`, action: 'DELETE' })).status).toBe(200);
	});

	it('of a solution ends at one, beside those of users', async () => {
		const asking = { user: shop.users.solution };
		const { body } = await hook({}, asking);
		expect(body.authorApplication.meta.type).toBe('application');
		expect((await hook({ url: `${receiver.url}/other` }, asking)).code).toBe(30007);
		expect((await hook({ url: `${receiver.url}/other` })).status).toBe(200);
	});

	it('is for administrators', async () => {
		for (const user of [shop.users.editor, shop.users.clerk]) {
			const reply = await hook({}, { user });
			expect([reply.status, reply.code]).toEqual([403, 30004]);
			expect((await ask(shop, 'GET', 'entity/webhook', { user })).code).toBe(30004);
		}
	});

	it('on a free tariff can only be read and removed', async () => {
		const { id } = (await hook()).body;
		await control(shop, 'PUT', 'tariff', { paid: false });
		expect((await hook({ action: 'CREATE' })).code).toBe(30006);
		expect((await put(`webhook/${id}`, { enabled: false })).code).toBe(30006);
		expect((await ask(shop, 'GET', 'entity/webhook')).body.rows).toHaveLength(1);
		expect((await ask(shop, 'DELETE', `entity/webhook/${id}`)).status).toBe(200);
	});

	it('works for many at once, with an error for each', async () => {
		const wanted = { entityType: 'product', url: `${receiver.url}/many` };
		const reply = await post('webhook', [
			{ ...wanted, action: 'CREATE' },
			{ ...wanted, action: 'CREATE' },
			{ ...wanted, action: 'DELETE' },
		]);
		const results = reply.body as unknown as Json[];
		expect([reply.status, ...results.map((one) => one.action ?? one.errors[0].code)]).toEqual([
			400,
			'CREATE',
			30003,
			'DELETE',
		]);
		const removed = (await post('webhook/delete', [metaOf(results[0] as Json), metaOf(results[2] as Json)]))
			.body as unknown as Json[];
		expect(removed.every(({ info }) => typeof info === 'string')).toBe(true);
		expect((await ask(shop, 'GET', 'entity/webhook')).body.rows).toEqual([]);
	});

	it('keeps its rules on updates', async () => {
		await hook();
		const { id } = (await hook({ url: `${receiver.url}/other` })).body;
		expect((await put(`webhook/${id}`, { url: `${receiver.url}/hook` })).code).toBe(30003);
		expect((await put(`webhook/${id}`, { enabled: false })).body.enabled).toBe(false);
	});
});

describe('a notification', () => {
	it('has the documented shape', async () => {
		await hook({ diffType: 'FIELDS' });
		const product = await first(shop, 'product');
		await put(
			`product/${product.id}`,
			{ name: product.name, description: 'иное', code: 'новый' },
			{ user: shop.users.integration },
		);
		await flush();
		const [{ url, headers, body }] = receiver.received as [Receiver['received'][number]];
		expect(url).toMatch(/^\/hook\?requestId=[0-9a-f]{8}-[0-9a-f-]{27}$/);
		expect(headers['user-agent']).toBe('MoySklad webhook touch agent 2.0 (/https://www.moysklad.ru)');
		expect(body).toEqual({
			auditContext: {
				meta: { type: 'audit', href: expect.stringMatching(/\/audit\/[0-9a-f-]{36}$/) },
				moment: expect.stringMatching(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/),
				uid: shop.users.integration.login,
			},
			events: [
				{
					meta: { type: 'product', href: product.meta.href },
					updatedFields: ['description', 'code'],
					action: 'UPDATE',
					accountId: shop.accountId,
				},
			],
		});
		expect((await ask(shop, 'GET', body.auditContext.meta.href as string)).body.uid).toBe(shop.users.integration.login);
	});

	it('joins its requestId to a query that is there', async () => {
		await hook({ url: `${receiver.url}/hook?secret=1` });
		await put(`product/${(await first(shop, 'product')).id}`, { code: 'x' });
		await flush();
		expect(receiver.received[0]?.url).toMatch(/^\/hook\?secret=1&requestId=/);
	});

	it('holds all events of a bulk write, those that succeeded', async () => {
		await hook({ action: 'CREATE' });
		await post('product', [{ name: 'a' }, { name: '' }, { name: 'b' }]);
		await flush();
		expect(bodies()).toHaveLength(1);
		expect(bodies()[0]?.events).toHaveLength(2);
		expect(bodies()[0]?.events[0]).not.toHaveProperty('updatedFields');
	});

	it('is sent for the action and the type only, to each hook by itself', async () => {
		await hook({ action: 'DELETE' });
		await hook({ action: 'DELETE', url: `${receiver.url}/second` });
		const { id } = (await post('product', { name: 'a' })).body;
		await post('service', { name: 'a' });
		await put(`product/${id}`, { code: 'x' });
		await ask(shop, 'DELETE', `entity/product/${id}`);
		await flush();
		expect(receiver.received.map(({ url }) => url.split('?')[0]).sort()).toEqual(['/hook', '/second']);
		expect(new Set(receiver.received.map(({ url }) => url.split('requestId=')[1])).size).toBe(2);
		expect(bodies().map(({ events }) => events[0].action)).toEqual(['DELETE', 'DELETE']);
	});

	it('of a position is one of its document; of the recycle bin a DELETE', async () => {
		await hook({ entityType: 'customerorder', diffType: 'FIELDS' });
		await hook({ entityType: 'customerorder', action: 'DELETE' });
		const assortment = metaOf(await first(shop, 'product'));
		const { id } = (await post('customerorder', { ...(await parties(shop)), positions: [] })).body;
		await post(`customerorder/${id}/positions`, [{ assortment, quantity: 1 }]);
		await post(`customerorder/${id}/trash`, {});
		await flush();
		expect(bodies().map(({ events }) => [events[0].action, events[0].updatedFields])).toEqual([
			['UPDATE', ['positions']],
			['DELETE', undefined],
		]);
	});

	it('is not sent by disabled hooks, nor on a free tariff', async () => {
		const { id } = (await hook()).body;
		const product = await first(shop, 'product');
		await put(`webhook/${id}`, { enabled: false });
		await put(`product/${product.id}`, { code: 'x' });
		await put(`webhook/${id}`, { enabled: true });
		await control(shop, 'PUT', 'tariff', { paid: false });
		await put(`product/${product.id}`, { code: 'y' });
		await flush();
		expect(bodies()).toEqual([]);
	});

	it('tells what somebody else did', async () => {
		await hook({ action: 'CREATE' });
		const made = await control(shop, 'POST', 'edit', {
			user: 'editor',
			method: 'POST',
			path: 'entity/product',
			body: { name: 'от редактора' },
		});
		await flush();
		expect(made.status).toBe(200);
		expect(bodies()[0]?.auditContext.uid).toBe(shop.users.editor.login);
	});
});

describe('suppression', () => {
	const header = (value: string | string[]): Asking => ({ headers: { 'X-Lognex-WebHook-DisableByPrefix': value } });

	it('silences hooks with one of the prefixes, for that request', async () => {
		await hook({ url: `${receiver.url}/one` });
		await hook({ url: `${receiver.url}/two` });
		await hook({ url: `${receiver.url}/three` });
		const { id } = await first(shop, 'product');
		await put(`product/${id}`, { code: 'a' }, header([`${receiver.url}/one`, `${receiver.url}/tw`]));
		await flush();
		expect(receiver.received.map(({ url }) => url.split('?')[0])).toEqual(['/three']);
		await put(`product/${id}`, { code: 'b' });
		await flush();
		expect(receiver.received).toHaveLength(4);
	});

	it.each([
		'https://',
		'https://host',
		'host.example',
		'http://localhost:5678/webhook',
		'https://a.example, https://b.example',
	])('refuses %j with 3030', async (value) => {
		const { id } = await first(shop, 'product');
		expect((await put(`product/${id}`, { code: 'a' }, header(value))).code).toBe(3030);
	});
});
