import { z } from 'zod';
import { SyncError } from '../errors';
import { idOf } from './reference';

/** What MoySklad's documents have in common, as far as they are read here. */
export const link = z.object({ meta: z.object({ href: z.string(), type: z.string() }) });

/** A finite number, also as text, as old answers have it. */
export const number = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number().finite());

/** A number that MoySklad leaves out, or sends as null, where it is nothing. */
export const amount = number.nullish().transform((value) => value ?? 0);

/** A yes or no that may be missing or null: then it is `otherwise`. */
export const flag = (otherwise: boolean) =>
	z
		.boolean()
		.nullish()
		.transform((value) => value ?? otherwise);

/** A text that may be missing or null: undefined then. */
export const text = z
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

/** Rows of a document, or only where they are. */
export const positionsSchema = z
	.object({ meta: z.object({ href: z.string(), size: z.number().nullish() }), rows: z.array(positionSchema).nullish() })
	.nullish();

/**
 * A position of a document. `price` in kopecks of one unit before the discount, with decimals where MoySklad has them;
 * `discount` and `vat` in per cent. `shipped` of `quantity` is gone already.
 */
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

/** The rows of a document that came along, and where the rest is when that is not all of them. */
export function positionsIn(positions: z.output<typeof positionsSchema>): { positions: KnownPosition[]; morePositions?: string } {
	const rows = positions?.rows ?? [];
	const complete = !positions || (Array.isArray(positions.rows) && rows.length >= (positions.meta.size ?? 0));
	return { positions: rows.map(toPosition), ...(!complete && { morePositions: positions.meta.href }) };
}

/** Rows of a list of positions. Throws ANSWER_UNEXPECTED. */
export const readPositions = (rows: ReadonlyArray<Record<string, unknown>>): KnownPosition[] =>
	rows.map((row) => toPosition(parseDocument(positionSchema, row, 'positions')));

function toPosition({ assortment, ...position }: z.output<typeof positionSchema>): KnownPosition {
	const { href, type } = assortment.meta;
	return { ...position, good: { type, id: idOf(href) ?? '' } };
}

/** What the schema makes of a row of `entity/<call>`. Throws ANSWER_UNEXPECTED, with the first thing that is not as expected. */
export function parseDocument<Output>(schema: z.ZodType<Output, z.ZodTypeDef, unknown>, row: unknown, call: string): Output {
	const parsed = schema.safeParse(row);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new SyncError('ANSWER_UNEXPECTED', {
		call: `entity/${call}`,
		reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
	});
}
