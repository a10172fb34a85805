import {
	conflictShown,
	syncId,
	type FieldChange,
	type KnownOrder,
	type Order,
	type OrderLink,
	type Sha1,
	type SyncError,
	type Warning,
	type WriteResult,
	type WriteStatus,
} from '../../../../core';

/** What of a memory says which order it is about, and how old it is. */
interface Memory {
	moySkladId: string;
	snapshot: { updatedAt: string };
}

/** What tells an order from all others, and how old what is known of it is. */
export type Identified = Pick<Order, 'id' | 'source' | 'updatedAt'>;

/** An order on its way into MoySklad. Stages add what they find out, until one of them gives the result. */
export class OrderTask<Link extends Memory = OrderLink, Subject extends Identified = Order> {
	readonly warnings: Warning[] = [];
	result: WriteResult<Link> | undefined;
	/** The customer order that MoySklad has of it. */
	known: KnownOrder | undefined;

	constructor(
		readonly item: number,
		readonly order: Subject,
		/** The syncId of its customer order. */
		readonly key: string,
		readonly link: Link | undefined,
	) {}

	/** The customer order that it had when it was written last. */
	get linkedId(): string | undefined {
		return this.link?.moySkladId;
	}

	/** A conflict waits for a person; anything else that went wrong is a failure. */
	fail(error: SyncError): void {
		const status = error.kind === 'conflict' && !error.retryable ? 'conflict' : 'failed';
		const { changes, warnings } = conflictShown(error);
		this.result ??= { ...this.outcome(status), changes, warnings: [...this.warnings, ...warnings], error: error.report() };
	}

	finish(status: WriteStatus, changes: FieldChange[] = [], link?: Link): void {
		this.result ??= { ...this.outcome(status), changes, ...(link && { moySkladId: link.moySkladId, link }) };
	}

	/** Under which the result and its link are kept. */
	protected get resultKey(): string {
		return this.key;
	}

	private outcome(status: WriteStatus): WriteResult<Link> {
		return {
			status,
			key: this.resultKey,
			moySkladId: this.known?.id ?? null,
			bitrixId: this.order.id,
			changes: [],
			warnings: this.warnings,
		};
	}
}

export const isOpen = ({ result }: { result: unknown }): boolean => result === undefined;

/** The key under which an order is kept in MoySklad (rule I5). */
export const orderKey = (sha1: Sha1, { source, id }: Pick<Order, 'source' | 'id'>): string =>
	syncId(sha1, { siteKey: source.siteKey, documentType: 'customerorder', sourceEntity: source.entity ?? 'order', sourceId: id });
