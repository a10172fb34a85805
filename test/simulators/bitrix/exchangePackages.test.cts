import { freshOrder, SHIRT } from './exchangeOrderBench.cts';
import { requisite, requisites, tag, information } from './exchangeXml.cts';

const bench = freshOrder();

describe('the other paths', () => {
	const payments = (paid: string): string =>
		tag('Документ', [
			tag('Ид', String(bench.payment().id)),
			tag('ХозОперация', 'Выплата наличных денег'),
			tag('Основание', String(bench.id)),
			tag('Сумма', '550'),
			requisites(
				requisite('Оплачен', paid),
				requisite('Номер оплаты по 1С', '9'),
				requisite('Дата оплаты по 1С', '2026-11-21'),
			),
		]);
	const shipments = (shipped: string): string =>
		tag('Документ', [
			tag('Ид', String(bench.shipment().id)),
			tag('ХозОперация', 'Отпуск товара'),
			tag('Основание', String(bench.id)),
			tag('Товары', [SHIRT]),
			requisites(
				requisite('Отгружен', shipped),
				requisite('Идентификатор отправления', 'RA1'),
				requisite('Метод доставки ИД', '4'),
			),
		]);
	const container = (...documents: string[]): string => information(tag('Контейнер', documents), { ВерсияСхемы: '3.1' });
	const answer = async (xml: string, parameters: Record<string, string> = { version: '3.1' }): Promise<string> =>
		(await bench.upload(xml, parameters)).map(({ text }) => text).join('');
	const open = (): void => bench.set({ enableReservation: false });

	it.each([
		['reservation is on', (): void => bench.set({ enableReservation: true })],
		['inventory management is on', (): void => (open(), void (bench.bitrix.portal.inventory = 'Y'))],
		['goods leave with the permission', (): void => (open(), bench.set({ deductOnDelivery: true }))],
		['the shop was never converted', (): void => (open(), bench.set({ saleConverted: false }))],
	])('refuse where %s: a line behind the word', async (_case, arrange) => {
		arrange();
		const own = bench.document({ requisites: { Отменен: 'true' } });
		for (const [xml, parameters] of [
			[container(own), { version: '3.1' }],
			[information(own, { ВерсияСхемы: '2.1' }), { version: '2.1' }],
			[information(own), { version: '2.08', cmlVersion: '2.10' }],
		] as const)
			expect(await answer(xml, parameters)).toMatch(/^success\n.+\n$/);
		expect(bench.head()).toMatchObject({ canceled: 'N', updated1c: 'N' });
	});

	it('a document without a schema, or of one below 2.1, takes the classic path', async () => {
		for (const schema of ['2.08', '2.09', '']) {
			bench.tables.orders.update(bench.id, { updated1c: 'N' });
			await answer(information(bench.document(), { ВерсияСхемы: schema }));
			expect(bench.head().updated1c).toBe('Y');
		}
	});

	it('a container: payment and shipment are done, missing ones go', async () => {
		open();
		bench.tables.payments.add({ ...bench.payment(), id: 99_999 });
		expect(
			await answer(
				container(bench.document({ requisites: { 'Статуса заказа ИД': 'A' } }), payments('true'), shipments('true')),
			),
		).toBe('success\n');
		expect(bench.head()).toMatchObject({ updated1c: 'Y', id1c: 'doc-1', statusId: 'A', payed: 'Y' });
		expect(bench.payment()).toMatchObject({ paid: 'Y', payVoucherNum: '9', sum: 55_000 });
		expect(bench.shipment()).toMatchObject({ deducted: 'Y', trackingNumber: 'RA1', deliveryId: 4 });
		expect(bench.tables.payments.where('orderId', bench.id)).toHaveLength(1);
		expect(bench.tables.shipmentItems.where('orderDeliveryId', bench.shipment().id)).toMatchObject([{ quantity: 2 }]);
	});

	it('what contradicts money and goods that moved marks the order', async () => {
		open();
		bench.tables.payments.update(bench.payment().id, { paid: 'Y', sum: 55_000 });
		bench.tables.shipments.update(bench.shipment().id, { deducted: 'Y' });
		const text = await answer(container(bench.document(), payments('false'), shipments('false')));
		expect(text.split('\n').filter((line) => line.includes('проведена'))).toHaveLength(2);
		expect([bench.payment().paid, bench.shipment().deducted, bench.head().marked]).toEqual(['Y', 'Y', 'Y']);
	});

	it('single documents of parts name their order, and every document its id', async () => {
		open();
		expect(await answer(information(payments('true'), { ВерсияСхемы: '2.1' }))).toBe('success\n');
		expect([bench.payment().paid, bench.shipment().deducted]).toEqual(['Y', 'N']);
		expect(await answer(container(bench.document().replace('doc-1', '')))).toContain('идентификатор');
	});

	it('parts may stand below their order', async () => {
		open();
		const below = tag('ПодчиненныеДокументы', payments('true').replaceAll('Документ>', 'ПодчиненныйДокумент>'));
		expect(await answer(information(bench.document({ more: [below] })), { cmlVersion: '2.10', version: '2.08' })).toBe(
			'success\n',
		);
		expect(bench.payment().paid).toBe('Y');
	});
});
