import { isOrderUnread, orderDifferences, toKopecks, type ComparedOrder, type FullOrder } from '../../../../../core';
import type { BulkOperation } from '../../../../shared/operation';
import { optionsProperty } from '../../../../shared/properties';
import { timedOutputs, type Comparison } from '../../../drift/outputs';
import { overdueAfter, readOverdueAfter, readTolerance, sumTolerance } from '../../../drift/parameters';
import type { StoreOrder } from '../../../orders/reading';
import type { Entry } from '../entry';
import { updateOptions } from '../properties/options';
import { resultsOf } from '../results';
import { OrderSession } from '../session';
import { readSettings } from '../settings';
import { updateAll, updatedProperties } from '../update';

/** Finds what *Update Orders* with the same parameters would write, and whether the sums are equal; writes nothing. */
export const compareOrders: BulkOperation = {
	value: 'compare',
	name: 'Compare Orders',
	action: 'Compare orders',
	description: 'Say how orders of the store differ from MoySklad: missing ones, sums, status, payments, shipments; nothing is written',
	properties: [...updatedProperties, sumTolerance, overdueAfter, optionsProperty(updateOptions.filter(({ name }) => name !== 'failAfterAll'))],
	async all() {
		const settings = { ...readSettings(this, 'update'), preview: true };
		const sums = new Map<Entry, ComparedOrder['sums']>();
		const look = async (found: ReadonlyMap<Entry, StoreOrder>): Promise<void> => {
			for (const [entry, order] of found) sums.set(entry, sumsOf(entry.order, order));
		};
		const entries = await updateAll(await OrderSession.open(this, settings), look, readOverdueAfter(this) > 0);
		const tolerance = readTolerance(this, sumTolerance);
		const compared: Comparison = { differences: [], unread: [] };
		for (const [index, result] of resultsOf(entries).entries()) {
			const entry = entries[index] as Entry;
			const input = entry.item;
			if (result.error && isOrderUnread(result.error)) compared.unread.push({ result, input });
			else {
				const { key, moySkladId, bitrixId, changes, error } = result;
				const order = { key, moySkladId, bitrixId, changes, error, entity: 'customerorder', name: entry.order?.number ?? null, sums: sums.get(entry), writesLines: settings.lines !== null };
				compared.differences.push(...orderDifferences(order, tolerance).map((one) => ({ ...one, input })));
			}
		}
		return timedOutputs(this, compared, entries.map(({ order }) => order?.row));
	},
};

/** Undefined where the item does not say the sum. */
const sumsOf = (order: FullOrder | undefined, { price, currency }: StoreOrder): ComparedOrder['sums'] =>
	order === undefined || order.sum === 'unread' ? undefined : { moySklad: order.sum, bitrix: toKopecks(price), currency };
