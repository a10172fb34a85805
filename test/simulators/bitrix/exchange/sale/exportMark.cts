import type { OrderRow } from '../../sale/rows.cts';

/**
 * Up to which change orders were given out. It belongs to the site, not to a session: two clients steal each other's
 * orders. Moments in milliseconds, whole seconds.
 */
export class ExportMark {
	/** Set by each query; counts only once it is confirmed. */
	private reached = 0;
	private committed = 0;
	/** Cookie of the last login: only its session may confirm. */
	private confirmer = '';
	/** The change with which an order was given out last. */
	private readonly log = new Map<number, number>();

	get from(): number {
		return this.committed;
	}

	loggedIn(sessionId: string): void {
		this.confirmer = sessionId;
	}

	mayConfirm(sessionId: string): boolean {
		return this.confirmer === sessionId;
	}

	/** An order on the very second of the mark that was given out with this change comes no second time. */
	isDue({ id, dateUpdate }: OrderRow): boolean {
		if (dateUpdate < this.committed) return false;
		return dateUpdate > this.committed || this.log.get(id) !== dateUpdate;
	}

	givenOut({ id, dateUpdate }: OrderRow): void {
		this.log.set(id, dateUpdate);
	}

	reach(moment: number): void {
		this.reached = moment;
	}

	confirm(): void {
		this.committed = this.reached;
	}
}
