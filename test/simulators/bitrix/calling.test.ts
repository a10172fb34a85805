import { connect, must, readAnswer } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;

beforeAll(async () => {
	bitrix = await startBitrix();
});
afterAll(async () => await bitrix.close());

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('how a method can be called', () => {
	const expectMeasures = async (answer: Promise<Response>): Promise<void> => {
		const { status, result } = await readAnswer(await answer);
		expect(status).toBe(200);
		expect(result).toEqual({
			measures: [
				{ id: 4, code: 166 },
				{ id: 5, code: 796 },
			],
		});
	};

	it('takes a GET with PHP brackets', async () => {
		const query = 'filter[>code]=163&select[]=id&select[]=code&order[id]=ASC';
		await expectMeasures(fetch(`${bitrix.webhookUrl}catalog.measure.list?${query}`));
	});

	it('takes a POST with JSON', async () => {
		const body = JSON.stringify({ filter: { '>code': 163 }, select: ['id', 'code'], order: { id: 'ASC' } });
		await expectMeasures(
			fetch(`${bitrix.webhookUrl}catalog.measure.list.json`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body,
			}),
		);
	});

	it('takes a POST with a form, encoded brackets and a list with indexes', async () => {
		const body = 'filter%5B%3Ecode%5D=163&select%5B0%5D=id&select%5B1%5D=code';
		await expectMeasures(fetch(`${bitrix.webhookUrl}catalog.measure.list`, { method: 'POST', headers: form, body }));
	});

	it('takes a multipart form', async () => {
		const body = new FormData();
		for (const [name, value] of [
			['filter[>code]', '163'],
			['select[]', 'id'],
			['select[]', 'code'],
		] as const)
			body.append(name, value);
		await expectMeasures(fetch(`${bitrix.webhookUrl}catalog.measure.list`, { method: 'POST', body }));
	});

	it('does not mind the case of the method, nor doubled slashes', async () => {
		await expectMeasures(fetch(`${bitrix.webhookUrl}/CATALOG.Measure.LIST?filter[>code]=163&select[]=id&select[]=code`));
	});

	it('answers in XML when asked', async () => {
		const answer = await fetch(`${bitrix.webhookUrl}catalog.measure.list.xml?filter[code]=796&select[]=symbol`);
		expect(answer.headers.get('content-type')).toContain('xml');
		expect(await answer.text()).toContain(
			'<result><measures><item><symbol>шт</symbol></item></measures></result><total>1</total>',
		);
	});

	it('refuses a body that is no JSON', async () => {
		const answer = await readAnswer(
			await fetch(`${bitrix.webhookUrl}scope`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: '{',
			}),
		);
		expect(answer).toMatchObject({ status: 400, error: 'INVALID_REQUEST' });
	});
});

describe('the answer', () => {
	it("has the time of the call, in the portal's time zone", async () => {
		const { body } = await connect(bitrix)('server.time');
		expect(body.time).toEqual({
			start: expect.any(Number),
			finish: expect.any(Number),
			duration: expect.any(Number),
			processing: expect.any(Number),
			date_start: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/),
			date_finish: expect.stringMatching(/\+03:00$/),
			operating_reset_at: expect.any(Number),
			operating: expect.any(Number),
		});
	});

	it('is printed as PHP prints it: an empty map is a list, slashes and quotes are escaped', async () => {
		const text = await (await fetch(`${bitrix.webhookUrl}batch`, { method: 'POST', headers: form, body: '' })).text();
		expect(text).toContain('"result":{"result":[],"result_error":[],"result_total":[],"result_next":[],"result_time":[]}');
		const measure = await connect(bitrix)('catalog.measure.add', { fields: { code: 999, measureTitle: 'a/b "c" \\ <d>' } });
		const raw = await (
			await fetch(`${bitrix.webhookUrl}catalog.measure.get?id=${String(measure.result.measure?.id)}`)
		).text();
		expect(raw).toContain('"a\\/b \\u0022c\\u0022 \\\\ \\u003Cd\\u003E"'.toLowerCase());
		expect((JSON.parse(raw) as { result: { measure: { measureTitle: string } } }).result.measure.measureTitle).toBe(
			'a/b "c" \\ <d>',
		);
	});
});

describe('refusals', () => {
	const rest = (method: string, params = {}): ReturnType<ReturnType<typeof connect>> => connect(bitrix)(method, params);

	it.each([
		['no credentials', () => fetch(`${bitrix.url}/rest/scope`), 401, 'NO_AUTH_FOUND'],
		['an unknown token', () => fetch(`${bitrix.url}/rest/scope?auth=nonsense`), 401, 'NO_AUTH_FOUND'],
		['a wrong secret', () => fetch(`${bitrix.url}/rest/1/nonsense/scope`), 403, 'INVALID_CREDENTIALS'],
		['an unknown method', () => fetch(`${bitrix.webhookUrl}catalog.nonsense`), 404, 'ERROR_METHOD_NOT_FOUND'],
		['a scope that the hook lacks', () => fetch(`${bitrix.webhooks.catalogOnly}sale.order.list`), 403, 'insufficient_scope'],
		['the scope of pay systems', () => fetch(`${bitrix.webhooks.saleOnly}sale.paysystem.list`), 403, 'insufficient_scope'],
		['a method for applications', () => fetch(`${bitrix.webhookUrl}app.info`), 403, 'WRONG_AUTH_TYPE'],
		['reading without rights', () => fetch(`${bitrix.webhooks.guest}catalog.measure.list`), 400, 200040300010],
		[
			'writing with the right to read',
			() => fetch(`${bitrix.webhooks.manager}catalog.measure.delete?id=1`),
			400,
			200040300020,
		],
		['a missing parameter', () => fetch(`${bitrix.webhookUrl}catalog.product.get`), 400, 100],
		['a parameter of another type', () => fetch(`${bitrix.webhookUrl}catalog.product.get?id=abc`), 400, 100],
		['a missing field', () => fetch(`${bitrix.webhookUrl}catalog.measure.add?fields[code]=1`), 400, 0],
		['a product that is not there: the code is empty', () => fetch(`${bitrix.webhookUrl}catalog.product.get?id=1`), 400, ''],
		[
			'settings that are not there: the code is a number as text',
			() => fetch(`${bitrix.webhookUrl}catalog.productPropertySection.get?propertyId=1`),
			400,
			'0',
		],
	])('%s', async (_case, call, status, code) => {
		const answer = await readAnswer(await call());
		expect(answer).toMatchObject({ status, error: code, body: { error_description: expect.any(String) } });
		expect(answer.body).not.toHaveProperty('result');
	});

	it('says which fields are missing', async () => {
		expect((await rest('catalog.measure.add', { fields: { symbol: 'x' } })).body.error_description).toBe(
			'Required fields: code, measureTitle',
		);
	});

	it('a manager reads the catalog but no orders', async () => {
		const manager = connect(bitrix, bitrix.webhooks.manager);
		expect((await manager('catalog.measure.list')).status).toBe(200);
		expect(await manager('sale.order.list')).toMatchObject({ status: 400, error: 200040300010 });
	});

	it('who is no administrator sees no purchasing prices and deletes no sections; on a site he does not see the catalogs', async () => {
		const iblockId = bitrix.catalogs.main.products;
		const editor = connect(bitrix, bitrix.webhooks.editor);
		const { element } = await must(
			editor('catalog.product.add', { fields: { iblockId, name: 'x', purchasingPrice: 5, purchasingCurrency: 'RUB' } }),
		);
		expect(element?.purchasingPrice).toBeNull();
		expect((await must(rest('catalog.product.get', { id: element?.id }))).product).toMatchObject({
			purchasingPrice: '5.000000',
		});
		const { section } = await must(editor('catalog.section.add', { fields: { iblockId, name: 'x' } }));
		expect(await editor('catalog.section.delete', { id: section?.id })).toMatchObject({ status: 400, error: 200040300050 });
		expect((await editor('catalog.catalog.list')).status).toBe(200);
		const site = await startBitrix({ edition: 'site' });
		expect(await connect(site, site.webhooks.editor)('catalog.catalog.list')).toMatchObject({ error: 200040300010 });
		await site.close();
	});

	it('has no shop in version 3', async () => {
		const answer = await fetch(`${bitrix.webhookUrl.replace('/rest/', '/rest/api/')}catalog.product.list`, {
			method: 'POST',
			body: '{}',
		});
		expect(answer.status).toBe(404);
		expect(await answer.json()).toMatchObject({ error: { code: expect.stringContaining('METHODNOTFOUND') } });
	});
});

describe('what the portal says of itself', () => {
	it('scopes, profile, time, features', async () => {
		const rest = connect(bitrix);
		expect(await must(connect(bitrix, bitrix.webhooks.catalogOnly)('scope'))).toEqual(['catalog']);
		expect(await must(rest('scope'))).toContain('sale');
		expect(await must(rest('profile'))).toMatchObject({ ID: '1', ADMIN: true });
		expect(await must(connect(bitrix, bitrix.webhooks.manager)('profile'))).toMatchObject({ ID: '2', ADMIN: false });
		expect(await must(rest('feature.get', { CODE: 'rest_auth_connector' }))).toEqual({ value: 'Y' });
		expect(await must(rest('feature.get', { CODE: 'nonsense' }))).toEqual({ value: 'N' });
	});

	it('method.get knows methods by their name in lower case, and says whether the scope allows them', async () => {
		const probe = async (name: string, base?: string): Promise<unknown> =>
			await must(connect(bitrix, base)('method.get', { name }));
		expect(await probe('catalog.product.list')).toEqual({ isExisting: true, isAvailable: true });
		expect(await probe('sale.order.list', bitrix.webhooks.catalogOnly)).toEqual({ isExisting: true, isAvailable: false });
		expect(await probe('catalog.pricetype.list')).toEqual({ isExisting: true, isAvailable: true });
		expect(await probe('catalog.priceType.list')).toEqual({ isExisting: false, isAvailable: false });
		expect(await probe('crm.nonsense.list')).toEqual({ isExisting: false, isAvailable: false });
	});
});
