import { deepCopy, type INode } from 'n8n-workflow';
import { layoutFaults } from './layout.cts';
import { templates, type Finding, type Template } from './templates.cts';
import { node, to } from './workflowDraft.cts';

const note = (name: string, position: [number, number], width: number, height: number): INode => node(name, 'n8n-nodes-base.stickyNote', { width, height }, { position });
const step = (name: string, position: [number, number]): INode => node(name, 'n8n-nodes-base.noOp', {}, { position });

const SOUND: Template = {
	name: 'Two steps in a frame, and one beside it',
	nodes: [note('Frame', [-40, -100], 400, 240), note('Above', [-40, -300], 400, 180), step('First', [0, 0]), step('Second', [220, 0]), step('Beside', [440, 0])],
	connections: { First: { main: [to('Second')] } },
	settings: {},
};

describe('The layout of templates', () => {
	it('is sound where each node and note lies for itself, or in its frame', () => {
		expect(layoutFaults(SOUND)).toEqual([]);
	});

	type Change = (nodes: Record<'frame' | 'above' | 'first' | 'second' | 'beside', INode>) => void;
	const broken: Array<[what: string, change: Change, finding: Finding]> = [
		['nodes that lie on one another', ({ beside }) => (beside.position = [300, 40]), { node: 'Second', text: 'it overlaps "Beside"' }],
		['notes that lie on one another', ({ above }) => (above.position = [-40, -270]), { node: 'Frame', text: 'it overlaps "Above"' }],
		['a note that covers a part of a node', ({ frame }) => (frame.parameters.width = 500), { node: 'Frame', text: '"Beside" does not belong to it, and overlaps it' }],
		['a frame around a node that is not connected with the others', ({ frame }) => (frame.parameters.width = 600), { node: 'Frame', text: '"Beside" does not belong to it, and overlaps it' }],
	];

	it.each(broken)('finds %s', (_, change, finding) => {
		const template = deepCopy(SOUND);
		const [frame, above, first, second, beside] = template.nodes as [INode, INode, INode, INode, INode];
		change({ frame, above, first, second, beside });
		expect(layoutFaults(template)).toContainEqual(finding);
	});

	it.each([...templates()])('%s: nothing lies on anything else', (_, template) => {
		expect(layoutFaults(template)).toEqual([]);
	});
});
