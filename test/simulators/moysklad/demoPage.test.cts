import { PageClient } from '../pages/pageClient.cts';
import { ask, control, type Json } from './caller.cts';
import { meta } from './orderDesk.cts';
import { startMoySklad, type RunningMoySklad } from './start.cts';

describe('the page of MoySklad', () => {
	let shop: RunningMoySklad;
	let page: PageClient;

	beforeEach(async () => {
		shop = await startMoySklad({ demoPage: true, size: { products: 20, variantShare: 0, archivedShare: 0 } });
		page = new PageClient(shop.url);
	});
	afterEach(async () => await shop.close());

	const product = async (): Promise<Json> => (await ask(shop, 'GET', 'entity/product?limit=1&expand=images')).body.rows[0];
	const read = async (type: string, id: string, query = ''): Promise<Json> => (await ask(shop, 'GET', `entity/${type}/${id}${query}`)).body;
	const stockOf = async (id: string): Promise<Json> => (await ask(shop, 'GET', `entity/assortment?filter=id=${id}`)).body.rows[0];
	/** Webhooks of MoySklad that nobody listens to, but which it tells. */
	const hook = async (entityType: string, action: string): Promise<void> =>
		void (await ask(shop, 'POST', 'entity/webhook', { body: { url: `http://127.0.0.1:9/${entityType}`, entityType, action } }));
	const told = async (): Promise<string[]> => {
		await control(shop, 'POST', 'deliveries/flush');
		return ((await control(shop, 'GET', 'deliveries')) as unknown as Array<{ url: string }>).map(({ url }) => url.split('/').pop() ?? '');
	};
	async function order(quantity = 3): Promise<Json> {
		const [organization, agent, store, assortment] = ['organization', 'counterparty', 'store', 'product'].map((type) => ({ meta: meta(type, `entity/${type}/${shop.account.table(type).all()[0]?.id}`) }));
		const position = { assortment, quantity, price: 10_000, reserve: quantity };
		return (await ask(shop, 'POST', 'entity/customerorder', { body: { organization, agent, store, positions: [position] } })).body;
	}

	it('is not there unless it was asked for', async () => {
		const other = await startMoySklad();
		try {
			const answer = await fetch(`${other.url}/demo`, { headers: { 'accept-encoding': 'gzip' } });
			expect(answer.status).toBeGreaterThanOrEqual(400);
			expect(await answer.text()).not.toContain('<html');
			expect(other.counters.snapshot().calls).toBe(1);
		} finally {
			await other.close();
		}
	});

	it('shows products with price, stock and picture, and is no call of the API', async () => {
		const { id, name, salePrices } = await product();
		const text = await page.text('?lang=en');
		expect(text).toContain(`data-key="good-${id}"`);
		expect(text).toContain(`value="${(salePrices[0].value / 100).toFixed(2)}"`);
		expect(text).toContain(String(name).split(' ')[0]);
		expect(text).toContain('No customer orders yet.');
		const [, picture = ''] = /src="(\/demo\/picture\/[^"]+)"/.exec(text) ?? [];
		expect(Buffer.from(await (await fetch(shop.url + picture)).arrayBuffer()).subarray(1, 4).toString()).toBe('PNG');
		expect(Object.keys(shop.counters.snapshot().routes).filter((route) => route.includes('demo'))).toEqual([]);
	});

	it('changes name and price as a person does: the webhook is told, the page shows it as done here', async () => {
		await hook('product', 'UPDATE');
		const revision = await page.revision();
		const { id, salePrices } = await product();
		await page.must('product', { id, name: 'Лампа', price: '1 234,50' });
		const after = await read('product', id);
		expect(after.name).toBe('Лампа');
		expect(after.salePrices.map(({ value }: Json) => value)).toEqual([123_450, ...salePrices.slice(1).map(({ value }: Json) => value)]);
		expect(await told()).toEqual(['product']);
		const { things, log } = await page.live(revision);
		expect(things).toMatchObject([{ key: `good-${id}`, list: 'goods' }]);
		expect(log).toMatch(/class="own"[^]*Лампа[^]*1.234,50/);
	});

	it('shows what came over the API as come over', async () => {
		const revision = await page.revision();
		const { id } = await product();
		await ask(shop, 'PUT', `entity/product/${id}`, { user: shop.users.integration, body: { name: 'Из другой системы' } });
		const { things, log } = await page.live(revision);
		expect(things?.map(({ key }) => key)).toEqual([`good-${id}`]);
		expect(log).toMatch(/class="over"[^]*Из другой системы/);
		expect(await page.live((await page.live(revision)).revision)).toEqual({ revision: expect.any(Number) });
	});

	it('sets the stock: more by a receipt, which a webhook tells, less as a stock-taking', async () => {
		await hook('enter', 'CREATE');
		const { id } = await product();
		const before = (await stockOf(id)).stock as number;
		await page.must('stock', { id, stock: String(before + 7) });
		expect((await stockOf(id)).stock).toBeCloseTo(before + 7, 4);
		expect(await told()).toEqual(['enter']);
		await page.must('stock', { id, stock: '1.5' });
		expect((await stockOf(id)).stock).toBeCloseTo(1.5, 4);
	});

	it('confirms, ships what is left, and takes what is not paid yet', async () => {
		for (const type of ['demand', 'paymentin']) await hook(type, 'CREATE');
		const { id } = await order();
		const confirmed = shop.account.statesOf('customerorder').find(({ name }) => name === 'Подтверждён');
		await page.must('state', { id, state: confirmed?.id ?? '' });
		await page.must('ship', { id });
		await page.must('pay', { id });
		const after = await read('customerorder', id, '?expand=state');
		expect(after.state.name).toBe('Подтверждён');
		expect({ paid: after.payedSum, shipped: after.shippedSum }).toEqual({ paid: 30_000, shipped: 30_000 });
		expect((await told()).sort()).toEqual(['demand', 'paymentin']);
		const text = await page.text();
		expect(text).not.toContain('action="/demo/do/ship"');
		expect(text).toContain(`<option value="${confirmed?.id}" selected>Подтверждён</option>`);
	});

	it('shows the orders of the store that it is joined to, and those made here; none of another store', async () => {
		const made = async (externalCode: string): Promise<string> => {
			const { id } = await order();
			await ask(shop, 'PUT', `entity/customerorder/${id}`, { body: { externalCode } });
			return `order-${id}`;
		};
		const [ours, theirs, own] = [await made('bitrix:127.0.0.1:81:12'), await made('bitrix:127.0.0.1:82:13'), await made('by hand')];
		const shown = async (): Promise<string[]> => [...(await page.text('?lang=en')).matchAll(/data-key="(order-[^"]+)"/g)].map(([, key]) => key ?? '');
		expect(await shown()).toEqual([own, theirs, ours]);
		if (shop.page) shop.page.other = 'http://127.0.0.1:81/demo';
		expect(await shown()).toEqual([own, ours]);
		expect(await page.text('?lang=en')).toContain('store order 12');
	});

	it('a name is shown as text, whatever is in it', async () => {
		const { id } = await product();
		const name = `<script>alert(1)</script> "'><img src=x onerror=alert(2)>`;
		const revision = await page.revision();
		await page.must('product', { id, name, price: '1' });
		const shown = [await page.text(), JSON.stringify(await page.live(revision))];
		for (const text of shown) {
			expect(text).not.toMatch(/<script>alert|<img src=x/);
			expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		}
		expect((await page.get()).headers.get('content-security-policy')).toContain("script-src 'self'");
	});

	it.each([
		['product', { id: 'nothing', name: 'x', price: '1' }, 'There is no such product'],
		['state', { id: 'nothing', state: '' }, 'There is no such order'],
		['toString', {}, 'There is no such action'],
	])('refuses %s of what is not there', async (action, entered, message) => {
		const answer = await page.act(action, entered as Record<string, string>);
		expect(answer.status).toBe(400);
		expect(await answer.json()).toEqual({ error: message });
	});

	it('refuses what is no number, and says what MoySklad refuses', async () => {
		const { id } = await product();
		expect(await (await page.act('product', { id, name: 'x', price: '-5' })).json()).toEqual({ error: 'This is no amount' });
		const { id: customerOrder } = await order();
		expect((await (await page.act('state', { id: customerOrder, state: 'nonsense' })).json()).error).toContain(`PUT entity/customerorder/${customerOrder}`);
	});

	it('works without scripts, and takes nothing from pages of others', async () => {
		const { id } = await product();
		const form = { id, name: 'Без скриптов', price: '10' };
		const done = await page.act('product', form, {});
		expect([done.status, done.headers.get('location')]).toEqual([303, '/demo?lang=en']);
		const refused = await page.act('product', { ...form, name: '' }, {});
		expect(refused.status).toBe(400);
		expect(await refused.text()).toContain('role="status">Enter a name<');
		expect((await page.act('product', { ...form, name: 'Чужая' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
		expect((await read('product', id)).name).toBe('Без скриптов');
	});

	it('speaks the language that was asked for, or the one of the browser', async () => {
		const title = async (place: string, language?: string): Promise<string | undefined> =>
			/<h1>(.*?)<\/h1>/.exec(await (await page.get(place, language === undefined ? {} : { 'accept-language': language })).text())?.[1];
		expect(await title('')).toBe('MoySklad demo');
		expect(await title('', 'ru-RU,ru;q=0.9')).toBe('Демо-МойСклад');
		expect(await title('?lang=en', 'ru')).toBe('MoySklad demo');
	});
});
