import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { type Drift, type WriteResult } from '../../../core';

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

/** One item with the differences of a page, and how it goes on. */
export const pageOutputs = ({ differences, unread }: Comparison, more: object): INodeExecutionData[][] => [
	[asItem({ differences, ...more })],
	unread.map(({ result }) => asItem(result)),
];

const asItem = (json: object, item = 0): INodeExecutionData => ({ json: json as IDataObject, pairedItem: { item } });
