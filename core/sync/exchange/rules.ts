import type { Goods } from '../../model/catalog';
import { SyncError } from '../../errors';
import { changedRules, type Rule } from '../mapping';
import { ID_PROPERTY, type NamedField } from '../propertyPairs';

/** A field of an item in a file of the exchange, by the name that it has over REST too. */
export interface ExchangeField {
	name: string;
	label: string;
}

/** All fields beside the properties, by label. Weight in grams; length, width and height as the catalog keeps them (mm). */
export const EXCHANGE_FIELDS: readonly ExchangeField[] = [
	{ name: 'previewText', label: 'Announcement' },
	{ name: 'article', label: 'Article' },
	{ name: 'barcodes', label: 'Barcode' },
	{ name: 'detailText', label: 'Description' },
	{ name: 'height', label: 'Height' },
	{ name: 'length', label: 'Length' },
	{ name: 'name', label: 'Name' },
	{ name: 'section', label: 'Section' },
	{ name: 'measure', label: 'Unit' },
	{ name: 'vat', label: 'VAT' },
	{ name: 'weight', label: 'Weight' },
	{ name: 'width', label: 'Width' },
];

/** In front of the id of a property, where targets of a mapping are named. */
export const PROPERTY_PREFIX = 'property:';

/** Fields that belong to what is sold: a product with variants has none of its own. */
const TRADED: ReadonlySet<string> = new Set(['measure', 'vat', 'weight', 'height', 'length', 'width']);

/** Rules of goods, and of variants. */
export interface ExchangeRules {
	goods: Rule[];
	offers: Rule[];
}

const PRESET: readonly Rule[] = [
	{ target: 'name', source: { field: 'name' }, policy: 'always' },
	{ target: 'detailText', source: { field: 'description' }, policy: 'empty' },
	{ target: 'measure', source: { field: 'unit' }, policy: 'always' },
	{ target: 'vat', source: { field: 'vat' }, policy: 'always' },
	{ target: 'weight', source: { field: 'weight' }, policy: 'always' },
	{ target: 'article', source: { field: 'article' }, policy: 'always' },
	{ target: 'barcodes', source: { field: 'barcodes' }, policy: 'always' },
];

const SECTION: Rule = { target: 'section', source: { field: 'folder' }, policy: 'creating' };

/** What the rules of a run are made of. */
export interface ExchangeRuleSettings {
	attributes: readonly NamedField[];
	characteristics: readonly NamedField[];
	/** Whether items carry their id in MoySklad in a property. */
	keepIds: boolean;
	/** Rows of the user, which go before the preset. */
	changes: readonly Rule[];
}

/** The mapping of a run: as over REST, but the name always goes along, since Bitrix takes no item without one. Throws EXCHANGE_TARGET_UNKNOWN. */
export function exchangeRules({ attributes, characteristics, keepIds, changes }: ExchangeRuleSettings): ExchangeRules {
	const lost = changes.find(({ target }) => !target.startsWith(PROPERTY_PREFIX) && !EXCHANGE_FIELDS.some(({ name }) => name === target));
	if (lost) throw new SyncError('EXCHANGE_TARGET_UNKNOWN', { target: lost.target });
	const ids: Rule[] = keepIds ? [{ target: `${PROPERTY_PREFIX}${ID_PROPERTY}`, source: { field: 'id' }, policy: 'always' }] : [];
	const own = (field: string, fields: readonly NamedField[]): Rule[] =>
		fields.filter(({ type }) => type !== 'file').map(({ id, name }) => ({ target: `${PROPERTY_PREFIX}${id ?? name}`, source: { field: `${field}:${id ?? name}` }, policy: 'always' }));
	const named = (rules: readonly Rule[]): Rule[] => rules.map((rule) => (rule.target === 'name' ? { ...rule, policy: 'always' } : rule));
	const withName = changes.filter(({ target, policy }) => target !== 'name' || policy !== 'never');
	const ofGoods = withName.filter(({ source }) => !('field' in source && source.field.startsWith('characteristic:')));
	return {
		goods: named(changedRules([...PRESET, SECTION, ...ids, ...own('attribute', attributes)], ofGoods)),
		offers: named(changedRules([...PRESET, ...ids, ...own('characteristic', characteristics)], withName.filter(({ target }) => target !== 'section'))),
	};
}

/** Rules for one item. What a rule says *Only When Creating* or *When Empty* is left out of items that the site has: nobody can see whether it is empty. */
export const rulesForItem = (rules: readonly Rule[], goods: Goods, isSkuParent: boolean, isOnSite: boolean): Rule[] =>
	rules.filter(({ target, policy }) => !(isOnSite && (policy === 'creating' || policy === 'empty')) && !(isSkuParent && TRADED.has(target)) && !(goods.kind === 'service' && target === 'weight'));
