import { presetPricePairs, readFolder, SyncError, type MoySkladBooks, type PricePair } from '../../../../core';
import { readAll, Related, type Entity, type MoySkladClient } from '../../../../transport';
import type { CatalogSession } from '../session';
import { chosenPairs } from '../rules';

/** Everything that a new object of MoySklad can refer to. */
export async function readMoySkladBooks(client: MoySkladClient): Promise<MoySkladBooks> {
	const [folders, units, priceTypes, currencies] = await Promise.all([
		new Related(client).folders(),
		readAll(client, 'entity/uom'),
		readAll(client, 'context/companysettings/pricetype'),
		readAll(client, 'entity/currency'),
	]);
	return {
		folders: folders.map(readFolder),
		units: units.map(({ id, code, name }) => ({ id: String(id), code: text(code), name: text(name) })),
		priceTypes: priceTypes.map(({ id, name }) => ({ id: String(id), name: text(name) })),
		currencies: currencies.map(({ id, isoCode }) => ({ id: String(id), isoCode: text(isoCode) })),
	};
}

const text = (value: Entity[string]): string => (typeof value === 'string' ? value : '');

/** Which sale price of MoySklad gets which price of Bitrix. Throws CATALOG_TARGET_MISSING. */
export function pairsToMoySklad(session: CatalogSession, { priceTypes }: MoySkladBooks): PricePair[] {
	const chosen = chosenPairs(session);
	const lost = chosen?.find(({ from }) => !priceTypes.some(({ id, name }) => id === from.toLowerCase() || name === from));
	if (lost) throw new SyncError('CATALOG_TARGET_MISSING', { what: `counterpart in MoySklad for its price type ${lost.from}` });
	return chosen ?? presetPricePairs(priceTypes, session.books.priceTypes);
}
