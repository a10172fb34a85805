import { Fields } from '../codec/field';
import type { CmlClassifier, CmlGood } from '../model';
import { writtenFields } from '../objects/item';
import { REMOVED } from '../objects/removal';
import type { XmlWriter } from '../xml/writer';
import { booksOf, NO_CLASSIFIER, writeClassifier } from './classifier';
import { beginChanges, beginRoot, ROOT, type CmlDocument } from './document';
import { goodIdFault, itemFault } from './faults';
import type { CatalogIds } from './ids';

/** What a list of goods says beside its goods. */
export interface GoodsSettings {
	ids: CatalogIds;
	/** When the file is made, by the clocks of the site: YYYY-MM-DDTHH:MM:SS. */
	formed: string;
	/** Groups and properties of the goods: all that they name. */
	classifier?: CmlClassifier;
	/**
	 * Put into each good when the store is to take it in although it has not changed, as after somebody edited it there; another
	 * one each time. Without it Bitrix compares the good with that of the last import.
	 */
	version?: string;
}

/** The goods of a catalog (`import.xml`), of which everything else stays as it is. Its `begin` throws what `writeClassifier` throws. */
export const goodsDocument = (settings: GoodsSettings): CmlDocument<CmlGood> => catalogOf(settings, beginChanges);

/** The same with a choice: how a list of goods begins decides what becomes of the others. Its `begin` throws what `writeClassifier` throws. */
export function catalogOf({ ids, formed, classifier = NO_CLASSIFIER, version }: GoodsSettings, beginList: (writer: XmlWriter, name: string) => void): CmlDocument<CmlGood> {
	const books = booksOf(classifier);
	const fields = new Fields(writtenFields((id) => Boolean(books.properties.get(id))));
	return {
		kind: 'import',
		begin: (writer) => {
			beginRoot(writer, formed);
			writeClassifier(writer, classifier, ids);
			beginList(writer, 'Каталог');
			writer.leaf('Ид', ids.catalogId);
			writer.leaf('ИдКлассификатора', ids.classifierId);
			writer.leaf('Наименование', ids.catalogName);
			writer.begin('Товары');
		},
		fault: (good) => goodIdFault(good.id) ?? (good.removed ? undefined : itemFault(good, books)),
		item: (writer, good) => writeItem(writer, 'Товар', fields, good, version),
		end: (writer) => {
			for (const name of ['Товары', 'Каталог', ROOT]) writer.end(name);
		},
		idOf: ({ id }) => id,
	};
}

/** Writes a good or an offer. Of a removed one nothing counts but its id. */
export function writeItem<Item extends CmlGood>(writer: XmlWriter, name: string, fields: Fields<Item>, item: Item, version: string | undefined): void {
	writer.begin(name);
	writer.leaf('Ид', item.id);
	if (item.removed) writer.leaf(...REMOVED);
	else {
		if (version !== undefined) writer.leaf('НомерВерсии', version);
		fields.write(writer, item);
	}
	writer.end(name);
}
