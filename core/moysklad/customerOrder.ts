import { z } from 'zod';
import { SyncError } from '../errors';
import type { Kopecks } from '../model/money';
import { idOf, type Meta } from './reference';

/** MoySklad's customer orders, as far as they are read here. */
const link = z.object({ meta: z.object({ href: z.string(), type: z.string() }) });

const positionSchema = z.object({
	id: z.string(),
	quantity: z.number(),
	price: z.number().default(0),
	discount: z.number().default(0),
	vat: z.number().default(0),
	vatEnabled: z.boolean().default(false),
	reserve: z.number().default(0),
	shipped: z.number().default(0),
	assortment: link,
});

const orderSchema = z.object({
	id: z.string(),
	name: z.string().default(''),
	syncId: z.string().optional(),
	externalCode: z.string().optional(),
	sum: z.number(),
	shippedSum: z.number().default(0),
	payedSum: z.number().default(0),
	applicable: z.boolean().default(true),
	deleted: z.string().optional(),
	agent: link.optional(),
	positions: z
		.object({ meta: z.object({ href: z.string(), size: z.number().optional() }), rows: z.array(positionSchema).optional() })
		.optional(),
});

/** A position of a document. Prices in kopecks; `shipped` of `quantity` is gone already. */
export interface KnownPosition {
	id: string;
	good: GoodReference;
	quantity: number;
	price: number;
	discount: number;
	vat: number;
	vatEnabled: boolean;
	reserve: number;
	shipped: number;
}

/** A product, variant, bundle or service. */
export interface GoodReference {
	type: string;
	id: string;
}

/** A customer order as MoySklad has it. */
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

/** Throws ANSWER_UNEXPECTED. */
export function readKnownOrder(row: Record<string, unknown>): KnownOrder {
	const { name, sum, deleted, agent, positions, ...order } = parse(orderSchema, row);
	const rows = positions?.rows ?? [];
	const complete = positions === undefined || (positions.rows !== undefined && rows.length >= (positions.meta.size ?? 0));
	return {
		...order,
		number: name,
		sum: Math.round(sum),
		deleted: deleted !== undefined,
		agentId: idOf(agent as { meta: Meta } | undefined),
		positions: rows.map(toPosition),
		...(!complete && { morePositions: positions.meta.href }),
		row,
	};
}

/** Rows of the list of positions. Throws ANSWER_UNEXPECTED. */
export const readPositions = (rows: ReadonlyArray<Record<string, unknown>>): KnownPosition[] =>
	rows.map((row) => toPosition(parse(positionSchema, row)));

function toPosition({ assortment, ...position }: z.output<typeof positionSchema>): KnownPosition {
	const { href, type } = assortment.meta;
	return { ...position, good: { type, id: idOf(href) ?? '' } };
}

function parse<Output>(schema: z.ZodType<Output, z.ZodTypeDef, unknown>, row: unknown): Output {
	const parsed = schema.safeParse(row);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new SyncError('ANSWER_UNEXPECTED', {
		call: 'entity/customerorder',
		reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
	});
}
