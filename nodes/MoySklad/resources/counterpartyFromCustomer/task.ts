import {
	syncId, type CounterpartyLink, type CustomerCard, type Decision, type FieldChange, type Party, type Sha1, type SyncError, type Warning, type WriteResult, type WriteStatus,
} from '../../../../core';
import type { ShownCounterparty } from '../../counterparties/shown';

/** Who a customer is: one that MoySklad has or is about to get from another customer of this run, or somebody new. */
export type Identification = { take: string } | { create: true };

/** A counterparty that may be the customer. */
export interface ShownCandidate extends ShownCounterparty {
	/** How likely it is, in per cent. */
	score: number;
	/** Why, in words. */
	reasons: string[];
}

/** The result of a customer who waits for a person. */
export type ReviewResult = WriteResult<CounterpartyLink> & { candidates: ShownCandidate[]; customer: CustomerCard };

export const isReview = (result: WriteResult): result is ReviewResult => 'candidates' in result;

/** A customer on his way into MoySklad. Stages add what they find out, until one of them gives the result. */
export class CustomerTask {
	readonly warnings: Warning[] = [];
	result: WriteResult<CounterpartyLink> | undefined;
	who: Identification | undefined;

	constructor(
		readonly item: number,
		readonly card: CustomerCard,
		readonly key: string,
		readonly party: Party,
		readonly link: CounterpartyLink | undefined,
		readonly decision: Decision | undefined,
	) {}

	/** A conflict waits for a person; anything else that went wrong is a failure. */
	fail(error: SyncError): void {
		const status = error.kind === 'conflict' && !error.retryable ? 'conflict' : 'failed';
		this.result ??= { ...this.outcome(status), error: error.report() };
	}

	finish(status: WriteStatus, moySkladId: string | null, changes: FieldChange[] = [], link?: CounterpartyLink): void {
		this.result ??= { ...this.outcome(status), moySkladId, changes, ...(link && { link }) };
	}

	review(error: SyncError, candidates: ShownCandidate[], found?: { id: string; changes: FieldChange[] }): void {
		const review: ReviewResult = { ...this.outcome('conflict'), error: error.report(), candidates, customer: this.card };
		this.result ??= found ? { ...review, moySkladId: found.id, changes: found.changes } : review;
	}

	private outcome(status: WriteStatus): WriteResult<CounterpartyLink> {
		const { source } = this.card;
		return { status, key: this.key, moySkladId: this.link?.moySkladId ?? null, bitrixId: source.entity === 'customer' ? null : source.id, changes: [], warnings: this.warnings };
	}
}

export const isOpen = ({ result }: CustomerTask): boolean => result === undefined;

/** The key under which a customer is kept in MoySklad (rule I5), the same as for the customer of an order. */
export const customerKey = (sha1: Sha1, { source: { siteKey, entity, id } }: CustomerCard): string =>
	syncId(sha1, { siteKey, documentType: 'counterparty', sourceEntity: entity, sourceId: id });
