import { idOf, mapOf, ok, type Method, type MethodCall, type Right } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import type { Id, Table } from '../store/table.cts';
import type { Params } from '../wire/params.cts';
import type { RestError } from '../wire/restError.cts';
import type { Dialect } from './conditions.cts';
import { checkRequired, describeFields, type FieldTable } from './fieldTable.cts';
import { listRows, showRows, type ListSource } from './list.cts';
import { internalize } from './values.cts';

export type Operation = 'getFields' | 'get' | 'list' | 'add' | 'update' | 'delete';

/** An entity whose methods need no rules of their own beyond checks and defaults. */
export interface Entity<Row extends { readonly id: Id }> {
	/** `catalog.measure` */
	prefix: string;
	/** The keys of answers: one row, several rows. */
	one: string;
	many: string;
	scope: string;
	area: 'catalog' | 'sale';
	operations: readonly Operation[];
	fields: FieldTable | ((portal: Portal) => FieldTable);
	dialect?: Dialect;
	/** Seconds that a list needs to count a row. */
	countCost?: number;
	table(portal: Portal): Table<Row>;
	belongs?(portal: Portal, row: Row): boolean;
	notFound(): RestError;
	/** Values of a new row that the caller did not give. */
	defaults?(call: MethodCall, given: Params): Params;
	/** Refuses, or adjusts what is stored. `current` is there for updates. */
	check?(call: MethodCall, values: Params, current?: Row): void;
	beforeDelete?(call: MethodCall, row: Row): void;
	/** After a row was made or changed. */
	written?(call: MethodCall, row: Row, before: Row | undefined): void;
	deleted?(call: MethodCall, row: Row): void;
	show?(portal: Portal, row: Row, names: readonly string[]): Params;
	/** What `get` and the answers of writes show beyond the fields. */
	showMore?(portal: Portal, row: Row): Params;
}

/** The methods of an entity. */
export function crud<Row extends { readonly id: Id }>(entity: Entity<Row>): Method[] {
	return entity.operations.map((operation) => ({
		...frame(entity, operation),
		run: RUNNERS[operation].bind(undefined, entity as unknown as Entity<AnyRow>),
	}));
}

type AnyRow = { readonly id: Id };
type Runner = (entity: Entity<AnyRow>, call: MethodCall) => ReturnType<Method['run']>;

const PARAMETERS: Record<Operation, Method['parameters']> = {
	getFields: {},
	list: {},
	get: { id: 'text' },
	delete: { id: 'text' },
	add: { fields: 'map' },
	update: { id: 'text', fields: 'map' },
};

function frame<Row extends { readonly id: Id }>(
	{ prefix, scope, area }: Entity<Row>,
	operation: Operation,
): Omit<Method, 'run'> {
	const reads = operation === 'get' || operation === 'list';
	const right: Right = operation === 'getFields' ? 'any' : `${area}.${reads ? 'read' : 'write'}`;
	return { name: `${prefix}.${operation}`, scope, right, parameters: PARAMETERS[operation] };
}

const RUNNERS: Record<Operation, Runner> = {
	getFields: (entity, { portal }) => ok({ [entity.one]: describeFields(fieldsOf(entity, portal)) }),
	list: (entity, { portal, params }) => listRows(sourceOf(entity, portal), params),
	get: (entity, call) => ok(shown(entity, call.portal, rowOf(entity, call))),
	delete: (entity, call) => {
		const row = rowOf(entity, call);
		entity.beforeDelete?.(call, row);
		entity.table(call.portal).remove(row.id);
		entity.deleted?.(call, row);
		return ok(true);
	},
	add: (entity, call) => {
		const fields = mapOf(call.params, 'fields');
		const table = fieldsOf(entity, call.portal);
		checkRequired(table, fields, 'add');
		const given = internalize(table, fields, 'add');
		const values: Params = { ...nulls(table), ...entity.defaults?.(call, given), ...given };
		entity.check?.(call, values);
		const row = entity.table(call.portal).add(values);
		entity.written?.(call, row, undefined);
		return ok(shown(entity, call.portal, row));
	},
	update: (entity, call) => {
		const current = rowOf(entity, call);
		const fields = mapOf(call.params, 'fields');
		const table = fieldsOf(entity, call.portal);
		checkRequired(table, fields, 'update');
		const values = internalize(table, fields, 'update');
		entity.check?.(call, values, current);
		const row = entity.table(call.portal).update(current.id, values);
		entity.written?.(call, row, current);
		return ok(shown(entity, call.portal, row));
	},
};

const fieldsOf = <Row extends { readonly id: Id }>({ fields }: Entity<Row>, portal: Portal): FieldTable =>
	typeof fields === 'function' ? fields(portal) : fields;

const nulls = (table: FieldTable): Params =>
	Object.fromEntries(
		Object.keys(table)
			.filter((name) => name !== 'id')
			.map((name) => [name, null]),
	);

function sourceOf(entity: Entity<AnyRow>, portal: Portal): ListSource<AnyRow> {
	const { show, belongs, countCost } = entity;
	return {
		key: entity.many,
		table: entity.table(portal),
		fields: fieldsOf(entity, portal),
		dialect: entity.dialect ?? 'orm',
		...(countCost !== undefined && { countCost }),
		...(belongs && { belongs: (row) => belongs(portal, row) }),
		...(show && { show: (row, names) => show(portal, row, names) }),
	};
}

function shown(entity: Entity<AnyRow>, portal: Portal, written: AnyRow): Params {
	const row = entity.table(portal).get(written.id) ?? written;
	const [fields] = showRows(sourceOf(entity, portal), [row], undefined);
	return { [entity.one]: { ...fields, ...entity.showMore?.(portal, row) } };
}

function rowOf(entity: Entity<AnyRow>, { portal, params }: MethodCall): AnyRow {
	const table = entity.table(portal);
	const row = table.get(idOf(params)) ?? table.get(String(params.id));
	if (!row || (entity.belongs && !entity.belongs(portal, row))) throw entity.notFound();
	return row;
}
