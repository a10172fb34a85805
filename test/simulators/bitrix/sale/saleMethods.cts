import type { Method } from '../methods/method.cts';
import { basketMethods } from './basketMethods.cts';
import { saleBookMethods } from './bookMethods.cts';
import { orderMethods } from './orderMethods.cts';
import { paymentMethods } from './paymentMethods.cts';
import { propertyValueMethods } from './propertyValueMethods.cts';
import { shipmentMethods } from './shipmentMethods.cts';
import { upperCaseMethods } from './upperCaseMethods.cts';

/** The online store: orders, their parts, and the books they refer to. */
export const saleMethods: Method[] = [
	...orderMethods,
	...basketMethods,
	...paymentMethods,
	...shipmentMethods,
	...propertyValueMethods,
	...saleBookMethods,
	...upperCaseMethods,
];
