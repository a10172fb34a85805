import { groupBy } from '../../model/grouping';
import type { FollowingType, KnownDocument } from '../../moysklad/knownDocument';
import { sameSource, type DocumentKey, type DocumentKeys, type DocumentSource, type OwnSource } from './source';

/** What documents of these types do for an order; a source has at most one of each family. */
export const DOCUMENT_FAMILIES = {
	incoming: ['paymentin', 'cashin'],
	outgoing: ['paymentout', 'cashout'],
	shipped: ['demand'],
} as const satisfies Record<string, readonly FollowingType[]>;

/** What a document does for an order: money in, money back, or goods out. */
export type DocumentFamily = keyof typeof DOCUMENT_FAMILIES;

/** A document that this package made of an order of the store. */
export interface OwnDocument {
	known: KnownDocument;
	source: OwnSource;
}

/** The documents of one family around an order: which of them are our own, and which a person or another program made. */
export class FamilyDocuments {
	readonly own: OwnDocument[];
	/** They count for the order, and are never written. */
	readonly foreign: KnownDocument[];
	private readonly types: readonly FollowingType[];

	/** @param entities what sources of this family are in the mode that is set; documents of other sources are foreign to it */
	constructor(
		documents: readonly KnownDocument[],
		family: DocumentFamily,
		private readonly keys: DocumentKeys,
		entities: ReadonlyArray<DocumentSource['entity']>,
	) {
		this.types = DOCUMENT_FAMILIES[family];
		const some = documents
			.filter(({ type }) => this.types.includes(type))
			.map((known) => ({ known, source: keys.sourceOf(known) }));
		const isOwn = (one: { source: OwnSource | undefined }): one is OwnDocument => one.source !== undefined && entities.includes(one.source.entity);
		this.own = some.filter(isOwn);
		this.foreign = some.filter((one) => !isOwn(one)).map(({ known }) => known);
	}

	/** The document of a source: the one that is alive, else the one that was thrown away last. */
	of(source: DocumentSource): OwnDocument | undefined {
		const all = this.own.filter((one) => sameSource(one.source, source)).sort((one, other) => other.source.generation - one.source.generation);
		return all.find(({ known }) => !known.deleted) ?? all[0];
	}

	/** Under which a document of the source is made: its first, or the one after those that this package threw away. */
	keyOf(type: FollowingType, source: DocumentSource): DocumentKey {
		return this.keys.of(type, source, nextGeneration(this.own.filter((one) => sameSource(one.source, source))));
	}

	/** The key under which a document of our own was made. */
	keyOfOwn({ known, source }: OwnDocument): DocumentKey {
		return this.keys.of(known.type, source, source.generation);
	}

	/** Of each source that `wanted` does not name, its document. */
	withoutSource(wanted: readonly DocumentSource[]): OwnDocument[] {
		const sources = groupBy(this.own, ({ source: { entity, id } }) => `${entity} ${id}`);
		return [...sources.values()].flatMap((same) => {
			const [first] = same;
			if (!first || wanted.some((source) => sameSource(source, first.source))) return [];
			return this.of(first.source) ?? [];
		});
	}
}

/** The number of the next document of a source: all it had lie in the bin. */
const nextGeneration = (own: readonly OwnDocument[]): number => Math.max(0, ...own.map(({ source }) => source.generation)) + 1;

/** Whether a document counts: it is posted and not thrown away. */
export const counts = ({ applicable, deleted }: KnownDocument): boolean => applicable && !deleted;
