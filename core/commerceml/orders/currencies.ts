import type { Reading } from '../codec/reading';

/** What sites call currencies by other names, in lower case, with their codes. */
export type CurrencyNames = Readonly<Record<string, string>>;

/** Sites write three characters, for which they may have a replacement; these are usual ones. */
const USUAL: CurrencyNames = { руб: 'RUB', 'р.': 'RUB', '643': 'RUB', '810': 'RUB', '840': 'USD', '978': 'EUR', '933': 'BYN', '398': 'KZT' };

/** The code of a currency; a name that is not known stays as it is, and is a finding. */
export function currencyOf(name: string, names: CurrencyNames, reading: Reading): string {
	const said = name.trim();
	const known = names[said.toLowerCase()] ?? USUAL[said.toLowerCase()];
	if (known !== undefined) return known;
	if (!/^[A-Z]{3}$/.test(said) && said !== '') reading.note('ORDER_DOCUMENT_CURRENCY_UNKNOWN', 'Валюта', { currency: said.slice(0, 20) });
	return said;
}
