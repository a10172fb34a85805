import type { Method } from '../methods/method.cts';
import { addressMethods } from './addressMethods.cts';
import { crmBookMethods } from './bookMethods.cts';
import { contactBindingMethods } from './contactBindingMethods.cts';
import { duplicateMethods } from './duplicateMethods.cts';
import { itemMethods } from './itemMethods.cts';
import { legacyMethods } from './legacyMethods.cts';
import { orderEntityMethods } from './orderEntityMethods.cts';
import { productRowMethods } from './productRowMethods.cts';
import { requisiteLinkMethods } from './requisiteLinkMethods.cts';
import { requisiteMethods } from './requisiteMethods.cts';
import { timelineMethods } from './timelineMethods.cts';
import { userFieldConfigMethods } from './userFieldConfigMethods.cts';
import { userFieldMethods } from './userFieldMethods.cts';

/**
 * CRM: only a Bitrix24 has it, a plain site does not.
 *
 * Every write tells `portal.changes` of `deal`, `lead`, `contact`, `company`, `requisite` or `item:31` (smart invoices)
 * with `add`, `update` or `delete`. Lines of goods and bindings are updates of the object they belong to; bank accounts,
 * addresses, links of requisites, comments and messages are not told of. An object that goes takes its requisites along:
 * each is told of.
 */
export const crmMethods: Method[] = [
	...legacyMethods,
	...itemMethods,
	...contactBindingMethods,
	...productRowMethods,
	...crmBookMethods,
	...requisiteMethods,
	...requisiteLinkMethods,
	...addressMethods,
	...duplicateMethods,
	...userFieldMethods,
	...userFieldConfigMethods,
	...timelineMethods,
	...orderEntityMethods,
];
