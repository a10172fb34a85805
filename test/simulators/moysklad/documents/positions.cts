import { fieldRefusal } from '../errors.cts';
import * as kinds from '../engine/kinds.cts';
import { reference } from '../engine/references.cts';
import { asRef, type Draft, type Field, type Json, type Resource, type Row } from '../engine/schema.cts';
import type { Session } from '../session.cts';
import { shippedOf } from './following.cts';

/** Rows of documents. */

const SMALLEST = 0.00005;
const GOODS = ['product', 'service', 'variant', 'bundle'];
const ALIASES = Object.fromEntries(GOODS.map((type) => [type, 'assortment']));

const figure: Field = { kind: kinds.number(), noFilter: true };

interface PositionRule {
	/** Bundles and services may be in it. */
	sold: boolean;
	more?: Record<string, Field>;
}

/** The rows of one kind of document, e.g. `customerorderposition`. */
export function positions(type: string, { sold, more = {} }: PositionRule): Resource {
	return {
		type,
		aliases: ALIASES,
		fields: {
			quantity: { kind: kinds.number(), initial: () => 0 },
			price: { kind: kinds.number({ notNegative: true }), initial: () => 0 },
			...(sold && {
				discount: { kind: kinds.number(), initial: () => 0 },
				vat: figure,
				vatEnabled: { kind: kinds.boolean },
			}),
			assortment: { kind: reference(...GOODS), required: true },
			pack: { kind: kinds.opaque },
			...more,
		},
		prepare: (draft, before, session, given) => preparePosition(draft, before, session, given, sold),
		decorate: (json, row, { session }) => {
			if (session.fields === 'stock') json.stock = stockOf(row, session);
		},
	};
}

/** What only the positions of an order have. */
export const ORDER_POSITION: Record<string, Field> = {
	reserve: { kind: kinds.number({ notNegative: true }), initial: () => 0 },
	shipped: {
		kind: kinds.number(),
		readOnly: true,
		reckon: (row, session, parent) => (parent ? shippedOf(parent, row, session.account) : 0),
	},
};

export const DEMAND_POSITION: Record<string, Field> = {
	cost: { kind: kinds.number(), readOnly: true },
	overhead: { kind: kinds.number(), noFilter: true },
	slot: { kind: kinds.opaque },
	trackingCodes: { kind: kinds.opaque },
};

export const ENTER_POSITION: Record<string, Field> = {
	overhead: figure,
	reason: { kind: kinds.text() },
	country: { kind: reference('country') },
	gtd: { kind: kinds.opaque },
	slot: { kind: kinds.opaque },
};

function preparePosition(
	draft: Draft,
	before: Row | undefined,
	session: Session,
	given: ReadonlySet<string>,
	sold: boolean,
): void {
	const quantity = draft.quantity as number;
	const good = asRef(draft.assortment);
	if (quantity < SMALLEST) throw fieldRefusal(3003, 'quantity', 'quantity');
	if (good?.type === 'bundle' && !sold) throw fieldRefusal(17016, 'assortment');
	if (good?.type === 'bundle' && !Number.isInteger(quantity)) throw fieldRefusal(17018, 'quantity');
	if (((draft.reserve as number | undefined) ?? 0) > quantity) throw fieldRefusal(17003, 'reserve');
	if (sold) prepareSoldPosition(draft, before, session, given);
}

function prepareSoldPosition(
	draft: Draft,
	before: Row | undefined,
	session: Session,
	given: ReadonlySet<string>,
): void {
	if ((draft.discount as number) > 100) throw fieldRefusal(17008, 'discount');
	const vat = draft.vat as number | undefined;
	if (vat !== undefined && (vat < 0 || vat > 100)) throw fieldRefusal(17007, 'vat');
	if (draft.vatEnabled === true && vat === undefined && given.has('vatEnabled')) throw fieldRefusal(17021, 'vat');
	if (before) return;
	if (vat === undefined && draft.vatEnabled === undefined) Object.assign(draft, vatOfGood(draft, session));
	draft.vat ??= 0;
	draft.vatEnabled ??= (draft.vat as number) > 0;
}

/** A position without a rate takes that of its good. */
function vatOfGood(draft: Draft, session: Session): Json {
	const ref = asRef(draft.assortment);
	const good = ref && session.account.find(ref);
	const { rate, enabled } = good ? session.account.effectiveVat(good) : { rate: 0, enabled: false };
	return { vat: rate, vatEnabled: enabled };
}

function stockOf(position: Row, session: Session): Json {
	const { account } = session;
	const ref = asRef(position.assortment);
	const total = account.stock.total(ref?.id ?? '');
	return {
		cost: account.costOf(ref),
		quantity: total.stock,
		reserve: total.reserve,
		intransit: total.inTransit,
		available: total.quantity,
	};
}
