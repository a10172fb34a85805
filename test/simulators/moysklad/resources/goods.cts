import { fieldRefusal } from '../errors.cts';
import { barcodeFilter, barcodes, packs } from '../engine/goodKinds.cts';
import * as kinds from '../engine/kinds.cts';
import { price, salePrices } from '../engine/priceKinds.cts';
import { reference } from '../engine/references.cts';
import { remove } from '../engine/removing.cts';
import { type Field, type Resource } from '../engine/schema.cts';
import { pictures } from '../images/pictureKind.cts';
import {
	additional,
	archived,
	code,
	description,
	externalCode,
	kept,
	name,
	noFiles,
	ownership,
	syncId,
	updated,
} from './common.cts';
import { inFolder, prepareGood, refuseWhenUsed, settleGood, variantsOf, vatFields } from './goodRules.cts';

/** Products, services and bundles. */

const number: Field = { kind: kinds.number({ notNegative: true }), sort: true };
export const flag: Field = { kind: kinds.boolean, initial: () => false };

const sellable: Record<string, Field> = {
	...ownership,
	updated,
	name,
	description: { kind: kinds.text(4096) },
	code,
	externalCode,
	archived,
	...inFolder,
	...vatFields,
	discountProhibited: { ...flag, noFilter: true },
	minPrice: { kind: price },
	salePrices: { kind: salePrices, initial: () => ({}) },
	attributes: additional,
	barcodes: { kind: barcodes },
	syncId,
	...kept('paymentItemType'),
};

const physical: Record<string, Field> = {
	article: { kind: kinds.text(), sort: true },
	weight: { ...number, initial: () => 0 },
	volume: { ...number, initial: () => 0 },
	country: { kind: reference('country'), noFilter: true },
	images: pictures,
	files: noFiles,
};

/** What every good has, also a variant. */
export const shared: Pick<Resource, 'attributesOf' | 'metadataOf' | 'page' | 'foreignPageId' | 'filters'> = {
	attributesOf: 'product',
	metadataOf: 'product',
	page: 'good',
	foreignPageId: true,
	filters: {
		barcode: barcodeFilter,
		barcodes: { ...barcodeFilter, operators: new Set() },
	},
};

export const product: Resource = {
	...shared,
	type: 'product',
	idBeatsArchived: true,
	search: { fields: ['name', 'code', 'article'] },
	fields: {
		...sellable,
		...physical,
		uom: { kind: reference('uom'), noFilter: true },
		supplier: { kind: reference('counterparty', 'organization') },
		buyPrice: { kind: price },
		packs: { kind: packs },
		weighed: { ...flag, sort: true },
		isSerialTrackable: { ...flag, sort: true },
		minimumBalance: { kind: kinds.number({ notNegative: true }) },
		minimumStock: {
			kind: kinds.opaque,
			readOnly: true,
			onDemand: true,
			reckon: (row) => ({ type: 'ALL_WAREHOUSE_SUM', quantity: row.minimumBalance ?? 0 }),
		},
		variantsCount: {
			kind: kinds.number(),
			readOnly: true,
			reckon: (row, { account }) => account.links.to(row.id, 'variant').length,
		},
		...kept(
			'trackingType',
			'tnved',
			'ppeType',
			'partialDisposal',
			'alcoholic',
			'onTap',
			'mod__requisites__ru',
			'mod__marking__ru',
		),
		things: { kind: kinds.opaque, readOnly: true },
	},
	prepare(draft, before, session, given) {
		prepareGood(draft, before, session, given);
		if (before?.isSerialTrackable === true && draft.isSerialTrackable === false)
			throw fieldRefusal(16002, 'isSerialTrackable');
	},
	settled: settleGood,
	removable(row, session) {
		refuseWhenUsed(row, session);
		for (const variant of variantsOf(row, session)) refuseWhenUsed(variant, session);
		for (const variant of variantsOf(row, session))
			remove(session.account.resource('variant') as Resource, variant, session);
	},
};

export const service: Resource = {
	...shared,
	type: 'service',
	idBeatsArchived: true,
	search: { fields: ['name', 'code'] },
	fields: { ...sellable, uom: { kind: reference('uom'), noFilter: true }, buyPrice: { kind: price }, files: noFiles },
	prepare: prepareGood,
	settled: (row, before, { account }) => account.links.follow(row, before),
	removable: refuseWhenUsed,
};

const component: Resource = {
	type: 'bundlecomponent',
	aliases: { product: 'assortment', service: 'assortment', variant: 'assortment' },
	fields: {
		assortment: { kind: reference('product', 'variant', 'service'), required: true },
		quantity: { kind: kinds.number(), required: true },
	},
	prepare(draft) {
		if ((draft.quantity as number) <= 0) throw fieldRefusal(3003, 'quantity', 'quantity');
	},
};

export const bundle: Resource = {
	...shared,
	type: 'bundle',
	search: { fields: ['name', 'code', 'article'] },
	fields: {
		...sellable,
		...physical,
		description,
		uom: { kind: reference('uom'), noFilter: true },
		...kept('overhead', 'trackingType', 'tnved', 'partialDisposal'),
	},
	collections: { components: { resource: component, onUpdate: 'merge', max: 50, required: true } },
	prepare: prepareGood,
	settled: settleGood,
	removable: refuseWhenUsed,
};
