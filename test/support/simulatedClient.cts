import { setTimeout as sleep } from 'node:timers/promises';
import { AccountGuard, MoySkladClient, WindowLimiter, type Clock, type Send } from '../../transport';
import type { RunningMoySklad } from '../simulators/moysklad/start.cts';

const clock: Clock = { now: () => Date.now(), sleep: async (milliseconds) => await sleep(milliseconds) };

/**
 * The transport's client on a simulated account, without n8n. The account's rate must be out of the way.
 * @param meanwhile what happens in the account before each call
 */
export function simulatedClient({ baseUrl, users }: RunningMoySklad, meanwhile: () => Promise<void> = async () => await Promise.resolve()): MoySkladClient {
	const send: Send = async (request) => {
		await meanwhile();
		const headers = { ...request.headers, ...(request.authorize && { authorization: `Bearer ${users.admin.token}` }) };
		const response = await fetch(request.url, { method: request.method, headers, body: request.body as BodyInit | undefined, redirect: 'manual' });
		return { status: response.status, headers: Object.fromEntries(response.headers), body: new Uint8Array(await response.arrayBuffer()) };
	};
	const limiter = new WindowLimiter({ units: 1_000_000, windowMilliseconds: 3000, weight: 4, parallel: 5, processes: 1 }, clock);
	return new MoySkladClient({ send, clock, limiter, guard: new AccountGuard(clock), baseUrl });
}
