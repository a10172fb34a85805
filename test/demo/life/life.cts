import type { CounterSnapshot } from '../../simulators/kernel/counters.cts';
import type { Installation } from '../installation.cts';
import { exchangeLife } from './exchangeLife.cts';
import { Lives } from './lives.cts';
import type { Step } from './orderLife.cts';
import { canceledLife, deletedLife, wholeLife } from './restLives.cts';
import type { Sides } from './sides.cts';

/** What became of orders from their beginning to their end. */
export interface LifeOutcome {
	steps: number;
	/** Whether both sides agreed after every step, and still do at the end. */
	agree: boolean;
	/** Calls that wrote orders, payments or shipments when everything ran once more. */
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
	const tell = (step: Step): void => audience.step(step, steps.push(step));
	audience.begins('The whole life of orders (store with REST)');
	const rest = [await wholeLife(lives, tell), await canceledLife(lives, tell), await deletedLife(lives, tell)];
	audience.begins('The same for a store that has only the exchange with 1C');
	const exchange = await exchangeLife(lives, tell);
	const writesAfterwards = await onceMore(lives, rest, exchange);
	const atTheEnd = await Promise.all([...rest, exchange].map(async (sides) => await sides.agree()));
	return { steps: steps.length, agree: [...steps.map(({ agrees }) => agrees), ...atTheEnd].every(Boolean), writesAfterwards };
}

/** Everything runs again where nothing has changed. */
async function onceMore(lives: Lives, rest: readonly Sides[], exchange: Sides): Promise<number> {
	const { moySklad, bitrix, exchangeStore } = lives.installation;
	const counters = [moySklad, bitrix, exchangeStore].map((one) => one.counters);
	const before = counters.map((one) => writes(one.snapshot()));
	for (const sides of rest) {
		const order = await sides.office();
		if (!order) continue;
		await lives.fromStore(sides.orderId);
		await lives.toStore(order.id);
	}
	await lives.fromSite();
	await lives.toSite(exchange.orderId, (await exchange.office())?.id ?? '');
	return counters.reduce((sum, one, index) => sum + writes(one.snapshot()) - (before[index] ?? 0), 0);
}

/** Stock goes its own way all the while. */
const WRITE = /^(POST|PUT|DELETE) entity\/(customerorder|demand|paymentin|cashin|paymentout|cashout|counterparty)|^sale\..*\.(add|update|delete|modify|set)$|^1c_exchange sale file$/i;

const writes = ({ routes }: CounterSnapshot): number => Object.entries(routes).reduce((sum, [route, { calls }]) => sum + (WRITE.test(route) ? calls : 0), 0);

export const isLifeFine = ({ steps, agree, writesAfterwards }: LifeOutcome): boolean => steps > 0 && agree && writesAfterwards === 0;
