import { SyncError } from '../../errors';

/**
 * Under which ids and names a catalog lies in the store. The ids must never change, or everything is made anew; Bitrix gives the
 * catalog those names on every import.
 */
export interface CatalogIds {
	catalogId: string;
	catalogName: string;
	classifierId: string;
	classifierName: string;
	/** Of the offers. */
	packageId: string;
	/** Where the site keeps offers in the catalog itself, it is called so on every import, so that it has to be the catalog's name. */
	packageName: string;
}

/** What MoySklad's own exchange with Bitrix uses: a site that was fed by it keeps its goods. */
const MOYSKLAD_CATALOG_ID = 'bd72d8f9-55bc-11d9-848a-00112f43529a';
/** What MoySklad's own exchange calls the first price type. */
export const MOYSKLAD_PRICE_TYPE_ID = 'cbcf493b-55bc-11d9-848a-00112f43529a';

const CATALOG_NAME = 'Основной каталог товаров';
const CLASSIFIER_NAME = 'Классификатор (Основной каталог товаров)';

/** The ids of a catalog, as far as they are not said those of MoySklad's own exchange. Throws COMMERCEML_SETTING_INVALID. */
export function catalogIds(said: Partial<CatalogIds> = {}): CatalogIds {
	const { catalogId = MOYSKLAD_CATALOG_ID, catalogName = CATALOG_NAME } = said;
	const ids: CatalogIds = {
		catalogId,
		catalogName,
		classifierId: said.classifierId ?? catalogId,
		classifierName: said.classifierName ?? CLASSIFIER_NAME,
		packageId: said.packageId ?? `${catalogId}#`,
		packageName: said.packageName ?? catalogName,
	};
	for (const [name, value] of Object.entries(ids)) if (value.trim() === '' || value !== value.trim()) throw new SyncError('COMMERCEML_SETTING_INVALID', { setting: name, value });
	return ids;
}
