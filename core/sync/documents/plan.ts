import { SyncError } from '../../errors';
import type { Order } from '../../model/order';
import type { KnownOrder } from '../../moysklad/customerOrder';
import type { KnownDocument } from '../../moysklad/knownDocument';
import type { ConflictPolicy } from '../conflictPolicy';
import { claimsOf, paymentSources, type PaymentSettings } from './claims';
import { DOCUMENTS_LINK, type DocumentsLink, type LinkedDocument } from './documentsLink';
import { FamilyDocuments, type DocumentFamily } from './ownDocuments';
import type { Pairs } from './pairing';
import { planPayments, type PlannedDocuments } from './paymentPlan';
import { planShipments, shipmentSources, type ShipmentMode } from './shipmentPlan';
import { wholeSource, type DocumentKeys, type DocumentSource } from './source';
import { byKind, type DocumentStep, type FollowRules, type Marks, type WithdrawalPolicy } from './step';

/** How payments and shipments of the store become documents. */
export interface DocumentSettings {
	payments: PaymentSettings;
	/** Id of what money that goes back is booked on. */
	expenseItem?: string;
	shipments: ShipmentMode;
	/** Id of the store that the goods leave; that of the customer order when left out. */
	store?: string;
	conflicts: ConflictPolicy;
	withdrawal: WithdrawalPolicy;
}

/** An order of the store, and what MoySklad has of it. */
export interface OrderFacts {
	order: Order;
	customerOrder: KnownOrder;
	/** All documents around it: those that it lists, and those that are found by their keys. */
	documents: readonly KnownDocument[];
	/** Which positions stand for which line; needed for shipments one by one. */
	pairs: Pairs;
	link: DocumentsLink | undefined;
}

/** What becomes of the documents of an order. Throws DOCUMENT_EXPENSE_ITEM_MISSING, DOCUMENT_STORE_MISSING. */
export function planOrderDocuments(facts: OrderFacts, keys: DocumentKeys, settings: DocumentSettings): PlannedDocuments {
	const { order, customerOrder, link } = facts;
	const shared = {
		customerOrder,
		withdrawal: settings.withdrawal,
		rules: { policy: settings.conflicts, changedAt: order.updatedAt, order: customerOrder.id } satisfies FollowRules,
		memoryOf: ({ id }: KnownDocument): Marks | undefined => link?.snapshot.documents.find((one) => one.id === id)?.written,
	};
	const parts: PlannedDocuments[] = [];
	if (settings.payments.mode !== 'off')
		parts.push(
			planPayments({
				...shared,
				purpose: `${order.source.siteKey} ${order.number}`,
				claims: claimsOf(order, settings.payments),
				sources: paymentSources(order, settings.payments),
				refunds: settings.payments.refunds,
				expenseItem: settings.expenseItem,
				incoming: familyOf('incoming', facts, keys, settings),
				outgoing: familyOf('outgoing', facts, keys, settings),
			}),
		);
	if (settings.shipments !== 'off')
		parts.push(
			planShipments({ ...shared, order, mode: settings.shipments, pairs: facts.pairs, store: settings.store, demands: familyOf('shipped', facts, keys, settings) }),
		);
	return { steps: parts.flatMap(({ steps }) => steps).sort(byKind), warnings: parts.flatMap(({ warnings }) => warnings) };
}

/** What the sources of a family's documents are, in the mode that is set. */
function entityOf(family: DocumentFamily, order: Order, { payments, shipments }: DocumentSettings): DocumentSource['entity'] {
	const whole = wholeSource(order).entity;
	if (family === 'shipped') return shipments === 'full' ? 'shipment' : whole;
	return payments.mode === 'full' ? 'payment' : whole;
}

/** The documents of one family around the order, in the mode that is set. */
export const familyOf = (family: DocumentFamily, { order, documents }: Pick<OrderFacts, 'order' | 'documents'>, keys: DocumentKeys, settings: DocumentSettings): FamilyDocuments =>
	new FamilyDocuments(documents, family, keys, [entityOf(family, order, settings)]);

/** The families that the settings keep up to date. */
export const familiesOf = ({ payments, shipments }: DocumentSettings): DocumentFamily[] => [
	...(payments.mode === 'off' ? [] : (['incoming'] as const)),
	...(payments.mode !== 'off' && payments.refunds === 'outgoing' ? (['outgoing'] as const) : []),
	...(shipments === 'off' ? [] : (['shipped'] as const)),
];

/** Everything of an order of which there can be documents of a family. */
export const sourcesOfFamily = (family: DocumentFamily, order: Order, { payments, shipments }: DocumentSettings): DocumentSource[] =>
	family === 'shipped' ? shipmentSources(order, shipments) : paymentSources(order, payments);

/** A step that was carried out, and the document that it left behind. */
export interface DoneStep {
	step: DocumentStep;
	/** Undefined: it was refused. */
	id: string | undefined;
}

/** What is to be remembered of the documents of an order; a document whose step failed is remembered as before. */
export function documentsLink(
	{ order, customerOrder, link }: { order: Pick<Order, 'id' | 'source' | 'updatedAt'>; customerOrder: KnownOrder; link: DocumentsLink | undefined },
	key: string,
	done: readonly DoneStep[],
): DocumentsLink {
	const remembered = new Map((link?.snapshot.documents ?? []).map((one) => [one.id, one]));
	for (const { step, id } of done) if (id !== undefined && Object.keys(step.written).length > 0) remembered.set(id, rememberedAs(step, id));
	return {
		flow: order.source.flow,
		type: DOCUMENTS_LINK,
		key,
		moySkladId: customerOrder.id,
		externalCode: null,
		bitrixId: order.id,
		parent: null,
		written: {},
		pictures: {},
		snapshot: { updatedAt: order.updatedAt, documents: [...remembered.values()] },
	};
}

const rememberedAs = ({ type, written }: DocumentStep, id: string): LinkedDocument => ({ type, id, written: { ...written } });

/** The first conflict of some steps. */
export const conflictIn = (steps: readonly DocumentStep[]): SyncError | undefined => steps.find(({ conflict }) => conflict !== undefined)?.conflict;
