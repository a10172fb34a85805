import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { foldStockEvents, toStockEvent, warning, type StockChanges } from '../../../../core';
import type { CurrentStockQuery } from '../../../../transport';
import { systemClock } from '../../../shared/clock';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { eventItems } from '../reading/eventItems';
import { bundlesOption, currentStock, defaultStoreOption, typesOf, typesProperty, type LevelOptions } from './levels';

/** MoySklad looks back 24 hours; a minute is left for the way there. */
const LOOK_BACK = (24 * 60 - 1) * 60_000;

export const getStockForEvents: BulkOperation = {
	value: 'getForEvents',
	name: 'Get for Events',
	action: 'Get stock levels for events',
	description: 'Read the amounts of all goods that stock notifications are about, once for all notifications together',
	properties: [
		typesProperty,
		optionsProperty([bundlesOption, defaultStoreOption]),
	],
	async all() {
		const client = await moySkladClient(this);
		const options = this.getNodeParameter('options', 0, {}) as LevelOptions;
		const { events, failed } = eventItems(this, toStockEvent);
		const changes = foldStockEvents(events);
		if (!changes) return [[], failed];
		const levels = await currentStock(client, { types: typesOf(this, 0), ...changesQuery(this, changes) }, { ...options, byStore: changes.byStore });
		const pairedItem = changes.items.map((item) => ({ item }));
		return [levels.map((level) => ({ json: level as IDataObject, pairedItem })), failed];
	},
};

/** Notifications that waited too long are answered by the whole report. */
function changesQuery(context: IExecuteFunctions, { changedSince }: StockChanges): Pick<CurrentStockQuery, 'changedSince' | 'zeroLines'> {
	if (systemClock.now() - changedSince < LOOK_BACK) return { changedSince };
	const { message, advice } = warning('MOYSKLAD_STOCK_EVENT_OLD');
	context.addExecutionHints({ message: `${message}. ${advice}`, location: 'outputPane' });
	return { zeroLines: true };
}
