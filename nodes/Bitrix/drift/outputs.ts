import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { changedAt, timedDrift, type Drift, type WriteResult } from '../../../core';
import { systemClock } from '../../shared/clock';
import { readOverdueAfter } from './parameters';

/** What came of comparing. */
export interface Comparison {
	/** With the input item, if there is one. */
	differences: Array<Drift & { input?: number }>;
	/** Objects of which nobody knows how they differ: with one of these the comparison is not complete. */
	unread: Array<{ result: WriteResult; input?: number }>;
}

/** An item a difference to *Done*, what could not be compared to *Failed*. */
export const comparisonOutputs = ({ differences, unread }: Comparison): INodeExecutionData[][] => [
	differences.map(({ input, ...json }) => asItem(json, input)),
	unread.map(({ result, input }) => asItem(result, input)),
];

/**
 * The same with the time for which each has been a difference, as the input items tell it.
 * @param rows what is known of items beyond themselves, in their order
 */
export function timedOutputs(context: IExecuteFunctions, { differences, unread }: Comparison, rows: ReadonlyArray<object | undefined> = []): INodeExecutionData[][] {
	const [items, minutes, now] = [context.getInputData(), readOverdueAfter(context), systemClock.now()];
	const timed = differences.map((one) => timedDrift(one, one.input === undefined ? null : changedAt(rows[one.input] ?? items[one.input]?.json, one), now, minutes));
	return comparisonOutputs({ differences: timed, unread });
}

/** One item with the differences of a page, and how it goes on. */
export const pageOutputs = ({ differences, unread }: Comparison, more: object): INodeExecutionData[][] => [
	[asItem({ differences, ...more })],
	unread.map(({ result }) => asItem(result)),
];

const asItem = (json: object, item = 0): INodeExecutionData => ({ json: json as IDataObject, pairedItem: { item } });
