import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Goods } from '../../../../core';
import { writeOutputs } from '../../../shared/writeOutputs';
import { readEntries, resultsOf, type Entries } from '../entry';
import { openSession } from '../openSession';
import type { CatalogSession } from '../session';
import { readSettings, type CatalogSettings } from '../settings';

export const goodsOf = ({ goods, offers }: Entries): Goods[] => [...goods, ...offers].map((entry) => entry.goods);

interface GoodsOptions {
	/** Others than the parameters say. */
	settings?: CatalogSettings;
	hand?: typeof handOut;
}

/** Reads the input items as goods, lets `work` give each a result, and hands the results out. */
export async function withGoods(
	context: IExecuteFunctions,
	work: (session: CatalogSession, entries: Entries) => Promise<void>,
	{ settings = readSettings(context), hand = handOut }: GoodsOptions = {},
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const entries = readEntries(items.map(({ json }) => json), settings.identity);
	const goods = goodsOf(entries);
	if (goods.length > 0) await work(await openSession(context, settings, goods), entries);
	return hand(context, entries, settings);
}

/** The results of entries that came from the input items. */
export const handOut = (context: IExecuteFunctions, entries: Entries, { failAfterAll }: CatalogSettings): INodeExecutionData[][] =>
	writeOutputs(context, resultsOf(entries, context.getInputData().length), failAfterAll);
