import path from 'node:path';
import type { Page } from 'playwright-core';

const PAGE_WITHIN_MS = 60_000;

/** A person at a form of n8n: reads its pages, chooses, goes on. */
export class FormReader {
	constructor(
		private readonly page: Page,
		/** Where pictures of the pages are kept; none when empty. */
		private readonly pictures = process.env.WIZARD_PICTURES ?? '',
	) {}

	/** Waits for the page with this title. */
	async at(title: string, picture?: string): Promise<void> {
		await this.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor({ timeout: PAGE_WITHIN_MS });
		if (picture && this.pictures) await this.page.screenshot({ path: path.join(this.pictures, `wizard-${picture}.png`), fullPage: true });
	}

	/** What the page says, drop-downs left out. */
	async text(): Promise<string> {
		return await this.page.locator('body').innerText();
	}

	/** The row of a table that holds these words. */
	async rowOf(words: string): Promise<string> {
		return await this.page.getByRole('row').filter({ hasText: words }).innerText();
	}

	async choose(label: string, option: string): Promise<void> {
		await this.page.getByLabel(label, { exact: true }).selectOption({ label: option });
	}

	/** What stands in a drop-down now. */
	async chosen(label: string): Promise<string> {
		return await this.page.getByLabel(label, { exact: true }).evaluate((field: HTMLSelectElement) => field.selectedOptions[0]?.textContent ?? '');
	}

	async enter(label: string, text: string): Promise<void> {
		await this.page.getByLabel(label, { exact: true }).fill(text);
	}

	async entered(label: string): Promise<string> {
		return await this.page.getByLabel(label, { exact: true }).inputValue();
	}

	/** Takes one of several circles. */
	async mark(option: string): Promise<void> {
		await this.page.getByLabel(option, { exact: true }).check();
	}

	async press(button: string): Promise<void> {
		await this.page.getByRole('button', { name: button, exact: true }).click();
	}
}
