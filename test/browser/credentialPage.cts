import type { Locator, Page } from 'playwright-core';

/** What n8n says of a credential that was saved. */
export interface Verdict {
	green: boolean;
	text: string;
}

/** The window in which a credential is made. */
export class CredentialPage {
	private constructor(private readonly page: Page) {}

	/** Opens *New credential* and chooses its type by the title. */
	static async create(page: Page, url: string, title: string): Promise<CredentialPage> {
		await page.goto(`${url}/home/credentials/create`);
		const select = page.locator('[data-test-id="new-credential-type-select"]');
		await select.click();
		await page.keyboard.type(title);
		await page.locator('[data-test-id="new-credential-type-select-option"]:visible', { hasText: new RegExp(`^\\s*${title}\\s*$`) }).click();
		await page.locator('[data-test-id="new-credential-type-button"]').click();
		const opened = new CredentialPage(page);
		await opened.part('credential-save-button').waitFor();
		return opened;
	}

	/** Fills text fields by their names. */
	async fill(fields: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(fields)) await this.field(name).locator('input').first().fill(value);
	}

	async choose(name: string, title: string): Promise<void> {
		await this.field(name).locator('.el-select').click();
		await this.page.locator('.el-select-dropdown__item:visible', { hasText: title }).click();
	}

	/** Saves it, and gives what its test says. */
	async save(): Promise<Verdict> {
		await this.part('credential-save-button').click();
		return await this.verdict();
	}

	/** Agrees in the window that *Connect* opens. */
	async connect(): Promise<Verdict> {
		const [popup] = await Promise.all([this.page.waitForEvent('popup'), this.part('oauth-not-connected-banner').locator('button').click()]);
		if (!popup.isClosed()) await popup.waitForEvent('close');
		return await this.verdict();
	}

	private async verdict(): Promise<Verdict> {
		const green = this.part('credentials-config-container-test-success').or(this.part('oauth-connect-success-banner'));
		const red = this.page.locator('[data-test-id="node-credentials-config-container"]').getByText(/Couldn.t connect|Unable to|could not/i);
		const told = this.page.locator(':visible').and(green.or(red)).first();
		await told.waitFor();
		const text = await this.part('node-credentials-config-container').innerText();
		return { green: (await this.page.locator(':visible').and(green).count()) > 0, text };
	}

	private field(name: string): Locator {
		return this.part(name);
	}

	private part(id: string): Locator {
		return this.page.locator(`[data-test-id="${id}"]`);
	}
}
