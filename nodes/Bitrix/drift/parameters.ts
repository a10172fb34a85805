import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { limited } from '../../shared/limited';

const tolerance = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName, name, type: 'number', typeOptions: { minValue: 0 }, default: 0, description,
});

export const priceTolerance = tolerance('Price Tolerance, Kopecks', 'priceTolerance', 'Prices that differ by no more count as equal');
export const stockTolerance = tolerance('Stock Tolerance, Pieces', 'stockTolerance', 'Amounts that differ by no more count as equal');
export const sumTolerance = tolerance('Sum Tolerance, Kopecks', 'sumTolerance', 'Sums of orders that differ by no more count as equal');

export const overdueAfter: INodeProperties = {
	displayName: 'Overdue After, Minutes',
	name: 'overdueAfter',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'A difference whose side in MoySklad changed longer ago gets <code>overdue</code>: no flow took the change over, though none failed. Give your flows time enough. 0: not looked at.',
};

export const readOverdueAfter = (context: IExecuteFunctions): number => limited(context.getNodeParameter('overdueAfter', 0, 0), 0, 0, Number.MAX_SAFE_INTEGER);

export const readTolerance = (context: IExecuteFunctions, { name }: INodeProperties): number =>
	limited(context.getNodeParameter(name, 0, 0), 0, 0, Number.MAX_SAFE_INTEGER);

/** @param rows what a page holds */
export const pageProperties = (rows: string): INodeProperties[] => [
	{
		displayName: 'Cursor',
		name: 'cursor',
		type: 'json',
		default: '={{ $json.cursor }}',
		description: 'The cursor of the page before; empty for the first page. It is null behind the last page.',
	},
	{
		displayName: `${rows} per Page`,
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 50, maxValue: 2500 },
		default: 1000,
		description: `How many ${rows.toLowerCase()} of Bitrix one run looks at, in steps of 50`,
	},
];

export const readPageSize = (context: IExecuteFunctions): number => Math.floor(limited(context.getNodeParameter('pageSize', 0), 1000, 50, 2500));
