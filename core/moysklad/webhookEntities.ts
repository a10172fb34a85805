import type { EventAction } from './events';

/** An object of MoySklad that reports its changes by webhook. */
export interface WebhookEntity {
	keyword: string;
	/** As MoySklad's English pages call it. */
	name: string;
}

/** The result of an asynchronous task: the only one that is processed instead of created, updated and deleted. */
export const ASYNC = 'async';

/** By name. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_webhook.md`. */
export const WEBHOOK_ENTITIES: readonly WebhookEntity[] = [
	{ keyword: ASYNC, name: 'Asynchronous Task' },
	{ keyword: 'bundle', name: 'Bundle' },
	{ keyword: 'cashin', name: 'Cash In' },
	{ keyword: 'cashout', name: 'Cash Out' },
	{ keyword: 'commissionreportin', name: 'Commission Report Received' },
	{ keyword: 'commissionreportout', name: 'Commission Report Sent' },
	{ keyword: 'contract', name: 'Contract' },
	{ keyword: 'counterparty', name: 'Counterparty' },
	{ keyword: 'counterpartyadjustment', name: 'Counterparty Adjustment' },
	{ keyword: 'currency', name: 'Currency' },
	{ keyword: 'customerorder', name: 'Customer Order' },
	{ keyword: 'employee', name: 'Employee' },
	{ keyword: 'expenseitem', name: 'Expense Item' },
	{ keyword: 'paymentin', name: 'Incoming Payment' },
	{ keyword: 'internalorder', name: 'Internal Order' },
	{ keyword: 'inventory', name: 'Inventory' },
	{ keyword: 'invoiceout', name: 'Invoice' },
	{ keyword: 'invoicein', name: 'Invoice Received' },
	{ keyword: 'loss', name: 'Loss' },
	{ keyword: 'move', name: 'Move' },
	{ keyword: 'organization', name: 'Organization' },
	{ keyword: 'paymentout', name: 'Outgoing Payment' },
	{ keyword: 'prepayment', name: 'Prepayment' },
	{ keyword: 'prepaymentreturn', name: 'Prepayment Return' },
	{ keyword: 'pricelist', name: 'Price List' },
	{ keyword: 'processing', name: 'Processing' },
	{ keyword: 'processingorder', name: 'Processing Order' },
	{ keyword: 'product', name: 'Product' },
	{ keyword: 'productfolder', name: 'Product Folder' },
	{ keyword: 'project', name: 'Project' },
	{ keyword: 'purchaseorder', name: 'Purchase Order' },
	{ keyword: 'purchasereturn', name: 'Purchase Return' },
	{ keyword: 'enter', name: 'Receipt Without Supplier (Enter)' },
	{ keyword: 'retaildemand', name: 'Retail Sale' },
	{ keyword: 'retailsalesreturn', name: 'Retail Sales Return' },
	{ keyword: 'retailshift', name: 'Retail Shift' },
	{ keyword: 'retailstore', name: 'Retail Store' },
	{ keyword: 'saleschannel', name: 'Sales Channel' },
	{ keyword: 'salesreturn', name: 'Sales Return' },
	{ keyword: 'consignment', name: 'Series' },
	{ keyword: 'service', name: 'Service' },
	{ keyword: 'demand', name: 'Shipment' },
	{ keyword: 'store', name: 'Store' },
	{ keyword: 'supply', name: 'Supply' },
	{ keyword: 'task', name: 'Task' },
	{ keyword: 'factureout', name: 'Tax Invoice' },
	{ keyword: 'facturein', name: 'Tax Invoice Received' },
	{ keyword: 'uom', name: 'Unit of Measure' },
	{ keyword: 'variant', name: 'Variant' },
];

/** The actions that an object's webhooks can report, of those that the user wants. */
export const actionsOf = (entity: string, wanted: readonly EventAction[]): EventAction[] =>
	entity === ASYNC ? ['PROCESSED'] : wanted.filter((action) => action !== 'PROCESSED');

/** MoySklad's English name, or the keyword itself. */
export const entityName = (keyword: string): string =>
	WEBHOOK_ENTITIES.find((entity) => entity.keyword === keyword)?.name ?? keyword;
