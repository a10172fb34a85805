import type { OrderRow } from '../../simulators/bitrix/sale/rows.cts';
import { OrderQuery, transferOrders, type TransferResult } from '../../../transport';
import { ExchangeBench, fileOf, packed } from './exchangeBench.cts';

/** A document that pays an order and brings no goods. */
const payment = ({ id }: OrderRow, more = ''): string =>
	`<Документ><Ид>1c-${id}</Ид><НомерВерсии>1</НомерВерсии><Номер>${id}</Номер><Номер1С>0${id}</Номер1С><Дата>2026-11-20</Дата><ХозОперация>Заказ товара</ХозОперация><Роль>Продавец</Роль><Валюта>RUB</Валюта><Курс>1</Курс><Сумма>1</Сумма>${more}<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Дата оплаты по 1С</Наименование><Значение>2026-11-21T12:30:00</Значение></ЗначениеРеквизита></ЗначенияРеквизитов></Документ>`;
const xml = (documents: string[]): string => `<?xml version="1.0" encoding="UTF-8"?><КоммерческаяИнформация ВерсияСхемы="2.08">${documents.join('')}</КоммерческаяИнформация>`;

describe('Changes of orders for the site', () => {
	let bench: ExchangeBench;
	const open = async (exchange = {}): Promise<void> => void (bench = await ExchangeBench.open({ bitrix: { orders: 9, exchange: { orderRows: 2, ...exchange } }, connection: { timeoutMilliseconds: 400 } }));
	afterEach(async () => await bench.close());

	const unpaid = (): OrderRow[] => bench.bitrix.portal.store.orders.all().filter(({ payed, canceled }) => payed === 'N' && canceled === 'N');
	const isPaid = (id: number): boolean => bench.bitrix.portal.store.orders.get(id)?.payed === 'Y';
	const send = async (documents: string[]): Promise<TransferResult> =>
		await transferOrders(await bench.connection(), { files: [fileOf('orders.xml', xml(documents))], documents: ['orders.xml'], pack: packed });

	it.each([false, true])('go in version 2.08, in a session of their own (zip: %s)', async (zip) => {
		await open({ zip });
		const orders = unpaid().slice(0, 3);
		expect(orders).toHaveLength(3);
		const result = await send(orders.map((order) => payment(order)));
		expect(orders.map(({ id }) => isPaid(id))).toEqual([true, true, true]);
		expect(result.documents[0]?.calls).toBeGreaterThan(1);
		const inits = bench.requests.filter(({ url }) => url.includes('mode=init'));
		expect(inits.map(({ url }) => /version=([\d.]+)/.exec(url)?.[1])).toEqual(['2.08']);
	});

	it('nothing is imported by the upload itself: all parts are there before', async () => {
		await open({ fileLimit: 500 });
		const orders = unpaid().slice(0, 3);
		await send(orders.map((order) => payment(order)));
		expect(bench.calls('file', 'sale')).toBeGreaterThan(2);
		expect(bench.calls('import', 'sale')).toBeGreaterThan(0);
		expect(orders.map(({ id }) => isPaid(id))).toEqual([true, true, true]);
	});

	it('bring remarks on single orders, and the rest goes through', async () => {
		await open();
		const [first, second] = unpaid();
		if (!first || !second) throw new Error('Not enough orders');
		bench.bitrix.portal.store.orders.update(first.id, { payed: 'Y' });
		const lines = '<Товары><Товар><Ид>none</Ид><Наименование>x</Наименование><ЦенаЗаЕдиницу>1</ЦенаЗаЕдиницу><Количество>1</Количество><Сумма>1</Сумма></Товар></Товары>';
		const { documents } = await send([payment(first, lines), payment(second)]);
		expect(documents[0]?.remarks).toEqual([expect.objectContaining({ code: 'EXCHANGE_ORDER_LOCKED', number: String(first.accountNumber) })]);
		expect(isPaid(second.id)).toBe(true);
	});

	it('arrive once when PHP dies in the middle of them', async () => {
		await open();
		bench.site.crash = { step: 'orders', times: 1 };
		const orders = unpaid().slice(0, 4);
		const result = await send(orders.map((order) => payment(order)));
		expect(result.restarts).toBe(1);
		expect(orders.every(({ id }) => isPaid(id))).toBe(true);
	});

	it('can follow a reading and confirmation under one right to the site', async () => {
		await open();
		const connection = await bench.connection();
		const query = await OrderQuery.start(connection);
		while (await query.next());
		await query.confirm();
		const [first] = unpaid();
		if (!first) throw new Error('Not enough orders');
		await transferOrders(connection, { files: [fileOf('orders.xml', xml([payment(first)]))], documents: ['orders.xml'] });
		expect(isPaid(first.id)).toBe(true);
		const again = await OrderQuery.start(connection);
		expect(await again.next()).toBeUndefined();
	});
});
