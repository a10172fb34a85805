import type { IExecuteFunctions } from 'n8n-workflow';
import { SyncError } from '../../../../core';
import { systemClock } from '../../../shared/clock';
import { exchangeLockProperties } from '../../../shared/exchangeProperties';
import { limited } from '../../../shared/limited';
import { readEntries, resultsOf, type Entries } from '../entry';
import { sayWhatIsNotIncluded } from '../notIncluded';
import { goodsOf } from '../operations/withGoods';
import { scopeProperty } from '../parameters/scope';
import { readStockEntries, resultsOf as stockResultsOf } from '../stock/entry';
import { readStockSettings, storeIn } from '../stock/settings';
import type { Located } from '../settings';
import type { OverExchange } from './connections';
import type { Delivered } from './delivery';
import { hideMissingByLinks } from './missing';
import { exchangeOutputs } from './outputs';
import { exchangeMappingProperties } from './parameters/mapping';
import { exchangeOptionsProperty } from './parameters/options';
import { exchangePriceProperties, pricePolicyProperty } from './parameters/prices';
import { exchangeStockProperties } from './parameters/stock';
import { exchangeGoneProperty, exchangeGoneSectionProperty, linkProperty, siteVariantsProperties } from './parameters/target';
import { updatePricesOverExchange } from './prices';
import { readReserves } from './reserves';
import { ExchangeRun } from './run';
import { upsertFoldersOverExchange } from './sections';
import { updateStockOverExchange, type StockSending } from './stock';
import { siteStores, stockRule } from './stores';
import { upsertOverExchange } from './upsert';

/** Reads the input items as goods, lets `work` give each a result, and hands the results out. */
const withGoods = (work: (run: ExchangeRun, entries: Entries) => Promise<Delivered>): OverExchange['run'] => async (context) => {
	const items = context.getInputData().map(({ json }) => json);
	let entries: Entries = { goods: [], offers: [], refused: new Map() };
	const run = await ExchangeRun.open(context, ({ identity }) => goodsOf((entries = readEntries(items, identity))));
	sayWhatIsNotIncluded(run, items);
	const { files } = await work(run, entries);
	return await exchangeOutputs(run, resultsOf(entries, items.length), files);
};

export const upsertItems: OverExchange = {
	properties: [
		...exchangeLockProperties,
		linkProperty,
		...siteVariantsProperties,
		...exchangePriceProperties,
		pricePolicyProperty,
		...exchangeMappingProperties,
		scopeProperty,
		exchangeGoneProperty,
		exchangeOptionsProperty('directories', 'failAfterAll', 'flow', 'hidden', 'hiddenCheckbox', 'keepIds', 'subWorkflow', 'weightUnit'),
	],
	run: withGoods(upsertOverExchange),
};

export const updatePrices: OverExchange = {
	properties: [...exchangeLockProperties, linkProperty, ...siteVariantsProperties, ...exchangePriceProperties, exchangeOptionsProperty('failAfterAll', 'flow')],
	run: withGoods(updatePricesOverExchange),
};

export const upsertSections: OverExchange = {
	properties: [...exchangeLockProperties, linkProperty, exchangeGoneSectionProperty, exchangeOptionsProperty('failAfterAll', 'flow', 'hidden')],
	async run(context) {
		const run = await ExchangeRun.open(context);
		const { results, delivered } = await upsertFoldersOverExchange(run, context.getInputData().map(({ json }) => json));
		return await exchangeOutputs(run, results, delivered.files);
	},
};

export const updateStock: OverExchange = {
	properties: [...exchangeLockProperties, linkProperty, ...exchangeStockProperties, exchangeOptionsProperty('failAfterAll', 'fewestEmptied', 'flow', 'itemFlow', 'largestEmptied', 'reserveDays')],
	async run(context) {
		const run = await ExchangeRun.open(context);
		const items = context.getInputData();
		const read = readStockEntries(items.map(({ json }) => json));
		const { files } = await updateStockOverExchange(run, await readSending(run, context), read.entries);
		return await exchangeOutputs(run, stockResultsOf(read, items.length), files);
	},
};

const DAY = 86_400_000;

async function readSending({ moySklad }: ExchangeRun, context: IExecuteFunctions): Promise<StockSending> {
	const settings = readStockSettings(context);
	const { itemFlow, reserveDays } = context.getNodeParameter('options', 0, {}) as { itemFlow?: string; reserveDays?: number };
	const site = settings.spread === 'byStore' ? await siteStores(context, moySklad) : { stores: [], places: new Map<string, number>() };
	const channel = settings.kind === 'physical' ? undefined : storeIn(context.getNodeParameter('salesChannel', 0, {}) as Located);
	const since = systemClock.now() - limited(reserveDays, 90, 1, 3650) * DAY;
	return { settings, site, rule: stockRule(settings, site), itemFlow: itemFlow?.trim() || 'catalog', reserved: await readReserves(moySklad, channel, since) };
}

export const deactivateMissing: OverExchange = {
	properties: [...exchangeLockProperties, linkProperty, scopeProperty, exchangeOptionsProperty('failAfterAll', 'flow', 'largestShare')],
	async run(context) {
		const run = await ExchangeRun.open(context);
		if (!run.moySklad) throw new SyncError('CATALOG_NEEDS_MOYSKLAD', { what: 'Deactivate Missing' });
		const { results, delivered } = await hideMissingByLinks(run, run.moySklad);
		return await exchangeOutputs(run, results.map(({ result }) => result), delivered.files, results.map(({ input }) => input));
	},
};
