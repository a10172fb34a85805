import { measureByCode, vatRateFor, type CatalogBooks } from '../bitrix/catalogBooks';
import type { Family } from '../bitrix/families';
import { propertyField, type Property } from '../bitrix/property';
import { presentValue, wantedValue, type Comparable, type MissingEnum } from '../bitrix/propertyValue';
import type { Parameter, Parameters } from '../bitrix/query';
import { SyncError } from '../errors';
import { Decimal } from '../model/decimal';
import { isMoney, isNamed, plainText, type FieldValue } from './fieldValue';
import type { SectionTree } from './sectionTree';

/** A row of a list of items, or the item in the answer of a write. */
export type ItemRow = Record<string, unknown>;

/** What a field is to hold, and what to send for it. */
export interface Wanted extends Comparable {
	fields: Parameters;
	/** What has to be made first. */
	missing?: { enums?: MissingEnum[]; section?: string };
}

/** A field of a catalog item that a mapping can fill. Prices are none: they are objects of their own. */
export interface Target {
	/** `name`, `section`, `property:12`, … */
	name: string;
	label: string;
	families: readonly Family[];
	/** Properties belong to one block. */
	iblockId?: number;
	/** Fields of the list that `read` needs. */
	select: readonly string[];
	read(row: ItemRow, known: Known): Comparable;
	/** Throws a finding of the catalogue when the value does not fit. */
	want(value: FieldValue, known: Known, present: ItemRow | undefined): Wanted;
}

/** What values are looked up in. */
export interface Known {
	books: CatalogBooks;
	sections: SectionTree;
	/** Keys of folders that could be made into sections. */
	newSections: ReadonlySet<string>;
	/** Ids of measures that somebody confirmed, by the names of MoySklad's units in small letters. */
	units: ReadonlyMap<string, number>;
}

const GOODS: readonly Family[] = ['product', 'sku', 'service'];
const ALL: readonly Family[] = [...GOODS, 'offer'];
/** Price, unit, VAT and sizes of a product with offers lie on the offers. */
const TRADED: readonly Family[] = ['product', 'service', 'offer'];
const PHYSICAL: readonly Family[] = ['product', 'offer'];

const MOST_LETTERS = 255;

const compared = (canonical: string, shown: unknown = canonical): Comparable =>
	canonical === '' ? { canonical, shown: null, empty: true } : { canonical, shown, empty: false };

const present = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

const normal = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

/** A field of one line of text. */
const line = (name: string, label: string, families = ALL): Target => ({
	name, label, families, select: [name],
	read: (row) => compared(present(row[name]).trim()),
	want: (value) => {
		const text = plainText(value).trim().slice(0, MOST_LETTERS).trim();
		return { ...compared(text), fields: { [name]: text } };
	},
});

/** MoySklad's descriptions are plain text with line breaks. */
const longText = (name: string, label: string): Target => ({
	name, label, families: ALL, select: [name],
	read: (row) => compared(normal(present(row[name]))),
	want: (value) => {
		const text = normal(plainText(value));
		return { ...compared(text), fields: { [name]: text, [`${name}Type`]: /<\/?[a-z][^>]*>/i.test(text) ? 'html' : 'text' } };
	},
});

/** 0 is "not set". */
const decimal = (name: string, label: string, unit: string, families: readonly Family[]): Target => {
	const canonical = (value: unknown): string => {
		const number = Decimal.of(present(value) || 0);
		return number.equals(0) ? '' : number.round(4).toString();
	};
	const shown = (text: string): Comparable => compared(text, unit === '' ? text : `${text} ${unit}`);
	return {
		name, label, families, select: [name],
		read: (row) => shown(canonical(row[name])),
		want: (value) => {
			const text = numberIn(value, label, canonical);
			if (text.startsWith('-')) throw unfit(text, label);
			return { ...shown(text), fields: { [name]: text } };
		},
	};
};

function numberIn(value: FieldValue, label: string, read: (text: string) => string): string {
	const text = plainText(value);
	try {
		return read(text);
	} catch {
		throw unfit(text, label);
	}
}

const unfit = (text: string, field: string): SyncError => new SyncError('CATALOG_VALUE_UNFIT', { value: text.slice(0, 100), field });

const flag = (name: string, label: string, families: readonly Family[]): Target => {
	const shown = (letter: string): Comparable => ({ ...compared(letter, letter === 'Y' ? 'yes' : 'no'), empty: letter !== 'Y' });
	return {
		name, label, families, select: [name],
		read: (row) => shown(row[name] === 'Y' ? 'Y' : 'N'),
		want: (value) => {
			const letter = value === true || /^(y|yes|true|1|да)$/i.test(plainText(value).trim()) ? 'Y' : 'N';
			return { ...shown(letter), fields: { [name]: letter } };
		},
	};
};

const section: Target = {
	name: 'section', label: 'Section', families: GOODS, select: ['iblockSectionId', 'iblockSection'],
	read: (row, known) => sectionShown(Number(row.iblockSectionId) || null, known),
	want: (value, known, row) => {
		if (typeof value === 'number') return { ...sectionShown(value, known), fields: bindings(value, known, row) };
		const key = isNamed(value) ? (value.id ?? '') : plainText(value);
		const found = known.sections.find(key);
		if (found) return { ...sectionShown(found.id, known), fields: bindings(found.id, known, row) };
		if (!known.newSections.has(key)) throw new SyncError('CATALOG_FOLDER_UNKNOWN');
		return { canonical: `new ${key}`, shown: isNamed(value) ? value.name : key, empty: false, fields: {}, missing: { section: key } };
	},
};

const sectionShown = (id: number | null, { sections }: Known): Comparable => compared(present(id), sections.path(id) || id);

/**
 * The main section and all others: one alone would take the item out of the others (trap T8). Ours are the sections with
 * a key; the item leaves the one of them that was its main section, and stays in all that people put it into.
 */
function bindings(id: number, { sections }: Known, row: ItemRow | undefined): Parameters {
	const before = Number(row?.iblockSectionId) || null;
	if (!row || before === id) return { iblockSectionId: id };
	const left = before !== null && sections.get(before)?.xmlId ? before : null;
	const kept = before === null && !Array.isArray(row.iblockSection) ? [] : others(row).filter((other) => other !== left);
	return { iblockSectionId: id, iblockSection: [...new Set([id, ...kept])] };
}

function others({ iblockSection }: ItemRow): number[] {
	if (!Array.isArray(iblockSection)) throw new SyncError('CATALOG_BINDINGS_UNKNOWN');
	return iblockSection.map(Number).filter((id) => id > 0);
}

const measure: Target = {
	name: 'measure', label: 'Unit', families: TRADED, select: ['measure'],
	read: (row, { books }) => compared(present(Number(row.measure) || ''), books.measures.find(({ id }) => id === Number(row.measure))?.title ?? row.measure),
	want: (value, { books, units }) => {
		const { id: code, name: unit } = isNamed(value) ? value : { id: plainText(value), name: plainText(value) };
		const confirmed = books.measures.find(({ id }) => id === units.get(unit.trim().toLowerCase()));
		if (confirmed) return { ...compared(String(confirmed.id), confirmed.title), fields: { measure: confirmed.id } };
		if (code === null) throw new SyncError('CATALOG_UNIT_WITHOUT_CODE', { unit });
		const found = measureByCode(books, code);
		if (!found) throw new SyncError('CATALOG_UNIT_UNKNOWN', { code, unit });
		return { ...compared(String(found.id), found.title), fields: { measure: found.id } };
	},
};

const rateShown = (rate: number | null | undefined): string => (rate === null || rate === undefined ? 'without' : `${rate} %`);

const vat: Target = {
	name: 'vat', label: 'VAT', families: TRADED, select: ['vatId'],
	read: (row, { books }) => {
		const id = Number(row.vatId) || null;
		return { canonical: present(id) || 'none', shown: rateShown(books.vats.find((rate) => rate.id === id)?.rate), empty: id === null };
	},
	want: (value, { books }) => {
		const text = plainText(value).trim();
		const rate = /^\d+([.,]\d+)?$/.test(text) ? Decimal.of(text).toNumber() : text === 'without' ? 'without' : undefined;
		const found = rate === undefined ? undefined : vatRateFor(books, rate);
		if (found === undefined) throw new SyncError('CATALOG_VAT_UNKNOWN', { rate: rate === undefined ? text : rateShown(rate === 'without' ? null : rate) });
		return { canonical: found === null ? 'none' : String(found.id), shown: rateShown(found?.rate), empty: false, fields: { vatId: found?.id ?? null } };
	},
};

const purchasingPrice: Target = {
	name: 'purchasingPrice', label: 'Purchasing Price', families: PHYSICAL, select: ['purchasingPrice', 'purchasingCurrency'],
	read: ({ purchasingPrice: amount, purchasingCurrency: currency }) => moneyShown(present(amount), present(currency)),
	want: (value) => {
		if (!isMoney(value)) throw unfit(plainText(value), 'Purchasing Price');
		if (value.currency === null) throw new SyncError('CATALOG_CURRENCY_UNKNOWN', { type: 'Purchasing Price' });
		const amount = numberIn(value.amount, 'Purchasing Price', (text) => Decimal.of(text).round(2).toString());
		return { ...moneyShown(amount, value.currency), fields: { purchasingPrice: amount, purchasingCurrency: value.currency } };
	},
};

function moneyShown(amount: string, currency: string): Comparable {
	const number = Decimal.of(amount || 0);
	return number.equals(0) ? compared('') : compared(`${number.toString()} ${currency}`);
}

/** All fields that are not properties, as users choose them. */
export const FIELD_TARGETS: readonly Target[] = [
	line('name', 'Name'),
	line('code', 'Symbolic Code'),
	section,
	longText('previewText', 'Announcement'),
	longText('detailText', 'Description'),
	decimal('sort', 'Sort Order', '', ALL),
	measure,
	vat,
	flag('vatIncluded', 'VAT Included in Price', TRADED),
	decimal('weight', 'Weight', 'g', PHYSICAL),
	decimal('length', 'Length', 'mm', PHYSICAL),
	decimal('width', 'Width', 'mm', PHYSICAL),
	decimal('height', 'Height', 'mm', PHYSICAL),
	purchasingPrice,
	flag('quantityTrace', 'Quantity Control', PHYSICAL),
	flag('canBuyZero', 'Can Be Bought When Out of Stock', PHYSICAL),
];

/** The name of a property as a target; a property that is only planned is named by its block and its XML_ID or code. */
export const propertyTargetName = ({ id, iblockId, xmlId, code }: Property): string => (id === null ? `property:new:${iblockId}:${xmlId ?? code ?? ''}` : `property:${id}`);

/**
 * A property as a field that a mapping can fill. `offersBlock`: the block whose properties belong to offers. Its `want` throws
 * CATALOG_VALUE_UNFIT.
 */
export function propertyTarget(property: Property, offersBlock: number | undefined): Target {
	const field = property.id === null ? undefined : propertyField(property.id);
	return {
		name: propertyTargetName(property),
		label: property.name,
		families: property.iblockId === offersBlock ? ['offer'] : GOODS,
		iblockId: property.iblockId,
		select: field === undefined ? [] : [field],
		read: (row) => presentValue(property, field === undefined ? null : row[field]),
		want: (value) => {
			const { parameter, missing, ...comparable } = wantedValue(property, value);
			return { ...comparable, fields: field === undefined ? {} : { [field]: parameter as Parameter }, ...(missing.length > 0 && { missing: { enums: missing } }) };
		},
	};
}

