import { z } from 'zod';
import { SyncError } from '../errors';
import type { Kopecks } from '../model/money';
import { amount, link, moment, number, positionSchema, rate, readDemand, readPayment, text, type LinkedDemand, type LinkedPayment, type LinkedPosition } from './linkedDocuments';
import { idOf, isUuid, type Meta } from './reference';

type Json = Record<string, unknown>;

/** A part of an order that the item does not hold, because nobody read it. It is not the same as none. */
export type Unread = 'unread';

/** A customer order of MoySklad with what is linked to it, as far as it was read. Sums in kopecks of the order's currency. */
export interface FullOrder {
	/** Null where somebody put the item together himself. */
	id: string | null;
	number: string | null;
	externalCode: string | null;
	syncId: string | null;
	/** ISO 8601. */
	updatedAt: string | null;
	sum: Kopecks | Unread;
	payedSum: Kopecks | Unread;
	shippedSum: Kopecks | Unread;
	vatIncluded: boolean;
	vatEnabled: boolean;
	state: { id: string; name: string | null } | null;
	ownerId: string | null;
	currencyId: string | null;
	agent: Json | Unread;
	positions: LinkedPosition[] | Unread;
	payments: LinkedPayment[] | Unread;
	demands: LinkedDemand[] | Unread;
	/** The whole item. */
	row: Json;
}

const flag = z.boolean().nullish();

const schema = z.object({
	id: text,
	name: text,
	externalCode: text,
	syncId: text,
	updated: moment,
	sum: number.nullish(),
	payedSum: number.nullish(),
	shippedSum: number.nullish(),
	vatIncluded: flag,
	vatEnabled: flag,
	state: z.union([z.string(), link]).nullish(),
	owner: z.union([z.string(), link]).nullish(),
	rate,
	agent: z.unknown(),
	positions: z.unknown(),
	payments: z.unknown(),
	demands: z.unknown(),
});

/** A customer order of an item, as MoySklad gives it or simplified. Throws ORDER_MOYSKLAD_UNREADABLE. */
export function readFullOrder(json: unknown): FullOrder {
	const parsed = schema.safeParse(json);
	if (!parsed.success) throw unreadable(parsed.error.issues[0]);
	const { id, name, externalCode, syncId, updated, vatIncluded, vatEnabled, state, owner, agent, positions, payments, demands, ...sums } = parsed.data;
	return {
		id: id?.toLowerCase() ?? null,
		number: name,
		externalCode,
		syncId,
		updatedAt: updated,
		sum: kopecks(sums.sum),
		payedSum: kopecks(sums.payedSum),
		shippedSum: kopecks(sums.shippedSum),
		vatIncluded: vatIncluded !== false,
		vatEnabled: vatEnabled !== false,
		state: stateOf(state),
		ownerId: idIn(owner),
		currencyId: sums.rate,
		agent: isOpened(agent) ? agent : 'unread',
		positions: readPositions(positions),
		payments: readLinked(payments, sums.payedSum, (one) => readPayment(one, id?.toLowerCase() ?? '')),
		demands: readLinked(demands, sums.shippedSum, readDemand),
		row: json as Json,
	};
}

const unreadable = (issue: { path: Array<string | number>; message: string } | undefined): SyncError =>
	new SyncError('ORDER_MOYSKLAD_UNREADABLE', { reason: `${issue?.path.join('.') || 'item'}: ${issue?.message ?? 'unknown form'}` });

const kopecks = (value: number | null | undefined): Kopecks | Unread => (value === null || value === undefined ? 'unread' : Math.round(value));

const isOpened = (value: unknown): value is Json => typeof value === 'object' && value !== null && typeof (value as Json).name === 'string';

/** Simplified items name objects by their ids. */
function idIn(value: string | { meta: { href: string } } | null | undefined): string | null {
	if (typeof value === 'string') return isUuid(value) ? value.toLowerCase() : null;
	return idOf(value?.meta as Meta | undefined) ?? null;
}

function stateOf(value: z.output<typeof schema>['state']): FullOrder['state'] {
	const id = idIn(value);
	if (id === null) return null;
	return { id, name: typeof value === 'object' && typeof value?.name === 'string' ? value.name : null };
}

function readPositions(value: unknown): LinkedPosition[] | Unread {
	const { rows, meta } = (value ?? {}) as { rows?: unknown; meta?: { size?: unknown } };
	const parsed = z.array(positionSchema).safeParse(Array.isArray(value) ? value : rows);
	if (!parsed.success) return 'unread';
	const { data: size } = amount.safeParse(meta?.size);
	return parsed.data.length < (size ?? 0) ? 'unread' : (parsed.data as LinkedPosition[]);
}

/** MoySklad leaves the list out where there is nothing in it, and then its sum is 0. */
function readLinked<T>(value: unknown, sum: number | null | undefined, read: (one: unknown) => T | undefined): T[] | Unread {
	if (!Array.isArray(value)) return sum === 0 && (value === undefined || value === null) ? [] : 'unread';
	const all = value.map(read);
	return all.every((one) => one !== undefined) ? (all as T[]) : 'unread';
}
