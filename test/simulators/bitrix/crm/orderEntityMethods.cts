import { checkRequired, type FieldTable } from '../fields/fieldTable.cts';
import { listRows, selectRows, showRows, type ListSource } from '../fields/list.cts';
import { internalize } from '../fields/values.cts';
import { mapOf, ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { orderOf } from '../sale/orderMethods.cts';
import type { MethodResult } from '../wire/envelope.cts';
import { asInteger, isMap, type Params } from '../wire/params.cts';
import { RestError, zeroError } from '../wire/restError.cts';
import { DEAL, SMART_INVOICE } from './entities.cts';
import type { OrderEntityRow } from './rows.cts';

const FIELDS: FieldTable = {
	orderId: { type: 'integer', required: 'add' },
	ownerTypeId: { type: 'integer', required: 'add' },
	ownerId: { type: 'integer', required: 'add' },
};

/** Which deal or invoice an order of the shop belongs to. */
export const orderEntityMethods: Method[] = [
	{ name: 'crm.orderentity.list', scope: 'crm', right: 'sale.read', run: list },
	{
		name: 'crm.orderentity.add',
		scope: 'crm',
		right: 'sale.write',
		parameters: { fields: 'map' },
		run: (call) => ok(add(call)),
	},
	{
		name: 'crm.orderentity.deleteByFilter',
		scope: 'crm',
		right: 'sale.write',
		parameters: { fields: 'map' },
		run: (call) => ok(remove(call)),
	},
];

const sourceOf = ({ store }: Portal): ListSource<OrderEntityRow> => ({
	key: 'orderEntity',
	table: store.orderEntities,
	fields: FIELDS,
	dialect: 'orm',
});

/** With `start: -1` all rows come at once. */
function list({ portal, params }: MethodCall): MethodResult {
	const source = sourceOf(portal);
	const ordered = { ...params, order: isMap(params.order) ? params.order : { ownerId: 'ASC' } };
	if (asInteger(params.start) !== -1) return listRows(source, ordered);
	return { result: { orderEntity: showRows(source, selectRows(source, ordered), params.select) } };
}

/** One for an order: the sheet does not say how a second is refused. */
function add({ portal, params }: MethodCall): Params {
	const { orderId, ownerTypeId, ownerId } = readFields(portal, params);
	const { orderEntities } = portal.store;
	const known = orderEntities.where('orderId', orderId)[0];
	if (known?.ownerTypeId === ownerTypeId && known.ownerId === ownerId)
		throw new RestError('201650000001', 'Duplicate entry for key [ownerId, ownerTypeId, orderId]');
	if (known) throw zeroError('The order is bound to another entity');
	if (![DEAL, SMART_INVOICE].some((entity) => entity.entityTypeId === ownerTypeId && entity.table(portal).get(ownerId)))
		throw zeroError('Owner is not exists');
	orderEntities.add({ orderId, ownerTypeId, ownerId });
	return { dealOrder: { orderId, ownerId, ownerTypeId } };
}

function remove({ portal, params }: MethodCall): boolean {
	const { orderId, ownerTypeId, ownerId } = readFields(portal, params);
	const { orderEntities } = portal.store;
	const known = orderEntities
		.where('orderId', orderId)
		.find((row) => row.ownerTypeId === ownerTypeId && row.ownerId === ownerId);
	if (!known) throw new RestError('201640400004', 'entity relation is not exists');
	return orderEntities.remove(known.id);
}

/** Throws for fields that lack, and an order that does not exist. */
function readFields(portal: Portal, params: Params): Omit<OrderEntityRow, 'id'> {
	const given = mapOf(params, 'fields');
	checkRequired(FIELDS, given, 'add');
	const fields = internalize(FIELDS, given, 'add') as unknown as Omit<OrderEntityRow, 'id'>;
	orderOf(portal, fields.orderId);
	return fields;
}
