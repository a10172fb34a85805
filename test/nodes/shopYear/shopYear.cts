import type { RunningBitrix } from '../../simulators/bitrix/start.cts';
import type { RunningMoySklad } from '../../simulators/moysklad/start.cts';
import { Agreement, type Difference } from './agreement.cts';
import { sorted } from './findings.cts';
import type { Flows } from './flows.cts';
import { Year, type YearOptions } from './year.cts';

interface Sides {
	bitrix: RunningBitrix;
	moySklad: RunningMoySklad;
}

export interface YearEnd {
	year: Year;
	findings: Difference[];
	disagreements: Difference[];
	doubles: string[];
	/** What was written in each quiet round after the last change, by both flows. */
	quiet: string[][];
}

/** In the last of them MoySklad tells of all orders. */
const QUIET_ROUNDS = 4;

/** Of the usual size unless somebody asks for another one; the seed is printed with the figures. */
export const yearOptions = (connection: string, more: Partial<YearOptions> = {}): YearOptions => {
	const orders = Number(process.env.SHOP_YEAR_ORDERS ?? 2000);
	return { seed: process.env.SHOP_YEAR_SEED ?? connection, orders, weeks: Math.max(4, Math.round(orders / 40)), deedsEach: 3, faultShare: 0.02, together: false, editsPositions: true, ...more };
};

/** Lets a year pass, then nothing but the flows, looks at both sides, and prints a line of figures. */
export async function shopYear(connection: string, sides: Sides, flows: Flows, options: YearOptions): Promise<YearEnd> {
	const start = Date.now();
	const year = new Year(sides, flows, options);
	await year.run();
	const calls = callsOf(sides);
	const quiet: string[][] = [];
	for (let round = 0; round < QUIET_ROUNDS; round += 1) {
		sides.bitrix.counters.reset();
		sides.moySklad.counters.reset();
		if (round === QUIET_ROUNDS - 1) year.tellAll();
		await year.sync();
		quiet.push(writesOf(sides));
	}
	const agreement = new Agreement(sides.bitrix.portal, sides.moySklad.account);
	const { findings, disagreements } = sorted(agreement.differences(year.ids), (id) => year.lastTold(id));
	const doubles = agreement.doubles();
	const events = Object.values(year.deeds).reduce((sum, count) => sum + count, 0);
	const figures = { orders: year.ids.length, connection, seed: options.seed, events, faults: year.faults, failedRuns: year.failedRuns, disagreements: disagreements.length, doubles: doubles.length, findings: findings.length, calls, quietWrites: quiet.map(({ length }) => length), seconds: Math.round((Date.now() - start) / 1000) };
	process.stdout.write(`${JSON.stringify(figures)}\n`);
	return { year, findings, disagreements, doubles, quiet };
}

const callsOf = ({ bitrix, moySklad }: Sides): number => bitrix.counters.snapshot().calls + moySklad.counters.snapshot().calls;

/** Calls that changed something on either side: over REST by their names, over the exchange by what is uploaded. */
function writesOf({ bitrix, moySklad }: Sides): string[] {
	const store = Object.keys(bitrix.counters.snapshot().routes).filter((route) => /\.(add|update|delete|modify)$/.test(route) || /^1c_exchange \w+ (file|import)$/.test(route));
	return [...store, ...Object.keys(moySklad.counters.snapshot().routes).filter((route) => /^(POST|PUT|DELETE)/.test(route))];
}
