import { SyncError, type ErrorCode, type ErrorDetails } from '../../errors';
import type { Goods, Picture } from '../../model/catalog';
import { Decimal } from '../../model/decimal';
import { isNamed, plainText, type FieldValue, type FieldValues } from '../../sync/fieldValue';
import { warning, type Warning } from '../../sync/result';
import { cmlGood, cmlOffer, type CmlGood, type CmlItem, type CmlOffer, type CmlProperty } from '../model';
import { PROPERTY_TARGET } from './classifierBuilder';
import { picturePath } from './pictures';
import { propertyTexts } from './properties';
import { unitOf } from './units';

export interface ItemSettings {
	/** Ids of the groups in the file. */
	groups: ReadonlySet<string>;
	/** Definitions of the properties in the file. */
	properties: ReadonlyMap<string, CmlProperty>;
	/** What the price types of the site call the tax. */
	taxName: string;
}

export interface Converted<Item> {
	item: Item;
	/** What could not be said of it. */
	warnings: Warning[];
}

/** A good for the catalog: `values` by the targets of the mapping. `pictures`: undefined leaves those that are there. */
export function toCmlGood(goods: Goods, key: string, values: FieldValues, pictures: readonly Picture[] | undefined, settings: ItemSettings): Converted<CmlGood> {
	const conversion = new Conversion(values, settings);
	const kind = { name: 'ТипНоменклатуры', value: goods.kind === 'service' ? 'Услуга' : 'Товар' };
	return { item: cmlGood({ id: key, ...conversion.said(pictures), groups: conversion.groups(), requisites: [kind] }), warnings: conversion.warnings };
}

/** A variant for the offers: its characteristics are properties, and are shown as texts beside them. Prices and stock are not in it. */
export function toCmlOffer(variant: Goods, key: string, values: FieldValues, pictures: readonly Picture[] | undefined, settings: ItemSettings): Converted<CmlOffer> {
	const conversion = new Conversion(values, settings);
	const characteristics = variant.characteristics.map(({ name, value }) => ({ name, value }));
	return { item: cmlOffer({ id: key, ...conversion.said(pictures), characteristics }), warnings: conversion.warnings };
}

/** Targets that are texts. */
const TEXTS = { name: 'name', article: 'article', detailText: 'description', previewText: 'fullName', marking: 'marking' } as const;
/** Targets that are numbers as they are. */
const NUMBERS = { width: 'width', length: 'length', height: 'height' } as const;
/** Targets that Bitrix takes from service properties. */
const SERVICE_PROPERTIES: ReadonlyMap<string, string> = new Map([['code', 'CML2_CODE'], ['sort', 'CML2_SORT']]);

const GRAMS_IN_KILOGRAM = 1000;
const WITHOUT_TAX = 'Без НДС';

class Conversion {
	readonly warnings: Warning[] = [];

	constructor(
		private readonly values: FieldValues,
		private readonly settings: ItemSettings,
	) {}

	/** Everything but the id and the groups. An empty value says nothing, so that nothing is cleared. */
	said(pictures: readonly Picture[] | undefined): Partial<CmlItem> {
		return {
			...this.texts(),
			...this.numbers(),
			barcode: this.barcode(),
			unit: this.unit(),
			taxes: this.taxes(),
			weight: this.weight(),
			properties: this.properties(),
			pictures: pictures && pictures.length > 0 ? pictures.map((picture) => ({ path: picturePath(picture), description: null })) : null,
		};
	}

	/** Null leaves the good where it is. */
	groups(): string[] | null {
		const folder = this.values.section;
		if (folder === undefined) return null;
		const key = isNamed(folder) ? folder.id : plainText(folder);
		if (key !== null && this.settings.groups.has(key)) return [key];
		this.warn('CATALOG_FOLDER_UNKNOWN');
		return null;
	}

	private texts(): Partial<CmlItem> {
		const said: Partial<CmlItem> = {};
		for (const [target, key] of Object.entries(TEXTS)) {
			const value = this.values[target];
			const text = value === undefined ? '' : plainText(value).trim();
			if (text !== '') said[key] = text;
		}
		return said;
	}

	private numbers(): Partial<CmlItem> {
		const said: Partial<CmlItem> = {};
		for (const [target, key] of Object.entries(NUMBERS)) said[key] = this.number(target)?.toString() ?? null;
		return said;
	}

	/** Undefined when it is not set. */
	private number(target: string): Decimal | undefined {
		const value = this.values[target];
		const number = value === undefined ? undefined : decimalOf(value);
		if (value !== undefined && (!number || number.compare(0) < 0)) this.warn('CATALOG_VALUE_UNFIT', { value: plainText(value).slice(0, 100), field: target });
		return number && number.compare(0) > 0 ? number : undefined;
	}

	/** Mappings give grams, as REST takes them; the exchange takes kilograms (rule P4). */
	private weight(): string | null {
		return this.number('weight')?.dividedBy(GRAMS_IN_KILOGRAM, 6).toString() ?? null;
	}

	private barcode(): string | null {
		const { barcodes } = this.values;
		if (barcodes === undefined) return null;
		return (Array.isArray(barcodes) ? barcodes[0] : plainText(barcodes)) ?? null;
	}

	private unit(): CmlItem['unit'] {
		const { measure } = this.values;
		if (measure === undefined) return null;
		const unit = unitOf(measure);
		if (!unit) this.warn('CATALOG_UNIT_WITHOUT_CODE', { unit: plainText(measure) });
		return unit ?? null;
	}

	private taxes(): CmlItem['taxes'] {
		const { vat } = this.values;
		if (vat === undefined) return [];
		const text = plainText(vat).trim();
		if (text === 'without') return [{ name: this.settings.taxName, rate: WITHOUT_TAX }];
		const rate = decimalOf(text);
		if (!rate) this.warn('CATALOG_VALUE_UNFIT', { value: text.slice(0, 100), field: 'VAT' });
		return rate ? [{ name: this.settings.taxName, rate: rate.toString() }] : [];
	}

	private properties(): CmlItem['properties'] {
		return Object.entries(this.values).flatMap(([target, value]) => {
			const service = SERVICE_PROPERTIES.get(target);
			if (service !== undefined) return [{ id: service, values: [plainText(value)] }];
			const property = target.startsWith(PROPERTY_TARGET) ? this.settings.properties.get(target.slice(PROPERTY_TARGET.length)) : undefined;
			return property ? this.propertyValue(property, value) : [];
		});
	}

	private propertyValue(property: CmlProperty, value: FieldValue): CmlItem['properties'] {
		try {
			return [{ id: property.id, values: propertyTexts(property, value) }];
		} catch (error) {
			if (error instanceof SyncError) this.warn(error.code, error.details);
			return [];
		}
	}

	private warn(code: ErrorCode, details: ErrorDetails = {}): void {
		this.warnings.push(warning(code, details));
	}
}

function decimalOf(value: FieldValue): Decimal | undefined {
	try {
		return Decimal.of(plainText(value));
	} catch {
		return undefined;
	}
}
