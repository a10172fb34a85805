import { z } from 'zod';
import type { Kopecks } from '../model/money';
import { amount, flag, link, number, parseDocument, positionsIn, positionsSchema, text, type KnownPosition } from './documentParts';
import { anyMoment } from './moment';
import { idOf, type Meta } from './reference';

/** Documents that follow an order, by MoySklad's keywords. */
export const FOLLOWING_DOCUMENTS = ['paymentin', 'cashin', 'paymentout', 'cashout', 'demand', 'invoiceout'] as const;
/** MoySklad's keyword of a document that follows an order. */
export type FollowingType = (typeof FOLLOWING_DOCUMENTS)[number];

/** Whether documents of the type have rows of goods. */
export const hasPositions = (type: FollowingType): boolean => type === 'demand' || type === 'invoiceout';

/** How much of a payment is for which document, in kopecks. */
export interface LinkedSum {
	type: string;
	id: string;
	linkedSum: Kopecks;
}

/** A payment, shipment or invoice as MoySklad has it. Sums in kopecks of the document's currency. */
export interface KnownDocument {
	type: FollowingType;
	id: string;
	number: string;
	syncId?: string;
	externalCode?: string;
	sum: Kopecks;
	/** What was paid of it: shipments and invoices. */
	payedSum: Kopecks;
	/** Posted: it counts. */
	applicable: boolean;
	/** In the recycle bin. */
	deleted: boolean;
	/** ISO 8601, UTC; null when MoySklad does not say. */
	updatedAt: string | null;
	/** Of payments. */
	operations: LinkedSum[];
	/** Whether goods of a shipment came back. */
	returned: boolean;
	/** Of shipments and invoices. */
	positions: KnownPosition[];
	/** Where the rest of the positions is, when not all of them came along. */
	morePositions?: string;
	/** The whole row, for comparing single fields. */
	row: Record<string, unknown>;
}

const operation = link.extend({ linkedSum: amount });

const documentSchema = z.object({
	id: z.string(),
	name: text,
	syncId: text,
	externalCode: text,
	sum: number,
	payedSum: amount,
	applicable: flag(true),
	deleted: text,
	updated: text,
	operations: z.array(operation).nullish(),
	returns: z.array(z.unknown()).nullish(),
	positions: positionsSchema,
});

/** A row of `entity/<type>`. Throws ANSWER_UNEXPECTED. */
export function readKnownDocument(type: FollowingType, row: Record<string, unknown>): KnownDocument {
	const { name, sum, deleted, updated, operations, returns, positions, ...document } = parseDocument(documentSchema, row, type);
	return {
		type,
		...document,
		number: name ?? '',
		sum: Math.round(sum),
		deleted: deleted !== undefined,
		updatedAt: anyMoment(updated ?? null),
		operations: (operations ?? []).map(({ meta, linkedSum }) => ({ type: meta.type, id: idOf(meta as Meta) ?? '', linkedSum })),
		returned: (returns ?? []).length > 0,
		...positionsIn(positions),
		row,
	};
}

/** Ids of the documents that a row lists in one of its fields, e.g. `demands` of an order, by their types. */
export function linkedIds(row: Record<string, unknown>, field: string): Array<{ type: string; id: string }> {
	const listed = Array.isArray(row[field]) ? (row[field] as Array<{ meta?: Meta } | null>) : [];
	return listed.flatMap((one) => {
		const id = idOf(one?.meta);
		return id === undefined ? [] : [{ type: one?.meta?.type ?? '', id }];
	});
}
