import type { IExecuteFunctions } from 'n8n-workflow';
import type { Goods, SalePrice } from '../../../core';
import { Batches, readAll, type MoySkladClient } from '../../../transport';
import { bitrixClient } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';
import { moySkladClient, MOYSKLAD_CREDENTIAL } from '../../shared/moySklad';
import { readBooks } from './books';
import { CatalogSession } from './session';
import type { CatalogSettings } from './settings';

/** A session for goods: their currencies are looked up, and Bitrix is asked which of these it uses. */
export async function openSession(context: IExecuteFunctions, settings: CatalogSettings, goods: readonly Goods[]): Promise<CatalogSession> {
	const moySklad = await moySkladOf(context);
	const client = await bitrixClient(context, bitrixAuthentication(context));
	const prices = pricesOf(goods);
	const currencyOf = await currencies(prices, settings, moySklad);
	const used = [...new Set(prices.map(currencyOf).filter((currency) => currency !== null))].filter((currency) => !settings.currencies.has(currency));
	const { books, usedCurrencies } = await readBooks(new Batches(client), settings.catalog, used);
	const priceSettings = {
		zero: settings.zeroPrice, largestFall: settings.largestFall, currencies: settings.currencies, plainCurrency: settings.accountCurrency, usedCurrencies,
	};
	return new CatalogSession(context, settings, client, books, priceSettings, moySklad, currencyOf);
}

/** MoySklad, if the user chose a credential for it, which this node can do without. */
export const moySkladOf = async (context: IExecuteFunctions): Promise<MoySkladClient | undefined> =>
	context.getNode().credentials?.[MOYSKLAD_CREDENTIAL] === undefined ? undefined : await moySkladClient(context);

/** All prices of goods. */
export const pricesOf = (goods: readonly Goods[]): SalePrice[] => goods.flatMap((one) => [...one.prices, one.buyPrice, one.minPrice]).filter((price) => price !== null);

/**
 * How the currency of a price is found: as the price itself says, as another item says of the same one, as MoySklad says.
 * Only when all prices are in one and the same currency may it be taken for that of the account.
 */
export async function currencies(prices: readonly SalePrice[], { accountCurrency }: Pick<CatalogSettings, 'accountCurrency'>, moySklad: MoySkladClient | undefined): Promise<(price: SalePrice) => string | null> {
	const known = new Map<string, string>();
	for (const { currencyId, currency } of prices) if (currencyId !== null && currency !== null) known.set(currencyId, currency);
	const unknown = new Set(prices.flatMap(({ currencyId }) => (currencyId === null || known.has(currencyId) ? [] : [currencyId])));
	if (unknown.size > 0 && moySklad)
		for (const { id, isoCode } of await readAll(moySklad, 'entity/currency')) if (typeof isoCode === 'string') known.set(String(id).toLowerCase(), isoCode);
	const isSingle = new Set(prices.flatMap(({ currencyId }) => currencyId ?? [])).size <= 1;
	return ({ currency, currencyId }) => currency ?? known.get(currencyId ?? '') ?? (isSingle ? accountCurrency : null);
}
