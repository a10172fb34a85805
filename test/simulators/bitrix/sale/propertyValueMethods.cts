import { crud } from '../fields/crud.cts';
import { idOf, mapOf, ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, asList, isMap, type Params } from '../wire/params.cts';
import { RestError, zeroError } from '../wire/restError.cts';
import { PROPERTY_VALUE_FIELDS } from './fieldTables.cts';
import { noOrder } from './orderMethods.cts';
import { touch } from './orderState.cts';
import type { OrderPropertyValueRow, OrderRow } from './rows.cts';
import { showPropertyValue } from './shown.cts';

/** What the customer filled in. `modify` takes all of it: what is left out is emptied. */
export const propertyValueMethods: Method[] = [
	...crud<OrderPropertyValueRow>({
		prefix: 'sale.propertyvalue',
		one: 'propertyValue',
		many: 'propertyValues',
		scope: 'sale',
		area: 'sale',
		operations: ['getFields', 'get', 'list', 'delete'],
		fields: PROPERTY_VALUE_FIELDS,
		table: ({ store }) => store.orderPropertyValues,
		notFound: () => new RestError(201440400001, 'property value is not exists'),
		deleted: ({ portal }, { id, orderId }) => {
			portal.announce('propertyValue', 'delete', id);
			touch(portal, orderId);
		},
		show: showPropertyValue,
	}),
	{ name: 'sale.propertyvalue.modify', scope: 'sale', right: 'sale.write', parameters: { fields: 'map' }, run: modify },
];

function modify({ portal, params }: MethodCall): ReturnType<Method['run']> {
	const given = mapOf(mapOf(params, 'fields'), 'order');
	const values = asList(given.propertyValues)?.filter(isMap);
	const lacking = Object.entries({ '[order][id]': given.id, '[order][propertyValues][]': values }).filter(
		([, value]) => value === undefined,
	);
	if (lacking.length > 0) throw zeroError(`Required fields: ${lacking.map(([name]) => name).join(', ')}`);
	const order = portal.store.orders.get(idOf(given));
	if (!order) throw noOrder();
	replaceValues(portal, order, values ?? []);
	touch(portal, order.id);
	const rows = portal.store.orderPropertyValues.where('orderId', order.id);
	return ok({ propertyValues: rows.map((row) => showPropertyValue(portal, row)) });
}

function replaceValues(portal: Portal, order: OrderRow, given: Params[]): void {
	const { orderPropertyValues, orderProperties } = portal.store;
	const byProperty = new Map(given.map(({ orderPropsId, value }) => [asInteger(orderPropsId), value ?? null]));
	for (const row of orderPropertyValues.where('orderId', order.id)) {
		orderPropertyValues.update(row.id, { value: byProperty.get(row.orderPropsId) ?? null });
		byProperty.delete(row.orderPropsId);
		portal.announce('propertyValue', 'update', row.id);
	}
	for (const [orderPropsId, value] of byProperty) {
		const property = orderProperties.get(orderPropsId);
		if (property?.personTypeId !== order.personTypeId) continue;
		const { id } = orderPropertyValues.add({
			orderId: order.id,
			orderPropsId,
			code: property.code,
			name: property.name,
			value,
		});
		portal.announce('propertyValue', 'add', id);
	}
}
