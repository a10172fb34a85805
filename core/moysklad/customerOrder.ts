import { z } from 'zod';
import { SyncError } from '../errors';
import type { Kopecks } from '../model/money';
import { idOf, type Meta } from './reference';

/** MoySklad's customer orders, as far as they are read here. */
const link = z.object({ meta: z.object({ href: z.string(), type: z.string() }) });

const number = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number().finite());

/** A number that MoySklad leaves out, or sends as null, where it is nothing. */
const amount = number.nullish().transform((value) => value ?? 0);

const flag = (otherwise: boolean) =>
	z
		.boolean()
		.nullish()
		.transform((value) => value ?? otherwise);

const text = z
	.string()
	.nullish()
	.transform((value) => value ?? undefined);

const positionSchema = z.object({
	id: z.string(),
	quantity: number,
	price: amount,
	discount: amount,
	vat: amount,
	vatEnabled: flag(false),
	reserve: amount,
	shipped: amount,
	assortment: link,
});

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
	positions: z
		.object({ meta: z.object({ href: z.string(), size: z.number().nullish() }), rows: z.array(positionSchema).nullish() })
		.nullish(),
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
	const complete = !positions || (Array.isArray(positions.rows) && rows.length >= (positions.meta.size ?? 0));
	return {
		...order,
		number: name ?? '',
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
