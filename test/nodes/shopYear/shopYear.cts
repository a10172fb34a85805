import type { RunningBitrix } from '../../simulators/bitrix/start.cts';
import type { RunningMoySklad } from '../../simulators/moysklad/start.cts';
import { Agreement, type Difference } from './agreement.cts';
import { sorted } from './findings.cts';
import type { Flows } from './flows.cts';
import { Year, type YearOptions } from './year.cts';
import type { Shop } from '../orders/shop.cts';

/** Both ways over a connection, opened with a shop of their own. */
export interface Connection {
	open(): Promise<Flows & { shop: Shop }>;
}

interface Sides {
	bitrix: RunningBitrix;
	moySklad: RunningMoySklad;
}

export interface YearEnd {
	/** In which both sides differ, and a node has told so. */
	findings: Difference[];
	/** In which they differ, and nobody knows. */
	disagreements: Difference[];
	/** What is there more often than its source. */
	doubles: string[];
	/** What was written in each quiet round after the last change, by both flows. */
	quiet: string[][];
	/** Requests at which the simulators broke. */
	crashes: unknown[];
}

/** From the third on MoySklad tells of all orders. */
const QUIET_ROUNDS = 5;
const OF_ALL = 2;

/** Of the usual size unless somebody asks for another one; the seed is printed with the figures. */
export const yearOptions = (connection: string, more: Partial<YearOptions> = {}): YearOptions => {
	const orders = more.orders ?? Number(process.env.SHOP_YEAR_ORDERS ?? 120);
	return { seed: process.env.SHOP_YEAR_SEED ?? connection, weeks: Math.max(4, Math.round(orders / 40)), deedsEach: 3, faultShare: Number(process.env.SHOP_YEAR_FAULTS ?? 0.02), together: false, editsPositions: true, ...more, orders };
};

/** Lets a year pass over a connection, then nothing but the flows, looks at both sides, and prints a line of figures. */
export async function aYear(name: string, connection: Connection, options: YearOptions): Promise<YearEnd> {
	const flows = await connection.open();
	try {
		const { store, moySklad } = flows.shop;
		return await shopYear(name, { bitrix: store.bitrix, moySklad }, flows, options);
	} finally {
		await flows.close();
	}
}

/** For whoever looks for the cause of something. */
function show(year: Year, { disagreements, findings, quiet }: YearEnd): void {
	const codes: Record<string, number> = {};
	for (const id of year.ids) for (const code of year.lastTold(id)) codes[code] = (codes[code] ?? 0) + 1;
	process.stdout.write(`${JSON.stringify({ spent: year.spent, deeds: year.deeds, codes, quiet })}\n`);
	for (const one of [...disagreements.slice(0, 30), ...findings.slice(0, 10)]) process.stdout.write(`${JSON.stringify({ ...one, told: year.lastTold(one.id), history: year.history.get(one.id) })}\n`);
}

async function shopYear(connection: string, sides: Sides, flows: Flows, options: YearOptions): Promise<YearEnd> {
	const start = Date.now();
	const year = new Year(sides, flows, options);
	await year.run();
	const calls = callsOf(sides);
	const quiet: string[][] = [];
	for (let round = 0; round < QUIET_ROUNDS; round += 1) {
		sides.bitrix.counters.reset();
		sides.moySklad.counters.reset();
		if (round >= OF_ALL) year.tellAll();
		await year.sync();
		quiet.push(writesOf(sides));
	}
	const agreement = new Agreement(sides.bitrix.portal, sides.moySklad.account);
	const { findings, disagreements } = sorted(agreement.differences(year.ids), (id) => year.lastTold(id));
	const end: YearEnd = { findings, disagreements, doubles: agreement.doubles(), quiet, crashes: sides.moySklad.parts.crashes };
	if (process.env.SHOP_YEAR_SHOW) show(year, end);
	const events = Object.values(year.deeds).reduce((sum, count) => sum + count, 0);
	const figures = { orders: year.ids.length, connection, seed: options.seed, events, faults: year.faults, failedRuns: year.failedRuns, disagreements: disagreements.length, doubles: end.doubles.length, findings: findings.length, calls, quietWrites: quiet.map(({ length }) => length), seconds: Math.round((Date.now() - start) / 1000) };
	process.stdout.write(`${JSON.stringify(figures)}\n`);
	return end;
}

const callsOf = ({ bitrix, moySklad }: Sides): number => bitrix.counters.snapshot().calls + moySklad.counters.snapshot().calls;

/** Calls that changed something on either side: over REST by their names, over the exchange by what is uploaded. */
function writesOf({ bitrix, moySklad }: Sides): string[] {
	const store = Object.keys(bitrix.counters.snapshot().routes).filter((route) => /\.(add|update|delete|modify)$/.test(route) || /^1c_exchange \w+ (file|import)$/.test(route));
	return [...store, ...Object.keys(moySklad.counters.snapshot().routes).filter((route) => /^(POST|PUT|DELETE)/.test(route))];
}
