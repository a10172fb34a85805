import type { Locator, Page } from 'playwright-core';
import type { N8n } from '../n8n/instance.cts';
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
	static async open(n8n: Pick<N8n, 'url' | 'owner'>): Promise<Editor> {
		const browser = await Browser.start();
		await browser.logIn(n8n);
		const { page, faults } = await browser.open();
		return new Editor(browser, n8n.url, page, faults);
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
