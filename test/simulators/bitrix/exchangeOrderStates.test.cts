import { freshOrder } from './exchangeOrderBench.cts';
import { tag } from './exchangeXml.cts';

const bench = freshOrder();

describe('cancellation', () => {
	it.each([
		['the requisite', bench.document.bind(bench, { requisites: { Отменен: 'true' } })],
		['the mark of deletion', bench.document.bind(bench, { more: [tag('ПометкаУдаления', 'true')] })],
	])('by %s, with the comment as its reason', async (_case, make) => {
		await bench.send(make().replace('</Документ>', `${tag('Комментарий', 'Передумал')}</Документ>`));
		expect(bench.head()).toMatchObject({ canceled: 'Y', reasonCanceled: 'Передумал' });
		expect(bench.tables.reservations.size).toBe(0);
	});

	it('is taken back by any document without the mark', async () => {
		bench.tables.orders.update(bench.id, { canceled: 'Y' });
		await bench.send(bench.document());
		expect(bench.head().canceled).toBe('N');
	});

	it('of a paid order is refused with a line', async () => {
		bench.tables.payments.update(bench.payment().id, { paid: 'Y', sum: 55_000 });
		expect(await bench.send(bench.document({ requisites: { Отменен: 'true' } }))).toMatch(/^success\n.*оплаты/);
		expect(bench.head().canceled).toBe('N');
	});

	it('leaves payment and shipment of the same document out', async () => {
		await bench.send(
			bench.document({
				requisites: { Отменен: 'true', 'Дата оплаты по 1С': '2026-11-21', 'Дата отгрузки по 1С': '2026-11-21' },
			}),
		);
		expect([bench.head().canceled, bench.payment().paid, bench.shipment().allowDelivery]).toEqual(['Y', 'N', 'N']);
	});
});

describe('payment and shipment', () => {
	it('a date pays the order, with its number; nothing takes that back', async () => {
		bench.tables.payments.update(bench.payment().id, { sum: 55_000 });
		await bench.send(
			bench.document({ requisites: { 'Дата оплаты по 1С': '2026-11-21T12:30:00', 'Номер оплаты по 1С': '45' } }),
		);
		expect(bench.payment()).toMatchObject({ paid: 'Y', payVoucherNum: '45', datePaid: Date.parse('2026-11-21T09:30:00Z') });
		expect(bench.head().payed).toBe('Y');
		await bench.send(bench.document({ requisites: { 'Дата оплаты по 1С': '' } }));
		expect(bench.payment().paid).toBe('Y');
	});

	it('an order without a payment gets one of its whole price', async () => {
		bench.tables.payments.remove(bench.payment().id);
		await bench.send(bench.document({ requisites: { 'Дата оплаты по 1С': '2026-11-21' } }));
		expect([bench.payment().sum, bench.payment().paid, bench.head().payed]).toEqual([55_000, 'Y', 'Y']);
	});

	it('a date lets the order go, with its number, and moves it to the final status', async () => {
		await bench.send(bench.document({ requisites: { 'Дата отгрузки по 1С': '2026-11-21', 'Номер отгрузки по 1С': '46' } }));
		expect(bench.shipment()).toMatchObject({
			allowDelivery: 'Y',
			deliveryDocNum: '46',
			deliveryDocDate: Date.parse('2026-11-20T21:00:00Z'),
			deducted: 'N',
		});
		expect(bench.head().statusId).toBe('F');
	});

	it('as the site wants: another status, or none; and the goods leave', async () => {
		bench.set({ finalStatusOnDelivery: '', deductOnDelivery: true });
		const before = bench.tables.elements.get(bench.shirt.id);
		await bench.send(bench.document({ requisites: { 'Дата отгрузки по 1С': '2026-11-21' } }));
		expect([bench.head().statusId, bench.shipment().deducted, bench.head().deducted]).toEqual(['N', 'Y', 'Y']);
		const after = bench.tables.elements.get(bench.shirt.id);
		expect([before?.quantityReserved, after?.quantityReserved]).toEqual([2, 0]);
		expect((after?.quantity ?? 0) + (after?.quantityReserved ?? 0)).toBe(
			(before?.quantity ?? 0) + (before?.quantityReserved ?? 0) - 2,
		);
	});
});

describe('the status', () => {
	const status = (statusId: string): string => bench.document({ requisites: { 'Статуса заказа ИД': statusId } });

	it('is 1C’s business only where the site says so', async () => {
		await bench.send(status('A'));
		expect(bench.head().statusId).toBe('N');
		bench.set({ changeStatus: true });
		await bench.send(status('A'));
		expect(bench.head().statusId).toBe('A');
	});

	it('must exist, and be one of orders', async () => {
		bench.set({ changeStatus: true });
		for (const unknown of ['ZZ', 'DN']) expect(await bench.send(status(unknown))).toMatch(/^success\n.*не найден/);
		expect(bench.head().statusId).toBe('N');
	});
});
