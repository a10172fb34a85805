import {
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

/** An order on its way into MoySklad. Stages add what they find out, until one of them gives the result. */
export class OrderTask {
	readonly warnings: Warning[] = [];
	result: WriteResult<OrderLink> | undefined;
	/** The customer order that MoySklad has of it. */
	known: KnownOrder | undefined;

	constructor(
		readonly item: number,
		readonly order: Order,
		readonly key: string,
		readonly link: OrderLink | undefined,
	) {}

	/** A conflict waits for a person; anything else that went wrong is a failure. */
	fail(error: SyncError): void {
		const status = error.kind === 'conflict' && !error.retryable ? 'conflict' : 'failed';
		this.result ??= { ...this.outcome(status), error: error.report() };
	}

	finish(status: WriteStatus, changes: FieldChange[] = [], link?: OrderLink): void {
		this.result ??= { ...this.outcome(status), changes, ...(link && { moySkladId: link.moySkladId, link }) };
	}

	private outcome(status: WriteStatus): WriteResult<OrderLink> {
		return {
			status,
			key: this.key,
			moySkladId: this.known?.id ?? null,
			bitrixId: this.order.id,
			changes: [],
			warnings: this.warnings,
		};
	}
}

export const isOpen = ({ result }: OrderTask): boolean => result === undefined;

/** The key under which an order is kept in MoySklad (rule I5). */
export const orderKey = (sha1: Sha1, { source, id }: Order): string =>
	syncId(sha1, { siteKey: source.siteKey, documentType: 'customerorder', sourceEntity: source.entity ?? 'order', sourceId: id });
