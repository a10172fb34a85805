import { CAP, DELIVERY, freshOrder, item, SHIRT } from './exchangeOrderBench.cts';
import { addProduct, documentsIn, lineOf, linesOf, order, textOf } from './exchangeShop.cts';
import { tag } from './exchangeXml.cts';

const bench = freshOrder();

describe('the basket', () => {
	it('of a complete document stays as it is', async () => {
		await bench.send(bench.document());
		expect([bench.lines(), bench.head().price]).toEqual([
			[
				['shirt', 100, 2],
				['cap', 50, 1],
			],
			55_000,
		]);
	});

	it('changed prices and quantities are taken', async () => {
		await bench.send(bench.document({ items: [DELIVERY, item('shirt', { price: 90.5, quantity: 3 }), CAP] }));
		expect([bench.lines(), bench.head().price]).toEqual([
			[
				['shirt', 90.5, 3],
				['cap', 50, 1],
			],
			62_150,
		]);
		expect(bench.basket()[0]).toMatchObject({ customPrice: 'Y', basePrice: 9_050 });
	});

	it('lines that are missing are removed; so is everything with an empty list', async () => {
		await bench.send(bench.document({ items: [DELIVERY, CAP] }));
		expect(bench.lines()).toEqual([['cap', 50, 1]]);
		await bench.send(bench.document({ items: null }));
		expect([bench.lines(), bench.tables.reservations.size]).toEqual([[], 0]);
	});

	it('a line of no quantity is read as a copy of the one before', async () => {
		await bench.send(bench.document({ items: [DELIVERY, SHIRT, item('cap', { price: 50, quantity: 0 })] }));
		expect(bench.lines()).toEqual([
			['shirt', 100, 2],
			['shirt', 100, 2],
		]);
	});

	it('new lines are products of any block, or free lines', async () => {
		const decoy = addProduct(bench.bitrix, 'old');
		bench.tables.elements.update(decoy.id, { iblockId: bench.bitrix.catalogs.decoy.products });
		await bench.send(
			bench.document({ items: [DELIVERY, SHIRT, CAP, item('old', { price: 7 }), item('nowhere', { price: 8 })] }),
		);
		expect(
			bench
				.basket()
				.slice(2)
				.map(({ productId, productXmlId, name, price }) => [productId, productXmlId, name, price]),
		).toEqual([
			[decoy.id, 'old', 'Имя old', 700],
			[0, 'nowhere', 'Имя nowhere', 800],
		]);
	});

	it('a new line needs its kind', async () => {
		await bench.send(bench.document({ items: [DELIVERY, SHIRT, CAP, item('new', { price: 7, kind: '' })] }));
		expect(bench.lines()).toHaveLength(2);
	});

	it('new lines are refused in another currency', async () => {
		bench.tables.orders.update(bench.id, { currency: 'USD' });
		const text = await bench.send(bench.document({ items: [DELIVERY, SHIRT, CAP, item('new', { price: 7 })] }));
		expect(text).toMatch(/^success\n.*USD/);
		expect(bench.lines()).toHaveLength(2);
	});

	it('a service that is in the basket is a line, any other is the price of the delivery', async () => {
		const service = addProduct(bench.bitrix, 'assembly');
		const serviced = order(bench.bitrix, [lineOf(service, 1_000, 2)]).id;
		await bench.send(
			bench.document({
				number: String(serviced),
				items: [
					item('ORDER_DELIVERY', { price: 400, kind: 'Услуга' }),
					item('assembly', { price: 10, quantity: 2, kind: 'Услуга' }),
				],
			}),
		);
		expect([bench.lines(serviced), bench.tables.orders.get(serviced)?.price]).toEqual([[['assembly', 10, 2]], 42_000]);
	});

	it('without a line of the delivery its price stays', async () => {
		await bench.send(bench.document({ items: [SHIRT, CAP] }));
		expect([bench.shipment().priceDelivery, bench.head().price]).toEqual([30_000, 55_000]);
	});

	it.each([
		['before the delivery', [SHIRT, CAP, item('new', { price: 1 }), DELIVERY], 0],
		['without a delivery', [SHIRT, CAP, item('new', { price: 1 })], 0],
		['behind the delivery', [DELIVERY, SHIRT, CAP, item('new', { price: 1 })], 30_000],
	])('a new line %s', async (_case, items, price) => {
		await bench.send(bench.document({ items }));
		expect(bench.shipment().priceDelivery).toBe(price);
	});

	it('with a discount the price is the sum by the quantity', async () => {
		const discount = tag(
			'Скидки',
			tag('Скидка', [tag('Наименование', 'x'), tag('Сумма', '10'), tag('УчтеноВСумме', 'true')]),
		);
		const discounted = item('shirt', { price: 999, quantity: 2, more: discount }).replace(
			'<Сумма>1998</Сумма>',
			'<Сумма>180</Сумма>',
		);
		await bench.send(bench.document({ items: [DELIVERY, discounted, CAP] }));
		expect(bench.basket()[0]).toMatchObject({ price: 9_000, discountPrice: 1_000, basePrice: 10_000 });
	});

	it('VAT is read only when the document has a tax of its own', async () => {
		const rate = tag('СтавкиНалогов', tag('СтавкаНалога', [tag('Наименование', 'НДС'), tag('Ставка', '10')]));
		const items = [DELIVERY, item('shirt', { price: 100, quantity: 2, more: rate }), CAP];
		await bench.send(bench.document({ items }));
		expect(bench.basket()[0]?.vatRate).toBeNull();
		const tax = tag('Налоги', tag('Налог', [tag('Наименование', 'НДС'), tag('УчтеноВСумме', 'true'), tag('Сумма', '1')]));
		await bench.send(bench.document({ items, more: [tax] }));
		expect(bench.basket().map(({ vatRate, vatIncluded }) => [vatRate, vatIncluded])).toEqual([
			[0.1, 'Y'],
			[null, 'Y'],
		]);
	});

	it('what was exported can be sent back unchanged, free lines and sets, too', async () => {
		const bundle = lineOf(undefined, 50_000, 1, { name: 'Набор', components: [{ productId: bench.cap.id, quantity: 2 }] });
		const free = lineOf(undefined, 1_234, 3, { name: 'Гравировка' });
		const whole = order(bench.bitrix, [lineOf(bench.shirt, 9_000, 1.5, { basePrice: 10_000 }), bundle, free]).id;
		await bench.orders.login();
		await bench.orders.call('init', { version: '2.08' });
		const { text } = await bench.orders.call('query');
		expect(linesOf(documentsIn(text).find((one) => textOf(one, 'Ид') === String(whole)))).toHaveLength(4);
		const before = { lines: bench.lines(whole), price: bench.tables.orders.get(whole)?.price };
		await bench.upload(text.replace('windows-1251', 'UTF-8'));
		expect({ lines: bench.lines(whole), price: bench.tables.orders.get(whole)?.price }).toEqual(before);
		expect(bench.tables.orders.get(whole)?.updated1c).toBe('Y');
	});

	it.each([
		[
			'is paid',
			(): void =>
				void Object.assign(
					{},
					bench.tables.orders.update(bench.id, { payed: 'Y' }),
					bench.tables.payments.update(bench.payment().id, { paid: 'Y', sum: 55_000 }),
				),
		],
		['may leave', (): void => void bench.tables.shipments.update(bench.shipment().id, { allowDelivery: 'Y' })],
		['is final', (): void => void bench.tables.orders.update(bench.id, { statusId: 'F' })],
	])('of an order that %s is not changed; a line says so, and the rest runs', async (_case, arrange) => {
		arrange();
		const text = await bench.send(
			bench.document({
				items: [DELIVERY, CAP],
				more: [tag('Комментарий', 'x')],
				requisites: { 'Номер оплаты по 1С': '1', 'Дата оплаты по 1С': '2026-11-21' },
			}),
		);
		expect(text).toMatch(/^success\nЗаказ №\d+ не может быть изменен.*\n$/);
		expect([bench.lines(), bench.head().comments]).toEqual([
			[
				['shirt', 100, 2],
				['cap', 50, 1],
			],
			'',
		]);
		expect([bench.payment().payVoucherNum, bench.head().updated1c]).toEqual(['1', 'Y']);
	});

	it('and comment are left alone when the version is the stored one; the rest runs', async () => {
		await bench.send(bench.document({ more: [tag('НомерВерсии', '5'), tag('Комментарий', 'one')] }));
		const again = { items: [DELIVERY, CAP], more: [tag('НомерВерсии', '5'), tag('Комментарий', 'two')] };
		await bench.send(bench.document({ ...again, requisites: { Отменен: 'true' } }));
		expect([bench.lines(), bench.head().comments, bench.head().canceled]).toEqual([
			[
				['shirt', 100, 2],
				['cap', 50, 1],
			],
			'one',
			'Y',
		]);
		await bench.send(bench.document({ items: [DELIVERY, CAP], more: [tag('НомерВерсии', '6')] }));
		expect(bench.lines()).toEqual([['cap', 50, 1]]);
	});
});
