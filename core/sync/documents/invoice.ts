import { z } from 'zod';
import { SyncError } from '../../errors';
import type { KnownOrder } from '../../moysklad/customerOrder';
import type { KnownDocument } from '../../moysklad/knownDocument';
import { anyMoment, fromMoscow, toMoscow } from '../../moysklad/moment';
import { entityReference, idOf, type Reference } from '../../moysklad/reference';
import type { ConflictPolicy } from '../conflictPolicy';
import { linkSchema, readOwnLink, type Link, type OrderOwner } from '../link';
import { warning, type Warning } from '../result';
import { syncId, type Sha1 } from '../syncId';
import { positionsField, sumOf, vatRules } from './demands';
import type { DocumentField, FieldName } from './documentField';
import { inheritedLinks, inheritedRate } from './inherited';
import { wholeParts } from './shipmentParts';
import type { DocumentKey } from './source';
import { creation, following, untouched, type DocumentStep, type WantedDocument } from './step';

type Json = Record<string, unknown>;

const DAY = 24 * 60 * 60 * 1000;

/** When a customer order gets an invoice, and for how long. */
export interface InvoiceSettings {
	/** Ids of the states in which a customer order gets an invoice; empty = in every state. */
	states: readonly string[];
	conflicts: ConflictPolicy;
	/** Within how many days of the order's date it is to be paid; undefined = not said. */
	paymentDays?: number;
}

/** Under which the invoice of a customer order is found again: an order has at most one that was made here. */
export const invoiceKey = (sha1: Sha1, order: string): DocumentKey => ({
	syncId: syncId(sha1, { siteKey: '', documentType: 'invoiceout', sourceEntity: 'customerorder', sourceId: order }),
	externalCode: `invoice:${order}`,
});

const INVOICE_LINK = 'invoiceout';

const invoiceLinkSchema = linkSchema.extend({ type: z.literal(INVOICE_LINK), moySkladId: z.string() });

/** What is remembered of an invoice that was written. `parent` is the customer order. */
export type InvoiceLink = z.output<typeof invoiceLinkSchema> & Link;

/** The memory of an invoice that came with its order; undefined when there is none. See `readOwnLink`. Throws ORDER_LINK_INVALID. */
export const readInvoiceLink = (value: unknown, owner: OrderOwner): InvoiceLink | undefined => {
	const link = readOwnLink(invoiceLinkSchema, value, owner);
	return link && { ...link, snapshot: null };
};

/** A customer order with what MoySklad has of its invoice. */
export interface InvoiceFacts {
	customerOrder: KnownOrder;
	key: DocumentKey;
	/** All invoices that the order lists, and the one that has the key. */
	invoices: readonly KnownDocument[];
	link: InvoiceLink | undefined;
}

/** What becomes of the invoice of a customer order; a warning says why there is nothing to do. */
export function planInvoice(facts: InvoiceFacts, settings: InvoiceSettings): { step?: DocumentStep; warning?: Warning } {
	const { customerOrder, key, invoices, link } = facts;
	const own = invoices.find(({ syncId: id }) => id === key.syncId);
	if (own?.deleted) return { warning: warning('DOCUMENT_IN_BIN', { document: `invoiceout ${own.number}` }) };
	const wanted = wantedInvoice(customerOrder, key, settings);
	if (own) return { step: paidStays(following(wanted, own, link?.written, false, rulesOf(customerOrder, settings)), customerOrder, own) };
	const reason = whyNot(customerOrder, settings);
	if (reason !== undefined) return { warning: warning('INVOICE_ORDER_LEFT', { number: customerOrder.number, reason }) };
	const others = invoices.filter(({ deleted }) => !deleted).map(({ number }) => number);
	if (others.length > 0) return { warning: warning('INVOICE_BY_HAND', { number: customerOrder.number, invoices: others.join(', ') }) };
	return { step: creation(wanted) };
}

function whyNot({ deleted, applicable, positions, row }: KnownOrder, { states }: InvoiceSettings): string | undefined {
	if (deleted) return 'it lies in the recycle bin';
	if (!applicable) return 'it is not posted';
	if (positions.length === 0) return 'it has no positions';
	const state = idOf(row.state as Reference | undefined);
	return states.length > 0 && !states.includes(state ?? '') ? 'its state is not one of those that get one' : undefined;
}

/** What a customer has paid is not changed under his hands. */
function paidStays(step: DocumentStep, { number }: KnownOrder, own: KnownDocument): DocumentStep {
	if (own.payedSum <= 0 || step.action !== 'update') return step;
	return untouched(step.type, step.source, own, step.written, new SyncError('INVOICE_PAID', { number }));
}

const rulesOf = ({ id, row }: KnownOrder, { conflicts }: InvoiceSettings) => ({ policy: conflicts, changedAt: anyMoment(typeof row.updated === 'string' ? row.updated : null), order: id });

function wantedInvoice(customerOrder: KnownOrder, key: DocumentKey, { paymentDays }: InvoiceSettings): WantedDocument {
	const { id, row } = customerOrder;
	const parts = wholeParts(customerOrder.positions);
	return {
		type: 'invoiceout',
		source: { entity: 'order', id },
		key,
		sum: sumOf(customerOrder, parts),
		fields: [positionsField(parts), ...partiesOf(row)],
		initial: {
			...inheritedLinks(customerOrder, ['store']),
			...inheritedRate(customerOrder),
			...vatRules(customerOrder),
			...plannedPayment(row, paymentDays),
			customerOrder: entityReference('customerorder', id),
		},
	};
}

const partiesOf = (row: Json): DocumentField[] =>
	(['agent', 'organization'] as const).flatMap((name) => partyField(name, row[name] as Reference | undefined));

function partyField(name: FieldName, reference: Reference | undefined): DocumentField[] {
	const id = idOf(reference);
	return reference === undefined || id === undefined ? [] : [{ name, value: id, body: () => ({ [name]: entityReference(reference.meta.type, id) }) }];
}

function plannedPayment({ moment }: Json, days: number | undefined): Json {
	if (days === undefined || typeof moment !== 'string') return {};
	return { paymentPlannedMoment: toMoscow(fromMoscow(moment) + days * DAY) };
}

/** What is to be remembered of an invoice that is in MoySklad now. */
export const invoiceLink = (flow: string, { customerOrder, key }: InvoiceFacts, invoice: string, written: Link['written']): InvoiceLink => ({
	flow,
	type: INVOICE_LINK,
	key: key.syncId,
	moySkladId: invoice,
	externalCode: key.externalCode,
	bitrixId: null,
	parent: customerOrder.id,
	written,
	pictures: {},
	snapshot: null,
});
