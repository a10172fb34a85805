import type { Resource } from '../../shared/operation';
import { assortment } from './assortment';
import { audit } from './audit';
import { bundle } from './bundle';
import { cashIn } from './cashIn';
import { counterparty } from './counterparty';
import { customApiCall } from './customApiCall';
import { customerOrder } from './customerOrder';
import { dictionary } from './dictionary';
import { discount } from './discount';
import type { EntityKind } from './entityKind';
import { incomingPayment } from './incomingPayment';
import { invoice } from './invoice';
import { product } from './product';
import { productFolder } from './productFolder';
import { salesReturn } from './salesReturn';
import { service } from './service';
import { shipment } from './shipment';
import { stock } from './stock';
import { variant } from './variant';

/** Everything that MoySklad Entity can do, in alphabetical order. */
export const resources: Resource[] = [
	assortment, audit, bundle, cashIn, counterparty, customApiCall, customerOrder, dictionary, discount, incomingPayment, invoice, product, productFolder,
	salesReturn, service, shipment, stock, variant,
];

/** The kind of object that a resource stands for, by the resource's value; undefined for resources that are none. */
export function kindOf(value: string): EntityKind | undefined {
	const resource = resources.find((one) => one.value === value);
	return resource && 'kind' in resource ? (resource.kind as EntityKind) : undefined;
}
