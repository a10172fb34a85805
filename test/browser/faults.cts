import type { Page } from 'playwright-core';

const LOUD = ['error', 'warning'];

/** Where n8n looks for previews of what a node gives; few nodes have some. */
const PREVIEWS = '/schemas/';

/** What a page complains of: errors and warnings of its console, errors that nobody caught, answers that are no success. */
export class Faults {
	private found: string[] = [];

	constructor(page: Page) {
		page.on('console', (message) => {
			if (LOUD.includes(message.type()) && !message.location().url.includes(PREVIEWS)) this.found.push(`${message.type()} in the console: ${message.text()}`);
		});
		page.on('pageerror', (error) => this.found.push(`uncaught: ${error.message}`));
		page.on('response', (response) => {
			if (response.status() >= 400 && !response.url().includes(PREVIEWS)) this.found.push(`${response.status()} ${response.request().method()} ${response.url()}`);
		});
	}

	/** Those since the last time that this was asked. */
	take(): string[] {
		const taken = this.found;
		this.found = [];
		return taken;
	}
}
