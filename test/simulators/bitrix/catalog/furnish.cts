import type { CatalogOptions } from '../options.cts';
import type { Portal } from '../portal.cts';
import type { IblockRow, PropertyRow } from './rows.cts';

/** A pair of blocks: goods and their offers. */
export interface CatalogPair {
	products: number;
	offers: number;
	/** The property of offers that holds their parent (`CML2_LINK`). */
	skuProperty: number;
}

export interface Catalogs {
	/** The shop's own. */
	main: CatalogPair;
	/** An old catalog, which comes first in lists and must not be mistaken for the shop's own. */
	decoy: CatalogPair;
	/** Those that were asked for on top. */
	more: CatalogPair[];
}

const PRICE_TYPES = [
	{ name: 'BASE', base: 'Y', title: 'Розничная цена', xmlId: 'BASE' },
	{ name: 'OPT', base: 'N', title: 'Оптовая цена', xmlId: 'price-opt' },
	{ name: 'OLD', base: 'N', title: 'Цена до скидки', xmlId: 'price-old' },
	{ name: 'EXPORT', base: 'N', title: 'Экспорт', xmlId: null },
] as const;

const MEASURES = [
	{ code: 6, isDefault: 'N', measureTitle: 'Метр', symbol: 'м', symbolIntl: 'm', symbolLetterIntl: 'MTR' },
	{ code: 112, isDefault: 'N', measureTitle: 'Литр', symbol: 'л', symbolIntl: 'l', symbolLetterIntl: 'LTR' },
	{ code: 163, isDefault: 'N', measureTitle: 'Грамм', symbol: 'г', symbolIntl: 'g', symbolLetterIntl: 'GRM' },
	{ code: 166, isDefault: 'N', measureTitle: 'Килограмм', symbol: 'кг', symbolIntl: 'kg', symbolLetterIntl: 'KGM' },
	{ code: 796, isDefault: 'Y', measureTitle: 'Штука', symbol: 'шт', symbolIntl: 'pc', symbolLetterIntl: 'PCE' },
] as const;

const VATS = [
	{ name: 'Без НДС', rate: null },
	{ name: 'НДС 0%', rate: 0 },
	{ name: 'НДС 10%', rate: 10 },
	{ name: 'НДС 20%', rate: 20 },
] as const;

const STORES = [
	{ title: 'Основной склад', address: 'Москва, ул. Складская, 1', xmlId: 'store-main', issuingCenter: 'N' },
	{ title: 'Магазин на Ленина', address: 'Москва, ул. Ленина, 5', xmlId: null, issuingCenter: 'Y' },
	{ title: 'Удалённый склад', address: 'Тверь, Промышленная ул., 10', xmlId: 'store-far', issuingCenter: 'N' },
] as const;

/** What a shop's catalog has before the first product. */
export function furnishCatalog(portal: Portal): Catalogs {
	furnishBooks(portal);
	const decoy = addPair(portal, { name: 'Книги (архив)', uniqueCodes: false });
	portal.store.iblocks.add({ ...iblock(portal, 'Новости'), iblockTypeId: 'news', isCatalog: false });
	const main = addPair(portal, { name: 'Основной каталог товаров' });
	return { main, decoy, more: portal.options.catalogs.map((options) => addPair(portal, options)) };
}

function furnishBooks(portal: Portal): void {
	const { store } = portal;
	const now = portal.now();
	const made = { timestampX: now, dateCreate: now, createdBy: 1, modifiedBy: 1 } as const;
	for (const [index, { title, ...type }] of PRICE_TYPES.entries()) {
		const { id } = store.priceTypes.add({ ...type, ...made, sort: (index + 1) * 100 });
		store.priceTypeLangs.add({ catalogGroupId: id, name: title, lang: 'ru' });
	}
	for (const measure of MEASURES) store.measures.add(measure);
	for (const [index, vat] of VATS.entries())
		store.vats.add({ ...vat, active: 'Y', sort: (index + 1) * 100, xmlId: null, timestampX: now });
	for (const place of STORES) {
		store.stores.add({
			...place,
			active: 'Y',
			description: null,
			gpsN: null,
			gpsS: null,
			imageId: null,
			dateModify: now,
			dateCreate: now,
			userId: 1,
			modifiedBy: 1,
			phone: null,
			schedule: null,
			sort: 100,
			email: null,
			code: null,
		});
	}
}

function addPair(portal: Portal, options: CatalogOptions): CatalogPair {
	const { iblocks } = portal.store;
	const uniqueCodes = options.uniqueCodes ?? true;
	const products = iblocks.add({ ...iblock(portal, options.name), uniqueCodes });
	const offers = iblocks.add({
		...iblock(portal, `${options.name}: торговые предложения`),
		uniqueCodes,
		productIblockId: products.id,
	});
	const link = addProperty(portal, offers.id, {
		name: 'Элемент каталога',
		code: 'CML2_LINK',
		propertyType: 'E',
		userType: 'SKU',
		linkIblockId: products.id,
	});
	iblocks.update(offers.id, { skuPropertyId: link.id });
	for (const { id } of [products, offers]) {
		addProperty(portal, id, { name: 'Картинки', code: 'MORE_PHOTO', propertyType: 'F', multiple: 'Y' });
		addProperty(portal, id, { name: 'Артикул', code: 'ARTNUMBER', propertyType: 'S' });
		addProperty(portal, id, { name: 'Видео', code: 'VIDEO', propertyType: 'S', userType: 'video' });
	}
	return { products: products.id, offers: offers.id, skuProperty: link.id };
}

function iblock(portal: Portal, name: string): Omit<IblockRow, 'id'> {
	const iblockTypeId = portal.edition === 'site' ? 'catalog' : 'CRM_PRODUCT_CATALOG';
	const next = Math.max(9, ...portal.store.iblocks.all().map(({ id }) => id)) + 1;
	return {
		iblockId: next,
		name,
		description: null,
		xmlId: null,
		iblockTypeId,
		lid: 's1',
		productIblockId: null,
		skuPropertyId: null,
		vatId: null,
		subscription: 'N',
		isCatalog: true,
		uniqueCodes: true,
	};
}

/** Makes a property as a person does in the admin panel, where there are more types than over REST. */
export function addProperty(
	portal: Portal,
	iblockId: number,
	values: Partial<Omit<PropertyRow, 'id'>> & Pick<PropertyRow, 'name' | 'propertyType'>,
): PropertyRow {
	return portal.store.properties.add({
		iblockId,
		code: null,
		xmlId: null,
		userType: null,
		multiple: 'N',
		isRequired: 'N',
		active: 'Y',
		sort: 500,
		linkIblockId: null,
		listType: 'L',
		withDescription: 'N',
		filtrable: 'N',
		searchable: 'N',
		multipleCnt: 5,
		hint: null,
		defaultValue: null,
		userTypeSettings: null,
		timestampX: portal.now(),
		...values,
	});
}
