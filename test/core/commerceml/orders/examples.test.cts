import { example, readFile, readText, SETTINGS } from './orderFiles.cts';

const codes = (findings: Array<{ code: string; where: string }>): string[] => findings.map(({ code, where }) => `${code} ${where}`);

describe('orders of the examples', () => {
	it('a person and a company, schema 2.05 in windows-1251', async () => {
		const { orders, findings, records } = await readFile([example('sale_query.xml')]);
		expect(findings).toEqual([]);
		expect(records[0]).toEqual({ kind: 'formed', at: '2026-11-21T09:00:00.000Z', schema: expect.stringMatching(/^\d\.\d+$/) as unknown });
		const [ivan, romashka] = orders.map(({ order }) => order);
		expect(ivan).toMatchObject({
			id: '12', number: '12', site: 's1', createdAt: '2026-11-20T15:45:21.000Z', updatedAt: '2026-11-21T09:00:00.000Z', currency: 'RUB', total: '1191',
			status: { id: 'N', name: 'Принят, ожидается оплата' }, paid: false, canceled: false, customerComment: 'Позвоните за час', managerComment: null,
			address: '101000, Россия, Москва, ул. Примерная, 1',
			customer: { kind: 'person', userId: '7', name: 'Тестов Иван', company: null, phone: '+70000000001', email: 'ivan@example.invalid' },
			lines: [{
				id: '437', key: 'prod-0001#var-m', name: 'Футболка "Классика" (M)', quantity: '1', price: '891', basePrice: '990', vat: null, vatIncluded: true,
				unit: { code: '796', name: 'шт' }, properties: [{ code: 'PRODUCT.XML_ID', value: 'prod-0001#var-m' }],
			}],
			shipments: [{ serviceId: '5', name: 'Курьер', price: '300', allowed: false }],
			payments: [{ paySystemId: '2', name: 'Наличные', sum: '1191', paid: false }],
			properties: [],
		});
		expect(romashka).toMatchObject({
			id: '15', paid: true, managerComment: 'Счёт по почте',
			customer: {
				kind: 'legal', userId: '9', name: 'Тестова Анна', company: 'ООО "Ромашка"', inn: '7800000000', kpp: '780001001',
				legalAddress: '190000, Санкт-Петербург, Невский пр., 1', email: 'buh@example.invalid',
			},
			lines: [{ id: '440', key: 'prod-0002', quantity: '2', price: '600', vat: '20', vatIncluded: true }],
			payments: [{ paid: true, paidAt: '2026-11-21T07:00:00.000Z', documentNumber: '345' }],
		});
	});

	it('a container of version 3.1 with its payment and its shipment', async () => {
		const { orders, findings } = await readFile([example('sale_query_31.xml')]);
		expect(codes(findings)).toEqual([]);
		expect(orders).toHaveLength(1);
		expect(orders[0]?.order).toMatchObject({
			id: '12', total: '1191', lines: [{ id: '437', unit: { code: '796', name: 'Штука' } }],
			payments: [{ id: '31', paySystemId: '4', name: 'Счёт', cash: false, sum: '1191', paid: false, paidAt: null, refund: false }],
			shipments: [{ id: '44', serviceId: '5', name: 'Курьер', price: '300', shipped: false, statusId: 'DN', items: [{ lineId: '437', quantity: '1' }] }],
		});
		expect(orders[0]?.copy).toMatchObject({
			id: '12', day: '2026-11-20', time: '18:45:21', currency: 'RUB', total: '1191', status: 'N', canceled: false, paySystems: ['4'], delivery: '300', vatIncluded: null,
			lines: [{ key: 'prod-0001#var-m', price: '891', discount: '99', quantity: '1', vat: null }],
		});
	});

	it('the document that 1C sends', async () => {
		const { orders } = await readFile([example('sale_import.xml')]);
		expect(orders[0]?.order).toMatchObject({ id: '6f1c0a52-0000-4000-8000-000000000012', number: '12', total: '1290.5', lines: [{ price: '990.5' }], shipments: [{ price: '300' }] });
	});

	it('any cut into pieces gives the same', async () => {
		const whole = await readFile([example('sale_query_31.xml')]);
		const bytes = example('sale_query_31.xml');
		expect(await readFile(Array.from(bytes, (_, index) => bytes.subarray(index, index + 1)))).toEqual(whole);
	});
});

describe('what is not usual', () => {
	const line = (content: string): string => `<Товары><Товар><Ид>a</Ид><Наименование>A</Наименование>${content}</Товар></Товары>`;
	const priced = line('<ЦенаЗаЕдиницу>10</ЦенаЗаЕдиницу><Количество>2</Количество><Сумма>20</Сумма>');
	const order = (content: string, id = '1', sum = '20'): string =>
		`<Документ><Ид>${id}</Ид><Номер>${id}</Номер><Дата>2026-01-02</Дата><Время>03:04:05</Время><ХозОперация>Заказ товара</ХозОперация><Валюта>RUB</Валюта><Сумма>${sum}</Сумма>${content}</Документ>`;
	const requisites = (pairs: Record<string, string>): string =>
		`<ЗначенияРеквизитов>${Object.entries({ 'Статуса заказа ИД': 'N', ...pairs }).map(([name, value]) => `<ЗначениеРеквизита><Наименование>${name}</Наименование><Значение>${value}</Значение></ЗначениеРеквизита>`).join('')}</ЗначенияРеквизитов>`;
	const file = (content: string): string => `<КоммерческаяИнформация ВерсияСхемы="2.08">${content}</КоммерческаяИнформация>`;
	const part = (id: string, order: string): string =>
		`<Документ><Ид>${id}</Ид><Номер>${id}</Номер><ХозОперация>Эквайринговая операция</ХозОперация><Сумма>20</Сумма><Основание>${order}</Основание></Документ>`;
	const one = async (content: string): Promise<Awaited<ReturnType<typeof readText>>> => await readText(file(order(priced + requisites({}) + content)));

	it('sub-documents of schema 2.10 belong to their order', async () => {
		const below = part('7', '1').replaceAll('Документ>', 'ПодчиненныйДокумент>');
		expect((await one(`<ПодчиненныеДокументы>${below}</ПодчиненныеДокументы>`)).orders[0]?.order.payments).toMatchObject([{ id: '7', sum: '20', cash: false }]);
	});

	it('payments behind an order belong to it; those of others are a finding', async () => {
		const { orders, findings } = await readText(file(order(priced + requisites({})) + part('7', '1') + part('8', '99') + order(priced + requisites({}), '2') + part('9', '2')));
		expect(orders.map(({ order: { payments } }) => payments.map(({ id }) => id))).toEqual([['7'], ['9']]);
		expect(codes(findings)).toEqual(['ORDER_DOCUMENT_PART_STRAY Документ']);
	});

	it('what is not understood is a finding, and requisites of the site are properties', async () => {
		const { orders, findings } = await readText(file(order(priced + requisites({ 'Мой реквизит': 'да' }) + '<Чужое>1</Чужое>')));
		expect(orders[0]?.order.properties).toEqual([{ id: 'Мой реквизит', code: 'Мой реквизит', name: 'Мой реквизит', values: ['да'] }]);
		expect(codes(findings)).toEqual(['COMMERCEML_ELEMENT_UNKNOWN Документ/Чужое']);
	});

	it.each([
		['no price', order(line('<Количество>2</Количество>') + requisites({}))],
		['a price that is no number', order(line('<ЦенаЗаЕдиницу>x</ЦенаЗаЕдиницу><Количество>2</Количество>') + requisites({}))],
		['no quantity', order(line('<ЦенаЗаЕдиницу>2</ЦенаЗаЕдиницу>') + requisites({}))],
		['no sum', order(priced + requisites({}), '1', '')],
		['no day', order(priced + requisites({})).replace('<Дата>2026-01-02</Дата>', '')],
		['no currency', order(priced + requisites({})).replace('RUB', '')],
		['no id', order(priced + requisites({}), '')],
	])('an order with %s is unreadable, and the next one is read', async (_, broken) => {
		const { records } = await readText(file(broken + order(priced + requisites({}), '2')));
		expect(records.slice(1).map((record) => (record.kind === 'unreadable' ? record.error.code : record.kind))).toEqual(['ORDER_UNREADABLE', 'order']);
	});

	it('sums that do not add up are findings', async () => {
		expect(codes((await readText(file(order(priced + requisites({}), '1', '21')))).findings)).toEqual(['ORDER_DOCUMENT_SUM_DIFFERS Документ/Сумма']);
		const wrong = line('<ЦенаЗаЕдиницу>10</ЦенаЗаЕдиницу><Количество>2</Количество><Сумма>19</Сумма>');
		expect(codes((await readText(file(order(wrong + requisites({}))))).findings)).toEqual(['ORDER_DOCUMENT_LINE_DIFFERS Документ/Товары/Товары/Товар/Сумма']);
	});

	it.each([
		['руб', 'RUB', []],
		['руб.', 'руб.', ['ORDER_DOCUMENT_CURRENCY_UNKNOWN Документ/Валюта']],
		['бел', 'BYN', []],
	])('the currency %s is %s', async (name, code, found) => {
		const { orders, findings } = await readText(file(order(priced + requisites({})).replace('RUB', name)), { ...SETTINGS, currencies: { бел: 'BYN' } });
		expect(orders[0]?.order.currency).toBe(code);
		expect(codes(findings)).toEqual(found.map((one) => one.replace('Документ/', '')));
	});

	it('a cancelled order is cancelled by either mark', async () => {
		expect((await readText(file(order(priced + requisites({ Отменен: 'true', 'Причина отмены': 'передумал' }))))).orders[0]?.order).toMatchObject({ canceled: true, cancelReason: 'передумал' });
		expect((await one('<ПометкаУдаления>true</ПометкаУдаления>')).orders[0]?.order.canceled).toBe(true);
	});

	it('lines with the same position stay apart', async () => {
		const { orders } = await readText(file(order(priced.replace('</Товары>', '<Товар><Ид>a</Ид><ЦенаЗаЕдиницу>0</ЦенаЗаЕдиницу><Количество>1</Количество></Товар></Товары>') + requisites({}))));
		expect(orders[0]?.order.lines.map(({ id }) => id)).toEqual(['a', 'a~2']);
	});

	it('a copy and its mark do not change while the order does not', async () => {
		const text = file(order(priced + requisites({})));
		const first = (await readText(text.replace('2.08"', '2.08" ДатаФормирования="2026-01-03T10:00:00"'))).orders[0];
		const later = (await readText(text.replace('2.08"', '2.08" ДатаФормирования="2026-01-03T11:00:00"'))).orders[0];
		expect(later?.order.updatedAt).not.toBe(first?.order.updatedAt);
		expect(later?.copy).toEqual(first?.copy);
		expect((await readText(text.replace('>N<', '>P<'))).orders[0]?.copy.mark).not.toBe(first?.copy.mark);
	});
});
