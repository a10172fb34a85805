import { z } from 'zod';
import type { Kopecks } from '../model/money';
import { amount, flag, link, number, parseDocument, positionsIn, positionsSchema, text, type KnownPosition } from './documentParts';
import { idOf, type Meta } from './reference';

/** MoySklad's customer orders, as far as they are read here. */
const orderSchema = z.object({
	id: z.string(),
	name: text,
	syncId: text,
	externalCode: text,
	sum: number,
	shippedSum: amount,
	payedSum: amount,
	applicable: flag(true),
	deleted: text,
	agent: link.nullish(),
	positions: positionsSchema,
});

/** A customer order as MoySklad has it. Sums in kopecks of the order's currency. */
export interface KnownOrder {
	id: string;
	number: string;
	syncId?: string;
	externalCode?: string;
	sum: Kopecks;
	shippedSum: Kopecks;
	payedSum: Kopecks;
	applicable: boolean;
	/** In the recycle bin. */
	deleted: boolean;
	agentId?: string;
	positions: KnownPosition[];
	/** Where the rest of the positions is, when not all of them came along. */
	morePositions?: string;
	/** The whole row, for comparing single fields. */
	row: Record<string, unknown>;
}

/** A row of `entity/customerorder`. Throws ANSWER_UNEXPECTED. Source: github moysklad/api-remap-1.2-doc, `md/documents/_customerOrder.md`. */
export function readKnownOrder(row: Record<string, unknown>): KnownOrder {
	const { name, sum, deleted, agent, positions, ...order } = parseDocument(orderSchema, row, 'customerorder');
	return {
		...order,
		number: name ?? '',
		sum: Math.round(sum),
		deleted: deleted !== undefined,
		agentId: idOf(agent as { meta: Meta } | undefined),
		...positionsIn(positions),
		row,
	};
}
