import {
	isLegal, measureByCode, presentValue, readBasketLine, readCatalog, readDeliveries, readEnum, readMeasure, readOrderProperty, readOrderRow, readPayerTypes, readPaySystems, readPicture,
	readPresentItem, readPrice, readPriceType, readProperty, readQuantities, readSection, readStatuses, readStore, readStoreAmount, readVatRate, toOrder, vatRateFor, type CatalogBooks,
	type Property, type SaleBooks,
} from '../../../core';
import {
	CATALOGS, ENUMS, IMAGES, ITEM, MEASURES, OFFER, ORDER, ORDER_ROW, PRICES, PRICE_TYPES, PROPERTIES, SECTIONS, STORES, STORE_AMOUNTS, VATS,
} from '../../fixtures/documented/bitrix';

const NO_SERVICE = { id: undefined, hidden: undefined };
const property = (id: number, type: string, multiple = false, more: Partial<Property> = {}): Property => ({ id, iblockId: 23, name: 'p', code: null, xmlId: null, type, userType: '', multiple, ...more });

const BOOKS: SaleBooks = {
	payerTypes: readPayerTypes([{ active: 'Y', code: '', id: 3, name: 'Физическое лицо', sort: 100, xmlId: '' }, { id: '4', name: 'Юридическое лицо', code: 'CRM_COMPANY' }], [{ domain: 'I', personTypeId: '3' }]),
	properties: [{ id: 20, personTypeId: '3', code: 'FIO', name: 'Имя', isPayer: 'Y' }, { id: '21', personTypeId: 3, code: 'EMAIL', name: 'E-Mail', isEmail: 'Y', isPhone: 'N' }].map(readOrderProperty),
	statuses: readStatuses([{ id: 'N', type: 'O', sort: 100, notify: 'Y', color: null, xmlId: null }], [{ statusId: 'N', lid: 'en', name: 'Accepted' }, { statusId: 'N', lid: 'ru', name: 'Принят' }]),
	paySystems: readPaySystems([{ ID: '48', NAME: 'Карта', ACTIVE: 'Y', IS_CASH: 'A' }]),
	deliveries: readDeliveries([{ ID: '1', NAME: 'Курьер', ACTIVE: 'Y' }]),
};

describe('Documented answers of Bitrix', () => {
	it('a whole order: to the kopeck, without components of sets and technical shipments', () => {
		const order = toOrder(ORDER, BOOKS, { siteKey: 'shop', host: 'shop.example.com', flow: 'orders' }, { legalPayerTypes: [], codes: {} });
		expect(order).toMatchObject({
			id: '236', number: '392', externalId: 'bx_5', site: 's1', createdAt: '2026-11-21T08:00:00.000Z', updatedAt: '2026-11-21T08:00:11.000Z', status: { id: 'N', name: 'Принят' },
			paid: false, canceled: false, cancelReason: null, bornElsewhere: false, currency: 'RUB', total: '1970.3', customerComment: null,
			customer: { kind: 'person', payerType: { id: '3', name: 'Физическое лицо' }, name: 'Иван Смирнов', email: 'ivan@example.com', userId: '1' },
		});
		expect(order.lines).toMatchObject([
			{ id: '255', key: 'Kx1-lopata', quantity: '1.5', price: '980', vat: '20', vatIncluded: true, unit: { code: '796', name: 'шт' } },
			{ id: '256', key: null, productId: null, quantity: '3', price: '0.1', basePrice: null, vat: null, vatIncluded: false },
		]);
		expect(order.shipments).toMatchObject([{ id: '338', name: 'Курьер', price: '500', items: [{ lineId: '255', quantity: '1.5' }] }]);
		expect(order.payments).toMatchObject([{ id: '123', sum: '1970.3', paid: false, cash: false, refund: false, documentNumber: null }]);
		expect(order.properties.map(({ values }) => values)).toEqual([['Иван Смирнов'], ['ivan@example.com'], [], ['map.png']]);
		expect(isLegal('4', BOOKS, [], {})).toBe(true);
	});

	it('a row of the list of orders, and of their lines', () => {
		const since = '2026-11-21T08:00:00.000Z';
		expect(readOrderRow(ORDER_ROW, { since, start: since, statuses: ['N'], sites: ['s1'], paid: false, canceled: false })).toMatchObject({ id: 236, dateUpdate: '2026-11-21T08:00:11.000Z' });
		expect(readBasketLine({ id: 255, orderId: '236', productId: null, quantity: '1.5000' }, new Set([236]))).toEqual({ orderId: 236, productId: 0, quantity: 1.5 });
	});

	it('books: ids as numbers or texts', () => {
		const books = { measures: MEASURES.map(readMeasure), vats: VATS.map(readVatRate) } as unknown as CatalogBooks;
		expect(CATALOGS.map(readCatalog)).toEqual([{ iblockId: 23, name: 'Товары', productIblockId: null }, { iblockId: 24, name: 'Предложения', productIblockId: 23 }]);
		expect(PRICE_TYPES.map(readPriceType)).toEqual([{ id: 1, name: 'BASE', base: true }, { id: 3, name: 'Опт', base: false }]);
		expect(measureByCode(books, '006')?.id).toBe(1);
		expect(measureByCode(books, '796')).toEqual({ id: 5, code: 796, title: 'шт' });
		expect((['without', 0, 22] as const).map((vat) => vatRateFor(books, vat)?.id)).toEqual([1, 2, 3]);
		expect(STORES.map(readStore)).toEqual([{ id: 1, title: 'ул. Садовая, 1', active: true }, { id: 2, title: 'Второй', active: false }]);
	});

	it('prices, as numbers and as texts', () => {
		expect(PRICES.map(readPrice).map(({ id, productId, typeId, amount, currency, ranged }) => [id, productId, typeId, amount.toString(), currency, ranged])).toEqual([
			[381, 6461, 3, '50', 'USD', false], [787, 6461, 1, '1000.5', 'RUB', false],
		]);
	});

	it('items of the catalog and the values of their properties', () => {
		expect(readPresentItem(ITEM, NO_SERVICE)).toMatchObject({ id: 1243, iblockId: 23, xmlId: 'Kx1-lopata', family: 'product', name: 'Лопата', active: true, parentId: null });
		expect(readPresentItem(OFFER, NO_SERVICE)).toMatchObject({ id: 1300, family: 'offer', parentId: 1275 });
		expect(readPresentItem({ id: 5, iblockId: 23, xmlId: null, name: null, type: 2 }, NO_SERVICE)).toMatchObject({ xmlId: '', family: undefined });
		const enums = [{ id: 17, value: 'Красный', xmlId: 'red' }, { id: 18, value: 'Синий', xmlId: null }];
		expect(presentValue(property(258, 'S'), ITEM.property258)).toMatchObject({ canonical: 'test', empty: false });
		expect(presentValue(property(259, 'S', true), ITEM.property259)).toMatchObject({ shown: ['a', 'b'] });
		expect(presentValue(property(260, 'L', false, { enums }), ITEM.property260)).toMatchObject({ canonical: '17', shown: 'Красный' });
		for (const empty of [ITEM.property261, ITEM.property262, ITEM.property263, undefined, { value: '', valueId: '1' }]) expect(presentValue(property(261, 'S'), empty)).toMatchObject({ empty: true });
		expect(readQuantities(ITEM)).toEqual({ quantity: 10, reserved: 0 });
	});

	it('sections, properties, variants, pictures and amounts in stores', () => {
		expect(SECTIONS.map(readSection)).toEqual([
			{ id: 47, xmlId: 'Kx5', name: 'Сад', parentId: null, active: true }, { id: 48, xmlId: null, name: 'Инструмент', parentId: 47, active: false },
		]);
		expect(PROPERTIES.map(readProperty)).toMatchObject([{ id: 258, iblockId: 23, code: 'COLOR', type: 'L', userType: '', multiple: false }, { id: 259, code: null, type: 'N', multiple: true, xmlId: 'x-259' }]);
		expect(ENUMS.map(readEnum)).toEqual([{ id: 17, propertyId: 258, value: 'Красный', xmlId: 'red' }, { id: 18, propertyId: 258, value: '19', xmlId: null }]);
		expect(IMAGES.map(readPicture)).toEqual([{ id: 8207, name: 'lopata.png', type: 'DETAIL_PICTURE' }]);
		expect(STORE_AMOUNTS.map(readStoreAmount)).toEqual([{ productId: 6973, storeId: 1, amount: 54, reserved: 4 }, { productId: 6973, storeId: 11, amount: 14.5, reserved: 0 }]);
	});

	it.each([
		['a catalog without its block', readCatalog, { name: 'x' }],
		['a price type without id', readPriceType, { name: 'x' }],
		['a unit without id', readMeasure, { code: 796 }],
		['a rate that is no number', readVatRate, { id: 1, rate: 'x' }],
		['a property without block', readProperty, { id: 1 }],
		['a variant without property', readEnum, { id: 1, value: 'x' }],
		['a price without good', readPrice, { id: 1, catalogGroupId: 1, price: 1 }],
		['a price that is no number', readPrice, { id: 1, productId: 1, catalogGroupId: 1, price: 'cheap' }],
		['a section without id', readSection, { name: 'x' }],
		['an item without id', (row: object) => readPresentItem(row as never, NO_SERVICE), { iblockId: 23 }],
		['a picture without id', readPicture, { name: 'x' }],
		['a store without id', readStore, { title: 'x' }],
	])('%s is an error with a code', (_what, read, row) => {
		expect(() => read(row as never)).toThrow(expect.objectContaining({ code: 'ANSWER_UNEXPECTED' }) as Error);
	});
});
