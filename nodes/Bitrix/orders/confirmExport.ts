import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { deadLetters, isExportPage, readExportPage, type CursorOwner, type WriteResult } from '../../../core';
import type { BulkOperation } from '../../shared/operation';
import { ownerOf, ownerProperties } from './readingProperties';

/** The page, and where its results come from. */
export const confirmationProperties: INodeProperties[] = [
	{
		displayName: 'Page',
		name: 'page',
		type: 'json',
		default: '',
		placeholder: "e.g. {{ $('Bitrix Order Export').all(1)[0].json }}",
		description:
			'The item of the output Cursor of the export. When empty it is looked for among the input items, beside the results.',
	},
	{
		displayName:
			'The input items are the results of all orders of the page, those of the output Failed too: join both outputs of the writing node with a Merge node',
		name: 'notice',
		type: 'notice',
		default: '',
	},
];

/** Gives the cursor of a page back once all of its orders are stored. Over REST nothing is written into Bitrix. */
export const confirmExport: BulkOperation = {
	value: 'confirm',
	name: 'Confirm Export',
	action: 'Confirm an export',
	description:
		'Check that every order of a page has been stored, and give the cursor that may be kept. Orders that failed for good go to Failed.',
	properties: [
		...ownerProperties,
		...confirmationProperties,
	],
	async all() {
		return confirmation(this, await ownerOf(this)).outputs;
	},
};

/** Checks that all orders of the page have a final result, and makes the items of the outputs. Throws ORDER_EXPORT_OPEN, PREVIEW_ONLY. */
export function confirmation(context: IExecuteFunctions, owner: CursorOwner): { given: unknown; outputs: INodeExecutionData[][] } {
	const { page, results } = context.getNodeParameter('page', 0, '') ? given(context) : found(context);
	const { cursor, orders, more } = readExportPage(page, owner);
	const failed = new Set(
		deadLetters(
			orders,
			results.map(({ result }) => result),
		),
	);
	const letters = results.filter(({ result }) => failed.has(result));
	const confirmed = { cursor, orders, more, confirmed: true, deadLetters: letters.length };
	const outputs = [
		[],
		[{ json: confirmed as unknown as IDataObject, pairedItem: context.getInputData().map((_, item) => ({ item })) }],
		letters.map(({ result, item }) => ({ json: result as unknown as IDataObject, pairedItem: { item } })),
	];
	return { given: page, outputs };
}

interface Given {
	page: unknown;
	results: Array<{ result: WriteResult; item: number }>;
}

const itemsOf = (context: IExecuteFunctions): Given['results'] =>
	context.getInputData().map(({ json }: INodeExecutionData, item) => ({ result: json as unknown as WriteResult, item }));

const given = (context: IExecuteFunctions): Given => ({ page: context.getNodeParameter('page', 0), results: itemsOf(context) });

function found(context: IExecuteFunctions): Given {
	const items = itemsOf(context);
	const page = items.find(({ result }) => isExportPage(result));
	return { page: page?.result, results: items.filter((item) => item !== page) };
}
