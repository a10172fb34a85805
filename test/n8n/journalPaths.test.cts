import { journalFaults } from './journalPaths.cts';
import { PACKAGE_NAME } from './repository.cts';
import type { Template } from './templates.cts';
import { node, to } from './workflowDraft.cts';

const TOLD = "={{ [...$('Write').all(0), ...$('Write').all(1)] }}";

/** A workflow that writes with the parameters and tells the journal what the expression says, by a path of three nodes. */
const workflow = (parameters: Record<string, unknown>, jsonOutput = TOLD, second = to('Results')): Template => ({
	name: 'Write things',
	nodes: [
		node('Write', `${PACKAGE_NAME}.bitrixCatalogUpsert`, parameters as never),
		node('Results', 'n8n-nodes-base.merge', {}),
		node('Journal Kept?', 'n8n-nodes-base.if', {}),
		node('For the Journal', 'n8n-nodes-base.set', { jsonOutput }),
	],
	connections: { Write: { main: [to('Results'), second] }, Results: { main: [to('Journal Kept?')] }, 'Journal Kept?': { main: [to('For the Journal')] } },
	settings: {},
});

const untold = (output: number) => ({ node: 'Write', text: `the journal is not told of its output ${output}` });
const write = { operation: 'upsertItems' };

describe('R174: the check that a template tells the journal what it writes', () => {
	it('finds nothing where it does', () => expect(journalFaults(workflow(write))).toEqual([]));

	it('finds an output of which it says nothing', () => expect(journalFaults(workflow(write, "={{ $('Write').all(0) }}"))).toEqual([untold(1)]));

	it('finds a node of which no path leads to the journal', () => {
		const { connections, ...rest } = workflow(write);
		expect(journalFaults({ ...rest, connections: { Write: connections.Write } as never })).toEqual([untold(0), untold(1)]);
	});

	it('lets reading and previews pass', () => {
		for (const parameters of [{ operation: 'getNewItems' }, { operation: 'compareItems' }, { ...write, preview: true }]) expect(journalFaults(workflow(parameters, '={{ [] }}'))).toEqual([]);
	});

	it.each([
		[1, []],
		[0, [{ node: 'Done', text: 'it has to lie below "Journal Kept?", so that the workflow gives what it gives' }]],
		[-1, [{ node: 'Done', text: 'it has to lie below "Journal Kept?", so that the workflow gives what it gives' }]],
	])('finds what would not be the last to run beside the journal: %d', (y, faults) => {
		const { nodes, connections, ...rest } = workflow(write);
		const done = { ...node('Done', 'n8n-nodes-base.set', {}), position: [0, y] as [number, number] };
		const journal = nodes.map((one) => (one.name === 'Journal Kept?' ? { ...one, position: [0, 0] as [number, number] } : one));
		expect(journalFaults({ ...rest, nodes: [...journal, done], connections: { ...connections, Results: { main: [[...to('Journal Kept?'), ...to('Done')]] } } })).toEqual(faults);
	});
});
