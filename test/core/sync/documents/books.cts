import { createHash } from 'node:crypto';
import {
	DocumentKeys,
	documentsLink,
	orderSums,
	chargesOf,
	pairPositions,
	pairsByLink,
	planOrderDocuments,
	readKnownDocument,
	wantedPositions,
	type DocumentSettings,
	type DocumentsLink,
	type KnownDocument,
	type KnownOrder,
	type KnownPosition,
	type Order,
	type OrderLink,
	type PlannedDocuments,
} from '../../../../core';
import { aLink, knownOrder } from '../orders';

type Json = Record<string, unknown>;

export const keys = new DocumentKeys((bytes) => createHash('sha1').update(bytes).digest(), 'shop');

export const SETTINGS: DocumentSettings = {
	payments: { mode: 'full', systems: [], others: 'store', refunds: 'outgoing' },
	expenseItem: '00000000-0000-4000-8000-0000000000e1',
	shipments: 'full',
	store: '00000000-0000-4000-8000-0000000000a1',
	conflicts: 'review',
	withdrawal: 'unpost',
};

const ORDER_ID = '00000000-0000-4000-8000-000000000001';
const uuid = (kind: string, index: number): string => `00000000-0000-4000-8000-${kind}${String(index).padStart(12 - kind.length, '0')}`;

/** MoySklad's books around one customer order, as far as plans change them. Whoever runs this has no memory but the link. */
export class Books {
	documents: KnownDocument[] = [];
	link: DocumentsLink | undefined;
	readonly customerOrder: KnownOrder;
	readonly orderLink: OrderLink;
	private count = 0;

	/** The customer order is made of the order as it is now. */
	constructor(order: Order) {
		const charges = chargesOf(order, null);
		const goods = new Map(charges.map(({ line }, index) => [line, { type: line === 'delivery' ? 'service' : 'product', id: uuid('b', index) }]));
		const wanted = wantedPositions(orderSums(charges, order.total).positions, charges, goods, false);
		const positions = wanted.map((position, index): KnownPosition => ({ ...position, id: uuid('c', index), discount: 0, shipped: 0 }));
		const sum = positions.reduce((total, { price, quantity }) => total + Math.round(Number((price * quantity).toFixed(6))), 0);
		const row = { organization: reference('organization'), agent: reference('counterparty'), vatEnabled: true, vatIncluded: true };
		this.customerOrder = knownOrder(positions, { id: ORDER_ID, sum, row });
		this.orderLink = aLink(positions, {}, { positions: pairPositions(wanted, positions) });
	}

	plan(order: Order, settings: DocumentSettings = SETTINGS): PlannedDocuments {
		const { customerOrder, documents, link } = this;
		const pairs = pairsByLink(order, customerOrder, this.orderLink) ?? new Map<string, KnownPosition[]>();
		return planOrderDocuments({ order, customerOrder, documents, pairs, link }, keys, settings);
	}

	/** Carries a plan out, or only its first steps, as a run that is killed does: then nothing is remembered. */
	run(order: Order, settings: DocumentSettings = SETTINGS, most = Infinity): PlannedDocuments {
		const plan = this.plan(order, settings);
		const due = plan.steps.filter(({ body }) => Object.keys(body).length > 0);
		const done = new Map(due.slice(0, most).map((step) => [step, this.write(step.type, step.known, step.body, step.bin)]));
		if (most < due.length) return plan;
		const steps = plan.steps.map((step) => ({ step, id: done.get(step) ?? step.known?.id }));
		this.link = documentsLink({ order, customerOrder: this.customerOrder, link: this.link }, 'key', steps);
		return plan;
	}

	/** A person makes or changes a document. */
	write(type: KnownDocument['type'], known: KnownDocument | undefined, body: Json, bin = false): string {
		this.count += 1;
		const positions = body.positions as Json[] | undefined;
		const row: Json = {
			...known?.row,
			...body,
			id: known?.id ?? uuid('d', this.count),
			updated: '2026-11-21 10:00:00.000',
			...(bin && { deleted: '2026-11-21 10:00:00.000' }),
			...(positions && { positions: { meta: { href: '', size: positions.length }, rows: positions.map((one, index) => ({ id: uuid('e', index), ...one })) } }),
		};
		if (positions) row.sum = positions.reduce((sum, { price, quantity }) => sum + Math.round(Number((Number(price) * Number(quantity)).toFixed(6))), 0);
		const made = readKnownDocument(type, row);
		this.documents = [...this.documents.filter(({ id }) => id !== made.id), made];
		return made.id;
	}

	/** What counts, in a form that does not depend on how it came about. */
	get posted(): string[] {
		return this.documents
			.filter(({ applicable, deleted }) => applicable && !deleted)
			.map(({ type, externalCode, sum, operations, positions }) =>
				JSON.stringify([
					type,
					externalCode?.replace(/\/\d+$/, ''),
					sum,
					operations.map(({ linkedSum }) => linkedSum),
					positions.map(({ good, quantity, price }) => [good.id, quantity, price]).sort(),
				]),
			)
			.sort();
	}

	sumOf(...types: string[]): number {
		return this.counting(...types).reduce((total, { sum }) => total + sum, 0);
	}

	get linked(): number {
		return this.counting('paymentin', 'cashin').reduce((total, { operations }) => total + operations.reduce((sum, { linkedSum }) => sum + linkedSum, 0), 0);
	}

	/** How much of each good left, by its id. */
	get shipped(): Map<string, number> {
		const shipped = new Map<string, number>();
		for (const { good, quantity } of this.counting('demand').flatMap(({ positions }) => positions))
			shipped.set(good.id, Number(((shipped.get(good.id) ?? 0) + quantity).toFixed(4)));
		return shipped;
	}

	counting(...types: string[]): KnownDocument[] {
		return this.documents.filter(({ type, applicable, deleted }) => types.includes(type) && applicable && !deleted);
	}
}

export const reference = (type: string, id = uuid('f', 0)) => ({ meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/${type}/${id}`, type } });

export const customerOrderReference = reference('customerorder', ORDER_ID);
