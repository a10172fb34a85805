import type { INode, INodeParameters, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { CallableWorkflow } from '../../n8n/subWorkflows.cts';

export interface LockRow {
	flow: string;
	owner: string;
	leaseUntil: number;
}

interface Condition {
	columnName: keyof LockRow;
	condition: 'eq' | 'lt' | 'like';
	value: string | number;
}

interface Update {
	data: Partial<LockRow>;
	filter: { filters: Condition[] };
}

const COLUMNS = [
	{ id: 'flow', name: 'flow', type: 'string' },
	{ id: 'owner', name: 'owner', type: 'string' },
	{ id: 'leaseUntil', name: 'leaseUntil', type: 'number' },
];

/** A Data Table as n8n hands it to its own node: as much of it as an update with conditions needs. */
export class LockTable {
	updates = 0;

	constructor(readonly rows: LockRow[]) {}

	/** For `more` of a run. */
	get proxy(): Partial<IWorkflowExecuteAdditionalData> {
		const table = { getColumns: async () => await Promise.resolve(COLUMNS), updateRows: async (update: Update) => await Promise.resolve(this.update(update)) };
		return { 'data-table': { dataTableProxyProvider: { getDataTableProxy: async () => await Promise.resolve(table) } } } as never;
	}

	private update({ data, filter }: Update): LockRow[] {
		this.updates += 1;
		const matching = this.rows.filter((row) => filter.filters.every((condition) => holds(row, condition)));
		for (const row of matching) Object.assign(row, data);
		return matching.map((row) => ({ ...row }));
	}
}

function holds(row: LockRow, { columnName, condition, value }: Condition): boolean {
	const present = row[columnName];
	if (condition === 'lt') return present < value;
	// As n8n does: without a wildcard any part of the text fits.
	return condition === 'like' ? value === '%' || String(present).includes(String(value)) : present === value;
}

const node = (name: string, type: string, typeVersion: number, parameters: INodeParameters): INode => ({ id: name, name, type, typeVersion, position: [0, 0], parameters });

/**
 * The part of a template that keeps the lock: a trigger, and one update whose condition is that the lease is over (take),
 * or that the run has the row (renew, release).
 */
export const lockWorkflow: CallableWorkflow = {
	id: 'lock',
	nodes: [
		node('Lock Wanted', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
		node('Update the Lock', 'n8n-nodes-base.dataTable', 1, {
			resource: 'row',
			operation: 'update',
			dataTableId: { __rl: true, mode: 'id', value: 'flows' },
			matchType: 'allConditions',
			filters: {
				conditions: [
					{ keyName: 'flow', condition: 'eq', keyValue: "={{ 'exchange ' + $json.site }}" },
					{ keyName: 'leaseUntil', condition: 'lt', keyValue: "={{ $json.action === 'take' ? $json.now : 9007199254740991 }}" },
					{ keyName: 'owner', condition: 'like', keyValue: "={{ $json.action === 'take' ? '%' : $json.newOwner }}" },
				],
			},
			columns: { mappingMode: 'defineBelow', value: { owner: '={{ $json.newOwner }}', leaseUntil: '={{ $json.newLeaseUntil }}' }, matchingColumns: [], schema: [] },
			options: {},
		}),
	],
	connections: { 'Lock Wanted': { main: [[{ node: 'Update the Lock', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
};
