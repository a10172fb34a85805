import { propertyByCode, type Property } from '../bitrix/property';
import type { CatalogBooks } from '../bitrix/catalogBooks';
import type { Goods } from '../model/catalog';
import { toFieldValue, type FieldValue, type FieldValues } from './fieldValue';
import { sourceValue, type SourceSettings } from './goodsSources';
import type { PricePair } from './pricePairs';
import { pairProperties, type NamedField } from './propertyPairs';
import { propertyTargetName } from './targets';

/** When a field that is already there is written. */
export type Policy = 'always' | 'creating' | 'empty' | 'never';

/** A field of MoySklad, a value that is always the same, or the expression in a row of the user's mapping. */
export type RuleSource = { field: string } | { constant: FieldValue } | { row: number };

/** One line of the mapping. A rule for a property holds for the items of its block only. */
export interface Rule {
	target: string;
	source: RuleSource;
	policy: Policy;
}

/** A field of an object of MoySklad with the value that a mapping gives it. */
export interface FilledField {
	/** MoySklad's keyword, or `attribute:<id>`. */
	target: string;
	policy: Policy;
	/** In MoySklad's form; of an additional field with its `meta`. */
	value: unknown;
}

/** Codes that the 1C exchange gives to these properties. */
export const ARTICLE_PROPERTY = 'CML2_ARTICLE';
/** The code of the property in which the exchange keeps barcodes. */
export const BARCODE_PROPERTY = 'CML2_BAR_CODE';

/** The preset policies (rule C1): what a shop writes by hand is not overwritten. */
const FIXED_RULES: readonly Rule[] = [
	{ target: 'name', source: { field: 'name' }, policy: 'creating' },
	{ target: 'section', source: { field: 'folder' }, policy: 'creating' },
	{ target: 'detailText', source: { field: 'description' }, policy: 'empty' },
	{ target: 'measure', source: { field: 'unit' }, policy: 'always' },
	{ target: 'vat', source: { field: 'vat' }, policy: 'always' },
	{ target: 'vatIncluded', source: { constant: 'Y' }, policy: 'always' },
	{ target: 'weight', source: { field: 'weight' }, policy: 'always' },
];

/** What the preset looks at: it maps only what this Bitrix and these goods have. */
export interface PresetInput {
	books: CatalogBooks;
	prices: readonly PricePair[];
	/** Additional fields of the goods; none when they are not to be mapped. */
	attributes: readonly NamedField[];
	characteristics: readonly NamedField[];
}

/** The mapping that works untouched. */
export function presetRules({ books, prices, attributes, characteristics }: PresetInput): Rule[] {
	const { goods, offers, properties } = books;
	const always = (property: Property, field: string): Rule => ({ target: propertyTargetName(property), source: { field }, policy: 'always' });
	const coded = (code: string, field: string): Rule[] =>
		[goods, ...(offers ? [offers] : [])].flatMap(({ iblockId }) => {
			const property = propertyByCode(properties, iblockId, code);
			return property ? [always(property, field)] : [];
		});
	return [
		...FIXED_RULES,
		...prices.map(priceRule),
		...coded(ARTICLE_PROPERTY, 'article'),
		...coded(BARCODE_PROPERTY, 'barcodes'),
		...pairProperties(attributes, properties, goods.iblockId).map(([{ id }, property]) => always(property, `attribute:${id}`)),
		...(offers ? pairProperties(characteristics, properties, offers.iblockId).map(([{ id, name }, property]) => always(property, `characteristic:${id ?? name}`)) : []),
	];
}

/** The rule that brings a price of MoySklad into a price type of Bitrix. */
export const priceRule = ({ from, to }: PricePair): Rule => ({ target: `price:${to.id}`, source: { field: `price:${from}` }, policy: 'always' });

/** The user's rows take the place of the preset's with the same target; *Never* takes it away. */
export function changedRules(preset: readonly Rule[], changes: readonly Rule[]): Rule[] {
	const changed = new Map(changes.map((rule) => [rule.target, rule]));
	return [...preset.filter(({ target }) => !changed.has(target)), ...changed.values()].filter(({ policy }) => policy !== 'never');
}

/** What the rules give for a good; targets without a value are left out. `expression` gives the value of a row for this item. */
export const mappedValues = (rules: readonly Rule[], goods: Goods, settings: SourceSettings, expression: (row: number) => unknown): FieldValues =>
	ruleValues(rules, (field) => sourceValue(field, goods, settings), expression);

/** What the rules give for an object of any kind; `fieldValue` says what it has in a field of MoySklad, `expression` gives the value of a row. */
export function ruleValues(rules: readonly Rule[], fieldValue: (field: string) => FieldValue | undefined, expression: (row: number) => unknown): FieldValues {
	const values: FieldValues = {};
	for (const { target, source } of rules) {
		const value = 'field' in source ? fieldValue(source.field) : 'constant' in source ? source.constant : expression(source.row);
		const given = toFieldValue(value);
		if (given !== undefined) values[target] = given;
	}
	return values;
}
