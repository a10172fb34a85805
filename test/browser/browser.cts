import { chromium, type Browser as Chromium, type BrowserContext, type Page } from 'playwright-core';
import { chromiumProgram } from '../../scripts/setup/chromium.cjs';
import type { N8nApi } from '../n8n/api.cts';
import { Faults } from './faults.cts';

/** Alone on loopback: nothing of its own goes out. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The size of a window, and of all pictures. */
export const WINDOW = { width: 1440, height: 900 };

/** How long anything on a page may take to appear. */
const APPEARS_WITHIN_MS = 15_000;

export interface Login {
	user: string;
	password: string;
}

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

	/** Is logged in as who uses the interface. */
	async logIn({ url, pass }: Pick<N8nApi, 'url' | 'pass'>): Promise<void> {
		await this.user.addCookies([{ name: 'n8n-auth', value: pass, url }]);
	}

	/** Gives a login to every page that asks for one, as who enters it there. */
	async keepLogin({ user, password }: Login): Promise<void> {
		await this.user.setExtraHTTPHeaders({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` });
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
