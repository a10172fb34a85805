import type { Locator, Page } from 'playwright-core';
import type { N8n } from '../n8n/instance.cts';
import { Browser } from './browser.cts';
import type { Faults } from './faults.cts';

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

	/** Opens the list of all nodes of an empty workflow, and gives what is found by a word. */
	async foundInNodePanel(word: string): Promise<string[]> {
		if (!(await this.part('node-creator-search-bar').isVisible())) await this.part('canvas-plus-button').click();
		const search = this.part('node-creator-search-bar');
		await search.fill(word);
		await this.page.waitForFunction((text) => document.querySelector<HTMLInputElement>('[data-test-id="node-creator-search-bar"]')?.value === text, word);
		return await this.part('node-creator-item-name').allInnerTexts();
	}
}
