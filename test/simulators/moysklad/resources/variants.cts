import { fieldRefusal } from '../errors.cts';
import { barcodes, characteristics, packs, type Characteristic } from '../engine/goodKinds.cts';
import * as kinds from '../engine/kinds.cts';
import { price, salePrices, type SalePrices } from '../engine/priceKinds.cts';
import { reference } from '../engine/references.cts';
import { asRef, type Draft, type Resource, type Row } from '../engine/schema.cts';
import { pictures } from '../images/pictureKind.cts';
import type { Session } from '../session.cts';
import { archived, code, externalCode, updated } from './common.cts';
import { prepareBarcodes, refuseWhenUsed, settleGood, variantsOf } from './goodRules.cts';
import { flag, shared } from './goods.cts';

/** Variants: a product with certain characteristics. What they lack is their product's. */

const ownOrParent =
	(field: string) =>
	(row: Row, { account }: Session): unknown =>
		row[field] ?? account.find(asRef(row.product))?.[field];

export const variant: Resource = {
	...shared,
	type: 'variant',
	attributesOf: undefined,
	metadataOf: 'variant',
	page: 'feature',
	search: { fields: ['name'], substring: true },
	filters: {
		...shared.filters,
		productid: { operators: kinds.EQUALITY, literal: kinds.readUuid, values: (row) => [asRef(row.product)?.id ?? ''] },
	},
	fields: {
		updated,
		name: { kind: kinds.text(), readOnly: true, sort: true, reckon: (row, session) => variantName(row, session) },
		description: { kind: kinds.text(4096), noFilter: true },
		code,
		externalCode,
		archived: { ...archived, reckon: (row, { account }) => account.isArchived(row) },
		article: { kind: kinds.text(), sort: true },
		characteristics: { kind: characteristics, required: true },
		minPrice: { kind: price, reckon: ownOrParent('minPrice') },
		buyPrice: { kind: price, reckon: ownOrParent('buyPrice') },
		salePrices: {
			kind: salePrices,
			reckon: (row, session) =>
				ownSalePrices(row) ?? ownOrParent('salePrices')({ ...row, salePrices: undefined }, session),
		},
		barcodes: { kind: barcodes },
		discountProhibited: { ...flag, noFilter: true },
		product: { kind: reference('product'), required: true },
		images: pictures,
		packs: { kind: packs },
		minimumStock: { kind: kinds.opaque, onDemand: true },
		things: { kind: kinds.opaque, readOnly: true },
	},
	prepare(draft, before, session) {
		prepareBarcodes(draft, before, session);
		if (before && asRef(before.product)?.id !== asRef(draft.product)?.id)
			throw fieldRefusal(3001, 'product', 'product');
		refuseParent(draft, session);
		refuseTwin(draft, session);
	},
	settled: settleGood,
	removable: refuseWhenUsed,
};

function ownSalePrices(row: Row): SalePrices | undefined {
	const own = row.salePrices as SalePrices | undefined;
	return own && Object.keys(own).length > 0 ? own : undefined;
}

function variantName(row: Row, { account }: Session): string {
	const values = (row.characteristics as Characteristic[] | undefined)?.map(({ value }) => value).join(', ');
	return `${String(account.find(asRef(row.product))?.name ?? '')} (${values})`;
}

/** 15002, 16102: alcohol and marked goods have no variants. */
function refuseParent(draft: Draft, { account }: Session): void {
	const parent = account.find(asRef(draft.product));
	if (parent?.alcoholic !== undefined) throw fieldRefusal(15002, 'product');
	if ((parent?.trackingType ?? UNMARKED) !== UNMARKED) throw fieldRefusal(16102, 'product');
}

const UNMARKED = 'NOT_TRACKED';

/** 15000: the same characteristics twice on one product. */
function refuseTwin(draft: Draft, session: Session): void {
	const mine = sameness(draft);
	const parent = session.account.find(asRef(draft.product));
	const others = parent ? variantsOf(parent, session) : [];
	if (others.some((other) => other.id !== draft.id && sameness(other) === mine))
		throw fieldRefusal(15000, 'characteristics');
}

const sameness = (row: Row | Draft): string =>
	((row.characteristics as Characteristic[]) ?? [])
		.map(({ id, value }) => `${id} ${value}`)
		.sort()
		.join('\n');
