import { described, identity, ownership, syncId, TAX_SYSTEMS } from './common';
import { boolean, choice, json, moment, money, number, READ_ONLY, reference, REQUIRED, text, UNFILTERED, type Field } from './field';

/** Orders, shipments, payments, invoices and returns. */

const document: Field[] = [
	text('name', 'Number'),
	moment('moment', 'Date'),
	...described,
	...identity,
	syncId,
	moment('created', 'Created', READ_ONLY),
	boolean('applicable', 'Posted'),
	reference('organization', 'Organization', 'organization', REQUIRED),
	reference('agent', 'Counterparty', 'counterparty', REQUIRED),
	reference('state', 'State', 'state'),
	text('state.name', 'State Name', READ_ONLY),
	reference('project', 'Project', 'project'),
	reference('contract', 'Contract', 'contract'),
	reference('salesChannel', 'Sales Channel', 'saleschannel'),
	json('organizationAccount', 'Account of the Organization', UNFILTERED),
	json('agentAccount', 'Account of the Counterparty', UNFILTERED),
	json('rate', 'Currency', UNFILTERED),
	boolean('printed', 'Printed', READ_ONLY),
	boolean('published', 'Published', READ_ONLY),
	...ownership,
];

const goods: Field[] = [
	reference('store', 'Store', 'store'),
	reference('assortment', 'Contains Product', 'product', READ_ONLY),
	boolean('vatEnabled', 'VAT Enabled', UNFILTERED),
	boolean('vatIncluded', 'VAT Included', UNFILTERED),
	json('positions', 'Positions', UNFILTERED),
	money('sum', 'Sum (Kopecks)', READ_ONLY),
];

const delivered: Field[] = [text('shipmentAddress', 'Delivery Address'), json('shipmentAddressFull', 'Delivery Address (Structured)', UNFILTERED)];

const taxSystem = choice('taxSystem', 'Tax System', TAX_SYSTEMS, UNFILTERED);

const customerOrder = reference('customerOrder', 'Customer Order', 'customerorder', UNFILTERED);

const paid: Field[] = [
	...document,
	money('sum', 'Sum (Kopecks)'),
	money('vatSum', 'VAT Sum (Kopecks)', UNFILTERED),
	text('paymentPurpose', 'Purpose of Payment', UNFILTERED),
	json('operations', 'Linked Documents', UNFILTERED),
];

const needingStore = (fields: Field[]): Field[] => fields.map((field) => (field.name === 'store' ? { ...field, required: true } : field));

/** Fields of customer orders. Source: github moysklad/api-remap-1.2-doc, `md/documents/_customerOrder.md`. */
export const customerorder: Field[] = [...document, ...goods, ...delivered, taxSystem, moment('deliveryPlannedMoment', 'Planned Delivery')];

/** Fields of shipments. Source: github moysklad/api-remap-1.2-doc, `md/documents/_demand.md`. */
export const demand: Field[] = needingStore([
	...document,
	...goods,
	...delivered,
	taxSystem,
	customerOrder,
	reference('carrier', 'Carrier', 'counterparty', UNFILTERED),
	reference('consignee', 'Consignee', 'counterparty', UNFILTERED),
	number('goodPackQuantity', 'Number of Packages', UNFILTERED),
	json('overhead', 'Additional Cost', UNFILTERED),
]);

/** Fields of sales returns. Source: github moysklad/api-remap-1.2-doc, `md/documents/_sales_return.md`. */
export const salesreturn: Field[] = needingStore([...document, ...goods, reference('demand', 'Shipment', 'demand', UNFILTERED)]);

/** Fields of customer invoices. Source: github moysklad/api-remap-1.2-doc, `md/documents/_invoice_out.md`. */
export const invoiceout: Field[] = [...document, ...goods, customerOrder, moment('paymentPlannedMoment', 'Planned Payment')];

/** Fields of incoming payments. Source: github moysklad/api-remap-1.2-doc, `md/documents/_payment_in.md`. */
export const paymentin: Field[] = [...paid, text('incomingNumber', 'Incoming Number'), moment('incomingDate', 'Incoming Date')];

/** Fields of incoming cash. Source: github moysklad/api-remap-1.2-doc, `md/documents/_cashin.md`. */
export const cashin: Field[] = paid;
