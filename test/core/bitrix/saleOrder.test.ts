import { orderSchema, toOrder, type CustomerReading, type SaleBooks } from '../../../core';

const source = { siteKey: 'shop', host: 'shop.example.com', flow: 'orders' };
const reading: CustomerReading = { legalPayerTypes: [], codes: {} };

const property = (id: string, payerTypeId: string, code: string, role: SaleBooks['properties'][number]['role'] = null) => ({
	id,
	payerTypeId,
	code,
	name: code,
	role,
});

const books: SaleBooks = {
	payerTypes: [
		{ id: '1', name: 'Физическое лицо', code: null, kind: null },
		{ id: '2', name: 'Юридическое лицо', code: null, kind: null },
	],
	properties: [
		property('10', '1', 'FIO'),
		property('11', '1', 'MAIL_ME', 'email'),
		property('12', '1', 'PHONE'),
		property('13', '1', 'CITY'),
		property('14', '1', 'ADDRESS'),
		property('20', '2', 'COMPANY'),
		property('21', '2', 'INN'),
		property('22', '2', 'KPP'),
		property('23', '2', 'CONTACT_PERSON'),
	],
	statuses: new Map([
		['N', 'Принят'],
		['X', null],
	]),
	paySystems: new Map([['3', { name: 'Наличные', cash: true }]]),
	deliveries: new Map([['4', 'Курьер']]),
};

const raw = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
	id: 17,
	accountNumber: '1017',
	xmlId: 'bx_1',
	lid: 's1',
	userId: 5,
	personTypeId: 1,
	statusId: 'N',
	dateInsert: '2026-11-20T10:00:00+03:00',
	dateUpdate: '2026-11-21T10:00:00+03:00',
	price: 1030.5,
	currency: 'RUB',
	payed: 'N',
	canceled: 'N',
	reasonCanceled: '',
	externalOrder: 'N',
	userDescription: 'Позвоните',
	comments: '',
	basketItems: [
		{
			id: '1',
			productId: 7,
			productXmlId: 'P#V',
			name: 'Чай',
			quantity: 0.333,
			price: 33.3333,
			basePrice: 40,
			vatRate: 0.2,
			vatIncluded: 'Y',
			measureCode: 796,
			measureName: 'шт',
			setParentId: '',
			properties: [],
		},
		{
			id: '2',
			productId: 0,
			productXmlId: '',
			name: 'Услуга',
			quantity: '1.0000',
			price: '1000.50',
			vatRate: null,
			vatIncluded: 'N',
			setParentId: null,
		},
		{ id: '3', productId: 8, name: 'Часть набора', quantity: 1, price: 0, vatRate: 0, setParentId: '1' },
	],
	payments: [{ id: 1, paySystemId: 3, sum: 1030.5, paid: 'Y', datePaid: '2026-11-21T09:00:00+03:00', isReturn: 'N' }],
	shipments: [
		{ id: 8, deliveryId: 4, priceDelivery: 0, system: 'Y' },
		{
			id: 9,
			deliveryId: 4,
			priceDelivery: 30,
			allowDelivery: 'Y',
			deducted: 'N',
			canceled: 'N',
			system: 'N',
			trackingNumber: '',
			shipmentItems: [{ basketId: 1, quantity: 0.333 }],
		},
	],
	propertyValues: [
		{ id: 1, orderPropsId: 10, code: 'FIO', name: 'Ф.И.О.', value: ' Иван Петров ' },
		{ id: 2, orderPropsId: 11, code: 'MAIL_ME', name: 'Почта', value: 'ivan@example.com' },
		{ id: 3, orderPropsId: 12, code: 'PHONE', name: 'Телефон', value: ['8 916 111-22-33', ''] },
		{ id: 4, orderPropsId: 13, code: 'CITY', name: 'Город', value: 'Москва' },
		{ id: 5, orderPropsId: 14, code: 'ADDRESS', name: 'Адрес', value: null },
	],
	...more,
});

describe('an order of sale.order.get', () => {
	const order = toOrder(raw(), books, source, reading);

	it('is an order of the model', () => expect(orderSchema.parse(order)).toEqual(order));

	it('keeps amounts, quantities and rates exactly as they are printed', () => {
		expect(order).toMatchObject({ total: '1030.5', createdAt: '2026-11-20T07:00:00.000Z', updatedAt: '2026-11-21T07:00:00.000Z' });
		expect(order.lines).toEqual([
			expect.objectContaining({
				id: '1',
				key: 'P#V',
				productId: '7',
				quantity: '0.333',
				price: '33.3333',
				vat: '20',
				vatIncluded: true,
				unit: { code: '796', name: 'шт' },
			}),
			expect.objectContaining({ id: '2', key: null, productId: null, quantity: '1', price: '1000.5', vat: null, vatIncluded: false }),
		]);
	});

	it('P3: without VAT is not 0 %', () => {
		const [line] = toOrder(
			raw({ basketItems: [{ id: 1, name: 'x', quantity: 1, price: 1, vatRate: 0, vatIncluded: 'Y' }] }),
			books,
			source,
			reading,
		).lines;
		expect(line?.vat).toBe('0');
	});

	it('has neither the components of sets nor technical shipments', () => {
		expect(order.lines.map(({ id }) => id)).toEqual(['1', '2']);
		expect(order.shipments).toEqual([
			expect.objectContaining({ id: '9', name: 'Курьер', price: '30', allowed: true, items: [{ lineId: '1', quantity: '0.333' }] }),
		]);
	});

	it('says which payments and shipments the store keeps for documents of MoySklad', () => {
		const id = '00000000-0000-4000-8000-0000000000f1';
		const marked = (xmlId: string) => toOrder(raw({ payments: [{ id: 1, sum: 1, xmlId }], shipments: [{ id: 2, xmlId }] }), books, source, reading);
		const standing = (xmlId: string) => [...marked(xmlId).payments, ...marked(xmlId).shipments].map(({ standsFor }) => standsFor);
		expect(standing(`moysklad:payment:${id}`)).toEqual([id, undefined]);
		expect(standing(`moysklad:demand:${id}`)).toEqual([undefined, id]);
		expect(standing(`moysklad:was:payment:${id}`)).toEqual([undefined, undefined]);
		expect(standing('bx_1')).toEqual([undefined, undefined]);
	});

	it('names what it refers to', () => {
		expect(order.status).toEqual({ id: 'N', name: 'Принят' });
		expect(order.payments).toEqual([
			expect.objectContaining({
				name: 'Наличные',
				cash: true,
				sum: '1030.5',
				paid: true,
				paidAt: '2026-11-21T06:00:00.000Z',
				refund: false,
			}),
		]);
		expect(toOrder(raw({ statusId: 'ZZ' }), books, source, reading).status).toEqual({ id: 'ZZ', name: null });
	});

	it('knows a person by the marks of properties and their usual codes', () => {
		expect(order.customer).toMatchObject({
			kind: 'person',
			name: 'Иван Петров',
			email: 'ivan@example.com',
			phone: '8 916 111-22-33',
			inn: null,
			userId: '5',
		});
		expect(order.address).toBe('Москва');
	});

	const company = raw({
		personTypeId: '2',
		propertyValues: [
			{ id: 1, orderPropsId: 20, code: 'COMPANY', name: 'Компания', value: 'ООО «Ромашка»' },
			{ id: 2, orderPropsId: 21, code: 'INN', name: 'ИНН', value: '7701234567' },
			{ id: 3, orderPropsId: 22, code: 'KPP', name: 'КПП', value: '770101001' },
			{ id: 4, orderPropsId: 23, code: 'CONTACT_PERSON', name: 'Контакт', value: 'Анна' },
		],
	});

	it('R127: a payer type that asks for an INN is a company, unless Bitrix or the user knows better', () => {
		const kindIn = (some: SaleBooks, chosen: string[] = []): string =>
			toOrder(company, some, source, { ...reading, legalPayerTypes: chosen }).customer.kind;
		expect(toOrder(company, books, source, reading).customer).toMatchObject({
			kind: 'legal',
			company: 'ООО «Ромашка»',
			inn: '7701234567',
			kpp: '770101001',
			name: 'Анна',
		});
		expect(kindIn({ ...books, payerTypes: [{ id: '2', name: null, code: null, kind: 'person' }] })).toBe('person');
		expect(kindIn(books, ['1'])).toBe('person');
		expect(kindIn({ ...books, payerTypes: [{ id: '2', name: null, code: null, kind: 'person' }] }, ['2'])).toBe('legal');
	});

	it('a code that the user names comes first', () => {
		const named = toOrder(raw(), books, source, { ...reading, codes: { phone: 'city' } });
		expect(named.customer.phone).toBe('Москва');
	});

	it('takes empty maps of PHP, missing parts and values of any kind', () => {
		const sparse = toOrder(
			{
				id: '1',
				personTypeId: 1,
				statusId: 'N',
				price: '0.0000',
				currency: 'RUB',
				dateInsert: '2026-11-20T10:00:00+03:00',
				dateUpdate: '2026-11-20T10:00:00+03:00',
				payments: null,
				propertyValues: { 0: { id: 1, orderPropsId: 99, value: { name: 'file.pdf' } } },
			},
			books,
			source,
			reading,
		);
		expect(sparse).toMatchObject({
			number: '1',
			lines: [],
			shipments: [],
			payments: [],
			total: '0',
			properties: [{ id: '99', values: ['file.pdf'] }],
		});
	});

	it.each([
		['price', 'много'],
		['price', null],
		['dateUpdate', 'вчера'],
		['dateInsert', null],
		['currency', ''],
		['basketItems', [{ id: 1, quantity: 'x', price: 1 }]],
	])('is refused when %s is %j', (field, value) => {
		expect(() => toOrder(raw({ [field]: value }), books, source, reading)).toThrow(
			expect.objectContaining({ code: 'ORDER_UNREADABLE', message: expect.stringContaining('17') as string }),
		);
	});
});
