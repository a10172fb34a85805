import { freshExchange } from './exchangeBench.cts';
import {
	childrenOf,
	documentsIn,
	idsIn,
	lineOf,
	order,
	textOf,
	orderSession,
	queryOrders,
	type XmlNode,
} from './exchangeShop.cts';
import type { ExchangeSettings } from './exchange/settings.cts';
import { connect, control, must } from './restClient';

const bench = freshExchange();

const tick = (seconds = 1): void => bench.bitrix.clock.advance(seconds * 1000);
const place = (count: number): string[] =>
	Array.from({ length: count }, () => {
		tick();
		return String(order(bench.bitrix, [lineOf(undefined, 10_000)]).id);
	});

describe('an answer', () => {
	it('is a complete document in windows-1251, also without any order', async () => {
		const reply = await (await orderSession(bench.bitrix, '3.1')).call('query');
		expect(reply.headers.get('content-type')).toBe('application/xml; charset=windows-1251');
		expect(Number(reply.headers.get('content-length'))).toBeGreaterThan(100);
		expect(reply.text).toMatch(
			/^<\?xml version="1.0" encoding="windows-1251"\?>\n<КоммерческаяИнформация [\s\S]*<\/КоммерческаяИнформация>$/,
		);
		for (const name of [
			'ДатаФормирования',
			'ФорматДаты',
			'ФорматВремени',
			'РазделительДатаВремя',
			'ФорматСуммы',
			'ФорматКоличества',
		])
			expect(reply.text).toContain(` ${name}="`);
	});

	it('loses what the code page does not have', async () => {
		order(bench.bitrix, [lineOf(undefined, 100)], { managerComment: 'VIP 🌟 «ё» — <b>&"\'' });
		const text = await queryOrders(await orderSession(bench.bitrix));
		expect(text).toContain("<Комментарий>VIP ? «ё» — &lt;b&gt;&amp;&quot;'</Комментарий>");
	});

	it('comes to a POST with the mode in a form as well', async () => {
		order(bench.bitrix, [lineOf(undefined, 100)]);
		const client = await orderSession(bench.bitrix);
		for (const mode of ['query', 'info']) {
			const reply = await client.call('', {}, { method: 'POST', body: new URLSearchParams({ mode }) });
			expect(reply.text).toContain(mode === 'query' ? '<Документ>' : '<Справочник>');
		}
		expect((await client.call('', {}, { method: 'POST', body: new URLSearchParams({ mode: 'success' }) })).text).toBe('');
	});
});

describe('which orders come', () => {
	it('those that changed, oldest change first; what 1C made or changed last does not', async () => {
		const [first = '', second = '', third = '', fourth = ''] = place(4);
		const { store } = bench.bitrix.portal;
		store.orders.update(Number(second), { updated1c: 'Y' });
		store.orders.update(Number(third), { externalOrder: 'Y' });
		tick();
		await control(bench.bitrix, 'POST order', { id: Number(first), comments: 'changed' });
		expect(idsIn(await queryOrders(await orderSession(bench.bitrix)))).toEqual([fourth, first]);
		tick();
		await control(bench.bitrix, 'POST order', { id: Number(second), comments: 'changed' });
		expect(idsIn(await queryOrders(await orderSession(bench.bitrix)))).toEqual([fourth, first, second]);
	});

	it('a payment, a shipment or a line that changes brings the order as well', async () => {
		const [id = ''] = place(1);
		const { store } = bench.bitrix.portal;
		const settle = (): void => void store.orders.update(Number(id), { updated1c: 'Y' });
		const due = async (): Promise<string[]> => idsIn(await queryOrders(await orderSession(bench.bitrix)));
		const rest = connect(bench.bitrix);
		const payment = store.payments.where('orderId', Number(id))[0]?.id;
		const item = store.basket.where('orderId', Number(id))[0]?.id;
		const writes: Array<[method: string, params: Record<string, unknown>]> = [
			['sale.payment.update', { id: payment, fields: { paySystemId: 1, comments: 'x' } }],
			['sale.basketitem.update', { id: item, fields: { quantity: 2 } }],
			['sale.order.update', { id, fields: { comments: 'x' } }],
		];
		for (const write of writes) {
			settle();
			expect(await due()).toEqual([]);
			tick();
			await must(rest(...write));
			expect(await due()).toEqual([id]);
		}
		await must(rest('sale.order.update', { id, fields: { updated1c: 'Y' } }));
		expect(await due()).toEqual([]);
	});

	it('as the settings of the site want', async () => {
		const { store } = bench.bitrix.portal;
		const [plain = ''] = place(1);
		const paid = String(
			order(bench.bitrix, [lineOf(undefined, 100)], { payments: [{ paySystem: 'pay-cash', sum: 30_100, paid: true }] }).id,
		);
		const allowed = String(order(bench.bitrix, [lineOf(undefined, 100)], { shipped: true, statusId: 'S' }).id);
		const elsewhere = String(order(bench.bitrix, [lineOf(undefined, 100)], { site: 's2' }).id);
		expect(store.orders.size).toBe(4);
		const due = async (settings: Partial<ExchangeSettings>): Promise<string[]> => {
			bench.set({ exportPaidOnly: false, exportAllowedOnly: false, exportFromStatus: '', exportSites: [], ...settings });
			return idsIn(await queryOrders(await orderSession(bench.bitrix)));
		};
		expect(await due({ exportPaidOnly: true })).toEqual([paid]);
		expect(await due({ exportAllowedOnly: true })).toEqual([allowed]);
		expect(await due({ exportFromStatus: 'S' })).toEqual([allowed]);
		expect(await due({ exportSites: ['s2'] })).toEqual([elsewhere]);
		expect(await due({})).toEqual([plain, paid, allowed, elsewhere]);
	});
});

describe('pages and the mark', () => {
	it('without a version everything comes at once, each time', async () => {
		bench.set({ orderRows: 2 });
		const ids = place(5);
		const client = await orderSession(bench.bitrix);
		expect([idsIn(await queryOrders(client)), idsIn(await queryOrders(client))]).toEqual([ids, ids]);
	});

	it('with a version page by page, until one is empty', async () => {
		bench.set({ orderRows: 2 });
		const ids = place(5);
		const client = await orderSession(bench.bitrix, '3.1');
		const pages: string[][] = [];
		for (let page = 0; page < 4; page++)
			pages.push(
				documentsIn(await queryOrders(client))
					.filter((document) => textOf(document, 'ХозОперация') === 'Заказ товара')
					.map((document) => textOf(document, 'Ид') ?? ''),
			);
		expect(pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4), []]);
	});

	it('without success nothing is lost: the next session begins anew', async () => {
		const ids = place(3);
		for (let run = 0; run < 2; run++)
			expect(idsIn(await queryOrders(await orderSession(bench.bitrix, '2.08')))).toEqual(ids);
	});

	it('with success only what changed later comes, nothing twice', async () => {
		place(3);
		let client = await orderSession(bench.bitrix, '2.08');
		await queryOrders(client);
		expect((await client.call('success')).text).toBe('success\n');
		expect(idsIn(await queryOrders(await orderSession(bench.bitrix, '2.08')))).toEqual([]);
		const [later] = place(1);
		client = await orderSession(bench.bitrix, '2.08');
		expect(idsIn(await queryOrders(client))).toEqual([later]);
		await client.call('success');
		expect(idsIn(await queryOrders(await orderSession(bench.bitrix, '2.08')))).toEqual([]);
	});

	it('an order on the very second of the mark is not lost', async () => {
		const first = String(order(bench.bitrix, [lineOf(undefined, 100)]).id);
		bench.bitrix.clock.set(Math.floor(bench.bitrix.clock.now() / 1000) * 1000);
		const same = bench.tables.orders.get(Number(first))?.dateUpdate ?? 0;
		const client = await orderSession(bench.bitrix, '2.08');
		expect(idsIn(await queryOrders(client))).toEqual([first]);
		const second = order(bench.bitrix, [lineOf(undefined, 100)]);
		bench.tables.orders.update(second.id, { dateUpdate: same });
		await client.call('success');
		expect(idsIn(await queryOrders(await orderSession(bench.bitrix, '2.08')))).toEqual([String(second.id)]);
	});

	it('after success in the middle the rest comes with the next query', async () => {
		bench.set({ orderRows: 2 });
		const ids = place(3);
		const client = await orderSession(bench.bitrix, '2.08');
		await queryOrders(client);
		await client.call('success');
		expect(idsIn(await queryOrders(client))).toEqual(ids.slice(2));
	});

	it('an empty query moves the mark to now', async () => {
		const client = await orderSession(bench.bitrix, '2.08');
		await queryOrders(client);
		await client.call('success');
		expect(bench.bitrix.exchange.site.exportMark.from).toBe(bench.bitrix.portal.now());
	});

	it('success is an error in another session than that of the last login', async () => {
		place(1);
		const client = await orderSession(bench.bitrix, '2.08');
		await queryOrders(client);
		const other = await orderSession(bench.bitrix, '2.08');
		expect((await client.call('success')).text).toBe('error\n');
		expect(idsIn(await queryOrders(await orderSession(bench.bitrix, '2.08')))).toHaveLength(1);
		expect((await other.call('success')).text).toBe('error\n');
	});

	it('two clients steal each other’s orders', async () => {
		const ids = place(2);
		const [one, other] = [await orderSession(bench.bitrix, '2.08'), await orderSession(bench.bitrix, '2.08')];
		expect(idsIn(await queryOrders(other))).toEqual(ids);
		await other.call('success');
		expect(idsIn(await queryOrders(one))).toEqual([]);
	});
});

it('info tells statuses, pay systems and deliveries, and begins the first name with a Latin C', async () => {
	const reply = await (await orderSession(bench.bitrix)).call('info');
	expect(reply.headers.get('content-type')).toBe('application/xml; charset=windows-1251');
	expect(reply.text).toContain('<C\u0442атусы>');
	const [statuses, systems, deliveries] = documentsIn(reply.text);
	const names = (node: XmlNode | undefined): string[] =>
		childrenOf(node, 'Элемент').map((entry) => `${textOf(entry, 'Ид')} ${textOf(entry, 'Название')}`);
	expect(names(statuses)).toContain('N Принят, ожидается оплата');
	expect(names(statuses)).not.toContain('DN Ожидает обработки');
	expect(names(systems)).toContain('1 Наличные курьеру');
	expect(childrenOf(systems, 'Элемент').every((entry) => textOf(entry, 'ТипОплаты') !== undefined)).toBe(true);
	expect([systems?.name, deliveries?.name, names(deliveries).length]).toEqual(['ПлатежныеСистемы', 'СлужбыДоставки', 4]);
});
