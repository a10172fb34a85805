import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CriticalStock, lowState, readLow, readStockLevel, watchedGood, type CriticalChange, type ReadLevel, type StockKind, type StockType, type WatchedGood } from '../../../../../core';
import { readByValues, readPages, Related, type MoySkladClient } from '../../../../../transport';
import { moySkladClient } from '../../../../shared/moySklad';
import type { BulkOperation } from '../../../../shared/operation';
import { eventItems } from '../../reading/eventItems';
import { currentStock, type LevelOptions } from '../levels';
import { criticalProperties } from './properties';
import { thresholdsOf } from './settings';

/** The kind of amount that one call of MoySklad gives. */
const TYPE_OF: Record<StockKind, StockType> = { expected: 'quantity', free: 'freeStock', physical: 'stock' };

/** What became low since the run before, and what is not low any more; what is low now goes on with the last item. */
export const findCriticalStock: BulkOperation = {
	value: 'findCritical',
	name: 'Find Critical',
	action: 'Find goods whose stock became critical',
	description: 'Compare amounts with thresholds: one item for each good that became low or is not low any more, and a last one with the state for the next run',
	properties: criticalProperties,
	async all() {
		const thresholds = thresholdsOf(this);
		const useMinimum = this.getNodeParameter('useMinimum', 0) as boolean;
		if (thresholds.length === 0 && !useMinimum) return [[], []];
		const low = readLow(this.getNodeParameter('state', 0, ''));
		const kind = this.getNodeParameter('kind', 0) as StockKind;
		const client = await moySkladClient(this);
		const { levels, failed } = await levelsOf(this, client, kind, thresholds.some(({ store }) => store !== undefined));
		const rule = new CriticalStock(kind, thresholds, useMinimum ? await highestMinimum(client) : null);
		const goods = await readGoodsOf(client, rule.candidates(levels, low));
		const report = rule.compare(levels, goods, low);
		const names = await storeNames(client, report.changes);
		const changes = report.changes.map((change) => shown(change, names));
		const count = (kindOfChange: CriticalChange['change']): number => report.changes.filter(({ change }) => change === kindOfChange).length;
		const state = { change: 'state', state: lowState(report.low), crossed: count('crossed'), restored: count('restored'), low: report.low.length, unknown: report.unknown };
		const pairedItem = { item: 0 };
		return [[...changes, state].map((json) => ({ json, pairedItem })), failed];
	},
};

async function levelsOf(context: IExecuteFunctions, client: MoySkladClient, kind: StockKind, byStore: boolean): Promise<{ levels: ReadLevel[]; failed: INodeExecutionData[] }> {
	if (context.getNodeParameter('levels', 0) === 'items') {
		const { events, failed } = eventItems(context, readStockLevel);
		return { levels: events.map(({ event }) => event), failed };
	}
	const options = context.getNodeParameter('options', 0, {}) as LevelOptions;
	// Without lines of zero nothing would tell what is sold out.
	const levels = await currentStock(client, { types: [TYPE_OF[kind]], zeroLines: true }, { ...options, byStore });
	return { levels: levels.map(readStockLevel), failed: [] };
}

/** Below every amount when no product has a minimum. */
async function highestMinimum(client: MoySkladClient): Promise<number> {
	let highest = -Infinity;
	for await (const { rows } of readPages(client, 'entity/product', { filter: 'minimumBalance>0' }))
		for (const { minimumBalance } of rows) highest = Math.max(highest, Number(minimumBalance) || -Infinity);
	return highest;
}

async function readGoodsOf(client: MoySkladClient, ids: readonly string[]): Promise<Map<string, WatchedGood>> {
	const rows = await readByValues(client, 'entity/assortment', 'id', ids);
	await new Related(client).attach(rows, ['product', 'productFolder']);
	return new Map(rows.flatMap((row) => watchedGood(row) ?? []).map((good) => [good.id, good]));
}

async function storeNames(client: MoySkladClient, changes: readonly CriticalChange[]): Promise<Map<string, string>> {
	const rows = await readByValues(client, 'entity/store', 'id', changes.flatMap(({ store }) => store ?? []));
	return new Map(rows.map(({ id, name }) => [String(id).toLowerCase(), String(name)]));
}

const shown = ({ change, good: { id, code, name }, store, amount, threshold }: CriticalChange, names: ReadonlyMap<string, string>): IDataObject => ({
	change,
	product: id,
	code,
	name,
	store: store === null ? null : (names.get(store) ?? store),
	storeId: store,
	amount,
	threshold,
});
