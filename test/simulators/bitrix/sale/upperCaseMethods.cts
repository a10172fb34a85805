import type { FieldTable } from '../fields/fieldTable.cts';
import { selectRows, showRows, type ListSource } from '../fields/list.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Id, Table } from '../store/table.cts';
import type { Params } from '../wire/params.cts';
import type { DeliveryRow, PaySystemRow } from './rows.cts';

const DELIVERY_FIELDS: FieldTable = {
	ID: { type: 'integer' },
	PARENT_ID: { type: 'integer' },
	NAME: { type: 'string' },
	ACTIVE: { type: 'char' },
	DESCRIPTION: { type: 'string' },
	SORT: { type: 'integer' },
	CURRENCY: { type: 'string' },
	XML_ID: { type: 'string' },
};

const PAY_SYSTEM_FIELDS: FieldTable = {
	ID: { type: 'integer' },
	PERSON_TYPE_ID: { type: 'integer' },
	NAME: { type: 'string' },
	PSA_NAME: { type: 'string' },
	SORT: { type: 'integer' },
	DESCRIPTION: { type: 'string' },
	ACTION_FILE: { type: 'string' },
	NEW_WINDOW: { type: 'char' },
	PS_MODE: { type: 'string' },
	HAVE_PAYMENT: { type: 'char' },
	HAVE_RESULT_RECEIVE: { type: 'char' },
	ENCODING: { type: 'string' },
	ACTIVE: { type: 'char' },
	ALLOW_EDIT_PAYMENT: { type: 'char' },
	IS_CASH: { type: 'char' },
	CAN_PRINT_CHECK: { type: 'char' },
	ENTITY_REGISTRY_TYPE: { type: 'string' },
	XML_ID: { type: 'string' },
};

const PAY_SYSTEM_REST = {
	DESCRIPTION: '',
	NEW_WINDOW: 'N',
	PS_MODE: null,
	HAVE_PAYMENT: 'N',
	HAVE_RESULT_RECEIVE: 'Y',
	ENCODING: null,
	ALLOW_EDIT_PAYMENT: 'Y',
	ENTITY_REGISTRY_TYPE: 'ORDER',
} as const;

/** Older methods: names in capitals, the whole list at once, no paging keys; pay systems have a scope of their own. */
export const upperCaseMethods: Method[] = [
	{
		name: 'sale.delivery.getlist',
		scope: 'sale',
		right: 'sale.read',
		run: ({ portal, params }) =>
			ok(wholeList<DeliveryRow>(portal.store.deliveries, DELIVERY_FIELDS, (row) => ({ ...row, ID: row.id }), params)),
	},
	{
		name: 'sale.paysystem.list',
		scope: 'pay_system',
		right: 'sale.read',
		run: ({ portal, params }) =>
			ok(
				wholeList<PaySystemRow>(
					portal.store.paySystems,
					PAY_SYSTEM_FIELDS,
					(row) => ({ ...PAY_SYSTEM_REST, PSA_NAME: row.NAME, ...row, ID: row.id }),
					params,
				),
			),
	},
];

function wholeList<Row extends { readonly id: Id }>(
	table: Table<Row>,
	fields: FieldTable,
	values: (row: Row) => Params,
	params: MethodCall['params'],
): Params[] {
	const source: ListSource<Row> = {
		table,
		fields,
		dialect: 'orm',
		value: (row, name) => values(row)[name],
		show: (row, names) => {
			const all = values(row);
			return Object.fromEntries(names.map((name) => [name, all[name] ?? null]));
		},
	};
	return showRows(source, selectRows(source, { filter: params.FILTER, order: params.ORDER }), params.SELECT);
}
