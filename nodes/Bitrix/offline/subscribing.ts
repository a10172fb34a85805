import { lackingEvents, neededEvents, readBoundEvents, readOfferedEvents, type BitrixSubscription } from '../../../core';
import { resultOf } from '../../../transport';
import type { OfflineChannel } from './channel';

/** What the portal says before anything is read. */
export interface PortalState {
	/** Answers of `events` and of `event.get`. */
	offered: unknown;
	bound: unknown;
}

/** Makes sure that the events of the rows are recorded, and gives their names. Throws BITRIX_EVENT_UNAVAILABLE. */
export async function subscribe({ batches, connector, hint }: OfflineChannel, rows: readonly BitrixSubscription[], { offered, bound }: PortalState): Promise<string[]> {
	const needed = neededEvents(rows, readOfferedEvents(offered));
	for (const { code, message, advice } of lackingEvents(needed)) hint(`${message}. ${advice} (${code})`);
	const { names } = needed;
	const missing = missingIn(names, bound, connector);
	if (missing.length === 0) return names;
	const commands = missing.map((event) => ({ method: 'event.bind', parameters: { event, event_type: 'offline' } }));
	const outcomes = await batches.each(commands, { repeatable: false });
	const failure = outcomes.find((outcome) => 'error' in outcome);
	// Another run may have been faster, and of a lost answer nobody knows what it did.
	if (failure) {
		const [now] = await batches.each([{ method: 'event.get', parameters: {} }], { repeatable: true });
		if (missingIn(names, resultOf(now), connector).length > 0) resultOf(failure);
	}
	return names;
}

function missingIn(names: readonly string[], bound: unknown, connector: string): string[] {
	const { offline } = readBoundEvents(bound);
	return names.filter((name) => !offline.some((one) => one.event === name && one.connector === connector));
}
