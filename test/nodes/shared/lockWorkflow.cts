import type { IConnections, INode, INodeParameters, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { CallableWorkflow } from '../../n8n/subWorkflows.cts';
import { TablesInMemory } from '../../n8n/tablesInMemory.cts';
import { templates } from '../../n8n/templates.cts';

export interface LockRow {
	flow: string;
	owner: string;
	leaseUntil: number;
}

const TABLE = 'msbx_flows';

/** The table in which the templates keep the lock, as n8n hands it to its own node. */
export class LockTable {
	private readonly tables: TablesInMemory;

	/** @param turn waits until a call may touch the table: so runs can be made to come in any order */
	constructor(rows: LockRow[], turn?: () => Promise<void>) {
		this.tables = new TablesInMemory(turn);
		this.tables.create(TABLE, [{ name: 'leaseUntil', type: 'number' }, ...['flow', 'owner', 'state', 'progress'].map((name) => ({ name, type: 'string' as const }))]);
		this.tables.insert(TABLE, rows.map((row) => ({ ...row })));
	}

	get rows(): LockRow[] {
		return this.tables.rows(TABLE) as unknown as LockRow[];
	}

	/** For `more` of a run. */
	get proxy(): Partial<IWorkflowExecuteAdditionalData> {
		return this.tables.proxy;
	}
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
			dataTableId: { __rl: true, mode: 'name', value: TABLE },
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
