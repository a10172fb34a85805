import {
	DOCUMENTS_LINK,
	syncId,
	type DocumentsLink,
	type DocumentStep,
	type KnownDocument,
	type KnownOrder,
	type Order,
	type OrderLink,
	type Pairs,
	type Sha1,
} from '../../../../core';
import { OrderTask, orderKey, type Identified } from '../customerOrderFromBitrix/task';

/** One document of an order, as the result tells of it. */
export interface DocumentResult {
	type: string;
	/** Whose document it is: payment, shipment or order, and its id in the store. */
	source: string;
	action: DocumentStep['action'];
	moySkladId: string | null;
}

/** An order whose documents are on their way into MoySklad, or out of it. */
export class FollowingTask<Subject extends Identified = Order> extends OrderTask<DocumentsLink, Subject> {
	/** Everything that MoySklad has around its customer order. */
	documents: KnownDocument[] = [];

	constructor(
		item: number,
		order: Subject,
		private readonly sha1: Sha1,
		link: DocumentsLink | undefined,
		/** What is remembered of the customer order. */
		readonly orderLink: OrderLink | undefined,
	) {
		super(item, order, orderKey(sha1, order), link);
	}

	override get linkedId(): string | undefined {
		return super.linkedId ?? this.orderLink?.moySkladId;
	}

	/** The customer order, once it is found. */
	get customerOrder(): KnownOrder {
		if (!this.known) throw new RangeError('The customer order was not looked for');
		return this.known;
	}

	/** Another one than the customer order's, so that a table can keep both links. */
	get documentsKey(): string {
		return documentsKey(this.sha1, this.order);
	}

	protected override get resultKey(): string {
		return this.documentsKey;
	}
}

/** An order whose payments and shipments become documents. */
export class DocumentsTask extends FollowingTask {
	pairs: Pairs = new Map();
}

/** Under which the memory of an order's documents is kept. */
export const documentsKey = (sha1: Sha1, { source, id }: Identified): string =>
	syncId(sha1, { siteKey: source.siteKey, documentType: DOCUMENTS_LINK, sourceEntity: source.entity ?? 'order', sourceId: id });
