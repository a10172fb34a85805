import { waitFor } from '../n8n/waiting.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import type { BitrixOptions } from '../simulators/bitrix/options.cts';
import type { ElementRow } from '../simulators/bitrix/catalog/rows.cts';
import type { CounterSnapshot } from '../simulators/kernel/counters.cts';
import type { Installation } from './installation.cts';
import { comparedStock, flowState, freeStock, orderSums, plainProducts, type OrderSums } from './mainJob.cts';

/** The numbers of a run of *Full catalog by 1C exchange*. */
export interface SendRun {
	/** Items and folders that the run sent, and those that it could not send. */
	sent: number;
	failed: number;
	/** Items that are in the store since. */
	created: number;
	/** Files that the store got, and all calls of its exchange of goods: the schedule of the orders may fall into the run. */
	writes: number;
	calls: number;
	seconds: number;
}

const WITHIN_MS = 3_600_000;

/** A store that has no REST to work with; variants in a block of their own. It takes the status of orders, and sets none by itself. */
export const EXCHANGE_STORE: BitrixOptions = { edition: 'site', exchange: { useOffers: true, changeStatus: true, finalStatusOnDelivery: '' } };

/** *Settings* of template 05b where this store stands beside another one. */
export const EXCHANGE_ORDERS = { flow: 'orders by exchange', startDate: '2020-01-01' };

/** Runs a template; once more when the run of its schedule was at work. */
export async function runTemplate(installation: Installation, number: string, trigger: string): Promise<void> {
	await waitFor(`The work of template ${number}`, WITHIN_MS, async () => {
		const { run: done } = await installation.api.run(installation.workflow(number).id, trigger, undefined, WITHIN_MS);
		if (done.error) throw done.error;
		return done.executed.includes('Another Run Works') ? undefined : true;
	});
}

const CATALOG = /^1c_exchange catalog /;
const UPLOAD = /^1c_exchange catalog file$/;

/** Calls of the routes that are wanted. */
export const callsOf = ({ routes }: CounterSnapshot, wanted: RegExp): number =>
	Object.entries(routes).reduce((sum, [route, { calls }]) => sum + (wanted.test(route) ? calls : 0), 0);

/** Calls of the store that were none of the exchange: it shall do without them. */
export const otherCalls = ({ exchangeStore }: Installation): number => callsOf(exchangeStore.counters.snapshot(), /^(?!1c_exchange )/);

/** Runs *Full catalog by 1C exchange* to its end. Throws the error of an execution that failed. */
export async function sendCatalog(installation: Installation): Promise<SendRun> {
	const { counters, portal } = installation.exchangeStore;
	const earlier = counters.snapshot();
	const before = portal.store.elements.all().length;
	const started = Date.now();
	await runTemplate(installation, '03b', 'Import Now');
	const state = await flowState(installation.api, 'catalog by exchange');
	if (state.step !== 'done') throw new Error(`The import ended at the step "${String(state.step)}"`);
	const now = counters.snapshot();
	const { sent, failed } = state as unknown as Pick<SendRun, 'sent' | 'failed'>;
	return {
		sent,
		failed,
		created: portal.store.elements.all().length - before,
		writes: callsOf(now, UPLOAD) - callsOf(earlier, UPLOAD),
		calls: callsOf(now, CATALOG) - callsOf(earlier, CATALOG),
		seconds: (Date.now() - started) / 1000,
	};
}

/** Compares stock and prices now, and counts the items of the store that do not show what MoySklad has. */
export async function sendStock(installation: Installation): Promise<{ items: number; off: number; pricesOff: number }> {
	await runTemplate(installation, '04b', 'Compare Now');
	const { moySklad, exchangeStore } = installation;
	const items = itemsByKey(installation);
	const keys = keysOf(installation);
	const stock = comparedStock(await freeStock(moySklad), (moySkladId) => items.get(keys.get(moySkladId) ?? ''));
	const { prices, priceTypes } = exchangeStore.portal.store;
	const shown = (item: ElementRow): number[] => priceTypes.all().map(({ id }) => prices.where('productId', item.id).find(({ catalogGroupId }) => catalogGroupId === id)?.price ?? 0);
	const [first] = moySklad.account.priceTypes;
	const pricesOff = plainProducts(moySklad).filter(({ externalCode, salePrices }) => {
		const price = (salePrices as Record<string, { value: number }>)[first?.id ?? '']?.value ?? 0;
		const item = items.get(String(externalCode));
		return price > 0 && item && shown(item).some((one) => one !== Math.round(price));
	});
	return { ...stock, pricesOff: pricesOff.length };
}

const itemsByKey = ({ exchangeStore }: Installation): Map<string, ElementRow> =>
	new Map(exchangeStore.portal.store.elements.all().map((element) => [element.xmlId, element]));

/** The key on a site of each thing that is sold, by its id in MoySklad. */
export function keysOf({ moySklad }: Installation): Map<string, string> {
	const rows = (type: string): Array<Record<string, unknown>> => moySklad.account.table(type).all();
	const keys = new Map(['product', 'bundle', 'service'].flatMap(rows).map(({ id, externalCode }) => [String(id), String(externalCode)]));
	for (const { id, externalCode, product } of rows('variant')) {
		const parent = [...keys].find(([productId]) => JSON.stringify(product).includes(productId))?.[1];
		keys.set(String(id), `${parent}#${String(externalCode)}`);
	}
	return keys;
}

/** Lets customers place random orders in the store of the exchange, and brings them over. */
export async function bringExchangeOrders(installation: Installation, count: number, seed = 1): Promise<OrderSums> {
	const { exchangeStore, moySklad } = installation;
	placeOrders(exchangeStore.portal, exchangeStore.catalogs, { count, seed });
	await runTemplate(installation, '05b', 'Run Now');
	return orderSums({ bitrix: exchangeStore, moySklad });
}
