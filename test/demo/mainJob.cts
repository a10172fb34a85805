import { control } from '../simulators/moysklad/control.cts';
import { plainProducts as plainProductsOf } from '../simulators/moysklad/plainProducts.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { waitFor } from '../n8n/waiting.cts';
import type { Installation } from './installation.cts';

/** The numbers of a run of *Full catalog import*, as its table shows them. */
export interface ImportCounts {
	created: number;
	updated: number;
	unchanged: number;
	deactivated: number;
	skipped: number;
	failed: number;
}

export interface ImportRun extends ImportCounts {
	/** Calls that wrote something into Bitrix. */
	writes: number;
	calls: number;
	seconds: number;
}

export interface OrderSums {
	/** Orders of the store, and how many of them are customer orders. */
	placed: number;
	arrived: number;
	twice: number;
	/** Sums in kopecks, of the orders that arrived. */
	inStore: number;
	inMoySklad: number;
	mismatches: number;
}

const IMPORT_WITHIN_MS = 3_600_000;
const ACROSS_WITHIN_MS = 60_000;
const ORDERS_WITHIN_MS = 600_000;

/** Runs *Full catalog import* to its end. Throws the error of an execution that failed. */
export async function importCatalog(installation: Installation): Promise<ImportRun> {
	const { api, bitrix } = installation;
	bitrix.counters.reset();
	const started = Date.now();
	const { run } = await api.run(installation.workflow('03').id, 'Import Now', undefined, IMPORT_WITHIN_MS);
	if (run.error) throw run.error;
	const state = await flowState(api, 'catalog');
	if (state.step !== 'done') throw new Error(`The import ended at the step "${String(state.step)}"`);
	const { calls, routes } = bitrix.counters.snapshot();
	const writes = Object.entries(routes).reduce((sum, [route, count]) => sum + (/\.(add|update|delete|upload|set)$/i.test(route) ? count.calls : 0), 0);
	return { ...(state as unknown as ImportCounts), writes, calls, seconds: (Date.now() - started) / 1000 };
}

/** What a flow of the templates keeps in its row of the table *msbx_flows*. */
export async function flowState({ dataTables }: Installation['api'], flow: string): Promise<Record<string, unknown>> {
	const { id } = await dataTables.named('msbx_flows');
	const { data } = await dataTables.rows(id, { filters: [{ columnName: 'flow', condition: 'eq', value: flow }] });
	return JSON.parse(String(data[0]?.state || '{}')) as Record<string, unknown>;
}

/** The products of an account that are sold themselves: not archived, and without variants. */
export const plainProducts = ({ account }: Installation['moySklad']): Array<Record<string, unknown>> => plainProductsOf(account);

/** Changes the weight of a product in MoySklad as a person does, and gives the milliseconds until the store shows it. */
export async function changeAcross({ moySklad, bitrix }: Installation): Promise<number> {
	const [product] = plainProducts(moySklad);
	if (!product) throw new RangeError('MoySklad has no plain product');
	const { elements } = bitrix.portal.store;
	const before = elements.where('xmlId', String(product.externalCode))[0]?.weight;
	const weight = Number(product.weight ?? 0) + 1.25;
	const started = Date.now();
	await control(moySklad.parts, 'POST', 'edit', { user: 'admin', method: 'PUT', path: `entity/product/${String(product.id)}`, body: { weight } });
	return await waitFor('The change in the store', ACROSS_WITHIN_MS, async () => {
		const now = elements.where('xmlId', String(product.externalCode))[0]?.weight;
		return await Promise.resolve(now !== before ? Date.now() - started : undefined);
	});
}

/** Compares stock and prices now, and counts the items of the store whose amount is not the free stock of MoySklad. */
export async function compareStock(installation: Installation): Promise<{ items: number; off: number }> {
	const { run } = await installation.api.run(installation.workflow('04').id, 'Compare Now', undefined, IMPORT_WITHIN_MS);
	if (run.error) throw run.error;
	return await shownStock(installation);
}

/** The items of the store that MoySklad has, and how many of them do not show its free stock. */
export async function shownStock({ bitrix, moySklad }: Pick<Installation, 'bitrix' | 'moySklad'>): Promise<{ items: number; off: number }> {
	const levels = await freeStock(moySklad);
	const marks = bitrix.portal.store.properties.all().filter(({ code }) => code === 'MOYSKLAD_ID').map(({ id }) => id);
	const byId = new Map(
		bitrix.portal.store.elements.all().flatMap((element) => marks.flatMap((mark) => (element.properties[mark] ?? []).map(({ value }) => [String(value), element] as const))),
	);
	return comparedStock(levels, (moySkladId) => byId.get(moySkladId));
}

export interface FreeStock {
	assortmentId: string;
	freeStock: number;
}

/** The free stock of everything, as MoySklad tells it now. */
export async function freeStock({ baseUrl, users }: Installation['moySklad']): Promise<FreeStock[]> {
	const answer = await fetch(`${baseUrl}/report/stock/all/current?stockType=freeStock&include=zeroLines`, {
		headers: { authorization: `Bearer ${users.admin.token}`, 'accept-encoding': 'gzip' },
	});
	return (await answer.json()) as FreeStock[];
}

/** How many amounts are in the store too, and how many of them are not what is free. */
export function comparedStock(levels: FreeStock[], itemOf: (moySkladId: string) => { quantity?: number | null } | undefined): { items: number; off: number } {
	const found = levels.flatMap(({ assortmentId, freeStock: free }) => {
		const item = itemOf(assortmentId);
		return item ? [{ wanted: Math.max(0, free), shown: Number(item.quantity ?? 0) }] : [];
	});
	return { items: found.length, off: found.filter(({ wanted, shown }) => Math.abs(wanted - shown) > 1e-6).length };
}

/** Lets customers place random orders, and waits until *Orders to MoySklad* has brought them over. */
export async function bringOrders(installation: Installation, count: number, seed = 1): Promise<OrderSums> {
	const { bitrix, api } = installation;
	placeOrders(bitrix.portal, bitrix.catalogs, { count, seed });
	await waitFor('All orders in MoySklad', ORDERS_WITHIN_MS, async () => {
		const { run } = await api.run(installation.workflow('05').id, 'Run Now', undefined, ORDERS_WITHIN_MS);
		if (run.error) throw run.error;
		const { placed, arrived } = orderSums(installation);
		return arrived === placed ? true : undefined;
	});
	return orderSums(installation);
}

/** Compares each order of the store with the customer orders that were made of it. The site key is the store's host. */
export function orderSums({ bitrix, moySklad }: Pick<Installation, 'bitrix' | 'moySklad'>): OrderSums {
	const made = new Map<string, number[]>();
	const ofStore = `bitrix:${new URL(bitrix.url).host}:`;
	for (const { externalCode, sum } of moySklad.account.table('customerorder').all()) {
		if (!String(externalCode).startsWith(ofStore)) continue;
		const id = String(externalCode).slice(ofStore.length);
		made.set(id, [...(made.get(id) ?? []), Number(sum)]);
	}
	const orders = bitrix.portal.store.orders.all();
	const pairs = orders.map(({ id, price }) => ({ price, sums: made.get(String(id)) ?? [] }));
	const arrived = pairs.filter(({ sums }) => sums.length > 0);
	const total = (numbers: number[]): number => numbers.reduce((sum, number) => sum + number, 0);
	return {
		placed: orders.length,
		arrived: arrived.length,
		twice: arrived.filter(({ sums }) => sums.length > 1).length,
		inStore: total(arrived.map(({ price }) => price)),
		inMoySklad: total(arrived.flatMap(({ sums }) => sums)),
		mismatches: arrived.filter(({ price, sums }) => sums.some((sum) => sum !== price)).length,
	};
}
