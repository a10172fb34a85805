import type { IDataObject } from 'n8n-workflow';
import { journalRows, type JournalResult } from '../../../core';
import { templates } from '../../n8n/templates.cts';
import { journalRowFaults, rowSchema } from './rowSchema.cts';

const context = { now: Date.UTC(2026, 10, 30), started: null, flow: 'orders', run: '1', operation: 'To MoySklad', object: 'order', source: 'bitrix', target: 'moySklad', correlationId: '', calls: null, limits: [] };
const rules = { depth: 'all' as const, mostRows: 10, mask: { fields: [] }, retention: { days: 30, errorDays: 180 } };

describe('docs/schemas/journal.schema.json', () => {
	it('holds for every row that is made', () => {
		const results: JournalResult[] = [{ status: 'updated', key: 'a', changes: [{ field: 'name', from: 1, to: null }] }, { error: 'No paper' }, { status: 'conflict', error: { code: 'ORDER_SUM_DIFFERS', retryable: true } }];
		const rows = journalRows(results, context, rules);
		expect(rows).toHaveLength(4);
		expect(rows.flatMap((row) => journalRowFaults({ ...row }))).toEqual([]);
	});

	it('refuses what is no row', () => {
		const [row] = journalRows([{ status: 'updated' }], context, rules);
		for (const wrong of [{ status: 'guessed' }, { duration: '3' }, { time: 'today' }, { phone: '1' }, { flow: 3 }, { errorCode: 'not a code' }]) expect([wrong, journalRowFaults({ ...row, ...wrong }).length]).toEqual([wrong, 1]);
	});

	it('names the columns of the Data Table, in their order', () => {
		const made = templates().get('33-journal.json')?.nodes.find(({ name }) => name === 'Make Journal Table')?.parameters as { columns: { column: IDataObject[] } };
		expect(made.columns.column.map(({ name }) => name)).toEqual(rowSchema.required);
	});
});
