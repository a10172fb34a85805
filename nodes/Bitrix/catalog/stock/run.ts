import { WHOLE, type Place, type StockRule } from '../../../../core';
import type { CatalogSession } from '../session';
import type { Inventory } from './inventory';
import type { StockSettings } from './settings';

/** What the steps of one *Update Stock* work with. */
export interface StockRun {
	session: CatalogSession;
	settings: StockSettings;
	inventory: Inventory;
	rule: StockRule;
	/** Quantities of orders that MoySklad does not know yet, by the id of the item in Bitrix. */
	ordered: ReadonlyMap<number, number>;
}

/** How users see the place of an amount. */
export const fieldOf = ({ inventory }: StockRun, place: Place): string =>
	inventory.on && place !== WHOLE ? `Amount in ${inventory.stores.get(place) ?? place}` : 'Quantity';
