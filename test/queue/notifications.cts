import type { RunningMoySklad } from '../simulators/moysklad/start.cts';
import type { Delivery } from '../simulators/moysklad/webhooks/deliveries.cts';

/** What became of the notifications of a stretch of time. */
export interface Told {
	notifications: number;
	events: number;
	/** What the calls that were made for them ended with: each notification is sent four times at most. */
	answers: Record<string, number>;
	/** Events of notifications that never got a 2xx. */
	droppedEvents: number;
	/** Milliseconds until the answer of calls that were answered 2xx. */
	slowest: number;
}

/** Begins to watch; the function that it gives waits until all is delivered or given up, and tells. */
export function watchNotifications({ parts: { deliveries } }: RunningMoySklad): () => Promise<Told> {
	const before = new Set(deliveries.all);
	return async () => {
		await deliveries.flush();
		const sent = deliveries.all.filter((delivery) => !before.has(delivery));
		const attempts = sent.flatMap((delivery) => delivery.attempts);
		return {
			notifications: sent.length,
			events: eventsOf(sent),
			answers: countOf(attempts.map(({ outcome }) => String(outcome))),
			droppedEvents: eventsOf(sent.filter(({ state }) => state !== 'delivered')),
			slowest: Math.max(0, ...attempts.filter(({ outcome }) => outcome === 200 || outcome === 204).map(({ milliseconds }) => milliseconds)),
		};
	};
}

function countOf(outcomes: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
	return counts;
}

const eventsOf = (deliveries: Delivery[]): number =>
	deliveries.reduce((sum, { payload }) => sum + (Array.isArray(payload.events) ? payload.events.length : 0), 0);
