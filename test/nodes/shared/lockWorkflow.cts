import type { IConnections, INode, INodeParameters, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { CallableWorkflow } from '../../n8n/subWorkflows.cts';
import { templates } from '../../n8n/templates.cts';

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

/** A Data Table as n8n hands it to its own node: as much of it as the lock of the templates needs. */
export class LockTable {
	updates = 0;

	/** @param turn waits until a call may touch the table: so runs can be made to come in any order */
	constructor(
		readonly rows: LockRow[],
		private readonly turn: () => Promise<void> = async () => await Promise.resolve(),
	) {}

	/** For `more` of a run. */
	get proxy(): Partial<IWorkflowExecuteAdditionalData> {
		const after = async <T,>(work: () => T): Promise<T> => {
			await this.turn();
			return work();
		};
		const table = {
			getColumns: async () => await Promise.resolve(COLUMNS),
			updateRows: async (update: Update) => await after(() => this.update(update)),
			insertRows: async (rows: LockRow[]) => await after(() => this.insert(rows)),
			getManyRowsAndCount: async ({ filter }: { filter: Update['filter'] }) => await after(() => this.find(filter)),
		};
		const tables = { getManyAndCount: async () => await Promise.resolve({ data: [{ id: 'flows', name: 'msbx_flows' }], count: 1 }) };
		const provider = { getDataTableProxy: async () => await Promise.resolve(table), getDataTableAggregateProxy: async () => await Promise.resolve(tables) };
		return { 'data-table': { dataTableProxyProvider: provider } } as never;
	}

	private insert(rows: LockRow[]): LockRow[] {
		this.rows.push(...rows.map((row) => ({ ...row })));
		return rows;
	}

	private find({ filters }: Update['filter']): { data: LockRow[]; count: number } {
		const data = this.rows.filter((row) => filters.every((condition) => holds(row, condition))).map((row, id) => ({ id, ...row }));
		return { data, count: data.length };
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
 * The least that can keep the lock, for a table with one row a site: a trigger, and one update whose condition is that the
 * lease is over (take), or that the run has the row (renew, release).
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

/** The part of a template that keeps the lock, cut out of its file. */
export function lockPart(file: string): CallableWorkflow {
	const template = templates().get(file);
	if (!template) throw new RangeError(`There is no template ${file}`);
	const isTrigger = ({ type }: INode): boolean => type === 'n8n-nodes-base.executeWorkflowTrigger';
	const next = (name: string): string[] => (template.connections[name]?.main ?? []).flatMap((targets, output) => (name === ASKED && output > 0 ? [] : (targets ?? []).map((target) => target.node)));
	const names = new Set(template.nodes.filter(isTrigger).map(({ name }) => name));
	for (const name of names) for (const following of next(name)) names.add(following);
	const connections: IConnections = Object.fromEntries(Object.entries(template.connections).filter(([name]) => names.has(name)));
	const [asked, other] = [connections[ASKED]?.main?.[0] ?? [], []];
	return {
		id: 'lock',
		nodes: template.nodes.filter(({ name }) => names.has(name)),
		connections: { ...connections, [ASKED]: { main: [asked, other] } },
		settings: { executionOrder: 'v1' },
	};
}

/** The node that tells a wish for the lock from the work of the template; its second output is the work. */
const ASKED = 'Lock Wanted?';
