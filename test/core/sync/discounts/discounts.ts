import {
	computedPrice, Decimal, discountBook, DiscountFindings, priceGroups, readGoods, readPriceRulesOfCompany, rulesOf,
	type BookSettings, type DiscountBook, type Goods, type PersonalPercents, type PriceGroupRow, type SalePrice,
} from '../../../../core';

/** Discounts, goods and settings of MoySklad as its API gives them. */

export type Json = Record<string, unknown>;

const API = 'https://api.moysklad.ru/api/remap/1.2';

/** The same word gives the same id. */
export const uuid = (word: string): string =>
	`${[...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7).toString(16).padStart(8, '0')}-f831-11e5-7a69-971500188b19`;

export const link = (type: string, word: string): Json => ({ meta: { href: `${API}/entity/${type}/${uuid(word)}`, type } });
export const RUB = link('currency', 'RUB');
export const USD = link('currency', 'USD');

const TYPES = ['Retail', 'Wholesale', 'Export'];

/** Kopecks. */
export const price = (type: string, value: number, currency: Json = RUB): Json => ({
	value, currency, priceType: { meta: { href: `${API}/context/companysettings/pricetype/${uuid(type)}`, type: 'pricetype' }, id: uuid(type), name: type },
});

export const folder = (word: string, parent?: Json): Json => ({ ...link('productfolder', word), name: word, externalCode: word, ...(parent && { productFolder: parent }) });

export const product = (word: string, more: Json = {}): Goods => readGoods({ ...link('product', word), name: word, externalCode: word, salePrices: [price('Retail', 10_000)], ...more });

export const variant = (word: string, of: Json, more: Json = {}): Goods =>
	readGoods({ ...link('variant', word), name: word, externalCode: word, salePrices: [price('Retail', 10_000)], product: { name: 'p', externalCode: 'p', ...of }, ...more });

const discount = (type: string, name: string, more: Json): Json => ({
	...link(type, name), id: uuid(name), name, active: true, allAgents: true, agentTags: [], allProducts: true, ...more,
});

export const percent = (name: string, value: number, more: Json = {}): Json => discount('specialpricediscount', name, { usePriceType: false, discount: value, ...more });

export const special = (name: string, type: string, value = 0, more: Json = {}): Json =>
	discount('specialpricediscount', name, { usePriceType: true, specialPrice: { value, priceType: { ...price(type, 0).priceType as Json } }, ...more });

export const personal = (name: string, more: Json = {}): Json => discount('personaldiscount', name, more);

export const other = (type: string, name: string, more: Json = {}): Json => discount(type, name, more);

export interface Case {
	settings?: Json;
	book?: Partial<BookSettings>;
	row?: Partial<PriceGroupRow>;
	personal?: PersonalPercents;
}

const company = (settings: Json = {}) =>
	readPriceRulesOfCompany({
		discountStrategy: 'bySum', checkMinPrice: false, currency: RUB, priceTypes: TYPES.map((name) => ({ id: uuid(name), name })), ...settings,
	});

/** What a good costs: in kopecks, with the codes of what was found. */
export function reckon(goods: Goods, discounts: readonly Json[], { settings, book: more, row, personal: percents = new Map() }: Case = {}): { value: number | undefined; price: SalePrice | undefined; codes: string[]; book: DiscountBook } {
	const findings = new DiscountFindings();
	const rules = company(settings);
	const book = discountBook(discounts, rules, { roundOff: false, forVariants: true, ignoreProhibition: false, ...more }, findings);
	const [group] = priceGroups([{ name: 'Special', tag: null, base: '', ...row }], rules);
	const found = group && computedPrice(goods, rulesOf(book, group, percents, findings), book, findings);
	return { value: found?.value, price: found, codes: findings.all.map(({ code }) => code), book };
}

export const percents = (...entries: Array<[string, number | 'varies']>): PersonalPercents =>
	new Map(entries.map(([name, value]) => [uuid(name), value === 'varies' ? value : Decimal.of(value)]));
