import type { INodeTypeDescription } from 'n8n-workflow';
import { N8nApi } from '../n8n/api.cts';
import { node as drafted } from '../n8n/workflowDraft.cts';
import { theBench, type Bench } from './bench/bench.cts';
import { combinations, SELECTORS, shownProperties, shownTitles } from './combinations.cts';
import { Editor } from './editor.cts';
import { listPanels, type ListPanel } from './liveLists.cts';
import { described, type OurNode } from './ourNodes.cts';

/** Nodes stand in rows on the canvas. */
const IN_A_ROW = 12;
const APART = [240, 200] as const;

/** What no panel may show. */
const NONSENSE = /undefined|NaN|\[object|null\b/;

/** A folder of nodes in a file of its own, so that two go on at once. */
export function describePanels(nodes: OurNode[]): void {
	describe('The panel of', () => panelsOf(nodes));
}

function panelsOf(nodes: OurNode[]): void {
	let bench: Bench;
	let api: N8nApi;
	let editor: Editor;

	beforeAll(async () => {
		bench = theBench();
		api = await N8nApi.logIn(bench.n8n);
		editor = await Editor.open(api);
	});
	afterAll(async () => await editor?.close());

	/** A workflow with the node once for each panel. */
	const openAll = async ({ type }: OurNode, panels: ListPanel[]): Promise<void> => {
		const nodes = panels.map(({ name, parameters }, index) =>
			drafted(name, type, parameters, { position: [(index % IN_A_ROW) * APART[0], Math.floor(index / IN_A_ROW) * APART[1]] }),
		);
		const { id } = await api.createWorkflow({ name: `Panels of ${type}`, nodes, connections: {}, settings: {} }, bench.credentials);
		await editor.openWorkflow(id);
	};

	it.each(nodes)('$name shows every operation, and its lists have entries', async (node) => {
		const description = await described(api, node);
		const panels = panelsToOpen(description, bench);
		await openAll(node, panels);
		const findings: Record<string, unknown> = {};
		for (const { name, parameters, lists } of panels) {
			const panel = await editor.openNode(name);
			const titles = await panel.titles();
			const expected = shownTitles(parameters, description);
			if (JSON.stringify(titles) !== JSON.stringify(expected)) findings[`${name}: titles`] = { titles, expected };
			const nonsense = NONSENSE.exec(await panel.text());
			if (nonsense) findings[`${name}: text`] = nonsense[0];
			for (const list of lists) {
				try {
					await panel.entries(list);
				} catch (error) {
					findings[`${name}: ${list.places.map(({ title }) => title).join(' > ')} (${list.method})`] = (error as Error).message;
				}
			}
			const faults = editor.faults.take();
			if (faults.length > 0) findings[`${name}: faults`] = faults;
			await panel.close();
		}
		expect(findings).toEqual({});
	});
}

/** Those in which there are lists, and those of the other operations: of several that show exactly the same parameters the first one. */
function panelsToOpen(description: INodeTypeDescription, { bitrix }: Bench): ListPanel[] {
	const withLists = listPanels(description, { catalog: { __rl: true, mode: 'list', value: bitrix.catalog } });
	const seen = new Set<string>();
	const without = combinations(description).filter(({ name, parameters }) => {
		const shown = shownProperties(parameters, description).filter(({ name: parameter }) => !SELECTORS.includes(parameter));
		const same = JSON.stringify([parameters.connection, shown.map(({ displayOptions: _, ...property }) => property)]);
		return !withLists.some((panel) => panel.name === `${name} 1`) && !seen.has(same) && seen.add(same);
	});
	return [...withLists, ...without.map((one) => ({ ...one, name: one.name || description.displayName, lists: [] }))];
}
