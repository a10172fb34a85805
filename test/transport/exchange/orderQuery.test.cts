import type { OrderRow } from '../../simulators/bitrix/sale/rows.cts';
import { confirmStored, OrderQuery, readShopBooks, type OrderPage } from '../../../transport';
import { answering, ExchangeBench, failureOf } from './exchangeBench.cts';

const text = ({ bytes, charset }: { bytes: Uint8Array; charset: string }): string => new TextDecoder(charset).decode(bytes);

/** Numbers of the orders of a page. */
const ordersIn = (page: { bytes: Uint8Array; charset: string }): string[] =>
	[...text(page).matchAll(/<Ид>(\d+)<\/Ид>\s*<Номер>[^<]*<\/Номер>\s*<Дата>[^<]*<\/Дата>\s*<ХозОперация>Заказ товара/g)].map((match) => match[1] ?? '');

async function allPages(query: OrderQuery): Promise<OrderPage[]> {
	const pages: OrderPage[] = [];
	for (let page = await query.next(); page; page = await query.next()) pages.push(page);
	return pages;
}

describe('Changed orders over the exchange', () => {
	let bench: ExchangeBench;
	const open = async (exchange = {}, orders = 7): Promise<void> => void (bench = await ExchangeBench.open({ bitrix: { orders, exchange: { orderRows: 3, ...exchange } }, connection: { timeoutMilliseconds: 400 } }));
	afterEach(async () => await bench.close());

	const orders = (): OrderRow[] => bench.bitrix.portal.store.orders.all();
	const ids = (): string[] => orders().map(({ id }) => String(id)).sort();
	/** An order that a customer changes now. */
	const touch = (id: number): void => {
		bench.bitrix.clock.advance(60_000);
		bench.bitrix.portal.store.orders.update(id, { dateUpdate: bench.bitrix.portal.now(), updated1c: 'N' });
	};
	/** The same, and it shows in the document. */
	const change = (id: number): void => {
		touch(id);
		const { payed } = bench.bitrix.portal.store.orders.get(id) ?? {};
		bench.bitrix.portal.store.orders.update(id, { payed: payed === 'Y' ? 'N' : 'Y' });
	};
	const read = async (owner = 'run'): Promise<string[]> => {
		const query = await OrderQuery.start(await bench.connection({ owner }));
		return (await allPages(query)).flatMap(ordersIn);
	};

	it('are read page by page in version 3.1, until the site has no more', async () => {
		await open();
		const query = await OrderQuery.start(await bench.connection());
		const pages = await allPages(query);
		expect(pages.map(({ number, again }) => [number, again])).toEqual([[1, false], [2, false], [3, false]]);
		expect(pages.map((page) => ordersIn(page).length)).toEqual([3, 3, 1]);
		expect(pages.flatMap(ordersIn).sort()).toEqual(ids());
		expect(pages.every((page) => page.charset === 'windows-1251' && text(page).includes('ВерсияСхемы="3.1"'))).toBe(true);
		expect(bench.requests.find(({ url }) => url.includes('mode=init'))?.url).toContain('version=3.1');
	});

	it('come again until they are confirmed, and after that only when they change', async () => {
		await open();
		expect((await read()).sort()).toEqual(ids());
		const query = await OrderQuery.start(await bench.connection());
		expect((await allPages(query)).flatMap(ordersIn).sort()).toEqual(ids());
		await query.confirm();
		expect(await read()).toEqual([]);
		const [first] = orders();
		touch(first?.id ?? 0);
		expect(await read()).toEqual([String(first?.id)]);
	});

	it('are not confirmed before all pages were read: the second of the mark may go on in the next page', async () => {
		await open();
		const query = await OrderQuery.start(await bench.connection());
		await query.next();
		expect(await failureOf(query.confirm())).toMatchObject({ code: 'EXCHANGE_CONFIRM_REFUSED' });
		expect(bench.calls('success', 'sale')).toBe(0);
		expect((await read()).sort()).toEqual(ids());
	});

	it('none is lost that is saved in the same second as the last one, after that was given out', async () => {
		await open();
		const connection = await bench.connection();
		const { send } = connection;
		const late = orders()[0]?.id ?? 0;
		let isSaved = false;
		connection.send = async (request) => {
			const response = await send(request);
			if (request.url.includes('mode=query') && !isSaved && !text({ bytes: response.body, charset: 'windows-1251' }).includes('<Документ')) {
				isSaved = true;
				bench.bitrix.portal.store.orders.update(late, { updated1c: 'N', dateUpdate: lastSecond, payed: 'Y' });
			}
			return response;
		};
		const lastSecond = Math.max(...orders().map(({ dateUpdate }) => dateUpdate)) + 1000;
		bench.bitrix.portal.store.orders.update(orders().at(-1)?.id ?? 0, { dateUpdate: lastSecond });
		bench.bitrix.portal.store.orders.update(late, { updated1c: 'Y' });
		const query = await OrderQuery.start(connection);
		const first = (await allPages(query)).flatMap(ordersIn);
		await query.confirm();
		expect(isSaved).toBe(true);
		expect([...first, ...(await read())]).toContain(String(late));
	});

	it('are asked for twice more at most when orders keep coming', async () => {
		await open();
		const connection = await bench.connection();
		const { send } = connection;
		connection.send = async (request) => {
			const response = await send(request);
			const isEmpty = request.url.includes('mode=query') && !text({ bytes: response.body, charset: 'windows-1251' }).includes('<Документ');
			if (isEmpty) change(orders()[0]?.id ?? 0);
			return response;
		};
		const pages = await allPages(await OrderQuery.start(connection));
		expect(pages.map((page) => ordersIn(page).length)).toEqual([3, 3, 1, 1, 1]);
		expect(await read()).toHaveLength(7);
	});

	it('are not confirmed by a session in which nothing came: the mark would pass over what is being saved', async () => {
		await open({}, 0);
		const query = await OrderQuery.start(await bench.connection());
		expect(await query.next()).toBeUndefined();
		await query.confirm();
		expect(bench.calls('success', 'sale')).toBe(0);
	});

	it('are not confirmed when somebody else has logged in meanwhile', async () => {
		await open();
		const query = await OrderQuery.start(await bench.connection());
		await allPages(query);
		await OrderQuery.start(await bench.connection());
		expect(await failureOf(query.confirm())).toMatchObject({ code: 'EXCHANGE_CONFIRM_REFUSED', kind: 'conflict', retryable: true });
		expect((await read()).sort()).toEqual(ids());
	});

	it('are not confirmed when the session has ended', async () => {
		await open();
		const query = await OrderQuery.start(await bench.connection());
		await allPages(query);
		bench.site.sessions.expire();
		expect(await failureOf(query.confirm())).toMatchObject({ code: 'EXCHANGE_CONFIRM_REFUSED' });
	});

	it.each(['cut', 'hangAfter', 'serverError', 'reset'] as const)('none is lost when the answer with a page is (%s)', async (kind) => {
		await open();
		bench.bitrix.faults.set([{ kind, share: 1, times: 1, route: 'sale query', milliseconds: 1000 }]);
		const query = await OrderQuery.start(await bench.connection());
		const pages = await allPages(query);
		expect(new Set(pages.flatMap(ordersIn))).toEqual(new Set(ids()));
		expect(bench.calls('checkauth', 'sale')).toBe(2);
		await query.confirm();
		expect(await read()).toEqual([]);
	});

	it('says that orders come again when pages had been given out before', async () => {
		await open();
		const query = await OrderQuery.start(await bench.connection());
		await query.next();
		bench.bitrix.faults.set([{ kind: 'cut', share: 1, times: 1, route: 'sale query' }]);
		const pages = await allPages(query);
		expect(pages.every(({ again }) => again)).toBe(true);
		expect(new Set(pages.flatMap(ordersIn))).toEqual(new Set(ids()));
	});

	it.each([1, 2, 3, 4])('none is lost and each is confirmed with a tenth of all calls failing (seed %i)', async (seed) => {
		bench = await ExchangeBench.open({ bitrix: { orders: 12, seed, exchange: { orderRows: 3 } }, connection: { timeoutMilliseconds: 300 } });
		const kinds = ['serverError', 'unavailable', 'html', 'cut', 'reset', 'hangAfter', 'rateLimit'] as const;
		bench.bitrix.faults.set(kinds.map((kind) => ({ kind, share: 0.1 / kinds.length, milliseconds: 500 })));
		const stored = new Set<string>();
		const query = await OrderQuery.start(await bench.connection());
		for (let page = await query.next(); page; page = await query.next()) {
			for (const id of ordersIn(page)) stored.add(id);
		}
		await query.confirm();
		expect([...stored].sort()).toEqual(ids());
		bench.bitrix.faults.set([]);
		expect(await read()).toEqual([]);
	}, 30_000);

	it('logs in once more when the site forgot the session', async () => {
		await open();
		const query = await OrderQuery.start(await bench.connection());
		await query.next();
		bench.site.sessions.expire();
		expect(new Set((await allPages(query)).flatMap(ordersIn))).toEqual(new Set(ids()));
	});

	it('a site that knows no pages is not asked for ever', async () => {
		await open();
		const connection = await bench.connection();
		const page = (moment: string): string => `<?xml version="1.0" encoding="UTF-8"?><КоммерческаяИнформация ДатаФормирования="${moment}"><Документ><Ид>1</Ид></Документ></КоммерческаяИнформация>`;
		const login = { body: 'success\nPHPSESSID\nabc' };
		const send = answering(login, { body: 'zip=no\nfile_limit=1000' }, { body: page('10:00') }, { body: page('10:01') });
		const query = await OrderQuery.start({ ...connection, send });
		expect(await allPages(query)).toHaveLength(1);
	});

	describe('whose session is gone', () => {
		const bare = (page: OrderPage): string => text(page).replace(/(ДатаФормирования|ВремяФормирования)="[^"]*"/g, '');

		async function stored(): Promise<Set<string>> {
			const query = await OrderQuery.start(await bench.connection());
			return new Set((await allPages(query)).map(bare));
		}

		it('are confirmed by a new one when all of them are stored', async () => {
			await open();
			const pages = await stored();
			expect(await confirmStored(await bench.connection(), (page) => pages.has(bare(page)))).toBe(true);
			expect(await read()).toEqual([]);
		});

		it('are all left where one changed since it was stored', async () => {
			await open();
			const pages = await stored();
			change(orders().at(-1)?.id ?? 0);
			expect(await confirmStored(await bench.connection(), (page) => pages.has(bare(page)))).toBe(false);
			expect(bench.calls('success', 'sale')).toBe(0);
			expect((await read()).sort()).toEqual(ids());
		});
	});

	it('statuses, pay systems and deliveries are read without a version', async () => {
		await open();
		const books = await readShopBooks(await bench.connection());
		expect(text(books)).toContain('<Справочник');
		expect(text(books)).toMatch(/C?татусы/);
		expect(bench.requests.some(({ url }) => url.includes('version='))).toBe(false);
	});
});
