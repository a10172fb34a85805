import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** After that MoySklad takes an answer for none. */
const MOYSKLAD_WAITS_MS = 1_500;
/** Whoever is not answered by then counts as answered then. */
const GIVEN_UP_MS = 15_000;
const TICK_MS = 2;

/** What a rate came to; milliseconds. */
export interface Answered {
	sent: number;
	p50: number;
	p95: number;
	p99: number;
	over1500: number;
	/** Answers that are no success. */
	not2xx: number;
	/** Calls without any answer: refused or broken connections, and those given up. */
	errors: number;
	/** By how much the sender itself came too late at worst: a machine that is too busy to measure on. */
	lateBy: number;
}

interface Call {
	milliseconds: number;
	/** Undefined without an answer. */
	status?: number;
}

/** As the proxy of deploy/ does, which takes MoySklad's calls: connections to a webhook process are kept and used again. */
const kept = new Agent({ keepAlive: true });

/** Sends notifications at a steady rate, whatever became of those before: MoySklad does not slow down for anybody. */
export async function sendNotifications(url: string, body: () => object, rate: number, seconds: number): Promise<Answered> {
	const calls: Array<Promise<Call>> = [];
	const total = rate * seconds;
	const start = performance.now();
	let lateBy = 0;
	while (calls.length < total) {
		const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * rate) + 1);
		lateBy = Math.max(lateBy, performance.now() - start - (calls.length / rate) * 1000);
		while (calls.length < due) calls.push(send(url, body()));
		await sleep(TICK_MS);
	}
	return summed(await Promise.all(calls), lateBy);
}

async function send(url: string, body: object): Promise<Call> {
	const text = Buffer.from(JSON.stringify(body));
	const sent = performance.now();
	const headers = { 'content-type': 'application/json', 'content-length': text.length };
	const status = await new Promise<number | undefined>((settle) => {
		const call = request(`${url}?requestId=${randomUUID()}`, { method: 'POST', headers, agent: kept, timeout: GIVEN_UP_MS });
		call.on('response', (response) => response.resume().on('end', () => settle(response.statusCode)).on('error', () => settle(undefined)));
		call.on('timeout', () => call.destroy());
		call.on('error', () => settle(undefined));
		call.end(text);
	});
	return status === undefined ? { milliseconds: GIVEN_UP_MS } : { milliseconds: performance.now() - sent, status };
}

function summed(calls: Call[], lateBy: number): Answered {
	const times = calls.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
	const percentile = (share: number): number => Math.round(times[Math.ceil(share * times.length) - 1] ?? NaN);
	return {
		sent: calls.length,
		p50: percentile(0.5),
		p95: percentile(0.95),
		p99: percentile(0.99),
		over1500: times.filter((time) => time > MOYSKLAD_WAITS_MS).length,
		not2xx: calls.filter(({ status = 200 }) => status < 200 || status > 299).length,
		errors: calls.filter(({ status }) => status === undefined).length,
		lateBy: Math.round(lateBy),
	};
}

/** What 99 of 100 calls have to be answered within, so that something is left until MoySklad's patience ends. */
const USUAL_MS = 500;

/** Whether this rate can go on: MoySklad lost nothing, and there is room for a moment in which the machine is busy. */
export const isSustained = ({ p99, over1500, not2xx, errors }: Answered): boolean => p99 <= USUAL_MS && over1500 + not2xx + errors === 0;
