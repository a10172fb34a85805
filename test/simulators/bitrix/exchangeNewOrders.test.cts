import { DELIVERY, freshOrder, SHIRT } from './exchangeOrderBench.cts';
import { tag } from './exchangeXml.cts';
import type { OrderRow } from './sale/rows.cts';

const bench = freshOrder();

describe('new orders', () => {
	const contact = (kind: string, value: string): string => tag('Контакт', [tag('Тип', kind), tag('Значение', value)]);
	const customer = (...more: string[]): string =>
		tag(
			'Контрагенты',
			tag('Контрагент', [
				tag('Ид', 'customer-1'),
				tag('Наименование', 'Сидоров Пётр'),
				tag('Контакты', [contact('Телефон рабочий', '+7'), contact('Почта', 'p@example.com')]),
				...more,
			]),
		);
	const fresh = (...more: string[]): string =>
		bench.document({
			number: 'n-1',
			items: [DELIVERY, SHIRT],
			more: [tag('Дата', '2026-11-01'), tag('Время', '10:00:00'), tag('Валюта', 'USD'), ...more],
		});
	const last = (): OrderRow => bench.tables.orders.all().at(-1) as OrderRow;
	beforeEach(() => bench.set({ importNewOrders: true }));

	it('are made where the site wants them, and never exported', async () => {
		expect(await bench.send(fresh(customer()))).toBe('success\n');
		expect(last()).toMatchObject({
			externalOrder: 'Y',
			updated1c: 'Y',
			id1c: 'doc-1',
			price: 50_000,
			currency: 'RUB',
			personTypeId: 3,
			dateInsert: Date.parse('2026-11-01T07:00:00Z'),
		});
		expect(bench.lines(last().id)).toEqual([['shirt', 100, 2]]);
		const values = Object.fromEntries(
			bench.tables.orderPropertyValues.where('orderId', last().id).map(({ code, value }) => [code, value]),
		);
		expect(values).toMatchObject({ FIO: 'Сидоров Пётр', PHONE: '+7', EMAIL: 'p@example.com' });
	});

	it('are found again by their id in 1C', async () => {
		await bench.send(fresh(customer()));
		const size = bench.tables.orders.size;
		await bench.send(fresh(customer()).replace('n-1', ''));
		expect(bench.tables.orders.size).toBe(size);
	});

	it('need a customer’s id', async () => {
		expect(await bench.send(fresh())).toBe('success\n');
		expect(last().id).toBe(bench.id);
	});

	it('a tax number makes the customer a company; somebody new is registered', async () => {
		const users = bench.bitrix.portal.users.length;
		await bench.send(fresh(customer(tag('ИНН', '7800000000'), tag('ОфициальноеНаименование', 'ООО'))));
		expect([bench.tables.personTypes.get(last().personTypeId)?.code, bench.bitrix.portal.users.length]).toEqual([
			'company',
			users + 1,
		]);
	});

	it('a customer who ordered before is known by his code', async () => {
		await bench.send(fresh(customer().replace('customer-1', '7#ivan#Тестов Иван ')));
		expect(last().userId).toBe(7);
	});

	it('are ignored where the site does not want them', async () => {
		bench.set({ importNewOrders: false });
		expect(await bench.send(fresh(customer()))).toBe('success\n');
		expect(last().id).toBe(bench.id);
	});
});
