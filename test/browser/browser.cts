import { chromium, type Browser as Chromium, type BrowserContext, type Page } from 'playwright-core';
import { chromiumProgram } from '../../scripts/setup/chromium.cjs';
import type { N8n } from '../n8n/instance.cts';
import { Faults } from './faults.cts';

/** Alone on loopback: nothing of its own goes out. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The size of a window, and of all pictures. */
export const WINDOW = { width: 1440, height: 900 };

/** How long anything on a page may take to appear. */
const APPEARS_WITHIN_MS = 15_000;

/** A real browser with one user, who keeps his cookies in all its windows. */
export class Browser {
	private constructor(
		private readonly chromium: Chromium,
		private readonly user: BrowserContext,
	) {}

	static async start(): Promise<Browser> {
		const started = await chromium.launch({ executablePath: chromiumProgram(), args: FLAGS });
		const user = await started.newContext({ viewport: WINDOW, locale: 'en-US', timezoneId: 'Europe/Moscow', reducedMotion: 'reduce' });
		user.setDefaultTimeout(APPEARS_WITHIN_MS);
		return new Browser(started, user);
	}

	/** Logs in to n8n as its owner, as the login page does. */
	async logIn({ url, owner }: Pick<N8n, 'url' | 'owner'>): Promise<void> {
		const answer = await this.user.request.post(`${url}/rest/login`, { data: { emailOrLdapLoginId: owner.email, password: owner.password } });
		if (!answer.ok()) throw new Error(`n8n did not let the owner in: ${answer.status()} ${await answer.text()}`);
	}

	/** A new window, and what goes wrong in it from now on. */
	async open(address?: string): Promise<{ page: Page; faults: Faults }> {
		const page = await this.user.newPage();
		const faults = new Faults(page);
		if (address) await page.goto(address);
		return { page, faults };
	}

	async close(): Promise<void> {
		await this.chromium.close();
	}
}
