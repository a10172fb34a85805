import type { CmlPriceType, CmlStore } from '../model';
import { PRICE_TYPE_FIELDS, STORE_FIELDS } from '../objects/books';
import { writeList } from '../codec/fields';
import type { XmlWriter } from '../xml/writer';
import { ROOT } from './document';
import type { CatalogIds } from './ids';

/** What all lists of offers begin with. */
export interface PackageHead {
	ids: CatalogIds;
	priceTypes?: readonly CmlPriceType[];
	stores?: readonly CmlStore[];
}

/** A list of offers up to these. Price types and stores stand before them, so that the store knows them when it reads amounts. */
export function beginPackage(writer: XmlWriter, { ids, priceTypes = [], stores = [] }: PackageHead, beginList: (writer: XmlWriter, name: string) => void): void {
	beginList(writer, 'ПакетПредложений');
	writer.leaf('Ид', ids.packageId);
	writer.leaf('Наименование', ids.packageName);
	writer.leaf('ИдКаталога', ids.catalogId);
	writer.leaf('ИдКлассификатора', ids.classifierId);
	writeList(writer, 'ТипыЦен', 'ТипЦены', PRICE_TYPE_FIELDS, priceTypes);
	writeList(writer, 'Склады', 'Склад', STORE_FIELDS, stores);
	writer.begin('Предложения');
}

/** Closes what `beginPackage` opened, and the document. */
export function endPackage(writer: XmlWriter): void {
	for (const name of ['Предложения', 'ПакетПредложений', ROOT]) writer.end(name);
}
