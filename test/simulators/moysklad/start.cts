import { makeBench, startSimulator, type RunningSimulator } from '../kernel/simulator.cts';
import type { ShopSize } from '../shop/size.cts';
import { Account } from './account.cts';
import { officePage, type OfficePage } from './demo/officePage.cts';
import { AbuseGuard } from './http/abuse.cts';
import { Limits, USUAL_RATE, type RateRule } from './http/limits.cts';
import { moySkladPlatform, type Parts } from './http/platform.cts';
import { seed as fill } from './seeding.cts';
import { Deliveries } from './webhooks/deliveries.cts';
import { StockNotices } from './webhooks/notifying.cts';

export interface MoySkladOptions {
	/** 0 or left out: any free port. */
	port?: number;
	/** The same seed and size give the same shop, ids included. */
	seed?: number;
	size?: ShopSize;
	rate?: Partial<RateRule>;
	window?: 'fixed' | 'sliding';
	/** How long every answer takes at least. */
	latencyMilliseconds?: number;
	/** How often stock webhooks may be told, simulated seconds. */
	stockNoticeSeconds?: number;
	/**
	 * Whether an Accept of any type passes. Default true: the documentation asks for one type only, but its own examples for curl,
	 * and clients that work with real accounts, send this one.
	 */
	acceptWildcard?: boolean;
	/** A page for people who look at the demo, at `/demo`. Default: none, since MoySklad's API has none. */
	demoPage?: boolean;
}

export interface UserAccess {
	login: string;
	/** Empty for a solution. */
	password: string;
	/** The one that is valid now. */
	readonly token: string;
}

const USER_NAMES = ['admin', 'integration', 'editor', 'clerk', 'solution'] as const;

export interface RunningMoySklad extends RunningSimulator {
	/** `http://127.0.0.1:…/api/remap/1.2` */
	baseUrl: string;
	accountId: string;
	/**
	 * `admin` and `integration` are administrators; `editor` is not; `clerk` sees no documents and no counterparties,
	 * may not change products and may not read the stock report; `solution` is an application (weight 1).
	 */
	users: Record<(typeof USER_NAMES)[number], UserAccess>;
	/** The state in this process. */
	account: Account;
	parts: Parts;
	/** Only with `demoPage`. */
	page: OfficePage | undefined;
}

const ACCOUNT_NAME = 'simulator';
const LOOK_AT_STOCK_EVERY = 500;
const USUAL_SIZE: ShopSize = { products: 30 };

/** Starts a MoySklad account on loopback, filled with a generated shop. */
export async function startMoySklad(options: MoySkladOptions = {}): Promise<RunningMoySklad> {
	const { port = 0, seed = 1, size = USUAL_SIZE, window = 'fixed' } = options;
	const parts = await assemble(options, seed, window);
	const { account } = parts;
	fill(account, size);
	const page = options.demoPage ? officePage(parts) : undefined;
	const running = await startSimulator({ ...moySkladPlatform(parts), ...(page && { page }) }, account.bench, port);
	account.base = `${running.url}/api/remap/1.2`;
	return { ...running, baseUrl: account.base, accountId: account.id, users: access(account), account, parts, page };
}

async function assemble(options: MoySkladOptions, seed: number, window: 'fixed' | 'sliding'): Promise<Parts> {
	const bench = makeBench(seed);
	const rate = { ...USUAL_RATE, ...options.rate };
	const account = new Account(bench, seed, ACCOUNT_NAME, rate.weight);
	await account.storage.start();
	const deliveries = new Deliveries(bench, ({ hook, hookType }) => disable(account, hookType, hook));
	const stockNotices = new StockNotices(account, deliveries, (options.stockNoticeSeconds ?? 60) * 1000);
	const timer = setInterval(() => stockNotices.check(), LOOK_AT_STOCK_EVERY).unref();
	return {
		account,
		limits: new Limits(bench.clock, rate, window),
		abuse: new AbuseGuard(),
		deliveries,
		stockNotices,
		latencyMilliseconds: options.latencyMilliseconds ?? 0,
		acceptWildcard: options.acceptWildcard ?? true,
		crashes: [],
		close: async () => {
			clearInterval(timer);
			await deliveries.close();
			await account.storage.close();
		},
	};
}

function disable(account: Account, type: string, id: string): void {
	const hook = account.table(type).get(id);
	if (hook) account.table(type).put({ ...hook, enabled: false });
}

function access(account: Account): RunningMoySklad['users'] {
	const entries = USER_NAMES.map((name) => {
		const user = account.users.named(name === 'solution' ? 'shop.solution' : name);
		return [
			name,
			{
				login: user.login,
				password: user.password,
				get token() {
					return user.token;
				},
			},
		] as const;
	});
	return Object.fromEntries(entries) as unknown as RunningMoySklad['users'];
}
