import type { Locator, Page } from 'playwright-core';
import type { N8nApi } from '../n8n/api.cts';
import { Browser } from './browser.cts';
import type { Faults } from './faults.cts';
import { NodePanel } from './nodePanel.cts';

/** The search waits until nothing more is typed. */
const FOUND_WITHIN_MS = 5_000;

/** n8n's editor, as its owner sees it in a browser. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly url: string,
		readonly page: Page,
		readonly faults: Faults,
	) {}

	/** Starts a browser and logs in; no page is open yet. */
	static async open(api: N8nApi): Promise<Editor> {
		const browser = await Browser.start();
		await browser.logIn(api);
		const { page, faults } = await browser.open();
		return new Editor(browser, api.url, page, faults);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** What n8n's developers marked for tests. */
	part(id: string, within: Page | Locator = this.page): Locator {
		return within.locator(`[data-test-id="${id}"]`);
	}

	/** Opens an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-add-button').waitFor();
	}

	/** Opens a stored workflow. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
	}

	/** Imports a file into an empty workflow, as *Import from File* does. */
	async importFile(file: string, name: string): Promise<void> {
		await this.newWorkflow();
		await this.part('workflow-import-input').setInputFiles(file);
		await this.page.waitForFunction((title) => document.querySelector<HTMLElement>('[data-test-id="workflow-name-input"]')?.innerText.trim() === title, name);
		await this.part('canvas-node').first().waitFor();
	}

	async nodeNames(): Promise<string[]> {
		return await this.part('canvas-node').evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset.nodeName ?? ''));
	}

	/** The names of the nodes with a red mark. */
	async markedNodes(): Promise<string[]> {
		return await this.part('node-issues').evaluateAll((marks) => marks.map((mark) => mark.closest<HTMLElement>('[data-test-id="canvas-node"]')?.dataset.nodeName ?? ''));
	}

	/** Shows the whole workflow, with nothing selected, and waits until the canvas stands still. */
	async fitCanvas(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.locator('.vue-flow__pane').click({ position: { x: 8, y: 8 } });
		await this.page.keyboard.press('1');
		await this.page.waitForFunction(() => {
			const place = document.querySelector<HTMLElement>('.vue-flow__transformationpane')?.style.transform ?? '';
			const seen = window as unknown as { lastPlace?: string; stillFor?: number };
			seen.stillFor = seen.lastPlace === place ? (seen.stillFor ?? 0) + 1 : 0;
			seen.lastPlace = place;
			// Frames of the browser.
			return seen.stillFor > 20;
		});
	}

	/** Runs the open workflow from one of its triggers, by the button beside it. */
	async execute(trigger: string): Promise<void> {
		await this.fitCanvas();
		await this.node(trigger).hover();
		await this.part(`execute-workflow-button-${trigger}`).click();
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name=${JSON.stringify(name)}]`);
	}

	/** Opens the panel of a node by a double click. */
	async openNode(name: string): Promise<NodePanel> {
		await this.node(name).dblclick();
		const panel = new NodePanel(this.page);
		await panel.waitUntilShown();
		return panel;
	}

	/** Searches the list of all nodes of an empty workflow, until what is expected is among what is found or for some seconds, and gives the titles found. */
	async foundInNodePanel(word: string, expected: string[]): Promise<string[]> {
		const search = this.part('node-creator-search-bar');
		if (!(await search.isVisible())) await this.part('canvas-plus-button').click();
		await search.fill(word);
		const titles = this.part('node-creator-item-name');
		await this.page
			.waitForFunction(
				([selector, ...names]) => {
					const found = [...document.querySelectorAll<HTMLElement>(selector as string)].map(({ innerText }) => innerText);
					return names.every((name) => found.includes(name));
				},
				['[data-test-id="node-creator-item-name"]', ...expected],
				{ timeout: FOUND_WITHIN_MS },
			)
			.catch(() => undefined);
		return await titles.allInnerTexts();
	}
}
