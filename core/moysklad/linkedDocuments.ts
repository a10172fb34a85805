import { z } from 'zod';
import { filledText } from '../model/filledText';
import type { Kopecks } from '../model/money';
import { fromMoscow } from './moment';
import { idOf, type Meta } from './reference';

/** Documents that are linked to a customer order: payments, and shipments with their positions. */
type Json = Record<string, unknown>;

/** A text without spaces around it, also given as a number; null for nothing. */
export const text = z.union([z.string(), z.number()]).nullish().transform(filledText);
/** A finite number, also as text, as old answers have it. */
export const number = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number().finite());
/** What MoySklad leaves out where it is nothing. */
export const amount = number.nullish().transform((value) => value ?? 0);
/** A link to another object, opened or not; nothing of it is lost. */
export const link = z.object({ meta: z.object({ href: z.string(), type: z.string().optional() }).passthrough() }).passthrough();

/** Moscow time → ISO in UTC; null for what is no moment. */
export const moment = text.transform((value) => {
	if (value === null) return null;
	try {
		return new Date(fromMoscow(value)).toISOString();
	} catch {
		const parsed = Date.parse(value);
		return Number.isNaN(parsed) ? null : new Date(parsed).toISOString();
	}
});

/** `rate` of a document as the id of its currency; null where it says none. */
export const rate = z.object({ currency: link.nullish() }).nullish().transform((value) => idOf(value?.currency?.meta as Meta | undefined) ?? null);

/** Where documents say nothing of it, they are posted. */
const posted = z.boolean().nullish().transform((value) => value !== false);

const head = {
	id: z.string().min(1),
	meta: z.object({ type: z.string() }),
	name: text,
	moment,
	applicable: posted,
	externalCode: text,
	syncId: text,
	deleted: text,
	rate,
	attributes: z.array(z.record(z.unknown())).nullish().transform((value) => value ?? []),
};

const paymentSchema = z.object({
	...head,
	incomingNumber: text,
	incomingDate: moment,
	operations: z.array(z.object({ meta: z.object({ href: z.string() }), linkedSum: amount })).nullish().transform((value) => value ?? []),
});

/** A position of an order or a shipment. `price` in kopecks of one unit before the discount, `discount` and `vat` in per cent. */
export const positionSchema = z.object({
	id: text,
	quantity: number,
	price: amount,
	discount: amount,
	vat: amount,
	vatEnabled: z.boolean().nullish().transform((value) => value === true),
	assortment: z.object({ meta: z.object({ href: z.string(), type: z.string() }).passthrough() }).passthrough(),
});

const demandSchema = z.object({
	...head,
	store: link.nullish(),
	positions: z.object({ meta: z.object({ size: amount }).optional(), rows: z.array(positionSchema) }),
});

/** A payment of MoySklad as far as it pays for one order. */
export interface LinkedPayment {
	kind: 'paymentin' | 'cashin';
	id: string;
	/** Kopecks of the order's currency. */
	sum: Kopecks;
	name: string | null;
	/** ISO 8601. */
	moment: string | null;
	incomingNumber: string | null;
	incomingDate: string | null;
	/** False for drafts and what lies in the bin. */
	counts: boolean;
	externalCode: string | null;
	syncId: string | null;
	currencyId: string | null;
	attributes: Json[];
}

/** What goes out or is ordered of a good. Price in kopecks of one unit before the discount. */
export interface LinkedPosition {
	id: string | null;
	quantity: number;
	price: number;
	/** Per cent. */
	discount: number;
	/** Per cent; counts only with `vatEnabled`. */
	vat: number;
	vatEnabled: boolean;
	/** The good as the document shows it: only its link, or opened. */
	assortment: Json & { meta: Meta };
}

/** A shipment of MoySklad. */
export interface LinkedDemand {
	id: string;
	name: string | null;
	/** ISO 8601. */
	moment: string | null;
	/** False for drafts and what lies in the bin. */
	counts: boolean;
	externalCode: string | null;
	syncId: string | null;
	storeId: string | null;
	positions: LinkedPosition[];
	attributes: Json[];
}

/** A payment in the list of an order, with the part of it that is linked to this order. Undefined for what is only a link, or is not of the form. */
export function readPayment(json: unknown, orderId: string): LinkedPayment | undefined {
	const parsed = paymentSchema.safeParse(json);
	if (!parsed.success || (parsed.data.meta.type !== 'paymentin' && parsed.data.meta.type !== 'cashin')) return undefined;
	const { meta, applicable, deleted, operations, rate: currencyId, ...payment } = parsed.data;
	const own = operations.find((operation) => idOf(operation.meta.href) === orderId);
	return { ...payment, kind: meta.type as LinkedPayment['kind'], sum: Math.round(own?.linkedSum ?? 0), counts: applicable && deleted === null, currencyId };
}

/** A shipment in the list of an order. Undefined for what is only a link, or comes without all of its positions. */
export function readDemand(json: unknown): LinkedDemand | undefined {
	const parsed = demandSchema.safeParse(json);
	if (!parsed.success) return undefined;
	const { applicable, deleted, store, positions, ...demand } = parsed.data;
	if (positions.rows.length < (positions.meta?.size ?? 0)) return undefined;
	return {
		id: demand.id,
		name: demand.name,
		moment: demand.moment,
		counts: applicable && deleted === null,
		externalCode: demand.externalCode,
		syncId: demand.syncId,
		storeId: idOf(store?.meta as Meta | undefined) ?? null,
		positions: positions.rows as LinkedPosition[],
		attributes: demand.attributes,
	};
}

/** The text of an additional field by its id or name; null when the object has none. */
export function attributeText(attributes: readonly Json[], wanted: string): string | null {
	const name = wanted.trim().toLowerCase();
	const found = attributes.find((one) => String(one.name).toLowerCase() === name || (idOf(one.meta as Meta) ?? one.id) === name);
	const value = found?.value;
	if (value === null || value === undefined) return null;
	return String(typeof value === 'object' ? ((value as Json).name ?? idOf((value as Json).meta as Meta) ?? '') : value).trim() || null;
}
