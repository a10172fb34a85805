import type { Order } from '../../model/order';
import { wellFormed } from '../../model/wellFormed';
import type { FollowingType, KnownDocument } from '../../moysklad/knownDocument';
import { syncId, type Sha1 } from '../syncId';

/** What of the store a document stands for: a whole order or deal, one of its payments, or one of its shipments. */
export interface DocumentSource {
	entity: 'order' | 'deal' | 'payment' | 'shipment';
	id: string;
}

/** Under which MoySklad has a document: `syncId` for machines, `externalCode` for people and for rebuilt tables. */
export interface DocumentKey {
	syncId: string;
	externalCode: string;
}

/** What a document's own external code says of it. */
export interface OwnSource extends DocumentSource {
	/** 1 for the first document of the source; a document that this package threw away leaves its number behind. */
	generation: number;
	/** This package took it out of the books, because the store took its source back. */
	withdrawn: boolean;
}

const WITHDRAWN = ':withdrawn';

/** Ids of stores are numbers and UUIDs, which stay as they are. */
const encoded = (id: string): string => encodeURIComponent(wellFormed(id));

/** An order, or deal, as a whole as the source of a document. */
export const wholeSource = ({ id, source }: Pick<Order, 'id' | 'source'>): DocumentSource => ({ entity: source.entity ?? 'order', id });

/** Whether both are the same order, deal, payment or shipment of the store. */
export const sameSource = (one: DocumentSource, other: DocumentSource): boolean => one.entity === other.entity && one.id === other.id;

/**
 * How documents that were made of one store's orders are known again (rule I5): by a derived syncId, and by an external code
 * that names the source, so that also the document of a payment that is gone from the store is found.
 */
export class DocumentKeys {
	constructor(
		private readonly sha1: Sha1,
		readonly siteKey: string,
	) {}

	/** Under which a document of a source is made. `generation` counts the documents that one source had, from 1. */
	of(documentType: FollowingType, { entity, id }: DocumentSource, generation = 1): DocumentKey {
		const sourceId = generation === 1 ? encoded(id) : `${encoded(id)}/${generation}`;
		return {
			syncId: syncId(this.sha1, { siteKey: this.siteKey, documentType, sourceEntity: entity, sourceId }),
			externalCode: `${this.prefix}${entity}:${sourceId}`,
		};
	}

	/**
	 * Which payment, shipment, order or deal a document was made of. Undefined for documents that were not made of this store's
	 * orders, whatever they call themselves.
	 */
	sourceOf({ type, externalCode, syncId: key }: Pick<KnownDocument, 'type' | 'externalCode' | 'syncId'>): OwnSource | undefined {
		if (!externalCode?.startsWith(this.prefix)) return undefined;
		const match = /^(order|deal|payment|shipment):([\w\-.!~*'()%]+)(?:\/(\d+))?(:withdrawn)?$/.exec(externalCode.slice(this.prefix.length));
		if (!match) return undefined;
		const source = { entity: match[1] as DocumentSource['entity'], id: decodeURIComponent(match[2] ?? '') };
		const generation = Number(match[3] ?? 1);
		if (key !== this.of(type, source, generation).syncId) return undefined;
		return { ...source, generation, withdrawn: match[4] !== undefined };
	}

	private get prefix(): string {
		return `bitrix:${this.siteKey}:`;
	}
}

/** The external code by which a later run sees that it was not a person who took the document out of the books. */
export const withdrawnCode = ({ externalCode = '' }: Pick<KnownDocument, 'externalCode'>): string =>
	externalCode.endsWith(WITHDRAWN) ? externalCode : `${externalCode}${WITHDRAWN}`;
