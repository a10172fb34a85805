import { documentSums, type PricedLine } from '../arithmetic.cts';
import * as follow from '../documents/following.cts';
import { operations, prepareOperations } from '../documents/operations.cts';
import { DEMAND_POSITION, ENTER_POSITION, ORDER_POSITION, positions } from '../documents/positions.cts';
import { prepareDocument, prepareReturn, refuseUnposting } from '../documents/rules.cts';
import { accountOf, address, rate, settleAddress, state, type Rate } from '../engine/documentKinds.cts';
import * as kinds from '../engine/kinds.cts';
import { inUse, reference } from '../engine/references.cts';
import { rowsOf, type Draft, type Field, type Resource, type Row } from '../engine/schema.cts';
import { movementsOf } from '../stock/movements.cts';
import { toMinute } from '../moments.cts';
import type { Session } from '../session.cts';
import {
	additional,
	code,
	created,
	description,
	externalCode,
	kept,
	noFiles,
	ownership,
	syncId,
	updated,
} from './common.cts';

/** Orders, shipments, payments and the like. */

const flag = (initial: boolean): Field => ({ kind: kinds.boolean, initial: () => initial });
const text: Field = { kind: kinds.text() };
const plan: Field = { kind: kinds.minute, sort: true };
const agent: Field = { kind: reference('counterparty', 'organization'), required: true };

const reckoned = (reckon: (row: Row, account: Session['account']) => number): Field => ({
	kind: kinds.number(),
	readOnly: true,
	noFilter: true,
	reckon: (row, { account }) => reckon(row, account),
});

/** Documents that point to this one, as an array of `{meta}` or opened; left out when there are none. */
const linkedBy = (...types: string[]): Field => ({
	kind: references(...types),
	readOnly: true,
	noFilter: true,
	reckon: (row, { account }) => follow.linked(row, account, ...types),
});

const base: Record<string, Field> = {
	...ownership,
	updated,
	name: { kind: kinds.text(), sort: true },
	description,
	code,
	externalCode,
	syncId,
	moment: { kind: kinds.minute, sort: true, initial: ({ now }) => toMinute(now) },
	applicable: { ...flag(true), sort: true },
	rate: { kind: rate, initial: ({ account }): Rate => ({ currency: account.defaultCurrency, value: 1 }) },
	organization: { kind: reference('organization'), required: true },
	state: { kind: state },
	project: { kind: reference('project') },
	attributes: additional,
	created,
	deleted: { kind: kinds.moment, readOnly: true },
	printed: { ...flag(false), readOnly: true },
	published: { ...flag(false), readOnly: true },
	files: noFiles,
};

const traded: Record<string, Field> = {
	...base,
	agent,
	organizationAccount: { kind: accountOf('organization') },
	agentAccount: { kind: accountOf('counterparty', 'organization') },
	contract: { kind: reference('contract') },
	salesChannel: { kind: reference('saleschannel') },
	sum: { kind: kinds.number(), readOnly: true, sort: true, initial: () => 0 },
};

const taxed: Record<string, Field> = {
	...traded,
	vatEnabled: { ...flag(true), noFilter: true },
	vatIncluded: { ...flag(true), noFilter: true },
	vatSum: { kind: kinds.number(), readOnly: true, noFilter: true, initial: () => 0 },
	taxSystem: { kind: kinds.opaque },
	store: { kind: reference('store') },
};

const shipment: Record<string, Field> = { shipmentAddress: text, shipmentAddressFull: { kind: address } };

interface DocumentRule {
	prepare?(draft: Draft, before: Row | undefined, session: Session): void;
	removable?: Resource['removable'];
}

/** What all documents have in common. */
function document(
	type: string,
	fields: Record<string, Field>,
	collections: Resource['collections'],
	rule: DocumentRule = {},
): Resource {
	return {
		type,
		page: type,
		document: true,
		states: true,
		attributesOf: type,
		search: { fields: ['name', 'description', 'incomingNumber'] },
		fields,
		...(collections && { collections }),
		prepare(draft, before, session, given) {
			prepareDocument(draft, before, session, given);
			if (fields.shipmentAddress) settleAddress(draft, 'shipmentAddress', given, (ref) => session.account.find(ref));
			if (collections?.positions) Object.assign(draft, sumsOf(draft));
			rule.prepare?.(draft, before, session);
		},
		settled: (row, before, { account }) => settle(row, before, account),
		...(rule.removable && { removable: rule.removable }),
	};
}

function sumsOf(draft: Draft): { sum: number; vatSum?: number } {
	const lines = rowsOf(draft, 'positions') as unknown as PricedLine[];
	const vatEnabled = draft.vatEnabled === true;
	const { sum, vatSum } = documentSums(lines, { vatEnabled, vatIncluded: draft.vatIncluded === true });
	return draft.vatEnabled === undefined ? { sum } : { sum, vatSum };
}

/** Links first, then the stock of the document and of the orders that it belongs or belonged to. */
function settle(row: Row | undefined, before: Row | undefined, account: Session['account']): void {
	account.links.follow(row, before);
	const orders = [row?.customerOrder, before?.customerOrder] as Array<Row | undefined>;
	for (const ref of [row ?? before, ...orders]) {
		const current = ref && account.find(ref);
		if (ref) account.stock.setDocument(ref.id, current ? movementsOf(current, account) : [], account.now());
	}
}

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
		payments: linkedBy('paymentin', 'cashin'),
		invoicesOut: linkedBy('invoiceout'),
		...kept('purchaseOrders', 'moves', 'prepayments', 'productionTasks'),
	},
	sold('customerorderposition', ORDER_POSITION),
);

export const demand = document(
	'demand',
	{
		...taxed,
		...shipment,
		customerOrder: { kind: reference('customerorder') },
		invoicesOut: { kind: references('invoiceout') },
		payedSum: reckoned(follow.payedSum),
		payments: linkedBy('paymentin', 'cashin'),
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
	{
		prepare: refuseUnposting,
		removable(row, session) {
			const returns = session.account.links.to(row.id, 'salesreturn');
			if (returns.length > 0) throw inUse(returns, session);
		},
	},
);

export const salesreturn = document(
	'salesreturn',
	{
		...taxed,
		demand: { kind: reference('demand') },
		payedSum: reckoned(follow.payedSum),
		...kept('losses', 'payments', 'factureOut', 'factureIn'),
	},
	sold('salesreturnposition', { ...DEMAND_POSITION }),
	{ prepare: prepareReturn },
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
		payments: linkedBy('paymentin', 'cashin'),
	},
	sold('invoiceoutposition'),
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

const money: Record<string, Field> = {
	...traded,
	sum: { kind: kinds.number({ notNegative: true }), sort: true, initial: () => 0 },
	vatSum: { kind: kinds.number({ notNegative: true }), noFilter: true, initial: () => 0 },
	paymentPurpose: { kind: kinds.text(255), sort: true },
	operations: { kind: operations },
	...kept('factureOut', 'expenseItem'),
};

export const paymentin = document(
	'paymentin',
	{ ...money, incomingNumber: { kind: kinds.text(), sort: true }, incomingDate: plan },
	undefined,
	{ prepare: prepareOperations },
);

export const cashin = document('cashin', money, undefined, { prepare: prepareOperations });

/** Several references, written and shown as an array of `{meta}`, or opened. */
function references(...types: string[]): Field['kind'] {
	const one = reference(...types);
	return {
		label: 'Array',
		targets: types,
		parse(value, place) {
			if (!Array.isArray(value)) throw kinds.wrongType(place, 'Array');
			return (value as unknown[]).map((item) => one.parse(item, place));
		},
		show: (stored, show) =>
			(stored as unknown[]).length > 0 ? (stored as unknown[]).map((item) => one.show(item, show)) : undefined,
	};
}
