import type { IExecuteFunctions } from 'n8n-workflow';
import { LIVE_LISTS, readMeasure, readPriceType, readStore, type CheckFinding, type LiveEntry, type LiveList } from '../../../core';
import { Batches, readAll, readAllRows, readStates, type BitrixClient, type ListMethod, type MoySkladClient, type Row } from '../../../transport';
import { readCatalogs } from '../../Bitrix/catalog/lists';
import { STORES } from '../../Bitrix/catalog/stock/inventory';
import { readSaleBooks } from '../../Bitrix/orders/books';
import { bitrixClient } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';
import type { CallingContext } from '../../shared/context';
import { moySkladClient } from '../../shared/moySklad';
import { attempts } from './attempts';
import type { Part } from './parts';

/** The lists that could be read, and why others could not. */
export interface LiveLists {
	entries: LiveEntry[];
	read: Set<LiveList>;
	failures: CheckFinding[];
}

type Entries = Array<Omit<LiveEntry, 'list'>>;
type Reading = Partial<Record<LiveList, () => Promise<Entries>>>;

/** Reads all lists of the sides. A list that cannot be read does not keep the others from being read. */
export async function readLiveLists(context: IExecuteFunctions, parts: ReadonlySet<Part>): Promise<LiveLists> {
	const { attempt, failures } = attempts('choices');
	const readings: Reading = {
		...(parts.has('moySklad') && (await attempt({}, async () => await readingsOf(context, 'moySklad')))),
		...(parts.has('bitrix') && (await attempt({}, async () => await readingsOf(context, 'bitrix')))),
	};
	const lists: LiveLists = { entries: [], read: new Set(), failures };
	for (const [list, read] of Object.entries(readings) as Array<[LiveList, () => Promise<Entries>]>) {
		const entries = await attempt(undefined, read);
		if (!entries) continue;
		lists.entries.push(...entries.map((entry) => ({ list, ...entry })));
		lists.read.add(list);
	}
	return lists;
}

/** One list, for a drop-down. */
export async function readLiveList(context: CallingContext, list: LiveList): Promise<Entries> {
	const readings = await readingsOf(context, LIVE_LISTS[list].side);
	return (await readings[list]?.()) ?? [];
}

const readingsOf = async (context: CallingContext, side: 'moySklad' | 'bitrix'): Promise<Reading> =>
	side === 'moySklad' ? moySkladReadings(await moySkladClient(context)) : bitrixReadings(await bitrixClient(context, bitrixAuthentication(context)));

function moySkladReadings(client: MoySkladClient): Reading {
	const whole = (path: string) => async (): Promise<Entries> => (await readAll(client, path)).map(named);
	return {
		organizations: whole('entity/organization'),
		moySkladStores: whole('entity/store'),
		moySkladPriceTypes: whole('context/companysettings/pricetype'),
		orderStates: async () => (await readStates(client, 'customerorder')).map(named),
		units: whole('entity/uom'),
		salesChannels: whole('entity/saleschannel'),
	};
}

function bitrixReadings(client: BitrixClient): Reading {
	const batches = new Batches(client);
	const rows = (list: ListMethod, entryOf: (row: Row) => Omit<LiveEntry, 'list'>) => async (): Promise<Entries> => (await readAllRows(batches, list, 1)).map(entryOf);
	// All books of orders come with one call.
	let books: ReturnType<typeof readSaleBooks> | undefined;
	const ofOrders = (choose: (read: Awaited<ReturnType<typeof readSaleBooks>>) => Entries) => async (): Promise<Entries> => choose(await (books ??= readSaleBooks(batches)));
	const byId = (map: ReadonlyMap<string, string | null>): Entries => [...map].map(([id, name]) => ({ id, name: name ?? id }));
	return {
		catalogs: async () => (await readCatalogs(client)).filter(({ productIblockId }) => productIblockId === null).map(({ iblockId, name }) => ({ id: String(iblockId), name })),
		bitrixStores: rows(STORES, (row) => {
			const { id, title } = readStore(row);
			return { id: String(id), name: title };
		}),
		bitrixPriceTypes: rows({ method: 'catalog.priceType.list', rows: 'priceTypes' }, (row) => {
			const { id, name } = readPriceType(row);
			return { id: String(id), name };
		}),
		measures: rows({ method: 'catalog.measure.list', rows: 'measures' }, (row) => {
			const { id, title } = readMeasure(row);
			return { id: String(id), name: title };
		}),
		orderStatuses: ofOrders(({ statuses }) => byId(statuses)),
		payerTypes: ofOrders(({ payerTypes }) => payerTypes.map(({ id, name }) => ({ id, name: name ?? id }))),
		paySystems: ofOrders(({ paySystems }) => byId(new Map([...paySystems].map(([id, { name }]) => [id, name])))),
		deliveries: ofOrders(({ deliveries }) => byId(deliveries)),
	};
}

const named = ({ id, name }: { id?: unknown; name?: unknown }): Omit<LiveEntry, 'list'> => ({ id: String(id ?? ''), name: String(name ?? id ?? '') });
