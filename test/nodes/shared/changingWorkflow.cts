import type { INode, INodeParameters } from 'n8n-workflow';
import type { CallableWorkflow } from '../../n8n/subWorkflows.cts';

export const node = (name: string, type: string, parameters: INodeParameters = {}, typeVersion = 1): INode => ({ id: name, name, type, typeVersion, position: [0, 0], parameters });
const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });

/** A workflow that sets fields of each item, or only passes on what `limit` lets through. */
export const changing = (assignments: Record<string, string>, limit?: number): CallableWorkflow => ({
	id: 'hook',
	nodes: [
		node('In', 'n8n-nodes-base.executeWorkflowTrigger', { inputSource: 'passthrough' }, 1.1),
		node('Set', 'n8n-nodes-base.set', {
			mode: 'manual', includeOtherFields: true, include: 'all', options: { dotNotation: true },
			assignments: { assignments: Object.entries(assignments).map(([name, value], index) => ({ id: String(index), name, value, type: 'string' })) },
		}, 3.4),
		node('Limit', 'n8n-nodes-base.limit', { maxItems: limit ?? 1_000_000 }),
	],
	connections: { In: to('Set'), Set: to('Limit') },
	settings: { executionOrder: 'v1' },
});
