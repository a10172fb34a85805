import { isDeepStrictEqual } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import type { N8nApi } from '../n8n/api.cts';
import { Browser } from './browser.cts';
import type { Faults } from './faults.cts';
import { NodePanel } from './nodePanel.cts';

/** The search waits until nothing more is typed; marks come when credentials and results are loaded. */
const FOUND_WITHIN_MS = 5_000;

/** What a node gets that was run well. */
const GREEN_MARK = 'canvas-node-status-success';

/** The whole interface, and then a workflow in it. */
const LOADED_WITHIN_MS = 30_000;

/** n8n's editor, as its owner sees it in a browser. */
export class Editor {
	private constructor(
		readonly browser: Browser,
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
		await this.page.goto(`${this.url}/workflow/new`, { waitUntil: 'commit' });
		await this.part('canvas-add-button').waitFor({ timeout: LOADED_WITHIN_MS });
	}

	/** Opens a stored workflow. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`, { waitUntil: 'commit' });
		await this.part('canvas-node').first().waitFor({ timeout: LOADED_WITHIN_MS });
	}

	/** Imports a file into an empty workflow by *Import from File* in the menu, and gives the id under which n8n has saved it. */
	async importFile(file: string, name: string): Promise<string> {
		await this.newWorkflow();
		await this.part('workflow-menu').first().click();
		await this.part('workflow-menu-item-import').hover();
		const entry = this.part('workflow-menu-item-import-from-file');
		const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), entry.click()]);
		const [saved] = await Promise.all([
			this.page.waitForResponse((response) => response.request().method() === 'POST' && response.url() === `${this.url}/rest/workflows`),
			chooser.setFiles(file),
			this.page.waitForFunction((title) => document.querySelector<HTMLElement>('[data-test-id="workflow-name-input"]')?.innerText.trim() === title, name),
		]);
		await this.part('canvas-node').first().waitFor();
		const { data } = (await saved.json()) as { data: { id: string } };
		return data.id;
	}

	async nodeNames(): Promise<string[]> {
		return await this.part('canvas-node').evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset.nodeName ?? ''));
	}

	/** The names of the nodes with a red mark. */
	async markedNodes(): Promise<string[]> {
		return await this.nodesWith('node-issues');
	}

	/** Waits some seconds until no node has a red mark, and gives those that still have one. */
	async nodesLeftMarked(): Promise<string[]> {
		await this.page.waitForFunction(() => !document.querySelector('[data-test-id="node-issues"]'), undefined, { timeout: FOUND_WITHIN_MS }).catch(() => undefined);
		return await this.markedNodes();
	}

	/** Waits some seconds until so many nodes have a green mark, and gives their names. */
	async greenNodes(count: number): Promise<string[]> {
		await this.page.waitForFunction(([mark, expected]) => document.querySelectorAll(`[data-test-id="${mark}"]`).length === expected, [GREEN_MARK, count] as const, { timeout: FOUND_WITHIN_MS }).catch(() => undefined);
		return await this.nodesWith(GREEN_MARK);
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

	/** Runs the open workflow by the button below it; where there are several triggers, from the one that is chosen beside it. */
	async execute(trigger: string): Promise<void> {
		await this.part('execute-workflow-button').waitFor();
		const others = this.page.getByRole('button', { name: 'Select trigger node' });
		if (await others.isVisible()) {
			await others.click();
			await this.page.getByRole('menuitem', { name: `from ${trigger}`, exact: true }).click();
		}
		// It leads to no other page, and the first events of a large workflow keep this one busy.
		await this.part('execute-workflow-button').click({ noWaitAfter: true });
	}

	/** Waits until a trigger that was executed listens. */
	async waitsForEvent(): Promise<void> {
		await this.part('execute-workflow-button').filter({ hasText: 'Waiting for' }).waitFor();
	}

	/**
	 * Waits until the editor knows that the run has ended.
	 * For every node that was run it draws the whole canvas anew: with a hundred nodes it is many seconds behind n8n, and more on a busy machine.
	 * So it is not given a time for all of them, but may not stand still.
	 * @param drawn the marks of the nodes when they were last looked at, each with the number of its runs
	 */
	async waitUntilRun(drawn: string[] = []): Promise<void> {
		const ended = this.part('execute-workflow-button').filter({ hasText: 'Execute workflow' });
		try {
			await ended.waitFor();
		} catch (fault) {
			const marks = await this.part(GREEN_MARK).allInnerTexts();
			if (isDeepStrictEqual(marks, drawn)) throw fault;
			await this.waitUntilRun(marks);
		}
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

	private async nodesWith(mark: string): Promise<string[]> {
		return await this.part(mark).evaluateAll((marks) => marks.map((one) => one.closest<HTMLElement>('[data-test-id="canvas-node"]')?.dataset.nodeName ?? ''));
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
