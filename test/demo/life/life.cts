import { total } from '../../simulators/bitrix/sale/sums.cts';
import { callsOf } from '../exchangeJob.cts';
import type { Installation } from '../installation.cts';
import { exchangeLife } from './exchangeLife.cts';
import { Lives } from './lives.cts';
import type { Step } from './orderLife.cts';
import { canceledLife, deletedLife, wholeLife } from './restLives.cts';
import type { Sides } from './sides.cts';

type System = 'moySklad' | 'bitrix' | 'exchangeStore';

/** What became of orders from their beginning to their end. */
export interface LifeOutcome {
	steps: number;
	/** Whether both sides agreed after every step, and still do at the end. */
	agree: boolean;
	/** Calls that wrote orders, payments or shipments, by where they went. */
	writes: Record<System, number>;
	/** The same in all when everything ran once more. */
	writesAfterwards: number;
}

/** Who wants to see it: a title before the steps of some orders, and each step. */
export interface Audience {
	begins(title: string): void;
	step(step: Step, number: number): void;
}

/** Leads orders of both stores through their lives, by the templates of orders and by small workflows of the nodes that have none. */
export async function orderLives(installation: Installation, audience: Audience): Promise<LifeOutcome> {
	const lives = await Lives.prepare(installation);
	const steps: Step[] = [];
	const before = writesOf(installation);
	const tell = (step: Step): void => audience.step(step, steps.push(step));
	audience.begins('The whole life of orders (store with REST)');
	const rest = [await wholeLife(lives, tell), await canceledLife(lives, tell), await deletedLife(lives, tell)];
	audience.begins('The same for a store that has only the exchange with 1C');
	const exchange = await exchangeLife(lives, tell);
	const living = writesOf(installation);
	await onceMore(lives, rest, exchange);
	const writesAfterwards = total(Object.values(since(living, writesOf(installation))));
	const atTheEnd = await Promise.all([...rest, exchange].map(async (sides) => await sides.agree()));
	return { steps: steps.length, agree: [...steps.map(({ agrees }) => agrees), ...atTheEnd].every(Boolean), writes: since(before, living), writesAfterwards };
}

/** Everything runs again where nothing has changed. */
async function onceMore(lives: Lives, rest: readonly Sides[], exchange: Sides): Promise<void> {
	for (const sides of rest) {
		const order = await sides.office();
		if (!order) continue;
		await lives.fromStore(sides.orderId);
		await lives.toStore(order.id);
	}
	await lives.fromSite();
	await lives.toSite(exchange.orderId, (await exchange.office())?.id ?? '');
}

/** Stock goes its own way all the while. */
const WRITES: Record<System, RegExp> = {
	moySklad: /^(POST|PUT|DELETE) \/entity\/(customerorder|demand|paymentin|cashin|paymentout|cashout|counterparty)/,
	bitrix: /^(batch > )?sale\..*\.(add|update|delete|modify|set)$/i,
	exchangeStore: /^1c_exchange sale file$/,
};

const writesOf = (installation: Installation): Record<System, number> =>
	mapped((system) => callsOf(installation[system].counters.snapshot(), WRITES[system]));

const since = (before: Record<System, number>, now: Record<System, number>): Record<System, number> => mapped((system) => now[system] - before[system]);

const mapped = (of: (system: System) => number): Record<System, number> => ({ moySklad: of('moySklad'), bitrix: of('bitrix'), exchangeStore: of('exchangeStore') });

/** Lives that wrote nothing somewhere were not led there. */
export const isLifeFine = ({ steps, agree, writes, writesAfterwards }: LifeOutcome): boolean =>
	steps > 0 && agree && Object.values(writes).every((count) => count > 0) && writesAfterwards === 0;
