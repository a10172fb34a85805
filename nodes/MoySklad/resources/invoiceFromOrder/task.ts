import {
	failedResult,
	invoiceKey,
	resultOf,
	type FieldChange,
	type InvoiceFacts,
	type InvoiceLink,
	type KnownDocument,
	type KnownOrder,
	type Sha1,
	type SyncError,
	type Warning,
	type WriteResult,
	type WriteStatus,
} from '../../../../core';
import type { AnyTask } from '../customerOrderFromBitrix/together';

/** A customer order on its way to an invoice. */
export class InvoiceTask implements AnyTask {
	readonly warnings: Warning[] = [];
	result: WriteResult<InvoiceLink> | undefined;
	customerOrder: KnownOrder | undefined;
	/** Those that the order lists, and the one that was made of it. */
	invoices: KnownDocument[] = [];
	/** What comes twice in a run is the same. */
	readonly order = { updatedAt: '1970-01-01T00:00:00.000Z' };
	readonly linkedId = undefined;

	constructor(
		sha1: Sha1,
		/** Id of the customer order. */
		readonly orderId: string,
		readonly memory: InvoiceLink | undefined,
		private readonly invoice = invoiceKey(sha1, orderId),
	) {}

	/** Only links with a state of an order can be too old. */
	readonly link = undefined;

	get key(): string {
		return this.invoice.syncId;
	}

	get facts(): InvoiceFacts {
		if (!this.customerOrder) throw new RangeError('The customer order was not read');
		return { customerOrder: this.customerOrder, key: this.invoice, invoices: this.invoices, link: this.memory };
	}

	fail(error: SyncError): void {
		const status = error.kind === 'conflict' && !error.retryable ? 'conflict' : 'failed';
		this.result ??= { ...failedResult(status, this.key, error), warnings: this.warnings } as WriteResult<InvoiceLink>;
	}

	finish(status: WriteStatus, changes: FieldChange[] = [], link?: InvoiceLink): void {
		const moySkladId = link?.moySkladId ?? this.memory?.moySkladId ?? null;
		this.result ??= { ...resultOf(status, this.key), moySkladId, changes, warnings: this.warnings, ...(link && { link }) } as WriteResult<InvoiceLink>;
	}
}
