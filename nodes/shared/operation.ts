import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** What an operation hands back for one item: the jsons of its output items, or ready items. */
export type ItemOutput = INodeExecutionData[];

interface OperationBase {
	value: string;
	/** Title case, as in the drop-down. */
	name: string;
	/** Sentence case, as in the node panel: "Create or update product". */
	action: string;
	description: string;
	/** Without `displayOptions` for resource and operation: those are added from the place where the operation hangs. */
	properties: INodeProperties[];
}

/** Runs for each input item on its own. */
export interface ItemOperation extends OperationBase {
	item(this: IExecuteFunctions, itemIndex: number): Promise<ItemOutput>;
}

/** Sees all input items at once, to read and write them in bulk; gives the items of each output. It reports failures of single items itself. */
export interface BulkOperation extends OperationBase {
	all(this: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

export type Operation = ItemOperation | BulkOperation;

export interface Resource {
	value: string;
	name: string;
	operations: Operation[];
}
