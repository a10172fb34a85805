import { z } from 'zod';
import { SyncError } from '../errors';
import type { Attribute, Goods } from '../model/catalog';
import type { Kopecks } from '../model/money';
import { wellFormed } from '../model/wellFormed';
import { readGoods, toAttribute } from './goods';
import { attributesSchema } from './goodsSchema';
import { anyMoment } from './moment';
import { readPartner, type Partner } from './partner';
import { idOf, type Meta } from './reference';

/** What a document refers to; the name is null where only a link is there. */
export interface NamedLink {
	id: string;
	name: string | null;
}

/** A position of a customer order or an invoice. */
export interface SalesPosition {
	id: string;
	/** Null for what is no good of the catalog, such as a series. */
	good: Goods | null;
	name: string | null;
	/** In the unit of the good. */
	quantity: number;
	/** Kopecks of one unit before the discount; may have decimals. */
	price: number;
	/** Per cent; negative = a markup. */
	discount: number;
	/** Per cent; null = without VAT. */
	vat: number | null;
}

/** A customer order, or an invoice to a customer. */
export interface SalesDocument {
	entity: 'customerorder' | 'invoiceout';
	id: string;
	externalCode: string | null;
	/** Its number. */
	name: string;
	/** ISO 8601 in UTC, like all moments here. */
	moment: string | null;
	updated: string | null;
	/** When it is to be delivered or paid. */
	planned: string | null;
	description: string | null;
	code: string | null;
	applicable: boolean;
	/** In the recycle bin. */
	deleted: boolean;
	sum: Kopecks;
	payedSum: Kopecks;
	shippedSum: Kopecks;
	reservedSum: Kopecks;
	invoicedSum: Kopecks;
	/** ISO 4217; null when the item does not say it. */
	currency: string | null;
	currencyId: string | null;
	/** In the currency of the account: no rate is given. */
	ownCurrency: boolean;
	vatIncluded: boolean;
	state: NamedLink | null;
	agent: Partner;
	organization: NamedLink | null;
	store: NamedLink | null;
	project: NamedLink | null;
	contract: NamedLink | null;
	salesChannel: NamedLink | null;
	owner: NamedLink | null;
	group: NamedLink | null;
	/** Of an invoice. */
	customerOrder: NamedLink | null;
	address: string | null;
	positions: SalesPosition[];
	/** How many there are, when not all of them came along. */
	morePositions: number | null;
	attributes: Attribute[];
	/** Its page in MoySklad. */
	page: string | null;
}

const optional = <Schema extends z.ZodTypeAny>(schema: Schema) => schema.nullish().transform((value) => value ?? null);

const text = optional(z.union([z.string(), z.number()]).transform((value) => wellFormed(String(value)).trim())).transform((value) => value || null);
const number = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number().finite());
const amount = number.nullish().transform((value) => value ?? 0);
const flag = (otherwise: boolean) => z.boolean().nullish().transform((value) => value ?? otherwise);

const meta = z.object({ href: z.string(), type: z.string().optional() });
const link = optional(z.object({ meta: meta.optional(), id: text, name: text }));

const position = z.object({
	id: text, quantity: number.pipe(z.number().positive()), price: amount, discount: amount, vat: amount, vatEnabled: z.boolean().nullish(),
	assortment: z.record(z.unknown()).and(z.object({ meta: meta.optional(), name: text })),
});

const collection = z.object({ meta: z.object({ size: number.nullish() }).nullish(), rows: z.array(position).nullish() });

const documentSchema = z.object({
	id: text, meta: meta.extend({ uuidHref: z.string().optional() }).optional(), externalCode: text, name: text, moment: text, updated: text,
	deliveryPlannedMoment: text, paymentPlannedMoment: text, description: text, code: text, applicable: flag(true), deleted: text,
	sum: number, payedSum: amount, shippedSum: amount, reservedSum: amount, invoicedSum: amount,
	rate: optional(z.object({ value: number.nullish(), currency: optional(z.object({ meta: meta.optional(), id: text, isoCode: text })) })),
	vatEnabled: flag(true), vatIncluded: flag(true), state: link, agent: z.unknown(), organization: link, store: link, project: link, contract: link,
	salesChannel: link, owner: link, group: link, customerOrder: link, shipmentAddress: text,
	positions: optional(z.union([z.array(position).transform((rows) => ({ rows, meta: null })), collection])),
	attributes: attributesSchema,
});

type DocumentJson = z.output<typeof documentSchema>;

const WORDS = { customerorder: 'customer order', invoiceout: 'customer invoice' };

/** A document as MoySklad's API gives it. Throws CRM_ITEM_UNREADABLE, and CATALOG_ITEM_UNREADABLE for a good or an additional field without an id. */
export function readSalesDocument(json: unknown, entity: SalesDocument['entity']): SalesDocument {
	const parsed = documentSchema.safeParse(json);
	if (!parsed.success) throw unreadable(entity, parsed.error.issues[0]);
	const { agent, ...row } = parsed.data;
	const rows = row.positions?.rows ?? null;
	const count = row.positions?.meta?.size ?? null;
	return {
		...named(row),
		entity,
		id: identified(row, entity),
		externalCode: row.externalCode, name: row.name ?? '', description: row.description, code: row.code,
		moment: anyMoment(row.moment), updated: anyMoment(row.updated), planned: anyMoment(row.deliveryPlannedMoment ?? row.paymentPlannedMoment),
		applicable: row.applicable, deleted: row.deleted !== null, vatIncluded: row.vatIncluded || !row.vatEnabled, address: row.shipmentAddress,
		sum: Math.round(row.sum), payedSum: Math.round(row.payedSum), shippedSum: Math.round(row.shippedSum),
		reservedSum: Math.round(row.reservedSum), invoicedSum: Math.round(row.invoicedSum),
		currency: row.rate?.currency?.isoCode ?? null,
		currencyId: row.rate?.currency ? (row.rate.currency.id ?? idOf(row.rate.currency.meta as Meta | undefined) ?? null) : null,
		ownCurrency: (row.rate?.value ?? 1) === 1,
		agent: readPartner(agent),
		positions: (rows ?? []).map((one) => toPosition(one, row.vatEnabled)),
		morePositions: rows === null || (count !== null && count > rows.length) ? (count ?? 1) : null,
		attributes: (row.attributes ?? []).flatMap(toAttribute),
		page: row.meta?.uuidHref ?? null,
	};
}

const unreadable = (entity: SalesDocument['entity'], issue: { path: Array<string | number>; message: string } | undefined): SyncError =>
	new SyncError('CRM_ITEM_UNREADABLE', { what: WORDS[entity], reason: `${issue?.path.join('.') || 'item'}: ${issue?.message ?? 'unknown form'}` });

function identified({ id, meta: own }: Pick<DocumentJson, 'id' | 'meta'>, entity: SalesDocument['entity']): string {
	const found = id?.toLowerCase() ?? idOf(own as Meta | undefined);
	if (found && (own?.type ?? entity) === entity) return found;
	throw unreadable(entity, { path: ['meta'], message: found ? `its kind is ${own?.type ?? ''}` : 'it has no id' });
}

const LINKS = ['state', 'organization', 'store', 'project', 'contract', 'salesChannel', 'owner', 'group', 'customerOrder'] as const;

const named = (row: Pick<DocumentJson, (typeof LINKS)[number]>): Record<(typeof LINKS)[number], NamedLink | null> =>
	Object.fromEntries(LINKS.map((field) => [field, toLink(row[field])])) as Record<(typeof LINKS)[number], NamedLink | null>;

function toLink(json: z.output<typeof link>): NamedLink | null {
	const id = json && (json.id?.toLowerCase() ?? idOf(json.meta as Meta | undefined));
	return id ? { id, name: json.name } : null;
}

const GOODS = ['product', 'variant', 'bundle', 'service'];

function toPosition({ id, quantity, price, discount, vat, vatEnabled, assortment }: z.output<typeof position>, vatOfDocument: boolean): SalesPosition {
	const isGood = GOODS.includes(assortment.meta?.type ?? '');
	// Older answers do not say whether a position has VAT: there a rate of 0 stands for "without".
	const taxed = vatOfDocument && (vatEnabled ?? vat > 0);
	return { id: id ?? '', good: isGood ? readGoods(assortment) : null, name: assortment.name, quantity, price, discount, vat: taxed ? vat : null };
}
