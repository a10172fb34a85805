import { confirmations, type Reservation } from '../../../core';
import { resultOf } from '../../../transport';
import type { OfflineChannel } from './channel';

/** Rows named in one command. */
const MOST_ROWS = 50;

/** Clears rows of the queue, or marks them as failed. Doing it twice does no harm. Throws the first failure, after all were tried. */
export async function confirmRows({ batches }: OfflineChannel, items: ReadonlyArray<{ reservations: readonly Reservation[]; failed: boolean }>): Promise<void> {
	const commands = confirmations(items).flatMap(({ processId, failed, messageIds }) =>
		partsOf(messageIds).map((part) => ({
			method: failed ? 'event.offline.error' : 'event.offline.clear',
			parameters: { process_id: processId, message_id: part },
		})),
	);
	for (const outcome of await batches.each(commands, { repeatable: true })) resultOf(outcome);
}

const partsOf = (ids: readonly string[]): string[][] =>
	Array.from({ length: Math.ceil(ids.length / MOST_ROWS) }, (_, index) => ids.slice(index * MOST_ROWS, (index + 1) * MOST_ROWS));
