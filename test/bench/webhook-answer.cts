import { findServices } from '../../scripts/setup/services.cjs';
import { isSustained, sendNotifications, type Answered } from './webhook-answer/load.cts';
import { Processes } from './webhook-answer/processes.cts';
import { moySkladTrigger, notification, webhookNode } from './webhook-answer/receivers.cts';

/**
 * How fast notifications are answered by MoySklad Trigger and by n8n's own Webhook node, in one n8n in queue mode as deploy/ sets it
 * up: 20, 50, 100 and 200 notifications a second, and more for who stands that. MoySklad drops what is not answered within 1.5 s. Needs
 * PostgreSQL and Redis (`DATABASE_URL`, `REDIS_URL`).
 * `npm run bench -- webhook-answer [seconds at each rate]`
 */
const RATES = [20, 50, 100, 200];
/** Tried one after the other until one cannot go on: only so the two are compared by what they sustain. */
const HIGHER_RATES = [300, 400, 600, 800];
const SECONDS = Number(process.argv[2] ?? 15);
const WARM_UP = { rate: 20, seconds: 5 };

type ByRate = Record<number, Answered>;

async function measure(processes: Processes, name: string, url: string): Promise<ByRate> {
	const body = notification(processes.moySklad);
	await sendNotifications(url, body, WARM_UP.rate, WARM_UP.seconds);
	const measured: ByRate = {};
	for (const rate of [...RATES, ...HIGHER_RATES]) {
		if (HIGHER_RATES.includes(rate) && !isSustained(Object.values(measured).at(-1) as Answered)) break;
		await processes.drained();
		const answered = await sendNotifications(url, body, rate, SECONDS);
		measured[rate] = answered;
		const { p50, p95, p99, over1500, not2xx, errors, lateBy } = answered;
		console.log(`${name}, ${rate} a second: p50 ${p50}, p95 ${p95}, p99 ${p99} ms; ${over1500} over 1,500 ms, ${not2xx} not 2xx, ${errors} unanswered (of ${answered.sent}; sender late by ${lateBy} ms)`);
	}
	await processes.drained();
	return measured;
}

/** The highest rate that can go on; where there is none, the lowest stands for it, and the ratio says too little. */
const sustained = (measured: ByRate): number =>
	Math.max(RATES[0] as number, ...Object.entries(measured).flatMap(([rate, answered]) => (isSustained(answered) ? [Number(rate)] : [])));

async function main(): Promise<void> {
	await findServices();
	const processes = await Processes.start();
	try {
		const ours = await measure(processes, 'MoySklad Trigger', await moySkladTrigger(processes));
		const theirs = await measure(processes, 'Webhook node', await webhookNode(processes));
		console.log(JSON.stringify({ ours, webhookNode: theirs, sustainedRatio: sustained(ours) / sustained(theirs) }));
	} finally {
		await processes.stop();
	}
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
