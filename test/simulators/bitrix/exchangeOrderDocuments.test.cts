import { freshExchange } from './exchangeBench.cts';
import {
	addProduct,
	child,
	childrenOf,
	documentsIn,
	lineOf,
	linesOf,
	order,
	requisiteOf,
	textOf,
	orderSession,
	queryOrders,
	type XmlNode,
} from './exchangeShop.cts';
import { product } from './exchange/sale/format.cts';
import { placeOrders } from './orders/placeOrders.cts';
import { connect, must } from './restClient';

const bench = freshExchange();

/** The only order, as that version shows it. */
async function shown(version?: string, cmlVersion?: string): Promise<XmlNode> {
	const [document] = documentsIn(await queryOrders(await orderSession(bench.bitrix, version, cmlVersion)));
	if (!document) throw new Error('No order came');
	return document;
}

const squeeze = (xml: string): string => xml.replace(/>\s+</g, '><').trim();

it('an order without a version: every field, in order', async () => {
	const { bitrix } = bench;
	const shirt = addProduct(bitrix, 'prod-1#var-m', { name: 'Футболка "Классика" (M)' });
	bitrix.portal.store.iblocks.update(bitrix.catalogs.main.products, { xmlId: 'cat-0001' });
	bitrix.clock.set(Date.parse('2026-11-20T15:45:21Z'));
	const { id } = order(bitrix, [lineOf(shirt, 89_100, 1, { basePrice: 99_000 })], {
		payments: [{ paySystem: 'pay-cash', sum: 119_100, paid: false }],
	});
	const [item] = bitrix.portal.store.basket.where('orderId', id);
	const requisite = (name: string, value: string | number): string =>
		`<ЗначениеРеквизита><Наименование>${name}</Наименование><Значение>${value}</Значение></ЗначениеРеквизита>`;
	const unit = '<БазоваяЕдиница Код="796" НаименованиеПолное="Штука" МеждународноеСокращение="PCE">шт</БазоваяЕдиница>';
	const expected = [
		`<Документ><Ид>${id}</Ид><Номер>${id}</Номер><Дата>2026-11-20</Дата><ХозОперация>Заказ товара</ХозОперация><Роль>Продавец</Роль><Валюта>RUB</Валюта><Курс>1</Курс><Сумма>1191.0000</Сумма>`,
		'<Контрагенты><Контрагент><Ид>7#ivan#Тестов Иван </Ид><Наименование>Тестов Иван</Наименование><ПолноеНаименование>Тестов Иван</ПолноеНаименование><Фамилия>Тестов</Фамилия><Имя>Иван</Имя>',
		'<АдресРегистрации><Представление>101000, Москва, ул. Примерная, 1</Представление>',
		'<АдресноеПоле><Тип>Почтовый индекс</Тип><Значение>101000</Значение></АдресноеПоле><АдресноеПоле><Тип>Город</Тип><Значение>Москва</Значение></АдресноеПоле><АдресноеПоле><Тип>Улица</Тип><Значение>ул. Примерная, 1</Значение></АдресноеПоле></АдресРегистрации>',
		'<Контакты><Контакт><Тип>ТелефонРабочий</Тип><Значение>+70000000001</Значение></Контакт><Контакт><Тип>Почта</Тип><Значение>ivan@example.com</Значение></Контакт></Контакты><Роль>Покупатель</Роль></Контрагент></Контрагенты>',
		'<Время>18:45:21</Время><Комментарий></Комментарий>',
		`<Товары><Товар><Ид>prod-1#var-m</Ид><ИдКаталога>cat-0001</ИдКаталога><Наименование>Футболка &quot;Классика&quot; (M)</Наименование>${unit}`,
		'<Скидки><Скидка><Наименование>Скидка на товар</Наименование><Сумма>99</Сумма><УчтеноВСумме>true</УчтеноВСумме></Скидка></Скидки>',
		'<ЦенаЗаЕдиницу>891.0000</ЦенаЗаЕдиницу><Количество>1.0000</Количество><Сумма>891</Сумма><ЗначенияРеквизитов>',
		requisite('ВидНоменклатуры', 'Товар') + requisite('ТипНоменклатуры', 'Товар'),
		requisite('НомерПозицииКорзины', item?.id ?? 0) + requisite('СвойствоКорзины#PRODUCT.XML_ID', 'prod-1#var-m'),
		`</ЗначенияРеквизитов></Товар><Товар><Ид>ORDER_DELIVERY</Ид><Наименование>Доставка заказа</Наименование>${unit}`,
		'<ЦенаЗаЕдиницу>300.0000</ЦенаЗаЕдиницу><Количество>1</Количество><Сумма>300.0000</Сумма><ЗначенияРеквизитов>',
		`${requisite('ВидНоменклатуры', 'Услуга')}${requisite('ТипНоменклатуры', 'Услуга')}</ЗначенияРеквизитов></Товар></Товары><ЗначенияРеквизитов>`,
		requisite('Способ доставки', 'Доставка курьером') + requisite('Метод доставки ИД', 2),
		requisite('Метод оплаты', 'Наличные курьеру') + requisite('Метод оплаты ИД', 1),
		requisite('Заказ оплачен', 'false') + requisite('Доставка разрешена', 'false') + requisite('Отменен', 'false'),
		requisite('Финальный статус', 'false') + requisite('Статус заказа', '[N] Принят, ожидается оплата'),
		requisite('Статуса заказа ИД', 'N') + requisite('Дата изменения статуса', '20.11.2026 18:45:21'),
		requisite('Комментарии покупателя', 'Позвоните за час') + requisite('Сайт', '[s1] Мой магазин'),
		`${requisite('Адрес доставки', '101000, Москва, ул. Примерная, 1')}</ЗначенияРеквизитов></Документ>`,
	].join('');
	const text = squeeze(await queryOrders(await orderSession(bench.bitrix)));
	expect(text.slice(text.indexOf('<Документ>'), text.lastIndexOf('</КоммерческаяИнформация>'))).toBe(expected);
});

describe('formats', () => {
	it.each([
		[undefined, undefined, '2.05'],
		['2.05', undefined, '2.05'],
		['2.08', undefined, '2.08'],
		['2.1', undefined, '2.1'],
		['3.1', undefined, '3.1'],
		['2.08', '2.10', '2.10'],
	])('version %s, cmlVersion %s: schema %s', async (version, cmlVersion, schema) => {
		expect(await queryOrders(await orderSession(bench.bitrix, version, cmlVersion))).toContain(`ВерсияСхемы="${schema}"`);
	});

	it('above 2.05: version, number in 1C, units and contacts by other names', async () => {
		const { id } = order(bench.bitrix, [lineOf(undefined, 100)]);
		bench.tables.orders.update(id, { id1c: '00077' });
		const [old, newer] = [await shown(), await shown('2.08')];
		expect([textOf(old, 'НомерВерсии'), textOf(old, 'Номер1С')]).toEqual([undefined, undefined]);
		expect([textOf(newer, 'НомерВерсии'), textOf(newer, 'Номер1С')]).toEqual([
			String(bench.tables.orders.get(id)?.version),
			'00077',
		]);
		const [line] = linesOf(newer);
		expect([textOf(child(line, 'Единица'), 'Код'), textOf(line, 'Коэффициент'), child(line, 'БазоваяЕдиница')]).toEqual([
			'796',
			'1',
			undefined,
		]);
		const kinds = (document: XmlNode): unknown =>
			childrenOf(child(child(child(document, 'Контрагенты'), 'Контрагент'), 'Контакты'), 'Контакт').map((contact) =>
				textOf(contact, 'Тип'),
			);
		expect([kinds(old), kinds(newer)]).toEqual([
			['ТелефонРабочий', 'Почта'],
			['Телефон рабочий', 'Электронная почта'],
		]);
	});

	it('from 2.1: dates as ISO, payments and shipments as documents; in containers from 3', async () => {
		const { id } = order(bench.bitrix, [lineOf(addProduct(bench.bitrix, 'p'), 10_000, 2)], {
			payments: [{ paySystem: 'pay-cash', sum: 50_000, paid: true }],
		});
		const [payment] = bench.tables.payments.where('orderId', id);
		const shipment = bench.tables.shipments.where('orderId', id).find(({ system }) => system === 'N');
		for (const version of ['2.1', '3.1']) {
			const text = await queryOrders(await orderSession(bench.bitrix, version));
			expect(text.includes('<Контейнер>')).toBe(version === '3.1');
			const [main, pay, ship, ...more] = documentsIn(text);
			expect(more).toEqual([]);
			expect(requisiteOf(main as XmlNode, 'Дата изменения статуса')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
			expect(requisiteOf(main as XmlNode, 'Доставка разрешена')).toBeUndefined();
			expect([textOf(pay, 'Ид'), textOf(pay, 'Основание'), textOf(pay, 'Сумма'), textOf(pay, 'ХозОперация')]).toEqual([
				String(payment?.id),
				String(id),
				'500.0000',
				'Выплата наличных денег',
			]);
			expect([requisiteOf(pay as XmlNode, 'Оплачено'), requisiteOf(pay as XmlNode, 'Метод оплаты ИД')]).toEqual([
				'true',
				'1',
			]);
			expect([textOf(ship, 'Ид'), textOf(ship, 'Основание'), textOf(ship, 'ХозОперация')]).toEqual([
				String(shipment?.id),
				String(id),
				'Отпуск товара',
			]);
			expect(linesOf(ship).map((line) => [textOf(line, 'Ид'), textOf(line, 'Количество'), textOf(line, 'Сумма')])).toEqual([
				['p', '2.0000', '200'],
			]);
			expect([
				requisiteOf(ship as XmlNode, 'Сумма доставки'),
				requisiteOf(ship as XmlNode, 'Отгружено'),
				requisiteOf(ship as XmlNode, 'Статус отгрузки'),
			]).toEqual(['300.0000', 'false', 'DN']);
			bench.bitrix.clock.advance(5000);
		}
	});

	it('with cmlVersion they stand below the order', async () => {
		order(bench.bitrix, [lineOf(undefined, 100)]);
		const main = await shown(undefined, '2.10');
		expect(childrenOf(child(main, 'ПодчиненныеДокументы'), 'ПодчиненныйДокумент')).toHaveLength(2);
	});

	it('acquiring and non-cash payments, and ids in 1C', async () => {
		const { store } = bench.bitrix.portal;
		const { id } = order(bench.bitrix, [lineOf(undefined, 100)], {
			payments: [
				{ paySystem: 'pay-card', sum: 1, paid: false },
				{ paySystem: 'pay-bill', sum: 2, paid: false },
			],
		});
		const [card] = store.payments.where('orderId', id);
		store.paySystems.update(card?.paySystemId ?? 0, { IS_CASH: 'A' });
		store.payments.update(card?.id ?? 0, { id1c: 'in-1c' });
		const payments = documentsIn(await queryOrders(await orderSession(bench.bitrix, '3.1'))).filter((document) =>
			textOf(document, 'Сумма')?.match(/^0\.0[12]/),
		);
		expect(payments.map((document) => [textOf(document, 'Ид') === 'in-1c', textOf(document, 'ХозОперация')])).toEqual([
			[true, 'Эквайринговая операция'],
			[false, 'Выплата безналичных денег'],
		]);
	});

	it('a shipment that was exported and is no more comes as a deleted document', async () => {
		const { id } = order(bench.bitrix, [lineOf(undefined, 100)]);
		await queryOrders(await orderSession(bench.bitrix, '3.1'));
		const shipment = bench.tables.shipments.where('orderId', id).find(({ system }) => system === 'N');
		bench.bitrix.clock.advance(1000);
		await must(connect(bench.bitrix)('sale.shipment.delete', { id: shipment?.id }));
		const removed = documentsIn(await queryOrders(await orderSession(bench.bitrix, '3.1'))).at(-1);
		expect([textOf(removed, 'Ид'), textOf(removed, 'Основание'), textOf(removed, 'ПометкаУдаления')]).toEqual([
			String(shipment?.id),
			String(id),
			'true',
		]);
	});
});

describe('what is in an order', () => {
	it('sums are those of the store, to the kopeck, also of fractions and of VAT on top', async () => {
		const { id } = order(bench.bitrix, [
			lineOf(undefined, 6_605_730, 0.282),
			lineOf(undefined, 10_000, 3, { vatRate: 0.2, vatIncluded: 'N' }),
			lineOf(undefined, 60_000, 2, { vatRate: 0.2 }),
		]);
		const document = await shown();
		expect(textOf(document, 'Сумма')).toBe(((bench.tables.orders.get(id)?.price ?? 0) / 100).toFixed(4));
		expect(
			linesOf(document).map((line) => [textOf(line, 'ЦенаЗаЕдиницу'), textOf(line, 'Количество'), textOf(line, 'Сумма')]),
		).toEqual([
			['66057.3000', '0.2820', '18628.1586'],
			['100.0000', '3.0000', '300'],
			['600.0000', '2.0000', '1200'],
			['300.0000', '1', '300.0000'],
		]);
		const taxes = (node: XmlNode | undefined): unknown =>
			childrenOf(child(node, 'Налоги'), 'Налог').map((tax) => [textOf(tax, 'УчтеноВСумме'), textOf(tax, 'Сумма')]);
		expect(taxes(document)).toEqual([
			['true', '200'],
			['false', '60'],
		]);
		expect(linesOf(document).map(taxes)).toEqual([[], [['false', '20']], [['true', '100']], []]);
		expect(textOf(child(child(linesOf(document)[2], 'СтавкиНалогов'), 'СтавкаНалога'), 'Ставка')).toBe('20');
	});

	it.each([
		[10_000, 3, '300'],
		[10_005, 1.5, '150.075'],
		[1, 0.0001, '0.000001'],
		[0, 7, '0'],
		[1050, 1, '10.5'],
	])('%d kopecks by %d are %s', (kopecks, number, text) => {
		expect(product(kopecks, number)).toBe(text);
	});

	it('a company', async () => {
		const properties = {
			COMPANY: 'ООО "Ромашка"',
			COMPANY_ADR: 'Невский, 1',
			INN: '7800000000',
			KPP: '780001001',
			CONTACT_PERSON: 'Тестова Анна',
			EMAIL: 'buh@example.com',
			PHONE: '+7',
			ADDRESS: 'Невский, 2',
		};
		order(bench.bitrix, [lineOf(undefined, 100)], {
			customer: { kind: 'company', userId: 9, comment: '', discount: 0, properties },
		});
		const customer = child(child(await shown(), 'Контрагенты'), 'Контрагент');
		expect(
			['Ид', 'Наименование', 'ОфициальноеНаименование', 'ИНН', 'КПП', 'Роль'].map((name) => textOf(customer, name)),
		).toEqual(['9#buh#', 'ООО "Ромашка"', 'ООО "Ромашка"', '7800000000', '780001001', 'Покупатель']);
		expect([
			textOf(child(customer, 'ЮридическийАдрес'), 'Представление'),
			textOf(child(customer, 'Адрес'), 'Представление'),
		]).toEqual(['Невский, 1', 'Невский, 2']);
		const contact = child(child(child(customer, 'Представители'), 'Представитель'), 'Контрагент');
		expect(textOf(contact, 'Наименование')).toBe('Тестова Анна');
	});

	it('a customer’s id has forty characters at most', async () => {
		const properties = { FIO: 'Константинопольский Александр Владимирович', EMAIL: 'konstantin@example.com' };
		order(bench.bitrix, [lineOf(undefined, 100)], {
			customer: { kind: 'person', userId: 1001, comment: '', discount: 0, properties },
		});
		const customer = child(child(await shown(), 'Контрагенты'), 'Контрагент');
		expect(textOf(customer, 'Ид')).toBe('1001#konstantin#Константинопольский Александр Владимирович'.slice(0, 40));
	});

	it('of sets the components, a delivery only when it costs something, services by their kind', async () => {
		const [one, two, service] = ['one', 'two', 'service'].map((id) => addProduct(bench.bitrix, id));
		bench.tables.elements.update(service?.id ?? 0, { type: 7 });
		const set = lineOf(undefined, 50_000, 1, {
			name: 'Набор',
			components: [
				{ productId: one?.id ?? 0, quantity: 2 },
				{ productId: two?.id ?? 0, quantity: 1 },
			],
		});
		order(bench.bitrix, [set, lineOf(service, 100)], { delivery: { service: 'delivery-pickup', price: 0 } });
		const lines = linesOf(await shown());
		expect(
			lines.map((line) => [textOf(line, 'Ид'), textOf(line, 'Количество'), requisiteOf(line, 'ТипНоменклатуры')]),
		).toEqual([
			['one', '2.0000', 'Товар'],
			['two', '1.0000', 'Товар'],
			['service', '1.0000', 'Услуга'],
		]);
	});

	it('x#x is shown as x', async () => {
		order(bench.bitrix, [lineOf(addProduct(bench.bitrix, 'x#x'), 100), lineOf(addProduct(bench.bitrix, 'x#y'), 100)]);
		expect(linesOf(await shown()).map((line) => textOf(line, 'Ид'))).toEqual(['x', 'x#y', 'ORDER_DELIVERY']);
	});

	it('paid, allowed, cancelled, final; number with the shop’s prefix; a currency by its other name', async () => {
		bench.set({ numberPrefix: 'shop-', currencyNames: { RUB: 'рубли' } });
		const { id } = order(bench.bitrix, [lineOf(undefined, 100)], {
			statusId: 'F',
			shipped: true,
			payments: [{ paySystem: 'pay-card', sum: 30_100, paid: true }],
		});
		const { store } = bench.bitrix.portal;
		store.payments.update(store.payments.where('orderId', id)[0]?.id ?? 0, { payVoucherNum: '345' });
		store.shipments.update(store.shipments.where('orderId', id).find(({ system }) => system === 'N')?.id ?? 0, {
			dateAllowDelivery: Date.parse('2026-11-21T07:00:00Z'),
		});
		const document = await shown();
		const values = [
			'Дата оплаты',
			'Номер платежного документа',
			'Дата разрешения доставки',
			'Заказ оплачен',
			'Доставка разрешена',
			'Финальный статус',
		].map((name) => requisiteOf(document, name));
		expect(values).toEqual([
			expect.stringMatching(/^\d\d\.\d\d\.\d{4} /),
			'345',
			'21.11.2026 10:00:00',
			'true',
			'true',
			'true',
		]);
		expect([textOf(document, 'Номер'), textOf(document, 'Валюта')]).toEqual([`shop-${id}`, 'руб']);
		bench.bitrix.clock.advance(1000);
		const { id: cancelled } = order(bench.bitrix, [lineOf(undefined, 100)], { canceled: true, statusId: 'D' });
		const other = documentsIn(await queryOrders(await orderSession(bench.bitrix, '2.1'))).find(
			(candidate) => textOf(candidate, 'Ид') === String(cancelled),
		) as XmlNode;
		expect([
			requisiteOf(other, 'Отменен'),
			requisiteOf(other, 'Причина отмены'),
			requisiteOf(other, 'Дата отмены заказа'),
		]).toEqual(['true', 'Передумал «покупать»', expect.stringContaining('T')]);
	});
});

it('random orders come with the sums of the store, whatever is in them', async () => {
	const ids = placeOrders(bench.bitrix.portal, bench.bitrix.catalogs, { count: 60, seed: 7, days: 3 });
	const documents = documentsIn(await queryOrders(await orderSession(bench.bitrix)));
	expect(documents).toHaveLength(ids.length);
	for (const document of documents) {
		const row = bench.tables.orders.get(Number(textOf(document, 'Ид')));
		expect(textOf(document, 'Сумма')).toBe(((row?.price ?? 0) / 100).toFixed(4));
	}
});
