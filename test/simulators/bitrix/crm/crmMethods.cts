import type { Method } from '../methods/method.cts';
import { addressMethods } from './addressMethods.cts';
import { crmBookMethods } from './bookMethods.cts';
import { contactBindingMethods } from './contactBindingMethods.cts';
import { duplicateMethods } from './duplicateMethods.cts';
import { itemMethods } from './itemMethods.cts';
import { legacyMethods } from './legacyMethods.cts';
import { productRowMethods } from './productRowMethods.cts';
import { requisiteLinkMethods } from './requisiteLinkMethods.cts';
import { requisiteMethods } from './requisiteMethods.cts';

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
];
