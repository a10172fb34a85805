import { z } from 'zod';

/** What may be missing or null: null then. */
export const optional = <Schema extends z.ZodTypeAny>(schema: Schema) => schema.nullish().transform((value) => value ?? null);

const link = z.object({ meta: z.object({ href: z.string() }) });

/** A bare array, or MoySklad's collection `{meta, rows}`; null when only its link is there. */
export const rows = <Row extends z.ZodTypeAny>(row: Row) =>
	optional(z.union([z.array(row), z.object({ rows: z.array(row) }).transform((list) => list.rows), link.transform(() => null)]));
