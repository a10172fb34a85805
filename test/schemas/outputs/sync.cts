import type { IDataObject } from 'n8n-workflow';
import { CheckBench } from '../../nodes/Sync/checkBench.cts';
import { outputFile, outputSchema, type OutputSchemas } from './outputFile.cts';

const RESULTS = [
	{ status: 'updated', key: '1', moySkladId: 'm1', bitrixId: '1', changes: [{ field: 'price', from: '1', to: '2' }], warnings: [] },
	{ status: 'failed', key: '2', moySkladId: null, bitrixId: null, changes: [], warnings: [], error: { code: 'ORDER_GOODS_UNKNOWN', kind: 'missing', retryable: false, message: 'No goods', advice: 'Make them.' } },
];
const WORK = { flow: 'orders', run: '900', operation: 'To MoySklad', object: 'order', source: 'bitrix', target: 'moySklad', started: Date.UTC(2026, 10, 1), results: RESULTS };

/** In which the records are made. */
const PERIOD = { from: '2026-10-01', to: '={{ $now.plus({ minutes: 1 }) }}' };

/** Of Sync Check and Sync Journal. */
export async function ofSync(): Promise<OutputSchemas> {
	const bench = await CheckBench.open();
	try {
		const file = (operation: string): string => outputFile('Sync', operation);
		bench.account.settings.checkMinPrice = true;
		const journal = async (parameters: IDataObject, items: IDataObject[]): Promise<IDataObject[]> => {
			const run = await bench.hooks.engine.runNode({ type: 'syncJournal', parameters: parameters as never, items });
			if (run.error) throw run.error;
			return run.json(0);
		};
		const records = await journal({ operation: 'makeRecords', results: 'lists', depth: 'changes' }, [WORK]);
		return {
			[file('runAll')]: outputSchema(await bench.runAll()),
			[file('getChoices')]: outputSchema(await bench.run({ operation: 'getChoices', parts: ['moySklad', 'bitrix'] })),
			[file('suggestMaps')]: outputSchema(await bench.run({ operation: 'suggestMaps', parts: ['moySklad', 'bitrix'] })),
			[file('makeRecords')]: outputSchema(records),
			[file('makeReport')]: outputSchema(await journal({ operation: 'makeReport', title: 'Report', ...PERIOD }, records)),
			[file('makeMetrics')]: outputSchema(await journal({ operation: 'makeMetrics', to: PERIOD.to }, records)),
		};
	} finally {
		await bench.close();
	}
}
