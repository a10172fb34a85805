import type { CatalogBooks } from '../../bitrix/catalogBooks';
import { textOf, propertyField, type Property } from '../../bitrix/property';
import { presentValue } from '../../bitrix/propertyValue';
import type { Vat } from '../../model/catalog';
import { Decimal } from '../../model/decimal';
import type { PresentItem } from '../presentItem';
import type { PresentPrice } from '../prices';
import type { SectionTree } from '../sectionTree';

/** A price that the item has in Bitrix. */
export interface NewItemPrice {
	/** Id of the price type in Bitrix. */
	typeId: number;
	type: string;
	base: boolean;
	/** Major units, as a decimal text. */
	amount: string;
	/** As Bitrix calls it. */
	currency: string;
	/** Holds for some quantities only. */
	ranged: boolean;
}

/** An item of the catalog that nothing in MoySklad stands for yet. */
export interface NewItem {
	bitrixId: string;
	/** XML_ID. */
	key: string;
	kind: 'product' | 'service';
	name: string;
	active: boolean;
	article: string | null;
	barcodes: string[];
	/** `id` is that of Bitrix, `code` the OKEI code. */
	unit: { id: number; code: string; name: string } | null;
	/** Null when the item does not say. */
	vat: Vat | null;
	/** Grams. */
	weight: number | null;
	prices: NewItemPrice[];
	/** Names from the outermost to its own section; null = in none. */
	section: string[] | null;
}

/** Where article and barcodes of an item stand. */
export interface CodeProperties {
	article: Property | undefined;
	barcode: Property | undefined;
}

/** What rows of items refer to. */
export interface NewItemBooks {
	books: CatalogBooks;
	sections: SectionTree;
	codes: CodeProperties;
}

/** Fields of an item that are read beside those of every lookup. */
export const newItemSelect = ({ article, barcode }: CodeProperties): string[] => [
	'measure', 'vatId', 'weight', ...[article, barcode].flatMap((property) => (property?.id ? [propertyField(property.id)] : [])),
];

/**
 * A row of the catalog as a new item.
 * @param kind what the item is in MoySklad
 */
export function newItem({ id, xmlId, name, active, row }: PresentItem, kind: NewItem['kind'], prices: readonly PresentPrice[], { books, sections, codes }: NewItemBooks): NewItem {
	const path = sections.names(Number(row.iblockSectionId) || null);
	const measure = books.measures.find((one) => one.id === Number(row.measure));
	return {
		bitrixId: String(id),
		key: xmlId,
		kind,
		name,
		active,
		article: textsOf(codes.article, row)[0] ?? null,
		barcodes: textsOf(codes.barcode, row),
		unit: measure ? { id: measure.id, code: String(measure.code), name: measure.title } : null,
		vat: vatOf(row.vatId, books),
		weight: Number(textOf(row.weight) ?? 0) || null,
		prices: prices.flatMap(({ typeId, amount, currency, ranged }) => {
			const type = books.priceTypes.find((one) => one.id === typeId);
			return type && amount.compare(0) > 0 ? [{ typeId, type: type.name, base: type.base, amount: amount.toString(), currency, ranged }] : [];
		}),
		section: path.length > 0 ? path : null,
	};
}

function textsOf(property: Property | undefined, row: PresentItem['row']): string[] {
	if (!property?.id) return [];
	const shown = presentValue(property, row[propertyField(property.id)]).shown;
	return [shown].flat().flatMap((value) => (value === null || value === undefined ? [] : [String(value).trim()])).filter((text) => text !== '');
}

/** An item without a rate says nothing: its catalog may have one. */
function vatOf(id: unknown, { vats }: CatalogBooks): Vat | null {
	const found = vats.find((vat) => vat.id === Number(id));
	return found ? (found.rate === null ? 'without' : Decimal.of(found.rate).toNumber()) : null;
}
