import { transliterate } from '../model/transliterate';
import { Decimal } from '../model/decimal';
import { toRubles } from '../model/money';
import type { Goods, SalePrice } from '../model/catalog';
import type { FieldValue, MoneyValue } from './fieldValue';
import { ownKey, type Identity } from './identity';
import { lineage } from './sectionTree';

/** Settings of the account that change what a field means. */
export interface SourceSettings {
	identity: Identity;
	/** Grams in one unit of MoySklad's weight; kilograms by default. */
	gramsPerWeight: number;
	/** ISO code of a currency that the item itself does not say; null when nobody knows. */
	currencyOf(price: SalePrice): string | null;
}

interface GoodsSource {
	name: string;
	label: string;
	of(goods: Goods, settings: SourceSettings): FieldValue | null | undefined;
}

const money = (price: SalePrice | null, { currencyOf }: SourceSettings): MoneyValue | undefined =>
	price === null ? undefined : { amount: toRubles(Decimal.of(price.value)), currency: currencyOf(price) };

/** An empty number is "not set" in MoySklad. */
const set = (number: number | null): number | undefined => number || undefined;

/** Fields of MoySklad's goods that a mapping can name. A variant has those of its product that it lacks itself. */
export const GOODS_SOURCES: readonly GoodsSource[] = [
	{ name: 'article', label: 'Article', of: ({ article }) => article },
	{ name: 'barcodes', label: 'Barcodes', of: ({ barcodes }) => (barcodes.length > 0 ? barcodes : undefined) },
	{ name: 'buyPrice', label: 'Purchase Price', of: ({ buyPrice }, settings) => (set(buyPrice?.value ?? null) ? money(buyPrice, settings) : undefined) },
	{ name: 'code', label: 'Code', of: ({ code }) => code },
	{ name: 'country', label: 'Country', of: ({ country }) => country },
	{ name: 'description', label: 'Description', of: ({ description }) => description },
	{ name: 'externalCode', label: 'External Code', of: ({ externalCode }) => externalCode },
	{
		name: 'folder', label: 'Folder',
		of: ({ folder }, { identity }) => (folder ? { id: ownKey(folder, identity), name: folder.name ?? folder.id } : undefined),
	},
	{ name: 'folderPath', label: 'Folder Path', of: ({ folder }) => (folder ? lineage(folder).map(({ name }) => name ?? '').join(' / ') : undefined) },
	{ name: 'id', label: 'ID', of: ({ id }) => id },
	{ name: 'minPrice', label: 'Minimum Price', of: ({ minPrice }, settings) => (set(minPrice?.value ?? null) ? money(minPrice, settings) : undefined) },
	{ name: 'name', label: 'Name', of: ({ name }) => name },
	{ name: 'supplier', label: 'Supplier', of: ({ supplier }) => supplier },
	{
		name: 'symbolicCode', label: 'Symbolic Code (Name in Latin Letters)',
		of: ({ name, id }) => (name === null ? undefined : `${transliterate(name, '-').slice(0, 80)}-${id.slice(0, 8)}`),
	},
	{ name: 'unit', label: 'Unit', of: ({ unit }) => (unit ? { id: unit.code, name: unit.name } : undefined) },
	{ name: 'vat', label: 'VAT', of: ({ vat }) => (typeof vat === 'number' ? String(vat) : vat) },
	{ name: 'volume', label: 'Volume', of: ({ volume }) => set(volume) },
	{
		name: 'weight', label: 'Weight (Grams)',
		of: ({ weight }, { gramsPerWeight }) => (set(weight) ? Decimal.of(weight ?? 0).times(gramsPerWeight).toString() : undefined),
	},
];

/**
 * What a field of MoySklad gives for a good: one of GOODS_SOURCES, `price:<id or name of the type>`, `attribute:<id>` or
 * `characteristic:<id or name>`. Undefined when the good has no such thing.
 */
export function sourceValue(field: string, goods: Goods, settings: SourceSettings): FieldValue | undefined {
	const colon = field.indexOf(':');
	if (colon < 0) return GOODS_SOURCES.find(({ name }) => name === field)?.of(goods, settings) ?? undefined;
	const name = field.slice(colon + 1);
	switch (field.slice(0, colon)) {
		case 'price':
			return money(goods.prices.find(({ typeId, typeName }) => typeId === name || typeName === name) ?? null, settings);
		case 'attribute':
			return goods.attributes.find(({ id }) => id === name)?.value;
		case 'characteristic':
			return goods.characteristics.find((one) => one.id === name || one.name === name)?.value;
		default:
			return undefined;
	}
}
