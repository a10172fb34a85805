import type { PriceTypeRow } from '../../catalog/rows.cts';
import type { ExchangeSite } from '../site.cts';
import { child, childrenOf, isFlag, textOf, type XmlNode } from '../xml/node.cts';
import { readCurrency } from './currency.cts';
import { MetadataError } from './metadataError.cts';
import type { FilePriceType, Package } from './progress.cts';

/** Finds or makes the file's price types: by external code, then by name. Null when the file names none. */
export function importPriceTypes(site: ExchangeSite, books: readonly XmlNode[]): Package['priceTypes'] {
	const nodes = books.flatMap((book) => childrenOf(child(book, 'ТипыЦен'), 'ТипЦены'));
	if (nodes.length === 0) return null;
	const types: Record<string, FilePriceType> = {};
	for (const node of nodes) {
		const code = textOf(node, 'Ид') ?? '';
		if (Object.hasOwn(types, code)) throw new MetadataError(`Тип цены ${code} указан дважды.`);
		const tax = child(node, 'Налог');
		types[code] = {
			id: typeOf(site, code, textOf(node, 'Наименование') ?? '').id,
			currency: readCurrency(textOf(node, 'Валюта')).currency,
			taxName: textOf(tax, 'Наименование') ?? '',
			taxIncluded: isFlag(textOf(tax, 'УчтеноВСумме')),
		};
	}
	return types;
}

function typeOf({ portal, settings }: ExchangeSite, xmlId: string, name: string): PriceTypeRow {
	const { priceTypes, priceTypeLangs } = portal.store;
	const all = priceTypes.all();
	const known = all.find((type) => type.xmlId === xmlId);
	if (known) return known;
	const sameName = all.find((type) => type.name === name);
	if (sameName) return priceTypes.update(sameName.id, { xmlId, timestampX: portal.now() });
	if (settings.singlePriceType && all.length > 0)
		throw new MetadataError('Редакция продукта допускает только один тип цен.');
	const now = portal.now();
	const made = priceTypes.add({
		name,
		xmlId,
		base: all.length === 0 ? 'Y' : 'N',
		sort: 100,
		timestampX: now,
		dateCreate: now,
		createdBy: 1,
		modifiedBy: 1,
	});
	priceTypeLangs.add({ catalogGroupId: made.id, name, lang: 'ru' });
	return made;
}
