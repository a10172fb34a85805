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

/** CRM: only a Bitrix24 has it, a plain site does not. */
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
