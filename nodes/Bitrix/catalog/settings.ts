import type { IExecuteFunctions } from 'n8n-workflow';
import { SyncError, type GonePolicy, type GoodsKind, type Identity, type Policy, type Rule, type Scope, type ZeroPrice } from '../../../core';
import { isExchange } from '../../shared/bitrixConnection';
import { givenPairs } from '../../shared/givenPairs';
import { limited } from '../../shared/limited';
import { textIn, type Located } from '../../shared/locator';
import { priceSourceIn } from './parameters/prices';

export { textIn, type Located };

/** What the user chose, as the steps of the work need it. */
export interface CatalogSettings {
	/** Id of the block of goods; 0 where the exchange goes by external codes. */
	catalog: number;
	identity: Identity;
	preview: boolean;
	/** Rows of the mapping. */
	changes: Rule[];
	attributes: 'none' | 'matching' | 'create';
	/** Ids of measures in Bitrix that somebody confirmed, by the names of MoySklad's units in small letters. */
	units: ReadonlyMap<string, number>;
	/** Empty = the preset. */
	pricePairs: Array<{ from: string; to: number }>;
	zeroPrice: ZeroPrice;
	largestFall: number;
	/** ISO code → code in Bitrix. */
	currencies: Map<string, string>;
	/** Of prices whose currency cannot be found out. */
	accountCurrency: string;
	scope: Omit<Scope, 'price'>;
	/** Only goods with a price are in scope. */
	pricedOnly: boolean;
	gone: GonePolicy;
	pictures: Policy;
	becameSku: 'report' | 'replace';
	takeOverKeys: boolean;
	keepIds: boolean;
	codedProperties: boolean;
	/** For goods without a folder. */
	defaultSection: number | undefined;
	gramsPerWeight: number;
	/** Id of the sub-workflow before writing. */
	subWorkflow: string | undefined;
	failAfterAll: boolean;
	/** Name of the flow in links. */
	flow: string;
	/** Per cent of the items (or sections) that may be hidden in one run. */
	largestShare: number;
	hideMissingSections: boolean;
	showSectionsAgain: boolean;
}

interface MappingRow {
	target?: Located;
	value: 'field' | 'expression';
	field?: Located;
	policy: Policy;
}

interface Options {
	becameSku?: CatalogSettings['becameSku'];
	codedProperties?: boolean;
	defaultSection?: Located;
	failAfterAll?: boolean;
	flow?: string;
	keepIds?: boolean;
	largestShare?: number;
	hideMissingSections?: boolean;
	showSectionsAgain?: boolean;
	subWorkflow?: Located | string;
	takeOverKeys?: boolean;
	/** A list, or its JSON. */
	unitPairs?: unknown;
	weightUnit?: 'kilogram' | 'gram';
}

interface PricePair {
	from?: Located;
	to?: Located;
}

interface PriceOptions {
	/** A list, or its JSON. */
	pairs?: unknown;
	currencies?: { row?: Array<{ from: string; to: string }> };
	accountCurrency?: string;
	largestFall?: number;
	zero?: ZeroPrice;
}

interface ScopeOptions {
	checkbox?: Located;
	folders?: { row?: Array<{ folder?: Located }> };
	kinds?: GoodsKind[];
	pricedOnly?: boolean;
}

const GRAMS = { kilogram: 1000, gram: 1 } as const;

/** Reads the parameters; those that an operation does not show have their defaults. Throws CATALOG_TARGET_MISSING without a catalog. */
export function readSettings(context: IExecuteFunctions): CatalogSettings {
	const read = <Value>(name: string, otherwise: Value): Value => context.getNodeParameter(name, 0, otherwise) as Value;
	const options = read<Options>('options', {});
	const prices = read<PriceOptions>('priceOptions', {});
	const scope = read<ScopeOptions>('scope', {});
	const pairs = read<{ pair?: PricePair[] }>('priceTypes', {});
	const mapping = read<{ change?: MappingRow[] }>('mapping', {});
	return {
		catalog: isExchange(context) ? 0 : numberIn(read<Located>('catalog', {}), 'catalog chosen'),
		identity: read<Identity>('identity', 'externalCode'),
		preview: read('preview', false),
		changes: (mapping.change ?? []).flatMap(toRule),
		attributes: read('attributes', 'matching'),
		units: unitsOf(options.unitPairs),
		pricePairs: pricePairsOf(pairs.pair ?? [], prices.pairs),
		zeroPrice: prices.zero ?? 'skip',
		largestFall: limited(prices.largestFall, 50, 0, 100),
		currencies: new Map((prices.currencies?.row ?? []).map(({ from, to }) => [from.trim().toUpperCase(), to.trim()])),
		accountCurrency: prices.accountCurrency?.trim().toUpperCase() ?? 'RUB',
		scope: {
			kinds: scope.kinds ?? [],
			folders: (scope.folders?.row ?? []).map(({ folder }) => textIn(folder).toLowerCase()).filter((id) => id !== ''),
			checkbox: textIn(scope.checkbox).toLowerCase() || null,
		},
		pricedOnly: scope.pricedOnly ?? false,
		gone: read('gone', 'deactivate'),
		pictures: read('pictures', 'empty'),
		becameSku: options.becameSku ?? 'report',
		takeOverKeys: options.takeOverKeys ?? false,
		keepIds: options.keepIds ?? true,
		codedProperties: options.codedProperties ?? false,
		defaultSection: textIn(options.defaultSection) === '' ? undefined : numberIn(options.defaultSection, 'section chosen'),
		gramsPerWeight: GRAMS[options.weightUnit ?? 'kilogram'],
		subWorkflow: textIn(options.subWorkflow) || undefined,
		failAfterAll: options.failAfterAll ?? false,
		flow: options.flow?.trim() || 'catalog',
		largestShare: limited(options.largestShare, 5, 0, 100),
		hideMissingSections: options.hideMissingSections ?? false,
		showSectionsAgain: options.showSectionsAgain ?? false,
	};
}

/** Pairs that the user added; without any those that an expression gave. Throws CATALOG_TARGET_MISSING. */
function pricePairsOf(added: readonly PricePair[], given: unknown): CatalogSettings['pricePairs'] {
	const toPairs = (rows: readonly PricePair[]): CatalogSettings['pricePairs'] =>
		rows.flatMap(({ from, to }) => (priceSourceIn(from) === '' ? [] : [{ from: priceSourceIn(from), to: numberIn(to, 'price type chosen') }]));
	const own = toPairs(added);
	const list = givenPairs(given);
	if (list === undefined) throw new SyncError('CATALOG_TARGET_MISSING', { what: 'list of price pairs' });
	return own.length > 0 ? own : toPairs(list.map(({ from, to }) => ({ from: { value: from }, to: { value: to } })));
}

/** A unit comes with its goods by its name. Throws CATALOG_TARGET_MISSING. */
function unitsOf(given: unknown): CatalogSettings['units'] {
	const list = givenPairs(given);
	if (list === undefined) throw new SyncError('CATALOG_TARGET_MISSING', { what: 'list of unit pairs' });
	return new Map(list.map(({ from, fromName, to }) => [String(fromName ?? from ?? '').trim().toLowerCase(), numberIn({ value: to }, 'unit chosen')]));
}

/** An id in Bitrix. Throws CATALOG_TARGET_MISSING. */
export function numberIn(located: Located | undefined, what: string): number {
	const number = Number(textIn(located));
	if (!Number.isInteger(number) || number <= 0) throw new SyncError('CATALOG_TARGET_MISSING', { what });
	return number;
}

/** Rows that name no target or no field say nothing. The value of an expression is read for each item, by the number of its row. */
function toRule({ target, value, field, policy }: MappingRow, row: number): Rule[] {
	const name = textIn(target);
	if (name === '' || (policy !== 'never' && value === 'field' && textIn(field) === '')) return [];
	return [{ target: name, source: value === 'expression' ? { row } : { field: textIn(field) }, policy }];
}

/** Where the expression of a mapping row stands among the parameters. */
export const expressionParameter = (row: number): string => `mapping.change[${row}].expression`;
