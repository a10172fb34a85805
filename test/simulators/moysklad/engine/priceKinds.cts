import { fieldRefusal } from '../errors.cts';
import { hrefPath, isUuid } from '../hrefs.cts';
import type { Session } from '../session.cts';
import { number, wrongType } from './kinds.cts';
import { readReference } from './references.cts';
import { isObject, type Json, type Kind, type Place } from './schema.cts';
import { showRef } from './showing.cts';

/** Minor units of a currency. */
export interface Price {
	value: number;
	/** Id of the currency. */
	currency: string;
}

export interface PriceType {
	id: string;
	name: string;
	externalCode: string;
}

/** By id of the price type. */
export type SalePrices = Readonly<Record<string, Price>>;

const amount = number({ notNegative: true });

/** `buyPrice`, `minPrice`: `{value, currency}`. */
export const price: Kind = {
	label: 'Object',
	parse: (value, place) => readPrice(value, place, place.before as Price | undefined),
	show: (stored, { session }) => showPrice(stored as Price, session),
};

/** `salePrices`: merged by price type; all price types of the account are shown, 0 where none is set. */
export const salePrices: Kind = {
	label: 'Array',
	parse(value, place) {
		if (!Array.isArray(value)) throw wrongType(place, 'Array');
		const prices: Record<string, Price> = { ...(place.before as SalePrices | undefined) };
		for (const one of value as unknown[]) {
			const type = readPriceType(one, place);
			prices[type] = readPrice(one, place, prices[type]);
		}
		return prices;
	},
	show(stored, { session }) {
		const { account } = session;
		const prices = stored as SalePrices;
		return account.priceTypes.map((type) => ({
			...showPrice(prices[type.id] ?? { value: 0, currency: account.defaultCurrency }, session),
			priceType: showPriceType(type, session),
		}));
	},
};

export const showPriceType = ({ id, name, externalCode }: PriceType, session: Session): Json => ({
	meta: {
		href: `${session.account.base}/context/companysettings/pricetype/${id}`,
		type: 'pricetype',
		mediaType: 'application/json',
	},
	id,
	name,
	externalCode,
});

const showPrice = ({ value, currency }: Price, session: Session): Json => ({
	value,
	currency: showRef({ type: 'currency', id: currency }, session, undefined),
});

/** A price without a currency keeps the one it had, or takes the account's. */
function readPrice(value: unknown, place: Place, before: Price | undefined): Price {
	if (!isObject(value)) throw wrongType(place, 'Object');
	if (value.value === undefined || value.value === null) throw fieldRefusal(3000, 'value', 'value');
	const currency =
		value.currency === undefined || value.currency === null
			? (before?.currency ?? place.session.account.defaultCurrency)
			: readReference(value.currency, { ...place, field: 'currency' }, ['currency']).id;
	return { value: amount.parse(value.value, { ...place, field: 'value' }) as number, currency };
}

const readPriceType = (value: unknown, { session }: Place): string =>
	readPriceTypeMeta(isObject(value) ? value.priceType : undefined, session);

/** The id that `{meta}` of a price type names. */
export function readPriceTypeMeta(given: unknown, session: Session): string {
	if (!isObject(given) || !isObject(given.meta)) throw fieldRefusal(2014, 'priceType', 'priceType');
	if (typeof given.meta.href !== 'string') throw fieldRefusal(2010, 'priceType', 'priceType');
	const id = hrefPath(given.meta.href, session.account.base)?.at(-1)?.toLowerCase() ?? '';
	if (!isUuid(id) || !session.account.priceTypes.some((type) => type.id === id))
		throw fieldRefusal(2013, 'priceType', 'priceType');
	return id;
}
