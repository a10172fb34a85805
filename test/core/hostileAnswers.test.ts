import fc from 'fast-check';
import {
	attributesByName, changedEvent, currentLevels, deletedEvents, fullLevels, orderSchema, readBasketLine, readCatalog, readDeleted, readDeliveries, readEnum, readExportPage, readFolder, readGoods,
	readBoundEvents, readForm, readKnownOrder, readMeasure, readNotification, readOfferedEvents, readOrderCursor, readOrderLink, readOrderProperty, readOrderRow, readPayerTypes, readPaySystems, readPicture,
	readPortalCall, readPortalProof, readPositions, readPresentItem, readPrice, readPriceType, readProperty, readQuantities, readQueueRow, readSiteCall, readSection, readStatuses, readStockLevel, readStore, readStoreAmount, readVatRate, readWebhook, simplified, storeLevels, SyncError,
	toAttributeDefinition, toBundleParts, partyOfCounterparty, toFieldValue, toObjectEvent, toOrder, toStockEvent,
} from '../../core';

import * as bitrix from '../fixtures/documented/bitrix';
import * as moySklad from '../fixtures/documented/moysklad';

const OWNER = { flow: 'f', siteKey: 's', host: 'h' };
const NO_BOOKS = { payerTypes: [], properties: [], statuses: new Map(), paySystems: new Map(), deliveries: new Map() };
const SINCE = '2026-01-01T00:00:00Z';

type Row = Record<string, unknown>;

/** Everything that makes something of what a platform, a webhook call or an input item says. */
const READERS: Record<string, (json: Row) => unknown> = {
	attributesByName: ({ attributes }) => attributesByName(attributes),
	changedEvent: (json) => changedEvent(json, 'product'),
	currentLevels: (json) => currentLevels('stock', [json]),
	deletedEvents: (json) => deletedEvents([json], ['product']),
	fullLevels: (json) => fullLevels([json]),
	orderSchema: (json) => orderSchema.safeParse(json),
	readBasketLine: (json) => readBasketLine(json, new Set([1])),
	readCatalog, readDeleted, readEnum, readFolder, readGoods, readKnownOrder, readMeasure, readOrderProperty, readPicture, readPrice, readPriceType, readProperty, readQuantities, readSection,
	readStockLevel, readStore, readStoreAmount, readVatRate,
	readDeliveries: (json) => readDeliveries([json]),
	readBoundEvents: (json) => readBoundEvents([json]),
	readExportPage: (json) => readExportPage(json, OWNER),
	readNotification: (json) => readNotification(json, null),
	readOfferedEvents: (json) => readOfferedEvents([json]),
	readOrderCursor: (json) => readOrderCursor(json, OWNER),
	readOrderLink: (json) => readOrderLink(json, { key: 'k', flow: 'f' }),
	readOrderRow: (json) => readOrderRow(json, { since: SINCE, start: SINCE, statuses: [], sites: [] }),
	readPayerTypes: (json) => readPayerTypes([json], [json]),
	readPaySystems: (json) => readPaySystems([json]),
	readPortalCall: (json) => readPortalCall(readForm(json)),
	readPortalProof: (json) => readPortalProof(readForm(json)),
	readPositions: (json) => readPositions([json]),
	readPresentItem: (json) => readPresentItem(json, { id: undefined, hidden: undefined }),
	readQueueRow: (json) => readQueueRow(json, { memberId: null, domain: null }, { processId: '', again: false }),
	readSiteCall: (json) => readSiteCall({ events: [json] }),
	readStatuses: (json) => readStatuses([json], [json]),
	'readWebhook (objects)': (json) => readWebhook('object', json),
	'readWebhook (stock)': (json) => readWebhook('stock', json),
	simplified,
	storeLevels: (json) => storeLevels([json]),
	toAttributeDefinition, toBundleParts, partyOfCounterparty, toFieldValue, toObjectEvent, toStockEvent,
	toOrder: (json) => toOrder(json, NO_BOOKS, OWNER, { legalPayerTypes: [], codes: {} }),
};

const NAMES = [
	'__proto__', 'accountId', 'action', 'amount', 'assortment', 'assortmentId', 'attributes', 'barcodes', 'basketItems', 'catalogGroupId', 'characteristics', 'code', 'components', 'constructor',
	'contactpersons', 'currency', 'customEntityMeta', 'dateInsert', 'dateUpdate', 'deleted', 'email', 'enabled', 'entity', 'entityType', 'events', 'href', 'iblockId', 'id', 'images', 'lid', 'meta',
	'moment', 'name', 'orderId', 'parentId', 'payments', 'personTypeId', 'phone', 'positions', 'price', 'product', 'productFolder', 'productId', 'propertyId', 'propertyValues', 'quantity', 'rate',
	'reportPath', 'reportType', 'reportUrl', 'rows', 'salePrices', 'shipments', 'size', 'statusId', 'stock', 'stockByStore', 'stockType', 'storeId', 'stores', 'sum', 'type', 'uom', 'updated', 'url', 'value',
];
const TEXTS = [
	'', 'x', 'product', 'variant', 'customerorder', 'stock', 'UPDATE', 'Y', 'all', '1e999', '9'.repeat(40), '\uD800', '2026-01-01 00:00:00', SINCE, '7944ef04-f831-11e5-7a69-971500188b19',
	'https://api.moysklad.ru/api/remap/1.2/entity/product/7944ef04-f831-11e5-7a69-971500188b19', '/report/stock/all/current?changedSince=2026-01-01 00:00:00',
];

const leaf = fc.oneof(fc.constantFrom<unknown>(null, NaN, Infinity, -1, 0, 1, 1e300, true, false, ...TEXTS), fc.string(), fc.double());
const name = fc.constantFrom(...NAMES);
const { value } = fc.letrec((tie) => ({
	value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(name, tie('value'), { maxKeys: 6, noNullPrototype: true })),
}));
const json = fc.dictionary(name, value as fc.Arbitrary<unknown>, { maxKeys: 12, noNullPrototype: true });

describe.each(Object.entries(READERS))('%s', (_name, read) => {
	it('understands it, or says with a code that it does not', () => {
		fc.assert(
			fc.property(json, (row) => {
				try {
					read(row);
				} catch (error) {
					expect(error).toBeInstanceOf(SyncError);
				}
			}),
			{ numRuns: 400 },
		);
	});
});

/** Answers as they are documented, with the readers that they are for. */
const DOCUMENTED: Array<[reader: string, answer: unknown]> = [
	...[moySklad.PRODUCT, { ...moySklad.PRODUCT, images: moySklad.IMAGES }, moySklad.VARIANT, moySklad.OPENED_BUNDLE].map((one): [string, unknown] => ['readGoods', one]),
	['readFolder', moySklad.FOLDER], ['readKnownOrder', moySklad.OPENED_ORDER], ['readWebhook (objects)', moySklad.WEBHOOKS[1]], ['readWebhook (stock)', moySklad.STOCK_WEBHOOK],
	['readNotification', moySklad.OBJECT_NOTIFICATION], ['readNotification', moySklad.STOCK_NOTIFICATION], ['fullLevels', moySklad.FULL_STOCK[0]], ['storeLevels', moySklad.STOCK_BY_STORE[0]],
	['currentLevels', moySklad.CURRENT_STOCK[0]], ['deletedEvents', moySklad.AUDIT_EVENTS[0]], ['partyOfCounterparty', moySklad.COUNTERPARTY], ['toAttributeDefinition', moySklad.ATTRIBUTE_DEFINITIONS[1]],
	['toBundleParts', moySklad.OPENED_BUNDLE], ['changedEvent', moySklad.PRODUCT], ['simplified', moySklad.OPENED_ORDER], ['attributesByName', moySklad.PRODUCT], ['toOrder', bitrix.ORDER],
	['readPrice', bitrix.PRICES[1]], ['readPresentItem', bitrix.OFFER], ['readProperty', bitrix.PROPERTIES[0]], ['readStoreAmount', bitrix.STORE_AMOUNTS[1]], ['readOrderRow', bitrix.ORDER_ROW],
];

/** The same with one of its values replaced, somewhere in it. */
function damaged(answer: unknown, steps: readonly number[], by: unknown): unknown {
	const [step, ...rest] = steps;
	if (step === undefined || typeof answer !== 'object' || answer === null) return by;
	const names = Object.keys(answer);
	const chosen = names[step % Math.max(1, names.length)] ?? '';
	const part = damaged((answer as Row)[chosen], rest, by);
	return Array.isArray(answer) ? answer.map((element: unknown, index) => (String(index) === chosen ? part : element)) : { ...answer, [chosen]: part };
}

describe.each(DOCUMENTED)('%s, a documented answer with one wrong value in it', (reader, answer) => {
	it('is understood, or refused with a code', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 5 }), value as fc.Arbitrary<unknown>, (steps, by) => {
				const row = damaged(answer, steps, by);
				try {
					READERS[reader]?.(row as Row);
				} catch (error) {
					expect(error).toBeInstanceOf(SyncError);
				}
			}),
			{ numRuns: 300 },
		);
	});
});
