import * as follow from '../documents/following.cts';
import { DEMAND_POSITION, ENTER_POSITION, ORDER_POSITION, positions } from '../documents/positions.cts';
import { prepareReturn, refuseUnposting } from '../documents/rules.cts';
import { address } from '../engine/documentKinds.cts';
import * as kinds from '../engine/kinds.cts';
import { reference } from '../engine/references.cts';
import type { Field, Resource } from '../engine/schema.cts';
import { kept } from './common.cts';
import { base, document, flag, linkedBy, plan, reckoned, references, traded } from './documentBase.cts';

/** Orders, shipments, invoices, returns: documents with goods. */

const taxed: Record<string, Field> = {
	...traded,
	vatEnabled: { ...flag(true), noFilter: true },
	vatIncluded: { ...flag(true), noFilter: true },
	vatSum: { kind: kinds.number(), readOnly: true, noFilter: true, initial: () => 0 },
	taxSystem: { kind: kinds.opaque },
	store: { kind: reference('store') },
};

const shipment: Record<string, Field> = { shipmentAddress: { kind: kinds.text() }, shipmentAddressFull: { kind: address } };

const sold = (type: string, more: Record<string, Field> = {}): Resource['collections'] => ({
	positions: { resource: positions(type, { sold: true, more }), onUpdate: 'replace' },
});

export const customerorder = document(
	'customerorder',
	{
		...taxed,
		...shipment,
		deliveryPlannedMoment: plan,
		payedSum: reckoned(follow.payedSum),
		shippedSum: reckoned(follow.shippedSum),
		invoicedSum: reckoned(follow.invoicedSum),
		reservedSum: reckoned(follow.reservedSum),
		demands: linkedBy('demand'),
		payments: linkedBy(...follow.PAYMENTS),
		invoicesOut: linkedBy('invoiceout'),
		...kept('purchaseOrders', 'moves', 'prepayments', 'productionTasks'),
	},
	sold('customerorderposition', ORDER_POSITION),
	{ usedBy: ['demand', 'invoiceout', ...follow.PAYMENTS] },
);

export const demand = document(
	'demand',
	{
		...taxed,
		...shipment,
		customerOrder: { kind: reference('customerorder') },
		invoicesOut: { kind: references('invoiceout') },
		payedSum: reckoned(follow.payedSum),
		payments: linkedBy(...follow.PAYMENTS),
		returns: linkedBy('salesreturn'),
		...kept(
			'overhead',
			'carrier',
			'consignee',
			'consignor',
			'goodPackQuantity',
			'shippingDocumentNumber',
			'shippingDocumentDate',
			'cargoName',
			'shippingInstructions',
			'stateContractId',
			'transportFacility',
			'transportFacilityNumber',
			'factureOut',
		),
	},
	sold('demandposition', DEMAND_POSITION),
	{ prepare: refuseUnposting, usedBy: ['salesreturn', ...follow.PAYMENTS] },
);

export const salesreturn = document(
	'salesreturn',
	{
		...taxed,
		demand: { kind: reference('demand') },
		payedSum: reckoned(follow.payedSum),
		payments: linkedBy(...follow.REFUNDS),
		...kept('losses', 'factureOut', 'factureIn'),
	},
	sold('salesreturnposition', { ...DEMAND_POSITION }),
	{ prepare: prepareReturn, usedBy: follow.REFUNDS },
);

export const invoiceout = document(
	'invoiceout',
	{
		...taxed,
		customerOrder: { kind: reference('customerorder') },
		demands: { kind: references('demand') },
		paymentPlannedMoment: plan,
		payedSum: reckoned(follow.payedSum),
		shippedSum: reckoned(follow.shippedSum),
		payments: linkedBy(...follow.PAYMENTS),
	},
	sold('invoiceoutposition'),
	{ usedBy: ['demand', ...follow.PAYMENTS] },
);

export const enter = document(
	'enter',
	{
		...base,
		store: { kind: reference('store'), required: true },
		sum: { kind: kinds.number(), readOnly: true, sort: true, initial: () => 0 },
		...kept('overhead'),
	},
	{ positions: { resource: positions('enterposition', { sold: false, more: ENTER_POSITION }), onUpdate: 'replace' } },
);

