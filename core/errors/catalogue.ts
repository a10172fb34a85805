import { bitrixErrors } from './bitrix';
import { bitrixEventErrors } from './bitrixEvents';
import { catalogErrors } from './catalog';
import { commerceMlErrors } from './commerceml';
import { checkErrors } from './check';
import { connectionErrors } from './connection';
import { crmErrors } from './crm';
import { counterpartyErrors } from './counterparties';
import { discountErrors } from './discounts';
import { documentErrors } from './documents';
import { driftErrors } from './drift';
import { entityErrors } from './entity';
import { errorDeskErrors } from './errorDesk';
import { exchangeErrors } from './exchange';
import { exchangeOrderErrors } from './exchangeOrders';
import { exchangeCatalogErrors } from './exchangeCatalog';
import { fieldPolicyErrors } from './fieldPolicies';
import { journalErrors } from './journal';
import { moySkladErrors } from './moysklad';
import { newItemErrors } from './newItems';
import { orderErrors } from './orders';
import { stockErrors } from './stock';
import { storeOrderErrors } from './storeOrders';
import { webhookErrors } from './webhooks';

/** The catalogue by what its errors are about, as `docs/errors.md` shows it. */
export const CATALOGUE_PARTS = {
	'Connection and access': connectionErrors,
	'MoySklad': moySkladErrors,
	'Bitrix REST': bitrixErrors,
	'1C exchange': exchangeErrors,
	'Webhooks of MoySklad': webhookErrors,
	'Events of Bitrix': bitrixEventErrors,
	'MoySklad Entity': entityErrors,
	'Catalog': catalogErrors,
	'Catalog by 1C exchange': exchangeCatalogErrors,
	'CommerceML': commerceMlErrors,
	'Stock': stockErrors,
	'Discounts and prices': discountErrors,
	'New goods of Bitrix24': newItemErrors,
	'Orders of the store': orderErrors,
	'Customer orders into the store': storeOrderErrors,
	'Orders by 1C exchange': exchangeOrderErrors,
	'Payments, shipments and invoices': documentErrors,
	'Counterparties': counterpartyErrors,
	'CRM of Bitrix24': crmErrors,
	'Fields that both sides change': fieldPolicyErrors,
	'Sync Check': checkErrors,
	'Drift': driftErrors,
	'Sync Journal': journalErrors,
	'Error desk': errorDeskErrors,
};

/** Every error that the package can show, by its code. A code never changes its meaning once released. */
export const CATALOGUE = {
	...connectionErrors,
	...entityErrors,
	...moySkladErrors,
	...bitrixErrors,
	...bitrixEventErrors,
	...webhookErrors,
	...catalogErrors,
	...orderErrors,
	...stockErrors,
	...commerceMlErrors,
	...exchangeErrors,
	...exchangeOrderErrors,
	...exchangeCatalogErrors,
	...crmErrors,
	...counterpartyErrors,
	...discountErrors,
	...newItemErrors,
	...documentErrors,
	...storeOrderErrors,
	...fieldPolicyErrors,
	...checkErrors,
	...driftErrors,
	...journalErrors,
	...errorDeskErrors,
};

/** A code of the catalogue: what every SyncError has and users' workflows branch by. */
export type ErrorCode = keyof typeof CATALOGUE;
