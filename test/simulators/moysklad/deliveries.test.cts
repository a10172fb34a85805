import { ask, control, first, metaOf, parties, type Json, type Reply } from './caller.cts';
import type { Receiver } from '../receiver.cts';
import { useHooks } from './hookBench.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
let receiver: Receiver;
const { post, put, hook, flush, deliveries } = useHooks((started, listening) => {
	shop = started;
	receiver = listening;
});

describe('delivery', () => {
	const change = async (): Promise<void> => {
		await put(`product/${(await first(shop, 'product')).id}`, { code: String(Math.random()) });
		await flush();
	};

	it.each([201, 202, 302, 404, 500])('answered %d is tried three times more, then dropped', async (status) => {
		await hook();
		receiver.answers.splice(0, 1, status);
		await change();
		expect(receiver.received).toHaveLength(4);
		expect(new Set(receiver.received.map(({ url }) => url)).size).toBe(1);
		const [delivery] = await deliveries();
		expect(delivery).toMatchObject({
			state: 'dropped',
			attempts: Array.from({ length: 4 }, () => ({ outcome: status })),
		});
		expect(delivery?.attempts[3].at - delivery?.attempts[0].at).toBeLessThan(3000);
	});

	it.each([200, 204])('answered %d is done', async (status) => {
		await hook();
		receiver.answers.splice(0, 1, status);
		await change();
		expect(await deliveries()).toMatchObject([
			{ state: 'delivered', attempts: [{ outcome: status, milliseconds: expect.any(Number) }] },
		]);
	});

	it('succeeds at a later attempt', async () => {
		await hook();
		receiver.answers.splice(0, 1, 500, 500, 200);
		await change();
		expect((await deliveries())[0]).toMatchObject({
			state: 'delivered',
			attempts: [{ outcome: 500 }, { outcome: 500 }, { outcome: 200 }],
		});
	});

	it('has 1500 ms', async () => {
		await hook();
		receiver.answers.splice(0, 1, 'slow', 200);
		await change();
		const [delivery] = await deliveries();
		expect(delivery?.attempts.map(({ outcome }: Json) => outcome)).toEqual(['timeout', 200]);
		expect(delivery?.attempts[0].milliseconds).toBeGreaterThanOrEqual(1450);
		expect(delivery?.attempts[0].milliseconds).toBeLessThan(4000);
	});

	it('to nobody fails', async () => {
		await hook({ url: 'http://127.0.0.1:9/hook' });
		await change();
		expect((await deliveries())[0]).toMatchObject({
			state: 'dropped',
			attempts: Array.from({ length: 4 }, () => ({ outcome: 'unreachable' })),
		});
	});

	it('never holds the answer up', async () => {
		await hook();
		receiver.answers.splice(0, 1, 'slow');
		const started = Date.now();
		await put(`product/${(await first(shop, 'product')).id}`, { code: 'x' });
		expect(Date.now() - started).toBeLessThan(1500);
	});

	it('can be held back and let go', async () => {
		await hook();
		await control(shop, 'POST', 'deliveries/pause');
		await put(`product/${(await first(shop, 'product')).id}`, { code: 'x' });
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(receiver.received).toEqual([]);
		expect((await deliveries())[0]?.state).toBe('queued');
		await control(shop, 'POST', 'deliveries/resume');
		await flush();
		expect(receiver.received).toHaveLength(1);
	});

	it('can lose a share', async () => {
		await hook();
		await control(shop, 'PUT', 'deliveries/drop', { share: 0.5 });
		for (let time = 0; time < 40; time++)
			await put(`product/${(await first(shop, 'product')).id}`, { code: String(time) });
		await flush();
		const lost = (await deliveries()).filter(({ state }) => state === 'lost').length;
		expect(lost).toBeGreaterThan(5);
		expect(receiver.received).toHaveLength(40 - lost);
	});

	it('gives up on a hook after more than 7 of 10 days of failures only', async () => {
		const { id } = (await hook()).body;
		const enabled = async (): Promise<boolean> =>
			(await ask(shop, 'GET', `entity/webhook/${id}`)).body.enabled as boolean;
		const day = async (): Promise<Json> => await control(shop, 'POST', 'clock', { advance: 24 * 3_600_000 });
		receiver.answers.splice(0, 1, 500);
		for (let number = 1; number <= 7; number++) {
			await change();
			await day();
		}
		expect(await enabled()).toBe(true);
		await change();
		expect(await enabled()).toBe(false);
		expect((await put(`webhook/${id}`, { enabled: true })).body.enabled).toBe(true);
	});

	it('does not give up while a success lies among the days', async () => {
		const { id } = (await hook()).body;
		for (let number = 1; number <= 9; number++) {
			receiver.answers.splice(0, 1, number === 2 ? 200 : 500);
			await change();
			await control(shop, 'POST', 'clock', { advance: 24 * 3_600_000 });
		}
		expect((await ask(shop, 'GET', `entity/webhook/${id}`)).body.enabled).toBe(true);
	});
});

describe('stock webhooks', () => {
	const stockHook = async (more: Json = {}): Promise<Reply> =>
		await post('webhookstock', { url: `${receiver.url}/stock`, reportType: 'bystore', stockType: 'stock', ...more });
	const enter = async (): Promise<void> => {
		const positions = [{ assortment: metaOf(await first(shop, 'product')), quantity: 1 }];
		expect(
			(
				await post('enter', {
					organization: (await parties(shop)).organization,
					store: metaOf(await first(shop, 'store')),
					positions,
				})
			).status,
		).toBe(200);
	};

	it('are registered like others', async () => {
		expect((await stockHook()).body).toMatchObject({ reportType: 'bystore', stockType: 'stock', enabled: true });
		expect((await stockHook()).code).toBe(30003);
		expect((await stockHook({ stockType: 'reserve' })).code).toBe(3005);
		expect((await stockHook({ reportType: 'byslot' })).code).toBe(3005);
		for (let number = 2; number <= 5; number++) await stockHook({ url: `${receiver.url}/${number}` });
		expect((await stockHook({ url: `${receiver.url}/6` })).code).toBe(30007);
		expect((await stockHook({ reportType: 'all' })).status).toBe(200);
	});

	it('tell where to read what changed', async () => {
		await stockHook();
		await enter();
		await control(shop, 'POST', 'deliver-stock');
		const [{ url, body }] = receiver.received as [Receiver['received'][number]];
		expect(url).toMatch(/^\/stock\?requestId=/);
		expect(body).toEqual({
			accountId: shop.accountId,
			stockType: 'stock',
			reportType: 'bystore',
			reportUrl: expect.stringMatching(
				/\/report\/stock\/bystore\/current\?changedSince=\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/,
			),
		});
		const report = await ask(shop, 'GET', (body.reportUrl as string).replace(' ', '%20'));
		expect(report.body).toHaveLength(1);
	});

	it('are silent when only a reserve changed, and when nothing did', async () => {
		await stockHook();
		const positions = [{ assortment: metaOf(await first(shop, 'product')), quantity: 1, reserve: 1 }];
		await post('customerorder', { ...(await parties(shop)), positions });
		await control(shop, 'POST', 'deliver-stock');
		expect(receiver.received).toEqual([]);
	});

	it('come at most once a minute by themselves', async () => {
		await stockHook();
		await enter();
		shop.parts.stockNotices.check();
		await flush();
		expect(receiver.received).toEqual([]);
		await control(shop, 'POST', 'clock', { advance: 60_000 });
		shop.parts.stockNotices.check();
		await flush();
		expect(receiver.received).toHaveLength(1);
		await control(shop, 'POST', 'clock', { advance: 60_000 });
		shop.parts.stockNotices.check();
		await flush();
		expect(receiver.received).toHaveLength(1);
	});
});
