import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/clock.cts';
import { Table } from '../store/table.cts';
import type { Params } from '../wire/params.cts';
import type { HandlerRow } from './handlers.cts';

/** A change that waits to be fetched. */
export type OfflineRow = {
	id: number;
	clientId: string;
	connector: string;
	eventName: string;
	data: Params;
	/** Of whoever caused it; undefined for robots and customers. */
	user: number | undefined;
	/** The same for every change of one object by one event. */
	messageId: string;
	/** Milliseconds since 1970 of the latest change. */
	timestamp: number;
	/** Who has reserved it; empty while nobody has. */
	processId: string;
	error: boolean;
};

/** Whose queue it is. */
export interface Channel {
	clientId: string;
	connector: string;
}

/** How long a reservation is kept; after that the row is gone. */
const RESERVED_FOR = 30 * 86_400_000;

/** Offline events: of each object the latest state, until the application says that it has worked on it. */
export class OfflineQueue {
	readonly table = new Table<OfflineRow>(1);

	constructor(private readonly clock: Clock) {}

	/**
	 * A row for each object and event: what changes while the row waits moves its time. What changes after it was reserved
	 * is a row of its own. A row that is marked as an error stays marked.
	 */
	record({ clientId = '', connector, event }: HandlerRow, data: Params, user: number | undefined): void {
		const messageId = createHash('md5').update(`${event}|${JSON.stringify(data)}`).digest('hex');
		const timestamp = this.clock.now();
		const waiting = this.rows({ clientId, connector }).find((row) => row.messageId === messageId && row.processId === '');
		if (waiting) this.table.update(waiting.id, { timestamp, data, user });
		else
			this.table.add({ clientId, connector, eventName: event, data, user, messageId, timestamp, processId: '', error: false });
	}

	rows({ clientId, connector }: Channel): OfflineRow[] {
		const oldest = this.clock.now() - RESERVED_FOR;
		for (const { id, processId, timestamp } of this.table.all())
			if (processId !== '' && timestamp < oldest) this.table.remove(id);
		return this.table.all().filter((row) => row.clientId === clientId && row.connector === connector);
	}

	/** Hides rows from everybody else. */
	reserve(rows: readonly OfflineRow[]): string {
		const processId = randomBytes(16).toString('hex');
		for (const { id } of rows) this.table.update(id, { processId });
		return processId;
	}

	remove(rows: readonly OfflineRow[]): void {
		for (const { id } of rows) this.table.remove(id);
	}

	/** The row waits again, marked; other rows of the same object that are no errors give way to it. */
	markErrors(channel: Channel, processId: string, messageIds: readonly string[]): void {
		for (const messageId of messageIds) {
			const rows = this.rows(channel).filter((row) => row.messageId === messageId && !row.error);
			const marked = rows.find((row) => row.processId === processId);
			if (!marked) continue;
			this.remove(rows.filter(({ id }) => id !== marked.id));
			this.table.update(marked.id, { error: true, processId: '' });
		}
	}
}
