import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { idOf, SyncError, type Threshold } from '../../../../../core';
import { textIn, type Located } from '../../../../shared/locator';

/** The thresholds of the node. Throws STOCK_THRESHOLD_INVALID. */
export const thresholdsOf = (context: IExecuteFunctions): Threshold[] =>
	(context.getNodeParameter('thresholds.row', 0, []) as IDataObject[]).map((row, index) => toThreshold(row, index + 1));

function toThreshold({ scope = 'all', amount, ...chosen }: IDataObject, row: number): Threshold {
	const number = typeof amount === 'string' && amount.trim() !== '' ? Number(amount) : amount;
	if (typeof number !== 'number' || !Number.isFinite(number)) throw invalid(row, 'the amount is no number');
	const store = idIn(chosen, 'store', row);
	const threshold = { ...(store !== undefined && { store }), amount: number };
	if (scope !== 'product' && scope !== 'folder') return threshold;
	const id = idIn(chosen, scope, row);
	if (id === undefined) throw invalid(row, `no ${scope} is chosen`);
	return { ...threshold, [scope]: id };
}

/** Undefined when nothing is chosen. */
function idIn(chosen: IDataObject, name: string, row: number): string | undefined {
	const text = textIn(chosen[name] as Located | string | undefined);
	const id = idOf(text);
	if (id === undefined && text !== '') throw invalid(row, `“${text}” is no ID of a ${name}`);
	return id;
}

const invalid = (row: number, reason: string): SyncError => new SyncError('STOCK_THRESHOLD_INVALID', { row: String(row), reason });
