import type { Rule } from '../../sync/mapping';
import type { NamedField } from '../../sync/propertyPairs';
import { PROPERTY_TARGET } from './classifierBuilder';
import { PRICE_TARGET } from './prices';
import { propertyId } from './properties';

/** A price type of MoySklad (id or name) and the id of the site's that it goes to. */
export interface ExchangePricePair {
	from: string;
	to: string;
}

export interface ExchangePresetInput {
	/** Additional fields of the goods. */
	attributes: readonly NamedField[];
	/** Of the variants. */
	characteristics: readonly NamedField[];
	prices: readonly ExchangePricePair[];
}

/** What always has a place in Bitrix. Over the exchange nothing can be written only once or only where nothing is. */
const FIXED: ReadonlyArray<[target: string, field: string]> = [
	['name', 'name'], ['section', 'folder'], ['detailText', 'description'], ['measure', 'unit'], ['vat', 'vat'], ['weight', 'weight'], ['article', 'article'], ['barcodes', 'barcodes'],
];

/** The mapping of the exchange that works untouched. Files have no values that a property could hold. */
export const exchangePreset = ({ attributes, characteristics, prices }: ExchangePresetInput): Rule[] =>
	[
		...FIXED,
		...attributes.filter(({ type }) => type !== 'file').map((field): [string, string] => [`${PROPERTY_TARGET}${propertyId(field)}`, `attribute:${field.id ?? field.name}`]),
		...characteristics.map((field): [string, string] => [`${PROPERTY_TARGET}${propertyId(field)}`, `characteristic:${field.id ?? field.name}`]),
		...prices.map(({ from, to }): [string, string] => [`${PRICE_TARGET}${to}`, `price:${from}`]),
	].map(([target, field]) => ({ target, source: { field }, policy: 'always' }));
