import type { Method } from '../methods/method.cts';
import { crmBookMethods } from './bookMethods.cts';
import { contactBindingMethods } from './contactBindingMethods.cts';
import { legacyMethods } from './legacyMethods.cts';
import { productRowMethods } from './productRowMethods.cts';

/** CRM: only a Bitrix24 has it, a plain site does not. */
export const crmMethods: Method[] = [...legacyMethods, ...contactBindingMethods, ...productRowMethods, ...crmBookMethods];
