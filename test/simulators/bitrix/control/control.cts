import { putGoods } from '../orders/goods.cts';
import { placeOrders, type PlaceOrders } from '../orders/placeOrders.cts';
import type { Catalogs } from '../catalog/furnish.cts';
import { placeDeals, type PlaceDeals } from '../crm/placeDeals.cts';
import { setInventory } from '../catalog/stock.cts';
import type { Application } from '../access/oauth.cts';
import type { RateLimit } from '../limits/rateLimit.cts';
import type { Control } from '../platform.cts';
import type { Portal, Switches } from '../portal.cts';
import type { Change } from '../store/changes.cts';
import type { ShopSize } from '../../shop/size.cts';
import { exchangeActions } from '../exchange/controlActions.cts';
import type { ExchangeSite } from '../exchange/site.cts';
import { everything, tableSizes } from './everything.cts';
import { editCustomer, editDeal, type CustomerEdit, type DealEdit } from './crmEdits.cts';
import { editOrder, type OrderEdit } from './personEdits.cts';

/**
 * The portal's own control actions:
 * - `GET state`: sizes of tables, modes, switches; `GET everything`: all rows
 * - `GET changes`, `DELETE changes`: what was announced since the start or the last deletion
 * - `POST goods {seed?, size}` · `POST orders {count, seed?, days?}` · `POST order {id, …}` as a person in the shop would
 * - `POST deals {count, seed?, days?}` · `POST deal {id?, …}` and `POST customer {contact | company, …}` as a person in CRM would
 * - `PUT inventory {mode}` · `PUT switches {…}` (overload, closed plan, missing methods, old core, …)
 * - `POST tokens/expire` · `POST tokens/revoke` · `PUT application {redirectUri?, scopes?, unpaid?}`
 * - `GET rate` (what was used of the rate limit) · `POST rate/restart`
 * - those of the exchange with 1C: `exchangeActions`
 */
export function makeControl(portal: Portal, catalogs: Catalogs, rate: RateLimit, exchange: ExchangeSite): Control {
	const changes: Change[] = [];
	portal.changes.subscribe((change) => void changes.push(change));
	const actions: Record<string, (body: unknown) => unknown> = {
		'GET state': () => stateOf(portal, catalogs),
		'GET everything': () => everything(portal),
		'GET changes': () => changes,
		'DELETE changes': () => void changes.splice(0),
		'POST goods': (body) => fillShop(portal, catalogs, body as { seed?: number; size: ShopSize }),
		'POST orders': (body) => ({ ids: placeOrders(portal, catalogs, body as PlaceOrders) }),
		'POST order': (body) => editOrder(portal, body as OrderEdit),
		'POST deals': (body) => ({ ids: placeDeals(portal, catalogs, body as PlaceDeals) }),
		'POST deal': (body) => editDeal(portal, body as DealEdit),
		'POST customer': (body) => editCustomer(portal, body as CustomerEdit),
		'PUT inventory': (body) => setInventory(portal, (body as { mode: 'Y' | 'N' }).mode),
		'PUT switches': (body) => setSwitches(portal.switches, body as Partial<Switches>),
		'POST tokens/expire': () => portal.oauth.expireAccess(),
		'POST tokens/revoke': () => portal.oauth.revoke(),
		'PUT application': (body) => Object.assign(portal.oauth.application, body as Partial<Application>),
		'GET rate': () => rate.usage(),
		'POST rate/restart': () => rate.restartUsage(),
		...exchangeActions(exchange),
	};
	return async (method, action, body) => {
		const run = actions[`${method} ${action}`];
		return run ? ((await run(body)) ?? {}) : undefined;
	};
}

function stateOf(portal: Portal, catalogs: Catalogs): unknown {
	const { edition, inventory, switches, oauth } = portal;
	return {
		edition,
		inventory,
		switches,
		earlyRefreshes: oauth.earlyRefreshes,
		catalogs,
		files: portal.store.files.count,
		tables: tableSizes(portal),
	};
}

function fillShop(portal: Portal, { main }: Catalogs, { seed, size }: { seed?: number; size: ShopSize }): { made: number } {
	return { made: putGoods(portal, main, seed ?? portal.options.seed, size) };
}

/** Throws for a switch that does not exist. */
function setSwitches(switches: Switches, values: Partial<Switches>): Switches {
	const unknown = Object.keys(values).filter((name) => !Object.hasOwn(switches, name));
	if (unknown.length > 0) throw new RangeError(`Unknown switch: ${unknown.join(', ')}`);
	return Object.assign(switches, values);
}
