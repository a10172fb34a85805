import {
	amountOf, changedEvent, currentLevels, deletedEvents, fullLevels, mergedLevels, readFolder, readGoods, readKnownOrder, readNotification, readPositions, readStockLevel,
	readWebhook, storeLevels, toAttributeDefinition, toBundleParts, partyOfCounterparty,
} from '../../../core';
import {
	ASYNC_NOTIFICATION, ATTRIBUTE_DEFINITIONS, AUDIT_EVENTS, BARE_PRODUCT, BUNDLE, COUNTERPARTY, CURRENT_STOCK, FOLDER, FULL_STOCK, ID, IMAGES, OBJECT_NOTIFICATION, OPENED_BUNDLE,
	OPENED_ORDER, ORDER, PRODUCT, RETAIL, SERVICE, STOCK_BY_STORE, STOCK_NOTIFICATION, STOCK_WEBHOOK, VARIANT, WEBHOOKS,
} from '../../fixtures/documented/moysklad';

describe('Documented answers of MoySklad', () => {
	it('a product: no value that is used gets lost', () => {
		expect(readGoods({ ...PRODUCT, images: IMAGES })).toMatchObject({
			kind: 'product', id: ID(100), externalCode: 'Kx1-lopata', article: 'L-117', code: '00117', vat: 22, weight: 1.35, variantsCount: 0,
			folder: { id: ID(60), name: null }, unit: null, supplier: null, description: 'Сталь,\nчеренок из ясеня',
			prices: [{ typeId: RETAIL, typeName: 'Розница', value: 129_990, currencyId: ID(40) }, { typeName: 'Опт', value: 0 }],
			buyPrice: { value: 70_000.5 }, minPrice: { value: 90_050 }, barcodes: ['4600000000017', 'LOP-1'],
			pictures: [{ id: ID(401), filename: 'lopata.png', size: 30_125, updated: '2026-11-01 10:00:00.000', downloadHref: expect.stringContaining(ID(402)) as string }],
		});
		expect(readGoods(PRODUCT).attributes.map(({ name, value }) => [name, value])).toEqual([
			['Цвет черенка', 'бук'], ['Гарантия, мес.', 24], ['На сайте', true], ['Сезон с', '2026-02-28T21:00:00.000Z'], ['Паспорт', 'pasport.pdf'],
			['Завод', { id: ID(207), name: 'Уральский' }],
		]);
	});

	it('a product with next to nothing: what is not said is unknown, not zero', () => {
		expect(readGoods(BARE_PRODUCT)).toMatchObject({ name: 'Тыква', vat: null, folder: null, prices: [], weight: null, variantsCount: null, pictures: null });
	});

	it('numbers as text, codes as numbers, and nulls everywhere', () => {
		const salePrices = [{ value: '129990.0', currency: null, priceType: null }];
		const odd = { ...BARE_PRODUCT, salePrices, weight: '1.5', effectiveVat: '20', barcodes: [{ ean13: 4600000000017 }], uom: null, productFolder: null, buyPrice: null, attributes: null, images: null, variantsCount: '3', description: null };
		expect(readGoods(odd)).toMatchObject({ prices: [{ value: 129_990, typeId: null, currencyId: null }], weight: 1.5, vat: 20, barcodes: ['4600000000017'], variantsCount: 3 });
	});

	it('a variant, whose address leads through its product', () => {
		expect(readGoods(VARIANT)).toMatchObject({
			kind: 'variant', id: ID(110), parent: { id: ID(100), name: null }, prices: [{ value: 131_000, currencyId: null }], buyPrice: { value: 0 }, barcodes: ['20000004', '00000000000130'],
			characteristics: [{ id: ID(301), name: 'Размер', value: 'L' }, { id: ID(302), name: 'Цвет', value: 'синий' }],
		});
	});

	it('a bundle, a service and a folder', () => {
		expect(readGoods(BUNDLE)).toMatchObject({ kind: 'bundle', vat: 10, prices: [{ value: 250_000 }] });
		expect(readGoods(SERVICE)).toMatchObject({ kind: 'service', vat: 'without' });
		expect(readFolder(FOLDER)).toMatchObject({ id: ID(60), name: 'Инструмент', externalCode: 'Kx5', archived: false, parent: { id: ID(61), name: null } });
		expect(toBundleParts(OPENED_BUNDLE)).toEqual({ id: ID(120), components: [{ id: ID(100), quantity: 2 }] });
	});

	it('an order without sums, and one with numbers as text', () => {
		expect(readKnownOrder(ORDER)).toMatchObject({ id: ID(500), number: '500', sum: 0, payedSum: 0, shippedSum: 0, applicable: true, deleted: false, agentId: ID(71), positions: [], morePositions: expect.stringContaining('/positions') as string });
		const opened = readKnownOrder(OPENED_ORDER);
		expect(opened).toMatchObject({ sum: 129_990, syncId: ID(900), morePositions: expect.stringContaining('/positions') as string });
		expect(opened.positions).toMatchObject([
			{ good: { type: 'product', id: ID(100) }, quantity: 1, price: 100_000, vat: 22, vatEnabled: true, reserve: 1, shipped: 0 },
			{ good: { type: 'service', id: ID(130) }, quantity: 2.5, price: 11_996.5, discount: 0, vat: 0, vatEnabled: false, reserve: 0, shipped: 0 },
		]);
		expect(readPositions((OPENED_ORDER.positions as { rows: Array<Record<string, unknown>> }).rows)).toEqual(opened.positions);
	});

	it('webhooks of solutions and of users', () => {
		expect(WEBHOOKS.map((row) => readWebhook('object', row))).toMatchObject([
			{ entity: 'demand', action: 'CREATE', diffType: null, ofSolution: true, enabled: true }, { entity: 'cashin', action: 'UPDATE', diffType: 'NONE', ofSolution: false, enabled: false },
		]);
		expect(readWebhook('object', { ...WEBHOOKS[1], accountId: null, enabled: null, diffType: null })).toMatchObject({ accountId: null, enabled: true, diffType: 'NONE' });
		expect(readWebhook('stock', STOCK_WEBHOOK)).toMatchObject({ kind: 'stock', reportType: 'all', ofSolution: false });
	});

	it('notifications of objects, of a task, and of stock', () => {
		expect(readNotification(OBJECT_NOTIFICATION, 'r')).toMatchObject({
			objects: [
				{ entity: 'customerorder', id: ID(500), action: 'UPDATE', updatedFields: ['state'], moment: '2026-11-21T12:51:16.000Z', author: 'admin@shop', requestId: 'r', index: 0 },
				{ entity: 'product', id: ID(100), action: 'DELETE', updatedFields: [], index: 1 },
			],
			accountIds: [ID(1)], unreadable: 0,
		});
		expect(readNotification(ASYNC_NOTIFICATION, null)).toMatchObject({ objects: [{ entity: 'async', id: ID(701), action: 'PROCESSED', moment: null, author: null }] });
		expect(readNotification(STOCK_NOTIFICATION, null).stock).toMatchObject({ reportType: 'bystore', reportPath: '/report/stock/bystore/current?changedSince=2026-11-21%2019:14:32' });
	});

	it('the short report of stock: what is being reckoned is not zero', () => {
		const levels = mergedLevels([{ type: 'freeStock', levels: currentLevels('freeStock', CURRENT_STOCK) }]);
		const free = (n: number) => amountOf(readStockLevel(levels.find(({ id }) => id === ID(n))), 'free');
		expect([100, 110, 120].map(free)).toEqual([9.5, null, 7]);
	});

	it('the long reports of stock', () => {
		expect(fullLevels(FULL_STOCK)).toMatchObject([{ entity: 'product', id: ID(100), stock: 12, reserve: 2, freeStock: 10, quantity: 13, price: 70_000 }]);
		expect(storeLevels(STOCK_BY_STORE)).toMatchObject([
			{ id: ID(100), stock: 12, reserve: 2, freeStock: 10, inTransit: 3, stores: [{ id: ID(800), name: 'Основной склад', freeStock: 8 }, { id: ID(801), freeStock: 2, inTransit: 3 }] },
		]);
	});

	it('changes and deletions', () => {
		expect(changedEvent(PRODUCT, 'product')).toMatchObject({ id: ID(100), action: 'UPDATE', moment: '2026-11-20T15:30:05.250Z' });
		expect(deletedEvents(AUDIT_EVENTS, ['product'])).toMatchObject([{ entity: 'product', id: ID(100), action: 'DELETE', author: 'admin@shop', moment: '2026-11-21T15:47:49.000Z' }]);
	});

	it('a counterparty with its contact persons, and with a mere link to them', () => {
		expect(partyOfCounterparty(COUNTERPARTY)).toMatchObject({ id: ID(71), kind: 'legal', inn: '7707083893', kpp: '770701001', emails: ['sad@example.com'], phones: ['4957654321', '9161234567'], archived: false });
		expect(partyOfCounterparty({ ...COUNTERPARTY, contactpersons: { meta: { href: 'x', size: 3 } } }).phones).toEqual(['9161234567']);
		expect(partyOfCounterparty({ ...COUNTERPARTY, contactpersons: null }).phones).toEqual(['9161234567']);
	});

	it('definitions of additional fields', () => {
		expect(ATTRIBUTE_DEFINITIONS.map(toAttributeDefinition)).toMatchObject([
			{ id: ID(201), name: 'Цвет черенка', type: 'string', required: false }, { id: ID(206), type: 'customentity', required: true, dictionaryId: ID(208) },
		]);
	});
});
