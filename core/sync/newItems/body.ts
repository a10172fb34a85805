import type { Folder } from '../../model/catalog';
import { barcodeKind } from '../../model/barcode';
import { Decimal } from '../../model/decimal';
import { entityReference, referenceTo, type Reference } from '../../moysklad/reference';
import type { Identity } from '../identity';
import { VARIANT_MARK } from '../identity';
import type { PricePair } from '../pricePairs';
import { warning, type Warning } from '../result';
import { lineage } from '../sectionTree';
import type { NewItem, NewItemPrice } from './item';

/** What a new object of MoySklad can refer to. */
export interface MoySkladBooks {
	folders: Folder[];
	/** `code` is the OKEI code. */
	units: Array<{ id: string; code: string; name: string }>;
	priceTypes: Array<{ id: string; name: string }>;
	currencies: Array<{ id: string; isoCode: string }>;
}

/** How an item of Bitrix is told in MoySklad's terms. */
export interface BodySettings {
	identity: Identity;
	/** Which sale price of MoySklad gets which price of Bitrix. */
	pairs: readonly PricePair[];
	/** Ids of measures that somebody confirmed, by the names of MoySklad's units in small letters. */
	units: ReadonlyMap<string, number>;
	/** Codes of currencies in Bitrix where they are not the ISO codes: Bitrix → ISO. */
	currencies: ReadonlyMap<string, string>;
	/** Grams in one unit of MoySklad's weight. */
	gramsPerWeight: number;
}

/** An item as MoySklad's API takes it, and what could not be told. Sums in kopecks. */
export interface NewBody {
	body: Record<string, unknown>;
	warnings: Warning[];
}

const LONGEST = 255;

/** The object of MoySklad that a new item becomes. Its external code is the XML_ID, so that the item need not be renamed. */
export function newBody(item: NewItem, syncId: string, books: MoySkladBooks, settings: BodySettings): NewBody {
	const { name, key, kind, article, barcodes, vat, weight } = item;
	const warnings: Warning[] = [];
	const folder = folderOf(item, books, warnings);
	const unit = unitOf(item, books, settings, warnings);
	const salePrices = settings.pairs.flatMap((pair) => salePrice(item, pair, books, settings, warnings));
	const body = {
		syncId,
		name: name.slice(0, LONGEST),
		...(settings.identity === 'externalCode' && key !== '' && key.length <= LONGEST && !key.includes(VARIANT_MARK) && { externalCode: key }),
		...(kind === 'product' && article !== null && { article: article.slice(0, LONGEST) }),
		...(barcodes.length > 0 && { barcodes: barcodes.map((code) => ({ [barcodeKind(code)]: code.slice(0, LONGEST) })) }),
		...(unit && { uom: unit }),
		...(folder && { productFolder: folder }),
		...(vat !== null && { vat: vat === 'without' ? 0 : vat, vatEnabled: vat !== 'without', useParentVat: false }),
		...(kind === 'product' && weight !== null && { weight: Decimal.of(weight).dividedBy(settings.gramsPerWeight, 6).toNumber() }),
		...(salePrices.length > 0 && { salePrices }),
	};
	return { body, warnings };
}

const folded = (names: readonly string[]): string => names.map((name) => name.trim().toLowerCase()).join('\n');

/** The folder with the same path, or the only one with the name of the section itself. */
function folderOf({ section }: NewItem, { folders }: MoySkladBooks, warnings: Warning[]): Reference | undefined {
	if (section === null) return undefined;
	const named = folders.filter((folder) => !folder.archived && folded([folder.name ?? '']) === folded(section.slice(-1)));
	const found = named.find((folder) => folded(lineage(folder).map(({ name }) => name ?? '')) === folded(section)) ?? (named.length === 1 ? named[0] : undefined);
	if (!found) warnings.push(warning('NEW_ITEM_FOLDER', { section: section.join(' / ') }));
	return found && entityReference('productfolder', found.id);
}

/** The unit that somebody confirmed, or that of the same code. OKEI codes are numbers: 006 is 6 (rule P4). */
function unitOf({ unit }: NewItem, { units }: MoySkladBooks, { units: confirmed }: BodySettings, warnings: Warning[]): Reference | undefined {
	if (unit === null) return undefined;
	const found = units.find(({ name }) => confirmed.get(name.trim().toLowerCase()) === unit.id) ?? units.find(({ code }) => code.trim() !== '' && Number(code) === Number(unit.code));
	if (!found) warnings.push(warning('NEW_ITEM_UNIT', { code: unit.code, unit: unit.name }));
	return found && entityReference('uom', found.id);
}

function salePrice({ prices }: NewItem, { from, to }: PricePair, books: MoySkladBooks, { currencies }: BodySettings, warnings: Warning[]): unknown[] {
	const price: NewItemPrice | undefined = prices.find(({ typeId }) => typeId === to.id);
	const type = books.priceTypes.find(({ id, name }) => id === from.toLowerCase() || name === from);
	if (!price || !type) return [];
	if (price.ranged) {
		warnings.push(warning('NEW_ITEM_PRICE_RANGES', { type: price.type }));
		return [];
	}
	const iso = currencies.get(price.currency) ?? price.currency;
	const currency = books.currencies.find(({ isoCode }) => isoCode === iso);
	if (!currency) {
		warnings.push(warning('NEW_ITEM_CURRENCY', { currency: price.currency, type: price.type }));
		return [];
	}
	return [{
		value: Decimal.of(price.amount).times(100).round().toNumber(),
		currency: entityReference('currency', currency.id),
		priceType: referenceTo('pricetype', `context/companysettings/pricetype/${type.id}`),
	}];
}
