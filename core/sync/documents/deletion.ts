import { SyncError } from '../../errors';
import type { KnownOrder } from '../../moysklad/customerOrder';
import { linkedIds, type KnownDocument } from '../../moysklad/knownDocument';
import { judge, type ConflictPolicy } from '../conflictPolicy';
import type { OrderLink } from '../orderLink';
import { reserveBodies, stillAsWritten } from '../orderPositions';
import { warning, type FieldChange, type Warning } from '../result';
import type { DocumentsLink } from './documentsLink';
import { counts, DOCUMENT_FAMILIES, FamilyDocuments, type DocumentFamily } from './ownDocuments';
import type { PlannedDocuments } from './paymentPlan';
import type { DocumentKeys } from './source';
import { withdrawal, type WithdrawalPolicy } from './step';

type Json = Record<string, unknown>;

/** What MoySklad has of an order that was deleted in the store. */
export interface DeletedOrder {
	customerOrder: KnownOrder;
	documents: readonly KnownDocument[];
	/** What is remembered of the customer order and of its documents. */
	orderLink: OrderLink | undefined;
	link: DocumentsLink | undefined;
	/** ISO 8601, UTC; null when nobody knows it. */
	deletedAt: string | null;
}

/** What becomes of documents whose order was deleted, and of those that a person changed since. */
export interface DeletionPolicy {
	withdrawal: WithdrawalPolicy;
	conflicts: ConflictPolicy;
}

/** What becomes of the customer order itself, once its documents are gone. */
export interface OrderDeletion {
	/** Empty: it is not changed. */
	body: Json;
	bin: boolean;
	changes: FieldChange[];
	warnings: Warning[];
	conflict?: SyncError;
}

/** What becomes of the documents that this package made of the payments and shipments of a deleted order. */
export function planDeletion(deleted: DeletedOrder, keys: DocumentKeys, { withdrawal: policy, conflicts }: DeletionPolicy): PlannedDocuments {
	const rules = { policy: conflicts, changedAt: deleted.deletedAt, order: deleted.customerOrder.id };
	const memoryOf = ({ id }: KnownDocument) => deleted.link?.snapshot.documents.find((one) => one.id === id)?.written;
	const own = families(deleted, keys).flatMap((family) => family.withoutSource([]));
	return { steps: own.map(({ known, source }) => withdrawal(known, source, memoryOf(known), policy, rules)), warnings: [] };
}

const families = ({ documents }: DeletedOrder, keys: DocumentKeys): FamilyDocuments[] =>
	(Object.keys(DOCUMENT_FAMILIES) as DocumentFamily[]).map((family) => new FamilyDocuments(documents, family, keys, ['order', 'deal', 'payment', 'shipment']));

/**
 * A customer order that somebody else's documents count on stays as it is; so does one that a person changed, by the policy.
 * @param withdrawn ids of the documents that are out of the books by now
 */
export function planOrderDeletion(deleted: DeletedOrder, withdrawn: ReadonlySet<string>, { withdrawal: policy, conflicts }: DeletionPolicy): OrderDeletion {
	const { customerOrder: known, documents, orderLink } = deleted;
	const nothing: OrderDeletion = { body: {}, bin: false, changes: [], warnings: [] };
	if (known.deleted || (policy === 'unpost' && !known.applicable)) return nothing;
	if (policy === 'leave') return { ...nothing, warnings: [warning('ORDER_DELETED_IN_STORE_LEFT')] };
	const inUse = documents.some((one) => counts(one) && !withdrawn.has(one.id)) || linkedIds(known.row, 'invoicesOut').length > 0;
	if (inUse) return { ...nothing, conflict: new SyncError('ORDER_DELETED_IN_USE') };
	const isAsWritten = orderLink && stillAsWritten(known.positions, orderLink.snapshot.positions);
	const sides = { source: 'gone', target: isAsWritten ? AS_WRITTEN : 'changed', written: orderLink && AS_WRITTEN };
	const verdict = judge(sides, conflicts, { source: deleted.deletedAt, target: null });
	if (verdict === 'review') return { ...nothing, conflict: new SyncError('ORDER_DELETED_CHANGED') };
	if (verdict === 'keep') return { ...nothing, warnings: [warning('ORDER_DELETED_IN_STORE_LEFT')] };
	const positions = reserveBodies(known.positions, false);
	return {
		...nothing,
		body: { ...(known.applicable && { applicable: false }), ...(positions && { positions }) },
		bin: policy === 'bin',
		changes: [
			...(known.applicable ? [{ field: 'applicable', from: true, to: false }] : []),
			...(policy === 'bin' ? [{ field: 'deleted', from: false, to: true }] : []),
		],
	};
}

const AS_WRITTEN = 'as written';
