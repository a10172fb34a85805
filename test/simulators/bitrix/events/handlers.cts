import { Table } from '../store/table.cts';

/** Somebody who wants to hear of an event. */
export type HandlerRow = {
	id: number;
	/** In upper case. */
	event: string;
	/** Empty for offline events, which wait to be fetched. */
	url: string;
	/** Undefined for outgoing webhooks, which a person makes in the portal. */
	clientId: string | undefined;
	/** As whom an application's handler is authorized; 0 = whoever caused the event. */
	user: number;
	/** The channel of offline events; empty for all others. */
	connector: string;
	/** The token of an outgoing webhook. */
	token: string | undefined;
};

type Wanted = Omit<HandlerRow, 'id'>;

/** The registered handlers of all applications, and the outgoing webhooks. */
export class Handlers {
	private readonly table = new Table<HandlerRow>(1);

	/** Undefined when the very same one is there already. */
	add(wanted: Wanted): HandlerRow | undefined {
		const known = this.table.all().some((row) => IDENTITY.every((key) => row[key] === wanted[key]));
		return known ? undefined : this.table.add(wanted);
	}

	all(): HandlerRow[] {
		return this.table.all();
	}

	of(clientId: string): HandlerRow[] {
		return this.all().filter((row) => row.clientId === clientId);
	}

	remove(rows: readonly HandlerRow[]): number {
		return rows.filter(({ id }) => this.table.remove(id)).length;
	}
}

const IDENTITY = ['clientId', 'event', 'url', 'user', 'connector', 'token'] as const;

export const isOffline = ({ url }: HandlerRow): boolean => url === '';
