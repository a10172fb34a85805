import type { ApiCredential } from '../../n8n/api.cts';
import type { Owner } from '../../n8n/environment.cts';
import type { RunningBitrix } from '../../simulators/bitrix/start.cts';

/** A secret that MoySklad's simulator knows, or its login and password. */
interface MoySkladAccess {
	login: string;
	password: string;
	token: string;
}

/** The n8n and the simulators that all test files share, as far as another process can know them. */
export interface Bench {
	n8n: { url: string; owner: Owner };
	/** Of the credentials that are there at the start. */
	credentials: ApiCredential[];
	/** The ids of the templates that were imported with all choices made, by their numbers, e.g. `03b`. */
	workflows: Record<string, string>;
	moySklad: { url: string; baseUrl: string; integration: MoySkladAccess };
	bitrix: Pick<RunningBitrix, 'url' | 'webhookUrl' | 'oauth'> & { catalog: string };
	/** The second store: a site with nothing but the 1C exchange. */
	site: { url: string; login: string; password: string };
}

const VARIABLE = 'BROWSER_BENCH';

/** What Jest's workers inherit. */
export function publishBench(bench: Bench): void {
	process.env[VARIABLE] = JSON.stringify(bench);
}

/** @throws Error when this does not run under `jest.browser.config.cjs` */
export function theBench(): Bench {
	const text = process.env[VARIABLE];
	if (!text) throw new Error('There is no bench: run these tests with "npm run test:browser"');
	return JSON.parse(text) as Bench;
}
