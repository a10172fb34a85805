import { addProperty, type CatalogPair } from '../../catalog/furnish.cts';
import type { IblockRow } from '../../catalog/rows.cts';
import type { Portal } from '../../portal.cts';
import type { ExchangeSite } from '../site.cts';
import { textOf, type XmlNode } from '../xml/node.cts';
import type { Target } from './metadata.cts';
import { MetadataError } from './metadataError.cts';

/** Codes of blocks that wait for the first exchange to take them. */
const FUTURE_CATALOG = 'FUTURE-1C-CATALOG';
const FUTURE_OFFERS = 'FUTURE-1C-OFFERS';

/** Marks a pair of blocks as the one that the first exchange shall take. */
export function awaitExchange({ store }: Portal, { products, offers }: CatalogPair): void {
	store.iblocks.update(products, { xmlId: FUTURE_CATALOG });
	store.iblocks.update(offers, { xmlId: FUTURE_OFFERS });
}

/** The block of a `Каталог`. Its name, description and external code become those of the file. */
export const catalogBlock = (site: ExchangeSite, part: XmlNode): IblockRow =>
	takeBlock(site, part, textOf(part, 'Ид') ?? '', FUTURE_CATALOG, true);

/**
 * The block of a `ПакетПредложений`. With a block of their own, offers lie beside that of their goods; otherwise they
 * only change the goods, and a package that does not name its catalog goes into a stray block.
 */
export function offersBlock(site: ExchangeSite, part: XmlNode, renames: boolean): Target {
	const own = textOf(part, 'Ид') ?? '';
	const catalog = textOf(part, 'ИдКаталога') ?? '';
	const { iblocks } = site.portal.store;
	if (!site.settings.useOffers) {
		const iblock = takeBlock(site, part, catalog === '' ? own : catalog, FUTURE_CATALOG, renames);
		return { iblock: iblocks.update(iblock.id, { isCatalog: true }), forcesChanges: true };
	}
	const offers = takeBlock(site, part, own, FUTURE_OFFERS, renames);
	const products = findBlock(site, catalog);
	return {
		iblock: products ? link(site.portal, offers, products) : iblocks.update(offers.id, { isCatalog: true }),
		forcesChanges: false,
	};
}

function findBlock(site: ExchangeSite, code: string): IblockRow | undefined {
	if (code === '') return undefined;
	return site.portal.store.iblocks.all().find(({ xmlId, iblockTypeId }) => xmlId === blockCode(site, code, iblockTypeId));
}

const blockCode = ({ settings }: ExchangeSite, code: string, type: string): string =>
	settings.useIblockTypeId ? `${type}-${code}` : code;

function takeBlock(site: ExchangeSite, part: XmlNode, code: string, future: string, renames: boolean): IblockRow {
	const { iblocks } = site.portal.store;
	const known = findBlock(site, code) ?? iblocks.all().find(({ xmlId }) => xmlId === future);
	const name = textOf(part, 'Наименование') ?? '';
	if (known && !renames) return known;
	if (!known && name === '') throw new MetadataError('Не указано название информационного блока.');
	const description = textOf(part, 'Описание');
	if (!known) return makeBlock(site, code, name, description ?? null);
	return iblocks.update(known.id, {
		...(name !== '' && { name }),
		...(description !== undefined && { description }),
		xmlId: blockCode(site, code, known.iblockTypeId),
	});
}

/** It sells nothing before the first offers come. */
function makeBlock(site: ExchangeSite, code: string, name: string, description: string | null): IblockRow {
	const { iblocks } = site.portal.store;
	const iblockTypeId = '1c_catalog';
	const made = iblocks.add({
		iblockId: 0,
		name,
		description,
		xmlId: blockCode(site, code, iblockTypeId),
		iblockTypeId,
		lid: 's1',
		productIblockId: null,
		skuPropertyId: null,
		vatId: null,
		subscription: 'N',
		isCatalog: false,
		uniqueCodes: true,
	});
	return iblocks.update(made.id, { iblockId: made.id });
}

/** Makes the block one of offers of those products. */
function link(portal: Portal, offers: IblockRow, products: IblockRow): IblockRow {
	const { iblocks, properties } = portal.store;
	iblocks.update(products.id, { isCatalog: true });
	const known = properties.where('iblockId', offers.id).find(({ code }) => code === 'CML2_LINK');
	const property =
		known ??
		addProperty(portal, offers.id, {
			name: 'Элемент каталога',
			code: 'CML2_LINK',
			xmlId: 'CML2_LINK',
			propertyType: 'E',
			userType: 'SKU',
			linkIblockId: products.id,
		});
	return iblocks.update(offers.id, { isCatalog: true, productIblockId: products.id, skuPropertyId: property.id });
}
