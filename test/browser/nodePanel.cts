import type { ElementHandle, Locator, Page } from 'playwright-core';
import type { LiveList } from './liveLists.cts';

/** What the editor shows in place of a list's entries, or before they are there. */
const NO_ENTRY = ['No data', 'No results', 'Loading...'];

/** What stands above and below the parameters in a picture, in pixels. */
const TABS = 44;
const MARGIN = 24;

/** An entry of an open list. */
const ENTRY: Record<LiveList['kind'], string> = { locator: '[data-test-id="rlc-item"]', options: '.el-select-dropdown__item', fields: '[role="menu"] [role="menuitem"]' };

const OPENS_WITHIN_MS = 3_000;
const LIST_WITHIN_MS = 20_000;

/** The open panel of a node. */
export class NodePanel {
	private readonly parameters: Locator;

	constructor(private readonly page: Page) {
		this.parameters = page.locator('[data-test-id="node-parameters"]').first();
	}

	async waitUntilShown(): Promise<void> {
		await this.parameters.locator('[data-test-id="parameter-item"]').first().waitFor();
	}

	/** Of its parameters, from top to bottom; without those of n8n itself, which are the same for all nodes. */
	async titles(): Promise<string[]> {
		return await this.parameters.evaluate((root) => {
			const list = root.querySelector('.parameter-input-list-wrapper') as HTMLElement;
			const items = [...list.querySelectorAll<HTMLElement>('[data-test-id="parameter-item"]')].filter((item) => item.parentElement?.closest('.parameter-input-list-wrapper') === list);
			const labels = items.map((item) => [...item.querySelectorAll('label')].find((label) => !label.closest('[data-test-id="node-credentials-slot"]')));
			return labels.flatMap((label) => label?.innerText.split('\n')[0]?.trim() || []);
		});
	}

	/** What stands above each choice of a credential. */
	async credentials(): Promise<string[]> {
		return await this.parameters.locator('[data-test-id="node-credentials-slot"] label').allInnerTexts();
	}

	async text(): Promise<string> {
		return await this.parameters.innerText();
	}

	/** Opens a list as a user does, and gives its entries. Throws what is said in their place. */
	async entries(list: LiveList): Promise<string[]> {
		const { kind } = list;
		if (kind === 'fields') return await this.fields(await this.item(list));
		const entries = await this.openList(list);
		await this.page.keyboard.press('Escape');
		return entries;
	}

	/** Takes an entry of a list. */
	async choose(list: LiveList, entry: string): Promise<void> {
		await this.openList(list);
		await this.page.locator(`${ENTRY[list.kind]}:visible`).filter({ hasText: new RegExp(`^\\s*${entry}\\s*$`) }).first().click();
	}

	/** Adds a row to a list of rows, by its button, and waits until its parameters are there. */
	async addRow(button: string): Promise<void> {
		const rows = this.parameters.locator('.parameter-input-list-wrapper .parameter-input-list-wrapper');
		const before = await rows.count();
		await this.parameters.getByRole('button', { name: button, exact: true }).click();
		await rows.nth(before).waitFor();
	}

	/** Enters the value of a field in a mapping of fields, and adds the field where it is not there yet. */
	async map(list: LiveList, title: string, value: string): Promise<void> {
		await this.fields(await this.item(list));
		const label = this.page.locator('label').getByText(title, { exact: true });
		const field = this.parameters.locator('[data-test-id="mapping-fields-container"] .parameter-item', { has: label });
		if ((await field.count()) === 0) {
			await this.parameters.locator('[data-test-id="add-fields-select"] button').click();
			await this.page.getByRole('menuitem', { name: title, exact: true }).click();
		}
		await field.locator('input, textarea').last().fill(value);
	}

	/** Where its column with the parameters stands in the window, with the tabs above it, down to the last parameter. */
	async box(): Promise<{ x: number; y: number; width: number; height: number }> {
		await this.page.mouse.move(0, 0);
		const [panel, column, list] = await Promise.all([this.page.locator('[data-test-id="ndv"]').boundingBox(), this.parameters.boundingBox(), this.parameters.locator('.parameter-input-list-wrapper').first().boundingBox()]);
		if (!panel || !column || !list) throw new Error('The panel is not open');
		const top = column.y - TABS;
		const bottom = Math.min(list.y + list.height + MARGIN, panel.y + panel.height);
		return { x: column.x, y: top, width: column.width, height: bottom - top };
	}

	async close(): Promise<void> {
		await this.page.locator('[data-test-id="ndv-close-button"]').click();
		await this.page.locator('[data-test-id="ndv"]').waitFor({ state: 'detached' });
	}

	/** Opens a list, and gives its entries. */
	private async openList(list: LiveList): Promise<string[]> {
		const item = await this.item(list);
		const input = await item.$(list.kind === 'locator' ? '[data-test-id="rlc-input"]' : '.el-select');
		if (!input) throw new Error('it has no list');
		await this.open(input, list.kind === 'locator' ? '[data-test-id="rlc-search"], [data-test-id="rlc-item"]' : '.el-select-dropdown');
		return await this.shownEntries(ENTRY[list.kind]);
	}

	/** A panel that is still building itself closes a list again: then a second click opens it, as for a user. */
	private async open(input: ElementHandle<SVGElement | HTMLElement>, list: string): Promise<void> {
		for (const last of [false, true]) {
			await input.click();
			const opened = this.page.waitForFunction((selector) => [...document.querySelectorAll<HTMLElement>(selector)].some((one) => one.offsetParent !== null), list, { timeout: OPENS_WITHIN_MS });
			if (last) await opened;
			else if (await opened.then(() => true, () => false)) return;
		}
	}

	/** Of an open list; an entry is in its place only when it can be seen. */
	private async shownEntries(entry: string): Promise<string[]> {
		const found = await this.page.waitForFunction(
			([selector, ...none]) => {
				const seen = (one: HTMLElement): boolean => one.offsetParent !== null;
				const error = [...document.querySelectorAll<HTMLElement>('[data-test-id="rlc-error-container"]')].find(seen);
				if (error) return { error: error.innerText };
				const texts = [...document.querySelectorAll<HTMLElement>(selector as string)].filter(seen).map((one) => one.innerText.trim()).filter((text) => text && !none.includes(text));
				return texts.length > 0 && { texts };
			},
			[entry, ...NO_ENTRY],
			{ timeout: LIST_WITHIN_MS },
		);
		const { texts = [], error } = (await found.jsonValue()) as { texts?: string[]; error?: string };
		if (error) throw new Error(error.replace(/\s+/g, ' '));
		return texts;
	}

	/** Of a mapping of fields, which loads them by itself. */
	private async fields(item: ElementHandle<HTMLElement>): Promise<string[]> {
		await item.waitForSelector('[data-test-id="mapping-fields-container"] [data-test-id="input-label"], [data-test-id="add-fields-select"]', { timeout: LIST_WITHIN_MS });
		const add = await item.$('[data-test-id="add-fields-select"] button');
		const there = await item.$$eval('[data-test-id="mapping-fields-container"] [data-test-id="input-label"]', (labels) => labels.map((label) => (label as HTMLElement).innerText.split('\n')[0] ?? ''));
		if (!add) return there;
		await this.open(add, ENTRY.fields);
		const more = await this.shownEntries(ENTRY.fields);
		// Escape would close the panel too.
		await add.click({ force: true });
		await this.page.locator(ENTRY.fields).first().waitFor({ state: 'hidden' });
		return [...there, ...more];
	}

	/** The part of the panel that belongs to a parameter. */
	private async item({ kind, places }: LiveList): Promise<ElementHandle<HTMLElement>> {
		const handle = await this.parameters.evaluateHandle((root, [path, fields]) => {
			const within = (list: Element, selector: string): HTMLElement[] =>
				[...list.querySelectorAll<HTMLElement>(selector)].filter((one) => one.parentElement?.closest('.parameter-input-list-wrapper') === list);
			const titled = (item: HTMLElement, title: string): boolean => [...item.querySelectorAll<HTMLElement>('label')].some((label) => label.innerText.split('\n')[0]?.trim() === title && label.closest('[data-test-id="parameter-item"]') === item);
			let list = root.querySelector('.parameter-input-list-wrapper');
			let item: HTMLElement | undefined;
			for (const { title, row } of path) {
				item = list ? within(list, '[data-test-id="parameter-item"]').find((one) => (fields ? one.querySelector('[data-test-id="resource-mapper-container"]') : titled(one, title))) : undefined;
				const group = row ? item?.querySelector(`[data-test-id="fixed-collection-${row.group}"]`) : item;
				const lists = [...(group?.querySelectorAll('.parameter-input-list-wrapper') ?? [])].filter((one) => one.parentElement?.closest('.parameter-input-list-wrapper') === list);
				list = lists[row?.index ?? 0] ?? null;
			}
			return item;
		}, [places, kind === 'fields'] as const);
		const element = handle.asElement() as ElementHandle<HTMLElement> | null;
		if (!element) throw new Error('it is not in the panel');
		return element;
	}
}
